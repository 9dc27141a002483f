"""Which audits are counted for whom, straight from the ledger."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, false, func, literal, or_, select, union_all
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
from audit_app.frameworks.content import Tool
from audit_app.frameworks.model import ToolVersion
from audit_app.measures.album import SECTIONS, Material
from audit_app.measures.figure import Figure
from audit_app.measures.pictures.reasons import Reason
from audit_app.measures.population import Counted, Opinion
from audit_app.measures.population import Round as Became
from audit_app.measures.single_counts import REASON, cell, counted_in
from audit_app.moderation.model import Exercise, Moderation, Phase
from audit_app.organisation.model import Unit
from audit_app.programmes.model import Programme, Round
from audit_app.web.paging import SIZE, Page

LONGEST_ID = 12


@dataclass(frozen=True, slots=True)
class Filters:
    """What chooses a population, and what is counted of it.

    Months from and to, a unit's path, a programme, a round, a validation exercise, a tool whatever its version, a
    category of case; whose audits, for oneself alone. Counted is the overall grade, every graded section, or one
    section; with a tier, only its opinions are compared.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    path: str = ""
    programme: int | None = None
    round: int | None = None
    exercise: int | None = None
    every_section: bool = False
    tool: str = ""
    category: str = ""
    section: str = ""
    tier: str = ""
    auditor: int | None = None


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
    rows = select(Audit.id).where(Audit.id.not_in(hidden_from(actor)))
    if filters.auditor is None:
        rows = rows.where(_stood_in(actor.paths(Permission.SEE_FIGURES)))
    else:  # an auditor's figures are the auditor's own, wherever the cases were
        rows = rows.where(Audit.auditor_id == (filters.auditor if filters.auditor == actor.id else None))
    if filters.path:
        rows = rows.where(_stood_in((filters.path,)))
    if filters.first is not None:
        rows = rows.where(Audit.period >= filters.first)
    if filters.last is not None:
        rows = rows.where(Audit.period <= filters.last)
    if filters.tool:
        rows = rows.where(Audit.tool_version_id.in_(select(ToolVersion.id).where(ToolVersion.key == filters.tool)))
    if filters.category:
        rows = rows.where(Audit.category == filters.category)
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
    return population_of(_counted(filters, actor), every_section=filters.every_section, section=filters.section)


def population_of(ids: Select[int], *, every_section: bool, section: str = "") -> list[Counted]:
    """Some audits as figures count them; the caller has made sure that they are counted, and open to the reader."""
    ledgers = ledger_of(ids, overall_only=not every_section, section=section)
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
        Programme.moderation_percent,
        ToolVersion,
    )
    rows = select(*columns).join(Audit.unit).join(Audit.tool_version).join(Audit.round).join(Round.programme)
    rows = rows.where(Audit.id.in_(ids)).order_by(Audit.id)
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
                section or (tool.overall_section.key if tool.overall_section else None),
                row.practitioner_involved,
                row.feedback_obtained,
                tuple(opinions[row.id]),
                tuple(ledgers.get(row.id, ())),
                row.unit_name,
                row.moderation_percent,
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
    rows = _settled(filters, actor).with_only_columns(Judgement.audit_id, Judgement.evidence_supports)
    rows = rows.where(Judgement.tier == SENIOR)
    return [(audit_id, view) for audit_id, view in db.session.execute(rows.order_by(Judgement.id))]


def _settled(filters: Filters, actor: Actor) -> Select[int]:
    """What later tiers settled and did not take back, on what filters choose."""
    rows = select(Judgement.id).where(
        Judgement.audit_id.in_(_counted(filters, actor)),
        Judgement.phase == "settled",
        Judgement.id.not_in(select(Retraction.judgement_id)),
    )
    return rows.where(Judgement.section == filters.section) if filters.section else rows


def reasons(filters: Filters, actor: Actor) -> list[Reason]:
    """Why grades were changed, by reason, with the audits in which they were."""
    columns = (Judgement.audit_id, Judgement.reason_code, Audit.tool_version_id)
    rows = _settled(filters, actor).with_only_columns(*columns).join(Audit, Audit.id == Judgement.audit_id)
    rows = rows.where(Judgement.decision == "override")
    if filters.tier:
        rows = rows.where(Judgement.tier == filters.tier)
    if not filters.every_section and not filters.section:
        rows = rows.where(Judgement.overall)
    found: dict[str, list[int]] = defaultdict(list)
    versions: dict[str, int] = {}
    for audit_id, code, version in db.session.execute(rows.order_by(Judgement.id)):
        found[code or ""].append(audit_id)
        versions[code or ""] = version
    tools = db.session.execute(select(ToolVersion).where(ToolVersion.id.in_(set(versions.values())))).scalars()
    names = {(one.id, reason.key): reason.name for one in tools for reason in one.tool.reasons}
    return [
        Reason(code, names.get((versions[code], code), "No reason given"), len(ids), tuple(dict.fromkeys(ids)))
        for code, ids in found.items()
    ]


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


@dataclass(frozen=True, slots=True)
class Offered:
    """What somebody may choose among, of what is there: months newest first, tools, and categories of cases."""

    months: tuple[dt.date, ...]
    tools: tuple[Tool, ...]
    categories: tuple[str, ...]


def offered(actor: Actor, *, own: bool = False) -> Offered:
    """What there is in the units whose figures somebody may see, or among the audits that they carried out."""
    place = Audit.auditor_id == actor.id if own else _stood_in(actor.paths(Permission.SEE_FIGURES))
    rows = db.session.execute(
        select(Audit.period, Audit.tool_version_id, Audit.category).where(place).distinct().order_by(Audit.period)
    ).all()
    versions = select(ToolVersion).where(ToolVersion.id.in_({row.tool_version_id for row in rows}))
    tools = [one.tool for one in db.session.execute(versions.order_by(ToolVersion.id)).scalars()]
    months = tuple(sorted({row.period for row in rows}, reverse=True))
    return Offered(months, tuple(tools), tuple(sorted({row.category for row in rows})))


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


def material(page: str, filters: Filters, actor: Actor, asked: Material) -> Material:
    """What the pictures of a page are made from; `asked` says what was asked of the population."""
    if page != SECTIONS:
        return replace(asked, audits=population(filters, actor), every_section=filters.every_section)
    whole = replace(filters, every_section=True, section="")
    told = tuple(reasons(whole, actor))
    return replace(asked, audits=population(whole, actor), every_section=True, reasons=told)


def drawn_from(audits: Sequence[Counted], filters: Filters, asked: Material) -> Material:
    """The same population as what pictures are made from."""
    return replace(asked, audits=audits, every_section=filters.every_section)


def own_population(filters: Filters, actor: Actor) -> list[Counted]:
    """Somebody's own audits with the opinions that are finished: before that, nothing of a moderator's is theirs."""
    return [
        replace(audit, opinions=tuple(one for one in audit.opinions if one.done))
        for audit in population(replace(filters, auditor=actor.id), actor)
    ]


def own_sections(filters: Filters, actor: Actor) -> list[Counted]:
    """The same, with every graded section."""
    return own_population(replace(filters, every_section=True, section=""), actor)


def further(key: str, audits: Sequence[Counted], filters: Filters, actor: Actor) -> Figure | None:
    """A number of a grid, a distribution or a list of reasons as a figure with its audits."""
    if key.startswith(REASON):
        whole = replace(filters, every_section=True, section="")
        found = next((one for one in reasons(whole, actor) if f"{REASON}{one.key}" == key), None)
        return None if found is None else counted_in(key, found.audits, found.count)
    return cell(key, audits, every_section=filters.every_section)
