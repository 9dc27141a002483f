"""The pages of what moderation teaches: for leaders, for each auditor, and the briefings for all."""

from flask import Blueprint

blueprint = Blueprint("learning", __name__)

from audit_app.learning.views import auditors, briefings, figures, publishing  # noqa: E402, F401 (they put their pages on it)
