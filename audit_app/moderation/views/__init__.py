"""The pages of moderation: giving audits, judging blind, deciding, finishing, turning back, and challenges."""

from flask import Blueprint, Flask

from audit_app.history.operations import recorded
from audit_app.moderation.operations import hear_hand_in, hear_round, hear_void

blueprint = Blueprint("moderation", __name__)

from audit_app.moderation.views import (  # noqa: E402, F401 (they put their pages on it)
    adding,
    challenging,
    covering,
    deciding,
    drawing,
    finishing,
    giving,
    judging,
    reading,
    resolving,
    rounds,
    turning,
)


def connect(app: Flask) -> None:
    """Let what is handed in again go on to its moderator, and challenges end with an audit that is made void."""
    recorded.connect(hear_hand_in, sender="audit.submit")
    recorded.connect(hear_round, sender="round.opened")
    recorded.connect(hear_void, sender="audit.void")
