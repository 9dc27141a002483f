"""What people do with their own notices: read them, and say how they wish to be told."""

from sqlalchemy import delete, select, update

from audit_app.access.actor import Actor
from audit_app.clock import now
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.identity.model import Person
from audit_app.notices.kinds import Choice
from audit_app.notices.model import MatterPreference, Notice, Preference
from audit_app.notices.queries import choice_of


def prefer(choice: Choice, *, by: Actor) -> None:
    """Say how one wishes to be told, in general and of some matters otherwise."""
    db.session.execute(select(Person.id).where(Person.id == by.id).with_for_update())
    before = choice_of(by.id)
    if before == choice:
        return
    for kept in (Preference, MatterPreference):
        db.session.execute(delete(kept).where(kept.person_id == by.id))
    db.session.add(Preference(person_id=by.id, how=choice.general.value))
    for matter, how in choice.otherwise.items():
        db.session.add(MatterPreference(person_id=by.id, matter=matter.value, how=how.value))
    db.session.flush()
    body = {"from": _said(before), "to": _said(choice)}
    record("person.told_otherwise", subject=f"person:{by.id}", body=body, by=by.id)


def _said(choice: Choice) -> dict[str, str]:
    return {"general": choice.general.value, **{matter.value: how.value for matter, how in choice.otherwise.items()}}


def read(notice: Notice) -> None:
    """Mark a notice as read."""
    notice.read_at = notice.read_at or now()


def read_all(up_to: int, *, by: Actor) -> int:
    """Mark what somebody was told up to a notice as read; what came since they looked stays new."""
    mine = update(Notice).where(Notice.person_id == by.id, Notice.id <= up_to, Notice.read_at.is_(None))
    return int(db.session.connection().execute(mine.values(read_at=now())).rowcount)
