"""What somebody may choose among on the pages of measures."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import String, cast, func, literal, select, union, union_all

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import hidden_from
from audit_app.auditing.workflow import ENDED
from audit_app.db import db
from audit_app.frameworks.content import Tool
from audit_app.frameworks.model import ToolVersion
from audit_app.measures.cells import NO_CELLS, WHOLE
from audit_app.measures.keys import ALL_CATEGORIES, Kind, last_of
from audit_app.measures.model import Delta, Tally
from audit_app.measures.queries.ledger import stood_in
from audit_app.moderation.model import Exercise
from audit_app.organisation.model import Unit
from audit_app.programmes.model import Programme


@dataclass(frozen=True, slots=True)
class Offered:
    """What somebody may choose among, of what is there: months newest first, tools, and categories of cases."""

    months: tuple[dt.date, ...]
    tools: tuple[Tool, ...]
    categories: tuple[str, ...]


def offered(actor: Actor, *, own: bool = False) -> Offered:
    """What there is in the units whose figures somebody may see, or among the audits that they carried out."""
    of_audit = select(cast(Audit.period, String), Audit.tool_version_id, Audit.category)
    of_audit = of_audit.where(Audit.stage.not_in([stage.value for stage in ENDED]))
    paths = actor.paths(Permission.SEE_FIGURES)
    theirs = Audit.auditor_id == actor.id if own else stood_in(paths)
    kept = select(Tally.month, Tally.tool_version_id, Tally.category).where(
        Tally.kind == (Kind.AUDITOR if own else Kind.WITHIN).value,
        Tally.section == WHOLE,
        Tally.of.in_([str(actor.id)] if own else [last_of(path) for path in paths]),
        Tally.category != ALL_CATEGORIES,
        Tally.cells != NO_CELLS,
    )
    fresh = of_audit.where(theirs, Audit.id.in_(select(Delta.audit_id)))
    rows = db.session.execute(union(kept, fresh)).all()
    versions = select(ToolVersion).where(ToolVersion.id.in_({version for _, version, _ in rows}))
    tools = [one.tool for one in db.session.execute(versions.order_by(ToolVersion.id)).scalars()]
    months = tuple(sorted({dt.date.fromisoformat(first) for first, *_ in rows}, reverse=True))
    return Offered(months, tuple(tools), tuple(sorted({category for *_, category in rows})))


@dataclass(frozen=True, slots=True)
class Named:
    """A programme or a validation exercise that can be chosen."""

    id: int
    name: str


def runs(actor: Actor) -> tuple[list[Named], list[Named]]:
    """The programmes by name, and the validation exercises newest first, whose figures somebody may see."""
    return around(actor)[:2]


def around(actor: Actor) -> tuple[list[Named], list[Named], int]:
    """The same, and how many audits they judge blind just now: all that a page asks besides its figures, at once."""
    paths = actor.paths(Permission.SEE_FIGURES)
    of_programmes = select(literal(0), Programme.id, Programme.name, Unit.path).join(Programme.unit)
    of_exercises = select(literal(1), Exercise.id, Exercise.name, Unit.path).join(Unit, Unit.id == Exercise.unit_id)
    held = select(literal(2), func.count(), literal(""), literal("")).select_from(hidden_from(actor).subquery())
    found: tuple[list[Named], list[Named], list[Named]] = ([], [], [])
    for kind, key, name, path in db.session.execute(union_all(of_programmes, of_exercises, held)):
        # A team's manager sees the figures of their team in a programme that is run for the whole authority.
        if kind == 2 or any(_one_tree(path, mine) for mine in paths):
            found[kind].append(Named(key, name))
    by_name, newest = sorted(found[0], key=lambda one: one.name), sorted(found[1], key=lambda one: -one.id)
    return by_name, newest, found[2][0].id


def _one_tree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def unit_names(ids: set[int]) -> dict[int, tuple[str, str]]:
    """The names and paths of some units."""
    rows = select(Unit.id, Unit.name, Unit.path).where(Unit.id.in_(ids))
    return {row.id: (row.name, row.path) for row in db.session.execute(rows)}
