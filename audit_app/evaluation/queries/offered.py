"""What a statement can cite: plans, rounds and units around the unit of its edition."""

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.queries import within
from audit_app.db import db
from audit_app.evaluation.model import Edition
from audit_app.improvement.model import Plan
from audit_app.improvement.queries import plans_open_to
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import tree
from audit_app.programmes.model import Programme, Round

MOST_ROUNDS = 60


def plans_for(edition: Edition, actor: Actor) -> list[Plan]:
    """The plans that somebody may read, of the edition's unit and of those above and below it."""
    path = edition.unit.path
    return [one for one in plans_open_to(actor) if one.unit.path.startswith(path) or path.startswith(one.unit.path)]


def rounds_for(edition: Edition, actor: Actor) -> list[Round]:
    """The latest rounds of the edition's unit and below it whose figures somebody may see, the newest first."""
    rows = select(Round).join(Round.programme).join(Programme.unit).options(contains_eager(Round.programme))
    rows = rows.where(within([edition.unit.path], Unit.path), within(actor.paths(Permission.SEE_FIGURES), Unit.path))
    rows = rows.order_by(Round.month.desc(), Programme.name, Round.id.desc()).limit(MOST_ROUNDS)
    return list(db.session.execute(rows).scalars())


def units_for(edition: Edition, actor: Actor) -> list[Unit]:
    """The edition's unit and those below it whose figures somebody may see, in the tree's order."""
    mine = [unit for unit in tree([edition.unit.path]) if actor.reaches(Permission.SEE_FIGURES, unit.path)]
    return [unit for unit in mine if unit.active]
