"""Hearing from the record that somebody leaves or was locked out, and telling those who give their work to others."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import update

from audit_app.clock import now, today
from audit_app.db import db
from audit_app.identity.model import Person
from audit_app.notices.kinds import Kind
from audit_app.notices.model import Notice
from audit_app.notices.operations.feeding import hear_account_ended
from audit_app.notices.operations.telling import Telling, tell
from audit_app.notices.queries import officers_over


def hear_to_move(kind: str, *, subject: str, **said: object) -> None:
    """An administrator asks that somebody's work goes to others."""
    _tell(subject, Kind.LEAVES)


def hear_ended(kind: str, *, subject: str, body: Mapping[str, Any] | None = None, **said: object) -> None:
    """An account has ended: its calendar ends with it; where work was left, the audit officers find it."""
    hear_account_ended(kind, subject=subject)
    person_id = int(subject.removeprefix("person:"))
    rows = update(Notice).where(Notice.about_id == person_id, Notice.kind == Kind.LEAVES.value)
    db.session.execute(rows.where(Notice.ended_at.is_(None)).values(ended_at=now()))
    if (body or {}).get("held"):
        _tell(subject, Kind.ACCOUNT_ENDED)


def _tell(subject: str, kind: Kind) -> None:
    person = db.session.get_one(Person, int(subject.removeprefix("person:")))
    paths = {grant.unit.path for grant in person.grants} | ({person.unit.path} if person.unit else set())
    officers = {one for path in paths for one in officers_over(path, today())} - {person.id}
    key = f"{kind.value}:{person.id}:{today().isoformat()}"  # once a day, however often it is asked
    tell(Telling(one, kind, key, about_id=person.id) for one in sorted(officers))


HEARD: dict[str, Callable[..., None]] = {"person.work_to_move": hear_to_move, "person.ended": hear_ended}
