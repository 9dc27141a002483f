"""Whether the demonstration is there."""

from sqlalchemy import select

from audit_app.db import db
from audit_app.identity.model import Person
from audit_app.identity.queries import FICTIONAL
from audit_app.organisation.model import Unit


def is_loaded() -> bool:
    """Whether the demonstration's people are here."""
    rows = select(Person.id).where(Person.email.endswith(FICTIONAL, autoescape=True)).limit(1)
    return db.session.execute(rows).first() is not None


def holds_something() -> bool:
    """Whether anybody has set up units or people here."""
    people, units = select(Person.id).limit(1), select(Unit.id).limit(1)
    return db.session.execute(people).first() is not None or db.session.execute(units).first() is not None
