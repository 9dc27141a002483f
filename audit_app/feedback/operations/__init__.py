"""What is done with outcomes and themes: released, taken back, replied to, coded."""

from audit_app.feedback.operations.by_itself import hear_judged, release_by_day
from audit_app.feedback.operations.coding import code
from audit_app.feedback.operations.releasing import release, release_round, reply, retract

__all__ = ["code", "hear_judged", "release", "release_by_day", "release_round", "reply", "retract"]
