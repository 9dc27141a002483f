"""Unfinished moderations: of one person, and external work that nobody can go on with."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from audit_app.access.actor import Actor
from audit_app.access.table import Permission, may
from audit_app.auditing.ledger import EXTERNAL
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import WHOLE, hidden_from, within
from audit_app.auditing.workflow import Stage
from audit_app.clock import day_of, today
from audit_app.db import db
from audit_app.identity.model import Person
from audit_app.moderation.model import NOT_DONE, Moderation
from audit_app.organisation.model import Unit


@dataclass(frozen=True, slots=True)
class Left:
    """What an external auditor left unfinished when their access ended, and the last day that they had it."""

    person: Person
    last_day: dt.date | None
    moderations: tuple[Moderation, ...]


def left_unfinished(actor: Actor) -> list[Left]:
    """The external work in somebody's rounds whose auditor can no longer come in, by auditor."""
    rows = select(Moderation).join(Audit, Audit.id == Moderation.audit_id).join(Audit.unit)
    rows = rows.where(
        Moderation.tier == EXTERNAL,
        Moderation.phase.in_(NOT_DONE),
        within(actor.paths(Permission.RUN_ROUNDS), Unit.path),
        Audit.id.not_in(hidden_from(actor)),
    )
    rows = rows.options(
        joinedload(Moderation.audit).joinedload(Audit.case),
        joinedload(Moderation.exercise),
        joinedload(Moderation.moderator).selectinload(Person.grants),
        joinedload(Moderation.moderator).joinedload(Person.unit),
        selectinload(Moderation.opinions),
    )
    found: dict[int, list[Moderation]] = defaultdict(list)
    for one in db.session.execute(rows.order_by(Moderation.due_on, Moderation.id)).unique().scalars():
        if not one.moderator.actor(today()).may(Permission.VALIDATE):
            found[one.moderator_id].append(one)
    return [Left(theirs[0].moderator, last_day_of(theirs[0].moderator), tuple(theirs)) for theirs in found.values()]


def unfinished_of(person_id: int, actor: Actor, *, to_write: bool = False) -> list[Moderation]:
    """Somebody's unfinished moderations in the rounds that another person runs, the soonest due first."""
    rows = select(Moderation).join(Audit, Audit.id == Moderation.audit_id).join(Audit.unit)
    rows = rows.where(
        Moderation.moderator_id == person_id,
        Moderation.phase.in_(NOT_DONE),
        Audit.stage != Stage.VOID.value,
        within(actor.paths(Permission.RUN_ROUNDS), Unit.path),
        Audit.id.not_in(hidden_from(actor)),
    )
    if to_write:
        rows = rows.with_for_update(of=Moderation)
    rows = rows.options(
        joinedload(Moderation.audit).options(*WHOLE),
        joinedload(Moderation.exercise),
        joinedload(Moderation.draw),
        selectinload(Moderation.opinions),
    )
    rows = rows.execution_options(populate_existing=True)
    return list(db.session.execute(rows.order_by(Moderation.due_on, Moderation.id)).unique().scalars())


def last_day_of(person: Person) -> dt.date | None:
    """The last day on which somebody may judge as external auditor; None where none is known."""
    days = [
        min(day for day in (grant.until, day_of(grant.ended_at) if grant.ended_at else None) if day is not None)
        for grant in person.grants
        if may(grant.value.role, Permission.VALIDATE) and (grant.until is not None or grant.ended_at is not None)
    ]
    return max(days, default=None)
