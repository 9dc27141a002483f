"""Which audits are counted for whom, straight from the ledger: what lists of audits and few audits are made from."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import ColumnElement, Select, false, func, or_, select

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.actions.queries import deeds as deeds_of
from audit_app.auditing.ledger import SENIOR
from audit_app.auditing.model import Audit, Judgement, Retraction
from audit_app.auditing.queries import hidden_from, ledger_of
from audit_app.auditing.workflow import COUNTED, ENDED
from audit_app.clock import day_of, today
from audit_app.db import db
from audit_app.escalation.queries import loops as planned_loops
from audit_app.escalation.rules import Loop
from audit_app.frameworks.model import ToolVersion
from audit_app.measures.population import Counted, Opinion
from audit_app.measures.population import Round as Became
from audit_app.measures.queries.filters import Filters
from audit_app.moderation.model import Moderation, Phase
from audit_app.organisation.model import Unit
from audit_app.programmes.model import Programme, Round


def stood_in(paths: Iterable[str]) -> ColumnElement[bool]:
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
        rows = rows.where(stood_in(actor.paths(Permission.SEE_FIGURES)))
    else:  # an auditor's figures are the auditor's own, wherever the cases were
        rows = rows.where(Audit.auditor_id == (filters.auditor if filters.auditor == actor.id else None))
    for path in (filters.path, filters.also):
        if path:
            rows = rows.where(stood_in((path,)))
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


def overridden(code: str, filters: Filters, actor: Actor) -> list[int]:
    """The audits of the grades that were changed for a reason, one a grade, of all sections."""
    rows = _settled(replace(filters, section=""), actor).with_only_columns(Judgement.audit_id)
    rows = rows.where(Judgement.decision == "override", func.coalesce(Judgement.reason_code, "") == code)
    if filters.tier:
        rows = rows.where(Judgement.tier == filters.tier)
    return list(db.session.execute(rows.order_by(Judgement.id)).scalars())


def deeds(filters: Filters, actor: Actor) -> list[tuple[int, bool]]:
    """The actions for children of the counted audits whose day is over: the audit, and whether it was done in time."""
    return deeds_of(_counted(filters, actor), today())


def loops(filters: Filters, actor: Actor) -> list[Loop]:
    """The re-audits that were planned for the counted audits, and what became of them."""
    return planned_loops(_counted(filters, actor), actor)


def held_blind(actor: Actor) -> int:
    """How many audits somebody judges blind just now, and so finds in no figure."""
    return db.session.execute(select(func.count()).select_from(hidden_from(actor).subquery())).scalar_one()


def own_population(filters: Filters, actor: Actor) -> list[Counted]:
    """Somebody's own audits with the opinions that are finished: before that, nothing of a moderator's is theirs."""
    return [
        replace(audit, opinions=tuple(one for one in audit.opinions if one.done))
        for audit in population(replace(filters, auditor=actor.id), actor)
    ]
