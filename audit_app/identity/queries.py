"""What is asked of accounts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from flask import abort
from sqlalchemy import ColumnElement, and_, bindparam, false, func, or_, select
from sqlalchemy.orm import aliased, selectinload

from audit_app.access.actor import Actor, Grant
from audit_app.access.table import Role
from audit_app.clock import now
from audit_app.db import db
from audit_app.identity.absences import Away
from audit_app.identity.model import Absence, Capacity, OneTimeLink, Person, RoleGrant, SignIn
from audit_app.identity.tokens import digest
from audit_app.organisation.model import Unit
from audit_app.web.paging import Page, page


@dataclass(frozen=True, slots=True)
class RunningSignIn:
    """A signed-in browser: who uses it, with the roles that run today, and until when."""

    token_hash: str
    seen_at: dt.datetime
    ends_at: dt.datetime
    actor: Actor


_workplace, _granted = aliased(Unit), aliased(Unit)
# Asked at every request, so it is made once, and reads columns instead of whole people.
_SIGN_IN = (
    select(
        SignIn.seen_at,
        SignIn.ends_at,
        Person.id,
        Person.name,
        _workplace.path.label("workplace"),
        RoleGrant.role,
        RoleGrant.until,
        _granted.path.label("granted"),
    )
    .join(SignIn.person)
    .outerjoin(_workplace, _workplace.id == Person.unit_id)
    .outerjoin(RoleGrant, and_(RoleGrant.person_id == Person.id, RoleGrant.ended_at.is_(None)))
    .outerjoin(_granted, _granted.id == RoleGrant.unit_id)
    .where(SignIn.token_hash == bindparam("token_hash"), SignIn.ended_at.is_(None), Person.ended_at.is_(None))
    .order_by(RoleGrant.id)
)


def find_sign_in(token: str, today: dt.date) -> RunningSignIn | None:
    """The session of a browser's token, unless it was ended or its person's account was."""
    token_hash = digest(token)
    rows = db.session.connection().execute(_SIGN_IN, {"token_hash": token_hash}).all()  # columns need no mapper
    if not rows:
        return None
    one = rows[0]
    held = (Grant(Role(row.role), row.granted, row.until) for row in rows if row.role is not None)
    running = tuple(grant for grant in held if grant.runs(today))
    return RunningSignIn(token_hash, one.seen_at, one.ends_at, Actor(one.id, one.name, one.workplace, running))


def find_link(token: str) -> OneTimeLink | None:
    """The one-time link of a token, if it can still be used."""
    found = select(OneTimeLink).where(OneTimeLink.token_hash == digest(token), OneTimeLink.used_at.is_(None))
    return db.session.execute(found.where(OneTimeLink.expires_at > now())).scalar_one_or_none()


def people_of_unit(path: str) -> list[Person]:
    """People with a running account who hold a role somewhere below a unit, by name."""
    from_here = select(RoleGrant.person_id).where(RoleGrant.ended_at.is_(None))
    rows = select(Person).where(Person.ended_at.is_(None), Person.id.in_(from_here))
    everybody = db.session.execute(rows.options(selectinload(Person.grants)).order_by(Person.name, Person.id)).scalars()
    return [p for p in everybody if any(g.ended_at is None and g.unit.path.startswith(path) for g in p.grants)]


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for among people."""

    words: str = ""
    role: str = ""
    ended: bool = False


def _within(paths: Iterable[str]) -> ColumnElement[bool]:
    """People who work, or hold or held a role, under some roots; and those who have neither yet."""
    under = or_(false(), *(Unit.path.startswith(path, autoescape=True) for path in paths))
    units = select(Unit.id).where(under)
    mine = Person.id.in_(select(RoleGrant.person_id).where(RoleGrant.unit_id.in_(units)))
    nowhere = and_(Person.unit_id.is_(None), Person.id.not_in(select(RoleGrant.person_id)))
    return or_(mine, Person.unit_id.in_(units), nowhere)


def person_or_404(person_id: int, paths: Iterable[str], *, to_write: bool = False) -> Person:
    """Somebody under some roots; anybody else does not exist."""
    rows = select(Person).where(Person.id == person_id, _within(paths)).options(selectinload(Person.grants))
    person = db.session.execute(rows.with_for_update(of=Person) if to_write else rows).scalar_one_or_none()
    if person is None:
        abort(404)
    return person


def people_page(paths: Iterable[str], asked: Asked, *, after: str, before: str) -> Page[Person]:
    """A page of people, by name."""
    rows = select(Person).where(_within(paths))
    if asked.words:
        like = func.lower(Person.name + " " + Person.email).contains(asked.words.lower(), autoescape=True)
        rows = rows.where(like)
    if asked.role:
        held = select(RoleGrant.person_id).where(RoleGrant.role == asked.role, RoleGrant.ended_at.is_(None))
        rows = rows.where(Person.id.in_(held))
    if not asked.ended:
        rows = rows.where(Person.ended_at.is_(None))
    total = db.session.execute(rows.with_only_columns(func.count())).scalar_one()
    rows = rows.options(selectinload(Person.grants), selectinload(Person.unit))
    key = (Person.name, Person.id)
    return page(rows, key, lambda p: (p.name, p.id), total=total, after=after, before=before, parse=(str, int))


def people_in(path: str) -> int:
    """How many people with a running account work in a unit or below it."""
    rows = select(func.count()).select_from(Person).join(Person.unit)
    rows = rows.where(Person.ended_at.is_(None), Unit.path.startswith(path, autoescape=True))
    return db.session.execute(rows).scalar_one()


def names_of(ids: Iterable[int]) -> dict[int, str]:
    """The names of some people, for the record's entries."""
    rows = select(Person.id, Person.name).where(Person.id.in_(set(ids)))
    return {row.id: row.name for row in db.session.execute(rows)}


def away_between(person_ids: Iterable[int], first: dt.date, last: dt.date) -> dict[int, tuple[Away, ...]]:
    """When some people are away between two days, by person, in order; whoever is there all the time is left out."""
    rows = select(Absence.person_id, Absence.first_day, Absence.last_day).where(
        Absence.person_id.in_(set(person_ids)),
        Absence.taken_back_at.is_(None),
        Absence.first_day <= last,
        Absence.last_day >= first,
    )
    found: dict[int, tuple[Away, ...]] = defaultdict(tuple)
    for person_id, begins, ends in db.session.execute(rows.order_by(Absence.first_day, Absence.id)):
        found[person_id] += (Away(begins, ends),)
    return dict(found)


def absences_of(person_id: int, since: dt.date) -> list[Absence]:
    """When somebody is away from a day on, soonest first."""
    rows = select(Absence).where(Absence.person_id == person_id, Absence.taken_back_at.is_(None))
    return list(db.session.execute(rows.where(Absence.last_day >= since).order_by(Absence.first_day)).scalars())


def absence_or_404(person_id: int, absence_id: int) -> Absence:
    """An absence of a person that was not taken back; any other does not exist."""
    rows = select(Absence).where(Absence.id == absence_id, Absence.person_id == person_id)
    found = db.session.execute(rows.where(Absence.taken_back_at.is_(None)).with_for_update()).scalar_one_or_none()
    if found is None:
        abort(404)
    return found


def capacities_of(person_ids: Iterable[int]) -> dict[int, Capacity]:
    """The most audits that some people are asked to write, by person; most have no limit."""
    rows = select(Capacity).where(Capacity.person_id.in_(set(person_ids)))
    return {one.person_id: one for one in db.session.execute(rows).scalars()}


FICTIONAL = "@northmere.example"
FICTIONAL_PASSWORD = "northmere-audits-2026"  # noqa: S105 (for a demonstration, which production refuses to be)


@dataclass(frozen=True, slots=True)
class Fictional:
    """Somebody whom a visitor of the demonstration may sign in as."""

    role: str
    name: str
    email: str
    password: str = FICTIONAL_PASSWORD


def fictional_people() -> list[Fictional]:
    """One fictional person of each role, in the order of the roles."""
    rows = select(RoleGrant.role, Person.name, Person.email).join(RoleGrant.person).order_by(Person.id)
    rows = rows.where(Person.email.endswith(FICTIONAL), Person.ended_at.is_(None), RoleGrant.ended_at.is_(None))
    first: dict[str, Fictional] = {}
    for role, name, email in db.session.execute(rows):
        first.setdefault(role, Fictional(Role(role).words, name, email))
    return [first[role] for role in Role if role in first]
