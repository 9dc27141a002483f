"""The pages of outcomes that are released, of replies to them, and of themes."""

from flask import Blueprint, Flask

from audit_app.feedback import operations
from audit_app.history.operations import recorded

blueprint = Blueprint("feedback", __name__)
JUDGED = ("audit.moderate", "audit.validate")

from audit_app.feedback.views import outcomes, releasing, themes  # noqa: E402, F401 (they put their pages on it)


def connect(app: Flask) -> None:
    """Hear from the history that an audit was judged: its outcome may be released by itself."""
    for kind in JUDGED:
        recorded.connect(operations.hear_judged, sender=kind)
