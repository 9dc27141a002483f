"""The measures pages: figures, pictures over time and between teams, comparing, one's own figures."""

from flask import Blueprint

blueprint = Blueprint("measures", __name__)

from audit_app.measures.views import comparing, figures, mine, pictures  # noqa: E402, F401 (they put their pages on it)
