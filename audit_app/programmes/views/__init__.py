"""The pages of programmes and of opening and closing their rounds."""

from flask import Blueprint

blueprint = Blueprint("programmes", __name__)

from audit_app.programmes.views import exemptions, planning, policies, programmes, rounds  # noqa: E402, F401 (they put their pages on the blueprint)
