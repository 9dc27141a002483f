"""Outcomes that are released by themselves, where a programme's policy says so."""

from audit_app.auditing.model import Audit
from audit_app.clock import day_of, today
from audit_app.db import db
from audit_app.feedback import queries
from audit_app.feedback.operations.releasing import release
from audit_app.feedback.queries.outcomes import to_release_by_day
from audit_app.feedback.rules import How, refusal_to_release, releases_itself_on
from audit_app.work.operations import periodic


def hear_judged(kind: str, *, subject: str, **said: object) -> None:
    """Hear that a moderation or validation is finished: its outcome is released, where that is the policy."""
    audit = db.session.get(Audit, int(subject.removeprefix("audit:")))
    if audit is not None and audit.round.programme.policy.release == "when_moderated":
        _release(audit)


@periodic("feedback.release", at="06:30")
def release_by_day() -> None:
    """Release the outcomes whose day has come."""
    for audit in to_release_by_day():
        days = audit.round.programme.policy.release_days
        handed_in = audit.first_handed_in_at
        if handed_in is not None and releases_itself_on(day_of(handed_in), days) <= today():
            _release(audit)


def _release(audit: Audit) -> None:
    if refusal_to_release(audit.facts, queries.standing_of([audit.id])[audit.id], None) is None:
        release(audit, queries.worker_of(audit), how=How.POLICY, by=None)
