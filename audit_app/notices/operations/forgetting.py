"""Letters that did not reach somebody go again to their corrected address; what is long over is forgotten."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, func, or_, select, update

from audit_app.auditing.model import Audit
from audit_app.clock import now
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.notices.kinds import Kind
from audit_app.notices.model import Mail, Notice, State
from audit_app.notices.operations.telling import write
from audit_app.notices.operations.writing import post_of, words
from audit_app.notices.queries import WRITING

AGAIN = dt.timedelta(days=14)  # what did not arrive longer ago was overtaken, and stands in the service
FAILED = (State.REFUSED.value, State.GIVEN_UP.value)


def hear_changed(kind: str, *, subject: str, body: Mapping[str, Any], **said: object) -> None:
    """Somebody's account was changed: with another address, what did not reach them goes out again, as one letter."""
    if body["from"].get("email") == body["to"].get("email"):
        return
    person_id = int(subject.removeprefix("person:"))
    over = update(Notice).where(Notice.about_id == person_id, Notice.kind == Kind.UNREACHABLE.value)
    db.session.execute(over.where(Notice.ended_at.is_(None)).values(ended_at=now()))
    if post_of() is None:
        return
    rows = select(Notice).join(Notice.mail).where(Notice.person_id == person_id, Mail.state.in_(FAILED))
    rows = rows.where(Notice.ended_at.is_(None), Notice.read_at.is_(None), Mail.ended_at > now() - AGAIN)
    write(db.session.execute(rows.order_by(Notice.id)).scalars().all())
    db.session.flush()


def forget() -> tuple[int, int]:
    """Erase what people were told once it is long over, and letters long sent: how many of each.

    What is still asked of somebody stays, whatever its age: it is how the service knows what it has said.
    """
    keeping = words().keeping
    old = now() - dt.timedelta(days=keeping.notices)
    writing = select(Audit.id).where(Audit.stage.in_(WRITING))
    over = or_(
        Notice.ended_at.is_not(None),
        Notice.about_id.is_not(None),
        Notice.audit_id.not_in(writing) & Notice.contribution_id.is_(None),
    )
    notices = _count(delete(Notice).where(Notice.made_at < old, over))
    last = select(func.max(Mail.id)).group_by(Mail.person_id)  # it says whether somebody can be reached
    long_ago = Mail.ended_at < now() - dt.timedelta(days=keeping.letters)
    ids = select(Mail.id).where(long_ago, Mail.state != State.WAITING.value, Mail.id.not_in(last))
    db.session.execute(update(Notice).where(Notice.mail_id.in_(ids)).values(mail_id=None))
    letters = _count(delete(Mail).where(Mail.id.in_(ids)))
    if notices or letters:
        record("notices.forgotten", body={"notices": notices, "letters": letters})
    return notices, letters


def _count(rows: Any) -> int:
    return int(db.session.connection().execute(rows).rowcount)
