"""Which audits are counted for whom, straight from the ledger."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import joinedload

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.actions.queries import deeds as deeds_of
from audit_app.auditing.ledger import SENIOR
from audit_app.auditing.model import Audit, Judgement, Retraction
from audit_app.auditing.queries import hidden_from, ledger_of, open_to
from audit_app.auditing.workflow import COUNTED, ENDED
from audit_app.clock import day_of, today
from audit_app.db import db
from audit_app.escalation.queries import loops as planned_loops
from audit_app.escalation.rules import Loop
from audit_app.frameworks.model import ToolVersion
from audit_app.measures.population import Counted, Opinion
from audit_app.measures.population import Round as Became
from audit_app.moderation.model import Exercise, Moderation, Phase
from audit_app.organisation.model import Unit
from audit_app.programmes.model import Programme, Round
from audit_app.web.paging import SIZE, Page

LONGEST_ID = 12


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


def _stood_in(paths: Iterable[str]) -> ColumnElement[bool]:
    """That an audit's unit, when the case was allocated, was one of some units or stood below one.

    Where it stood then is pinned as the ids of all units above it; a unit that has moved since is still in there.
    """
    own = (f"/{path.strip('/').rpartition('/')[2]}/" for path in paths)
    return or_(false(), *(Audit.unit_path.contains(part, autoescape=True) for part in own))


def chosen(filters: Filters, actor: Actor) -> Select[int]:
    """The ids of all audits that filters choose among the units whose figures somebody may see, whatever their stage.

    Figures stay where an audit was pinned. What this person judges blind just now is left out, of all they see.
    """
    rows = select(Audit.id).where(_stood_in(actor.paths(Permission.SEE_FIGURES)), Audit.id.not_in(hidden_from(actor)))
    if filters.path:
        rows = rows.where(_stood_in((filters.path,)))
    if filters.first is not None:
        rows = rows.where(Audit.period >= filters.first)
    if filters.last is not None:
        rows = rows.where(Audit.period <= filters.last)
    if filters.programme is not None:
        rows = rows.where(Audit.round_id.in_(select(Round.id).where(Round.programme_id == filters.programme)))
    if filters.round is not None:
        rows = rows.where(Audit.round_id == filters.round)
    if filters.exercise is not None:
        of_it = select(Moderation.audit_id).where(Moderation.exercise_id == filters.exercise)
        rows = rows.where(Audit.id.in_(of_it))
    return rows


def _counted(filters: Filters, actor: Actor) -> Select[int]:
    return chosen(filters, actor).where(Audit.stage.in_([stage.value for stage in COUNTED]))


def population(filters: Filters, actor: Actor) -> list[Counted]:
    """The counted audits that filters choose, with their ledgers: three queries, whatever their number."""
    return population_of(_counted(filters, actor), every_section=filters.every_section)


def population_of(ids: Select[int], *, every_section: bool) -> list[Counted]:
    """Some audits as figures count them; the caller has made sure that they are counted, and open to the reader."""
    ledgers = ledger_of(ids, overall_only=not every_section)
    opinions: dict[int, list[Opinion]] = defaultdict(list)
    given = select(
        Moderation.audit_id, Moderation.tier, Moderation.route, Moderation.inclusion_probability, Moderation.phase
    )
    for audit_id, tier, route, chance, phase in db.session.execute(given.where(Moderation.audit_id.in_(ids))):
        opinions[audit_id].append(Opinion(tier, route, chance, phase == Phase.DONE.value))
    columns = (
        Audit.id,
        Audit.period,
        Audit.unit_id,
        Audit.due_on,
        Audit.first_handed_in_at,
        Audit.practitioner_involved,
        Audit.feedback_obtained,
        Unit.name.label("unit_name"),
        ToolVersion,
    )
    rows = select(*columns).join(Audit.unit).join(Audit.tool_version).where(Audit.id.in_(ids)).order_by(Audit.id)
    found = []
    for row in db.session.execute(rows):
        tool = row.ToolVersion.tool
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
                row.unit_name,
            )
        )
    return found


def became(filters: Filters, actor: Actor) -> Became:
    """What became of the audits that were allocated and not taken out again, those sent back since included."""
    handed_in = Audit.first_handed_in_at.is_not(None)
    rows = chosen(filters, actor).where(Audit.stage.not_in([stage.value for stage in ENDED])).order_by(Audit.id)
    found = db.session.execute(rows.add_columns(handed_in)).all()
    every, done = tuple(row[0] for row in found), tuple(row[0] for row in found if row[1])
    return Became(len(every), len(done), every, done)


def evidence_views(filters: Filters, actor: Actor) -> list[tuple[int, bool | None]]:
    """Whether senior moderators say that the evidence supports the grade: audit and view, one a moderated section."""
    rows = select(Judgement.audit_id, Judgement.evidence_supports).where(
        Judgement.audit_id.in_(_counted(filters, actor)),
        Judgement.tier == SENIOR,
        Judgement.phase == "settled",
        Judgement.id.not_in(select(Retraction.judgement_id)),
    )
    return [(audit_id, view) for audit_id, view in db.session.execute(rows.order_by(Judgement.id))]


def deeds(filters: Filters, actor: Actor) -> list[tuple[int, bool]]:
    """The actions for children of the counted audits whose day is over: the audit, and whether it was done in time."""
    return deeds_of(_counted(filters, actor), today())


def loops(filters: Filters, actor: Actor) -> list[Loop]:
    """The re-audits that were planned for the counted audits, and what became of them."""
    return planned_loops(_counted(filters, actor), actor)


def held_blind(actor: Actor) -> int:
    """How many audits somebody judges blind just now, and so finds in no figure."""
    return db.session.execute(select(func.count()).select_from(hidden_from(actor).subquery())).scalar_one()


@dataclass(frozen=True, slots=True)
class Behind:
    """The audits behind a figure: a page of those that this person may open, and how many more there are."""

    page: Page[Audit]
    more: int


def behind(ids: Collection[int], filters: Filters, actor: Actor, *, after: str, before: str) -> Behind:
    """The audits behind a figure of the same filters, newest first."""
    mine = select(Audit.id).join(Audit.unit).where(Audit.id.in_(chosen(filters, actor)), open_to(actor))
    wanted = frozenset(ids)
    found = sorted((one for one in db.session.execute(mine).scalars() if one in wanted), reverse=True)
    here = _page_of(found, after, before)
    rows = select(Audit).where(Audit.id.in_(here)).options(joinedload(Audit.case), joinedload(Audit.unit))
    audits = list(db.session.execute(rows.order_by(Audit.id.desc())).scalars())
    newer = str(here[0]) if here and here[0] != found[0] else None
    older = str(here[-1]) if here and here[-1] != found[-1] else None
    return Behind(Page(audits, len(found), older, newer, newer is None), len(wanted) - len(found))


def _page_of(found: Sequence[int], after: str, before: str) -> Sequence[int]:
    """The ids of one page, of ids in descending order."""
    if after.isdecimal() and len(after) < LONGEST_ID:
        return [one for one in found if one < int(after)][:SIZE]
    if before.isdecimal() and len(before) < LONGEST_ID:
        return [one for one in found if one > int(before)][-SIZE:]
    return found[:SIZE]


def months(actor: Actor) -> list[dt.date]:
    """The months that have audits in the units whose figures somebody may see, newest first."""
    rows = select(Audit.period).where(_stood_in(actor.paths(Permission.SEE_FIGURES))).distinct()
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
