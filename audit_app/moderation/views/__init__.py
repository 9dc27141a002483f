"""The pages of moderation: giving audits, judging blind, deciding, finishing, and turning back."""

from flask import Blueprint, Flask

from audit_app.history.operations import recorded
from audit_app.moderation.operations import hear_hand_in

blueprint = Blueprint("moderation", __name__)

from audit_app.moderation.views import (  # noqa: E402, F401 (they put their pages on it)
    deciding,
    drawing,
    finishing,
    giving,
    judging,
    reading,
    rounds,
    turning,
)


def connect(app: Flask) -> None:
    """Let an audit that was sent back go on to its moderator when it is handed in again."""
    recorded.connect(hear_hand_in, sender="audit.submit")
