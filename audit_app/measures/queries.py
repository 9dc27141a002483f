"""Which audits are counted for whom, straight from the ledger."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.model import Audit, Judgement, Retraction
from audit_app.auditing.queries import WHOLE, hidden_from, ledger_of, open_to, within
from audit_app.auditing.workflow import COUNTED, ENDED, Stage
from audit_app.clock import day_of
from audit_app.db import db
from audit_app.frameworks.model import ToolVersion
from audit_app.measures.population import Counted, Opinion
from audit_app.moderation.model import Exercise, Moderation, Phase
from audit_app.organisation.model import Unit
from audit_app.programmes.model import Programme, Round


@dataclass(frozen=True, slots=True)
class Filters:
    """What chooses a population: months from and to, a unit's path, a programme, a round, a validation exercise."""

    first: dt.date | None = None
    last: dt.date | None = None
    path: str = ""
    programme: int | None = None
    round: int | None = None
    exercise: int | None = None
    every_section: bool = False


def chosen(filters: Filters, actor: Actor) -> Select[int]:
    """The ids of all audits that filters choose among the units whose figures somebody may see, whatever their stage.

    Figures stay where an audit was pinned. What this person judges blind just now is left out, of all they see.
    """
    return _asked_for(filters, actor).where(Audit.id.not_in(hidden_from(actor)))


def left_out(filters: Filters, actor: Actor) -> int:
    """How many audits that filters choose are left out because this person judges them blind just now."""
    rows = _asked_for(filters, actor).where(Audit.id.in_(hidden_from(actor)))
    return db.session.execute(rows.with_only_columns(func.count())).scalar_one()


def _asked_for(filters: Filters, actor: Actor) -> Select[int]:
    rows = select(Audit.id).join(Audit.round)
    rows = rows.where(within(actor.paths(Permission.SEE_FIGURES), Audit.unit_path))
    if filters.path:
        rows = rows.where(Audit.unit_path.startswith(filters.path, autoescape=True))
    if filters.first is not None:
        rows = rows.where(Audit.period >= filters.first)
    if filters.last is not None:
        rows = rows.where(Audit.period <= filters.last)
    if filters.programme is not None:
        rows = rows.where(Round.programme_id == filters.programme)
    if filters.round is not None:
        rows = rows.where(Audit.round_id == filters.round)
    if filters.exercise is not None:
        of_it = select(Moderation.audit_id).where(Moderation.exercise_id == filters.exercise)
        rows = rows.where(Audit.id.in_(of_it))
    return rows


def _counted(filters: Filters, actor: Actor) -> Select[int]:
    return chosen(filters, actor).where(Audit.stage.in_([stage.value for stage in COUNTED]))


def population(filters: Filters, actor: Actor) -> list[Counted]:
    """The counted audits that filters choose, with their ledgers: four queries, whatever their number."""
    ids = _counted(filters, actor)
    ledgers = ledger_of(ids, overall_only=not filters.every_section)
    opinions: dict[int, list[Opinion]] = defaultdict(list)
    wanted = (
        Moderation.audit_id,
        Moderation.tier,
        Moderation.route,
        Moderation.inclusion_probability,
        Moderation.phase,
    )
    for audit_id, tier, route, chance, phase in db.session.execute(select(*wanted).where(Moderation.audit_id.in_(ids))):
        opinions[audit_id].append(Opinion(tier, route, chance, phase == Phase.DONE.value))
    columns = (
        Audit.id,
        Audit.period,
        Audit.unit_id,
        Audit.due_on,
        Audit.first_handed_in_at,
        Audit.tool_version_id,
        Audit.practitioner_involved,
        Audit.feedback_obtained,
    )
    rows = db.session.execute(select(*columns).where(Audit.id.in_(ids)).order_by(Audit.id)).all()
    tools = {t.id: t.tool for t in db.session.execute(select(ToolVersion)).scalars()} if rows else {}
    found = []
    for row in rows:
        tool = tools[row.tool_version_id]
        found.append(
            Counted(
                row.id,
                row.period,
                row.unit_id,
                row.first_handed_in_at is not None and day_of(row.first_handed_in_at) <= row.due_on,
                tool.scale,
                tool.overall_section.key if tool.overall_section else None,
                row.practitioner_involved,
                row.feedback_obtained,
                tuple(opinions[row.id]),
                tuple(ledgers.get(row.id, ())),
            )
        )
    return found


def allocated(filters: Filters, actor: Actor) -> int:
    """How many audits were allocated and not taken out again."""
    ended = [stage.value for stage in ENDED]
    rows = chosen(filters, actor).where(Audit.stage.not_in(ended)).with_only_columns(func.count())
    return db.session.execute(rows).scalar_one()


def handed_in(filters: Filters, actor: Actor) -> int:
    """How many of them were handed in, those sent back since included."""
    rows = chosen(filters, actor).where(Audit.first_handed_in_at.is_not(None), Audit.stage != Stage.VOID.value)
    return db.session.execute(rows.with_only_columns(func.count())).scalar_one()


def evidence_views(filters: Filters, actor: Actor) -> list[tuple[int, bool]]:
    """Whether moderators say that the evidence supports the grade: audit and view, one a section."""
    rows = select(Judgement.audit_id, Judgement.evidence_supports).where(
        Judgement.audit_id.in_(_counted(filters, actor)),
        Judgement.tier == "senior",
        Judgement.phase == "settled",
        Judgement.evidence_supports.is_not(None),
        Judgement.id.not_in(select(Retraction.judgement_id)),
    )
    return [(audit_id, bool(view)) for audit_id, view in db.session.execute(rows)]


@dataclass(frozen=True, slots=True)
class Behind:
    """The audits behind a figure: those that this person may open, and how many more there are."""

    audits: list[Audit]
    more: int


def behind(ids: tuple[int, ...], actor: Actor) -> Behind:
    """The audits behind a figure, newest first."""
    rows = select(Audit).join(Audit.unit).where(Audit.id.in_(ids), open_to(actor)).options(*WHOLE)
    audits = list(db.session.execute(rows.order_by(Audit.id.desc())).unique().scalars())
    return Behind(audits, len(ids) - len(audits))


def months(actor: Actor) -> list[dt.date]:
    """The months that have audits in the units whose figures somebody may see, newest first."""
    rows = select(Audit.period).where(within(actor.paths(Permission.SEE_FIGURES), Audit.unit_path)).distinct()
    return list(db.session.execute(rows.order_by(Audit.period.desc())).scalars())


def programmes(actor: Actor) -> list[Programme]:
    """The programmes whose figures somebody may see."""
    paths = actor.paths(Permission.SEE_FIGURES)
    rows = select(Programme).join(Programme.unit).options(joinedload(Programme.unit)).order_by(Programme.name)
    # A team's manager sees the figures of their team in a programme that is run for the whole authority.
    return [p for p in db.session.execute(rows).scalars() if any(_one_tree(p.unit.path, path) for path in paths)]


def exercises(actor: Actor) -> list[Exercise]:
    """The validation exercises whose figures somebody may see, newest first."""
    paths = actor.paths(Permission.SEE_FIGURES)
    rows = select(Exercise, Unit.path).join(Unit, Unit.id == Exercise.unit_id).order_by(Exercise.id.desc())
    return [one for one, path in db.session.execute(rows) if any(_one_tree(path, mine) for mine in paths)]


def _one_tree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def unit_names(ids: set[int]) -> dict[int, tuple[str, str]]:
    """The names and paths of some units."""
    rows = select(Unit.id, Unit.name, Unit.path).where(Unit.id.in_(ids))
    return {row.id: (row.name, row.path) for row in db.session.execute(rows)}
