"""The people who audit and moderate in somebody's units: found by name, with what they have to write."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import abort
from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from audit_app.access.actor import Actor
from audit_app.access.table import Permission, Role, may
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import within
from audit_app.auditing.workflow import BEFORE_HAND_IN, BEING_WRITTEN, ENDED, Stage
from audit_app.clock import today
from audit_app.db import db
from audit_app.identity.absences import Away
from audit_app.identity.model import Capacity, Person, RoleGrant
from audit_app.identity.queries import away_between, capacities_of
from audit_app.organisation.model import Unit
from audit_app.web.paging import Page, page

WORKS = (Permission.AUDIT, Permission.MODERATE, Permission.VALIDATE)
WORKING = tuple(role.value for role in Role if any(may(role, permission) for permission in WORKS))
MOVABLE = [stage.value for stage in BEFORE_HAND_IN - ENDED]


def _working(paths: Sequence[str]) -> ColumnElement[bool]:
    """People with a running account who audit or moderate at, below or above some roots."""
    above = {int(part) for path in paths for part in path.strip("/").split("/")}
    units = select(Unit.id).where(or_(Unit.id.in_(above), within(paths, Unit.path)))
    held = select(RoleGrant.person_id).where(
        RoleGrant.ended_at.is_(None), RoleGrant.role.in_(WORKING), RoleGrant.unit_id.in_(units)
    )
    held = held.where(or_(RoleGrant.until.is_(None), RoleGrant.until >= today()))
    return Person.id.in_(held) & Person.ended_at.is_(None)


def colleague_or_404(person_id: int, actor: Actor) -> Person:
    """Somebody who audits or moderates where this person runs rounds; anybody else does not exist."""
    rows = select(Person).where(Person.id == person_id, _working(actor.paths(Permission.RUN_ROUNDS)))
    person = db.session.execute(rows.options(joinedload(Person.unit), selectinload(Person.grants))).scalar_one_or_none()
    if person is None:
        abort(404)
    return person


def holder_or_404(person_id: int, actor: Actor) -> Person:
    """A colleague; or somebody whose account has ended and who left work where this person runs rounds."""
    left = select(Person).where(Person.id == person_id, Person.ended_at.is_not(None))
    person = db.session.execute(left.options(selectinload(Person.grants))).scalar_one_or_none()
    if person is None:
        return colleague_or_404(person_id, actor)
    places = {grant.unit.path for grant in person.grants} | ({person.unit.path} if person.unit else set())
    roots = actor.paths(Permission.RUN_ROUNDS)
    if not any(path.startswith(root) or root.startswith(path) for path in places for root in roots):
        abort(404)
    return person


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who audits or moderates: what they have to write, when they are away, and how much they take on."""

    person: Person
    to_do: int
    away: tuple[Away, ...]
    capacity: Capacity | None


def colleagues_page(actor: Actor, words: str, *, after: str, before: str) -> Page[Person]:
    """A page of the people who audit or moderate where somebody runs rounds, by name."""
    rows = select(Person).where(_working(actor.paths(Permission.RUN_ROUNDS)))
    if words:
        rows = rows.where(func.lower(Person.name).contains(words.lower(), autoescape=True))
    total = db.session.execute(rows.with_only_columns(func.count(), maintain_column_froms=True)).scalar_one()
    rows = rows.options(joinedload(Person.unit), selectinload(Person.grants))
    key = (Person.name, Person.id)
    return page(rows, key, lambda p: (p.name, p.id), total=total, after=after, before=before, parse=(str, int))


def colleagues(people: Iterable[Person]) -> list[Colleague]:
    """Some people with what they have to write, and their days away from today on."""
    people = list(people)
    ids = [one.id for one in people]
    writing = [stage.value for stage in BEING_WRITTEN]
    rows = select(Audit.auditor_id, func.count()).where(Audit.auditor_id.in_(ids), Audit.stage.in_(writing))
    rows = rows.where(Audit.handed_back_at.is_(None)).group_by(Audit.auditor_id)
    to_do = {row[0]: row[1] for row in db.session.execute(rows)}
    away = away_between(ids, today(), today().replace(year=today().year + 3, day=1))
    limits = capacities_of(ids)
    return [Colleague(one, to_do.get(one.id, 0), away.get(one.id, ()), limits.get(one.id)) for one in people]


def _held(person_id: int, actor: Actor) -> Select[Audit]:
    rows = select(Audit).join(Audit.unit).where(Audit.auditor_id == person_id)
    rows = rows.where(within(actor.paths(Permission.RUN_ROUNDS), Unit.path))
    return rows.options(joinedload(Audit.case), joinedload(Audit.round), joinedload(Audit.unit))


def movable_audits(person_id: int, actor: Actor) -> list[Audit]:
    """Somebody's audits that are not handed in, in the units where this person runs rounds, soonest due first."""
    rows = _held(person_id, actor).where(Audit.stage.in_(MOVABLE))
    return list(db.session.execute(rows.order_by(Audit.due_on, Audit.id)).scalars())


def sent_back_to(person_id: int, actor: Actor) -> int:
    """How many of somebody's audits were sent back to them, in the units where this person runs rounds."""
    rows = _held(person_id, actor).where(Audit.stage == Stage.SENT_BACK.value)
    return db.session.execute(rows.with_only_columns(func.count(), maintain_column_froms=True)).scalar_one()


def handed_back_in(round_id: int, actor: Actor) -> list[Audit]:
    """The audits of a round that their auditors handed back, in the units where this person runs rounds."""
    rows = select(Audit).join(Audit.unit).where(Audit.round_id == round_id, Audit.handed_back_at.is_not(None))
    rows = rows.where(within(actor.paths(Permission.RUN_ROUNDS), Unit.path), Audit.stage == Stage.ALLOCATED.value)
    rows = rows.options(joinedload(Audit.case), joinedload(Audit.auditor), joinedload(Audit.unit))
    return list(db.session.execute(rows.order_by(Audit.handed_back_at, Audit.id)).scalars())
