"""Who takes part in a programme, who is exempt, and how many audits are expected of each."""

import datetime as dt
from collections.abc import Iterable

from flask import abort
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from audit_app.access.table import Role
from audit_app.clock import today
from audit_app.db import db
from audit_app.identity.model import Person, RoleGrant
from audit_app.organisation.model import Unit
from audit_app.programmes.exempting import may_approve, takes_part
from audit_app.programmes.model import Exemption, Programme, Round


def auditors_of(programme: Programme) -> list[Person]:
    """The people who take part in a programme as auditors today, by name; exempt people are among them."""
    roles, path = programme.policy.auditors, programme.unit.path
    return [one for one in holders(roles, [path]) if takes_part(one.actor(today()), roles, path)]


def approvers_of(programme: Programme) -> list[Person]:
    """The heads of service who may approve an exemption from a programme, by name.

    One who heads only a part of its unit may approve for the people of that part.
    """
    path = programme.unit.path
    heads = holders((Role.HEAD_OF_SERVICE.value,), [path])
    return [one for one in heads if takes_part(one.actor(today()), (Role.HEAD_OF_SERVICE.value,), path)]


def approvers_for(programme: Programme, person: Person) -> list[Person]:
    """The heads of service who may approve that somebody is exempt, by name."""
    path, workplace = programme.unit.path, person.unit.path if person.unit else None
    found = [one for one in approvers_of(programme) if one.id != person.id]
    return [one for one in found if may_approve(one.actor(today()), path, workplace)]


def holders(roles: Iterable[str], paths: Iterable[str]) -> list[Person]:
    """People who hold one of some roles in one of some units, below it or above it, by name."""
    paths = list(paths)
    above = {int(part) for path in paths for part in path.strip("/").split("/")}
    within = (Unit.path.startswith(path, autoescape=True) for path in paths)
    units = select(Unit.id).where(or_(Unit.id.in_(above), *within))
    held = select(RoleGrant.person_id).where(
        RoleGrant.ended_at.is_(None), RoleGrant.role.in_(list(roles)), RoleGrant.unit_id.in_(units)
    )
    rows = select(Person).where(Person.id.in_(held), Person.ended_at.is_(None))
    rows = rows.options(joinedload(Person.unit), selectinload(Person.grants)).order_by(Person.name, Person.id)
    return list(db.session.execute(rows).scalars())


def exempt_in(round_: Round) -> dict[int, Exemption]:
    """Who is exempt in a round, by person."""
    return exempt_in_month(round_.programme_id, round_.month)


def exempt_in_month(programme_id: int, month: dt.date) -> dict[int, Exemption]:
    """Who is exempt from a programme in a month, by person."""
    rows = _whole().where(Exemption.programme_id == programme_id)
    rows = rows.where(Exemption.from_month <= month, Exemption.to_month >= month)
    rows = rows.where(or_(Exemption.ended_from.is_(None), Exemption.ended_from > month))
    return {one.person_id: one for one in db.session.execute(rows.order_by(Exemption.id)).scalars()}


def expected_of(round_: Round) -> dict[int, int]:
    """How many audits are expected of each person in a round: of those who take part today and are not exempt.

    Empty where the programme says nothing of how many audits each auditor does.
    """
    return expected_in_month(round_.programme, round_.month)


def expected_in_month(programme: Programme, month: dt.date) -> dict[int, int]:
    """How many audits of a programme are expected of each person in a month."""
    each = programme.policy.per_auditor
    if each is None:
        return {}
    exempt = exempt_in_month(programme.id, month)
    return {one.id: each for one in auditors_of(programme) if one.id not in exempt}


def exemptions_of(programme: Programme) -> list[Exemption]:
    """A programme's exemptions, the latest first."""
    rows = _whole().where(Exemption.programme_id == programme.id)
    return list(db.session.execute(rows.order_by(Exemption.from_month.desc(), Exemption.id.desc())).scalars())


def exemption_or_404(programme: Programme, exemption_id: int, *, to_write: bool = False) -> Exemption:
    """An exemption from a programme; any other does not exist."""
    rows = _whole().where(Exemption.id == exemption_id, Exemption.programme_id == programme.id)
    if to_write:
        rows = rows.with_for_update(of=Exemption)
    found = db.session.execute(rows).scalar_one_or_none()
    if found is None:
        abort(404)
    return found


def months_exempt(programme: Programme, person_id: int) -> list[tuple[dt.date, dt.date]]:
    """The months, first and last, in which somebody is exempt from a programme."""
    rows = select(Exemption).where(Exemption.programme_id == programme.id, Exemption.person_id == person_id)
    found = ((one.from_month, one.last_month) for one in db.session.execute(rows).scalars())
    return [(first, last) for first, last in found if last is not None]


def _whole() -> Select[Exemption]:
    return select(Exemption).options(joinedload(Exemption.person), joinedload(Exemption.approver))
