"""Hearing that outcomes are released or replied to and briefings published, and telling those whom they are for."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, select, update

from audit_app.auditing.model import Audit
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.feedback.model import Release
from audit_app.feedback.queries.outcomes import lookers
from audit_app.identity.model import Person, RoleGrant
from audit_app.learning.model import Briefing, PublishedBriefing
from audit_app.learning.rules import READS_BRIEFINGS, reads_briefing
from audit_app.notices.kinds import Kind
from audit_app.notices.model import Notice
from audit_app.notices.operations.telling import Telling, tell
from audit_app.notices.queries import officers_over


def hear_released(kind: str, *, body: Mapping[str, Any], by: int | None, **said: object) -> None:
    """An outcome was released: the case's practitioner and the managers of its team are told, never what it is."""
    one = db.session.get_one(Release, body["release"])
    told = {person.id for person in lookers(one.audit)} | ({one.practitioner_id} if one.practitioner_id else set())
    key = f"{Kind.OUTCOME_RELEASED.value}:{one.id}"
    _tell(one, told - {by}, Kind.OUTCOME_RELEASED, key)


def hear_replied(kind: str, *, body: Mapping[str, Any], by: int | None, **said: object) -> None:
    """Somebody replied to an outcome: its auditor and the audit officers are told; whoever replied is asked no more."""
    one = db.session.get_one(Release, body["release"])
    _end(Notice.release_id == one.id, Notice.person_id == by)
    told = {one.audit.auditor_id, *officers_over(one.audit.unit.path, today())}
    _tell(one, told - {by}, Kind.OUTCOME_REPLIED, f"{Kind.OUTCOME_REPLIED.value}:{body['reply']}")


def hear_retracted(kind: str, *, body: Mapping[str, Any], **said: object) -> None:
    """An outcome was taken back: nobody is led to it any more."""
    _end(Notice.release_id == body["release"])


def hear_published(kind: str, *, subject: str, body: Mapping[str, Any], by: int | None, **said: object) -> None:
    """A briefing was published: whoever it is for is told; what was said of an earlier copy is over."""
    briefing = db.session.get_one(Briefing, int(subject.removeprefix("briefing:")))
    hear_withdrawn(kind, subject=subject)
    copy = next(one for one in briefing.copies if one.number == body["number"])
    key = f"{Kind.BRIEFING_PUBLISHED.value}:{copy.id}"
    readers = _readers_of(briefing.unit.path)
    tell(Telling(who, Kind.BRIEFING_PUBLISHED, key, briefing_id=copy.id) for who in readers if who != by)


def hear_withdrawn(kind: str, *, subject: str, **said: object) -> None:
    """A briefing was taken back or replaced: nobody is led to it any more."""
    copies = select(PublishedBriefing.id).where(PublishedBriefing.briefing_id == int(subject.removeprefix("briefing:")))
    _end(Notice.briefing_id.in_(copies))


def _readers_of(path: str) -> list[int]:
    """Everybody with an account whom a briefing for the unit of a path is for."""
    rows = select(Person).join(RoleGrant, RoleGrant.person_id == Person.id)
    rows = rows.where(Person.ended_at.is_(None), RoleGrant.ended_at.is_(None)).distinct().order_by(Person.id)
    actors = [one.actor(today()) for one in db.session.execute(rows).unique().scalars()]
    able = [who for who in actors if any(who.may(permission) for permission in READS_BRIEFINGS)]
    return [who.id for who in able if reads_briefing(who, path)]


def _tell(one: Release, people: set[int], kind: Kind, key: str) -> None:
    audit: Audit = one.audit
    tell(Telling(who, kind, key, audit_id=audit.id, release_id=one.id) for who in sorted(people))


def _end(*chosen: ColumnElement[bool]) -> None:
    rows = update(Notice).where(*chosen, Notice.ended_at.is_(None)).values(ended_at=now())
    db.session.execute(rows)


HEARD: dict[str, Callable[..., None]] = {
    "outcome.released": hear_released,
    "outcome.replied": hear_replied,
    "outcome.retracted": hear_retracted,
    "briefing.published": hear_published,
    "briefing.withdrawn": hear_withdrawn,
}
