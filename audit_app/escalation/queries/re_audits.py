"""Which cases are to be audited again, which later audit does it, and what became of the concerns."""

import datetime as dt
from collections.abc import Collection, Iterable

from flask import abort
from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import joinedload

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.drafts import Draft
from audit_app.auditing.earlier import Became, became_in
from audit_app.auditing.model import Answer, Assignment, Audit
from audit_app.auditing.queries import hidden_from, within
from audit_app.auditing.workflow import BEING_WRITTEN, COUNTED, ENDED, Stage
from audit_app.clock import month_of, today
from audit_app.db import db
from audit_app.escalation.model import ReAudit
from audit_app.escalation.rules import Loop
from audit_app.frameworks.going_back import CONCERNS
from audit_app.organisation.model import Unit
from audit_app.programmes.model import Programme, Round

AUDIT = joinedload(ReAudit.audit)
LISTED = (
    AUDIT.joinedload(Audit.case),
    AUDIT.joinedload(Audit.unit),
    AUDIT.selectinload(Audit.assignments),
    joinedload(ReAudit.programme).joinedload(Programme.unit),
)


_OF_AUDIT = select(ReAudit).where(ReAudit.audit_id == bindparam("audit_id")).options(joinedload(ReAudit.programme))


def reaudit_of(audit_id: int) -> ReAudit | None:
    """When an audit's case is to be audited again."""
    return db.session.execute(_OF_AUDIT, {"audit_id": audit_id}).scalar_one_or_none()


def _run_by(actor: Actor) -> Select[ReAudit]:
    """The re-audits that were not ended in the programmes that somebody runs."""
    rows = select(ReAudit).join(ReAudit.audit).join(ReAudit.programme).join(Unit, Unit.id == Programme.unit_id)
    rows = rows.where(within(actor.paths(Permission.RUN_ROUNDS), Unit.path), ReAudit.ended_at.is_(None))
    return rows.where(Audit.id.not_in(hidden_from(actor))).options(*LISTED)


def reaudits_due(actor: Actor) -> list[ReAudit]:
    """The cases to audit again in the programmes that somebody runs, the earliest month first; done ones too."""
    return list(db.session.execute(_run_by(actor).order_by(ReAudit.month, ReAudit.id)).unique().scalars())


def reaudit_or_404(reaudit_id: int, actor: Actor, *, to_write: bool = False) -> ReAudit:
    """A re-audit in a programme that somebody runs; any other does not exist."""
    rows = _run_by(actor).where(ReAudit.id == reaudit_id)
    if to_write:
        rows = rows.with_for_update(of=ReAudit)
    found = db.session.execute(rows).unique().scalar_one_or_none()
    if found is None:
        abort(404)
    return found


def _going_back() -> Select[int | None]:
    """The audits to which a later one goes back that was not taken out."""
    ended = [stage.value for stage in ENDED]
    return select(Audit.follows_id).where(Audit.follows_id.is_not(None), Audit.stage.not_in(ended))


def followed(audit_ids: Iterable[int]) -> dict[int, Audit]:
    """By audit: the later one that goes back to it, if it was not taken out."""
    ended = [stage.value for stage in ENDED]
    rows = select(Audit).where(Audit.follows_id.in_(list(audit_ids)), Audit.stage.not_in(ended))
    rows = rows.options(joinedload(Audit.auditor), joinedload(Audit.tool_version)).order_by(Audit.id)
    return {one.follows_id: one for one in db.session.execute(rows).scalars() if one.follows_id is not None}


def reaudits_in(programme_id: int, month: dt.date, actor: Actor) -> int:
    """How many cases a programme is still to audit again by a month."""
    rows = (
        select(func.count())
        .select_from(ReAudit)
        .where(
            ReAudit.programme_id == programme_id,
            ReAudit.month <= month,
            ReAudit.ended_at.is_(None),
            ReAudit.audit_id.not_in(_going_back()),
            ReAudit.audit_id.not_in(hidden_from(actor)),
        )
    )
    return db.session.execute(rows).scalar_one()


def rounds_to_give_in(programme_ids: Iterable[int]) -> dict[int, Round]:
    """By programme: its latest open round that has a case list, in which a case can be given to an auditor."""
    rows = select(Round).where(Round.programme_id.in_(set(programme_ids)), Round.closed_at.is_(None))
    rows = rows.where(Round.case_list_id.is_not(None)).order_by(Round.month)
    return {one.programme_id: one for one in db.session.execute(rows).scalars()}


def find_to_carry_out(audit: Audit) -> Audit | None:
    """The earlier audit of the same case that this one is to go back to: planned, not done, judged blind by nobody."""
    if audit.follows_id is not None or audit.at not in BEING_WRITTEN or audit.first_handed_in_at is not None:
        return None
    held = select(Assignment.audit_id).where(Assignment.hidden, Assignment.ended_at.is_(None))
    rows = select(ReAudit).join(ReAudit.audit).options(AUDIT.selectinload(Audit.assignments))
    rows = rows.where(
        Audit.case_id == audit.case_id,
        Audit.id < audit.id,
        Audit.stage != Stage.VOID.value,
        Audit.id.not_in(held),
        Audit.id.not_in(_going_back()),
        ReAudit.ended_at.is_(None),
    )
    asks = any(section.kind == CONCERNS for section in audit.tool.sections)
    if not asks:  # of a tool that asks of concerns itself any earlier audit will do; else the programme's own
        rows = rows.where(ReAudit.programme_id == audit.round.programme_id)
    found = db.session.execute(rows.order_by(Audit.id.desc()).limit(1)).scalars().first()
    return found.audit if found is not None else None


def being_written_after(earlier: Audit) -> list[Audit]:
    """Later audits of the same case that are not handed in."""
    rows = select(Audit).where(Audit.case_id == earlier.case_id, Audit.id > earlier.id)
    rows = rows.where(Audit.stage.in_([stage.value for stage in BEING_WRITTEN]), Audit.first_handed_in_at.is_(None))
    return list(db.session.execute(rows.order_by(Audit.id)).scalars())


def loops(audit_ids: Select[int], actor: Actor) -> list[Loop]:
    """The re-audits planned for some audits; what a later one says counts unless this person judges it blind."""
    return loops_without(audit_ids, hidden_from(actor))


def loops_without(audit_ids: Select[int], unseen: Select[int] | Collection[int] = ()) -> list[Loop]:
    """The re-audits planned for some audits; what some later ones say is not known."""
    rows = select(ReAudit.audit_id, ReAudit.month).where(ReAudit.audit_id.in_(audit_ids), ReAudit.ended_at.is_(None))
    planned = db.session.execute(rows.order_by(ReAudit.audit_id)).all()
    if not planned:
        return []
    counted = [stage.value for stage in COUNTED]
    later = select(Audit).where(Audit.follows_id.in_([row.audit_id for row in planned]), Audit.stage.in_(counted))
    later = later.where(Audit.id.not_in(unseen)).options(joinedload(Audit.tool_version)).order_by(Audit.id)
    done = carried_out(db.session.execute(later).scalars())
    this = month_of(today())
    return [Loop(row.audit_id, row.month < this, done.get(row.audit_id), row.month) for row in planned]


def carried_out(audits: Iterable[Audit]) -> dict[int, Became]:
    """By earlier audit: what became of its concerns, as these later audits say."""
    found = {one.id: one for one in audits}
    answers: dict[int, dict[str, Draft]] = {key: {} for key in found}
    for answer in db.session.execute(select(Answer).where(Answer.audit_id.in_(found))).scalars():
        answers[answer.audit_id][answer.section] = Draft.of(answer)
    return {
        one.follows_id: became_in(one.tool.sections_for(one.category), answers[key])
        for key, one in found.items()
        if one.follows_id is not None
    }
