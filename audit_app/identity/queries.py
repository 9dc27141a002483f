"""What is asked of accounts."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from audit_app.clock import now
from audit_app.db import db
from audit_app.identity.model import OneTimeLink, Person, RoleGrant, SignIn
from audit_app.identity.tokens import digest


def find_sign_in(token: str) -> SignIn | None:
    """The signed-in session of a browser's token, with its person and their roles."""
    people = joinedload(SignIn.person)
    found = select(SignIn).where(SignIn.token_hash == digest(token), SignIn.ended_at.is_(None))
    options = (people.selectinload(Person.grants).joinedload(RoleGrant.unit), people.joinedload(Person.unit))
    return db.session.execute(found.options(*options)).scalar_one_or_none()


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
