"""What the tests of the demonstration ask of it."""

from sqlalchemy import select

from audit_app.access.actor import Actor
from audit_app.auditing.model import Audit
from audit_app.clock import today
from audit_app.db import db
from audit_app.demonstration import operations
from audit_app.identity.model import Person
from audit_app.measures import queries
from audit_app.measures.population import Counted
from audit_app.measures.queries import Filters
from audit_app.moderation.model import Exercise
from audit_app.programmes.model import Programme, Round


def who(name: str) -> Actor:
    """Somebody of the demonstration, as the rules see them."""
    return db.session.execute(select(Person).filter_by(name=name)).scalar_one().actor(today())


def director() -> Actor:
    """Somebody who sees every figure and judges nothing blind."""
    return who("Board Member Curlew")


def monthly_rounds() -> list[Round]:
    """The rounds of the monthly programme, in order."""
    rows = select(Round).join(Round.programme).where(Programme.name == operations.MONTHLY_NAME).order_by(Round.month)
    return list(db.session.execute(rows).scalars())


def audits() -> list[Audit]:
    """Every audit of the demonstration."""
    return list(db.session.execute(select(Audit).order_by(Audit.id)).scalars())


def exercise(place: int) -> list[Counted]:
    """The counted audits of an exercise, the first made being 0."""
    found = db.session.execute(select(Exercise).order_by(Exercise.id)).scalars().all()[place]
    return queries.population(Filters(exercise=found.id), director())
