"""What people do with their own notices: read them, and say how they wish to be told."""

from sqlalchemy import update

from audit_app.access.actor import Actor
from audit_app.clock import now
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.notices.kinds import How
from audit_app.notices.model import Notice, Preference
from audit_app.notices.queries import how_of


def prefer(how: How, *, by: Actor) -> None:
    """Say how one wishes to be told."""
    before = how_of(by.id)
    if before is how:
        return
    kept = db.session.get(Preference, by.id, with_for_update=True)
    if kept is None:
        db.session.add(Preference(person_id=by.id, how=how.value))
    else:
        kept.how = how.value
    db.session.flush()
    body = {"from": before.value, "to": how.value}
    record("person.told_otherwise", subject=f"person:{by.id}", body=body, by=by.id)


def read(notice: Notice) -> None:
    """Mark a notice as read."""
    notice.read_at = notice.read_at or now()


def read_all(up_to: int, *, by: Actor) -> int:
    """Mark what somebody was told up to a notice as read; what came since they looked stays new."""
    mine = update(Notice).where(Notice.person_id == by.id, Notice.id <= up_to, Notice.read_at.is_(None))
    return int(db.session.connection().execute(mine.values(read_at=now())).rowcount)
