"""The pages of packs and of evidence."""

from flask import Blueprint

blueprint = Blueprint("packs", __name__)

from audit_app.packs.views import boards, evidence, keeping, rounds  # noqa: E402, F401 (they put their pages on it)
