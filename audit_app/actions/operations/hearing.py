"""What the room hears from the record: audits handed in, moderations finished, case lists loaded."""

from collections.abc import Callable

from audit_app.actions import queries
from audit_app.actions.operations.moving import follow_children
from audit_app.actions.operations.stepping import advance
from audit_app.actions.operations.writing import give
from audit_app.actions.workflow import Step
from audit_app.auditing.ledger import AUDITOR, EXTERNAL, SENIOR
from audit_app.auditing.model import Audit
from audit_app.db import db

WITHDRAWN = "The audit was withdrawn before it was handed in."
TAKEN = "The moderation was taken back before it was finished."
TAKEN_FROM = {
    "audit.take_from_senior": SENIOR,
    "audit.take_from_external": EXTERNAL,
    "audit.take_moderated_from_external": EXTERNAL,
}


def _audit_of(subject: str) -> Audit:
    return db.session.get_one(Audit, int(subject.removeprefix("audit:")))


def _give_all(subject: str, tier: str, by: int | None) -> None:
    for action in queries.drafts_of(_audit_of(subject), tier):
        give(action, by=by)


def hear_handed_in(kind: str, *, subject: str, by: int | None, **said: object) -> None:
    """An audit was handed in: what its auditor wrote is given to its owners."""
    _give_all(subject, AUDITOR, by)


def hear_moderated(kind: str, *, subject: str, by: int | None, **said: object) -> None:
    """A moderator committed or finished: what they wrote is given."""
    audit = _audit_of(subject)
    for tier in (SENIOR, EXTERNAL):
        if queries.has_finished(audit, tier):
            _give_all(subject, tier, by)


def hear_taken(kind: str, *, subject: str, by: int | None, **said: object) -> None:
    """A moderation was taken back: what its moderator had not given is not seen any more."""
    for action in queries.drafts_of(_audit_of(subject), TAKEN_FROM[kind]):
        advance(action, Step.WITHDRAW, TAKEN, by=by)


def hear_withdrawn(kind: str, *, subject: str, by: int | None, **said: object) -> None:
    """An audit was taken out before it was handed in: its drafts go with it; what was given at once stays to do."""
    for action in queries.drafts_of(_audit_of(subject), AUDITOR):
        advance(action, Step.WITHDRAW, WITHDRAWN, by=by)


def hear_cases_changed(kind: str, *, by: int | None, **said: object) -> None:
    """Cases may have other workers or teams now."""
    follow_children(by=by)


HEARD: dict[str, Callable[..., None]] = {
    "audit.submit": hear_handed_in,
    "moderation.committed": hear_moderated,
    "audit.moderate": hear_moderated,
    "audit.validate": hear_moderated,
    **dict.fromkeys(TAKEN_FROM, hear_taken),
    "audit.withdraw": hear_withdrawn,
    "case_list.loaded": hear_cases_changed,
    "case_list.teams_named": hear_cases_changed,
    "case.changed_hands": hear_cases_changed,
}
