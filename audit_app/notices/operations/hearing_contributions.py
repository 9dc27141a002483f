"""Hearing from the record what is asked of contributors, and telling them and the lead auditor."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import update

from audit_app.auditing.model import Contribution
from audit_app.clock import now
from audit_app.db import db
from audit_app.notices.kinds import ASKS_TO_CONTRIBUTE, Kind
from audit_app.notices.model import Notice
from audit_app.notices.operations.telling import Telling, tell


def hear_asked(kind: str, *, body: Mapping[str, Any], **said: object) -> None:
    """Somebody was asked to contribute."""
    one = _contribution(body)
    _tell(one, one.person_id, Kind.CONTRIBUTION_ASKED)


def hear_another_day(kind: str, *, body: Mapping[str, Any], **said: object) -> None:
    """The day by which a contribution is wanted was changed: what was said of the old one is over."""
    one = _contribution(body)
    _end(one, ASKS_TO_CONTRIBUTE)
    _tell(one, one.person_id, Kind.CONTRIBUTION_DAY)


def hear_withdrawn(kind: str, *, body: Mapping[str, Any], **said: object) -> None:
    """A contributor is no longer asked."""
    one = _contribution(body)
    _end(one, ASKS_TO_CONTRIBUTE)
    _tell(one, one.person_id, Kind.CONTRIBUTION_WITHDRAWN)


def hear_done(kind: str, *, body: Mapping[str, Any], **said: object) -> None:
    """A contribution is done: whoever leads the audit is told."""
    one = _contribution(body)
    _end(one, ASKS_TO_CONTRIBUTE)
    if one.audit.handed_back_at is None:
        _tell(one, one.audit.auditor_id, Kind.CONTRIBUTION_DONE)


def hear_reopened(kind: str, *, body: Mapping[str, Any], **said: object) -> None:
    """A contribution that was done is being changed again."""
    _end(_contribution(body), {Kind.CONTRIBUTION_DONE})


def _contribution(body: Mapping[str, Any]) -> Contribution:
    return db.session.get_one(Contribution, body["contribution"])


def _tell(one: Contribution, who: int, kind: Kind) -> None:
    key = f"{kind.value}:{one.id}:{now().isoformat()}"
    tell([Telling(who, kind, key, audit_id=one.audit_id, contribution_id=one.id)])


def _end(one: Contribution, kinds: Collection[Kind]) -> None:
    rows = update(Notice).where(Notice.contribution_id == one.id, Notice.ended_at.is_(None))
    db.session.execute(rows.where(Notice.kind.in_([kind.value for kind in kinds])).values(ended_at=now()))


HEARD: dict[str, Callable[..., None]] = {
    "audit.contribution_asked": hear_asked,
    "audit.contribution_day": hear_another_day,
    "audit.contribution_withdrawn": hear_withdrawn,
    "audit.contribution_done": hear_done,
    "audit.contribution_reopened": hear_reopened,
}
