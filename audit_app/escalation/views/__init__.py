"""The pages of escalations, and of the cases that are audited again."""

from flask import Blueprint, Flask

from audit_app.escalation import operations
from audit_app.history.operations import recorded

blueprint = Blueprint("escalation", __name__)
JUDGED = ("audit.submit", "audit.moderate", "audit.validate", "challenge.resolved", "moderation.reopened")
GIVEN = ("audit.give_to_senior", "audit.give_to_external")
NAMED = "challenge.resolver_named"
BEGUN = ("audit.allocated", "audit.start")

from audit_app.escalation.views import escalations, re_audits  # noqa: E402, F401 (they put their pages on it)


def connect(app: Flask) -> None:
    """Hear from the history what an audit is judged, to whom it is given, and that it is void, given out or begun."""
    for kind in JUDGED:
        recorded.connect(operations.hear_judged, sender=kind)
    for kind in GIVEN:
        recorded.connect(operations.hear_given, sender=kind)
    for kind in BEGUN:
        recorded.connect(operations.hear_begun, sender=kind)
    recorded.connect(operations.hear_resolver_named, sender=NAMED)
    recorded.connect(operations.hear_committed, sender="moderation.committed")
    recorded.connect(operations.hear_void, sender="audit.void")
