"""What is asked of audits; every reading goes through the one rule of visibility."""

from collections import defaultdict
from collections.abc import Iterable

from flask import abort
from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, bindparam, false, or_, select
from sqlalchemy.orm import joinedload, selectinload

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.comparison import comparison, judged_sections
from audit_app.auditing.drafts import DRAFTED, Draft, concerns_of
from audit_app.auditing.earlier import Said, Stands, concerns_from, said_of_added, what_stands
from audit_app.auditing.ledger import Line
from audit_app.auditing.model import (
    Answer,
    Assignment,
    Audit,
    Contribution,
    Judgement,
    Reply,
    Retraction,
    RiskAlert,
)
from audit_app.auditing.visibility import JUDGES_WITH, Sight, sight_of
from audit_app.auditing.workflow import BEFORE_HAND_IN, BEING_WRITTEN, Stage
from audit_app.db import db
from audit_app.organisation.model import Unit
from audit_app.programmes.model import Round

WHOLE = (
    joinedload(Audit.case),
    joinedload(Audit.auditor),
    joinedload(Audit.unit),
    joinedload(Audit.round),
    joinedload(Audit.tool_version),
    selectinload(Audit.assignments).joinedload(Assignment.person),
)

CONTRIBUTED = (
    joinedload(Contribution.audit).joinedload(Audit.case),
    joinedload(Contribution.audit).joinedload(Audit.unit),
    joinedload(Contribution.audit).joinedload(Audit.auditor),
    joinedload(Contribution.audit).joinedload(Audit.tool_version),
    joinedload(Contribution.audit).selectinload(Audit.assignments),
    joinedload(Contribution.person),
    selectinload(Contribution.passages),
)


# One audit with all that hangs on it, in one statement: asked by most pages, so it is made once.
_ONE = (
    select(Audit)
    .where(Audit.id == bindparam("audit_id"))
    .options(*WHOLE[:5], joinedload(Audit.assignments).joinedload(Assignment.person))
)
# Whoever writes is told how: by the policies of the audit's programme.
_ONE_TO_WRITE = _ONE.options(joinedload(Audit.round).joinedload(Round.programme)).with_for_update(of=Audit)


def audit_or_404(audit_id: int, actor: Actor, *, least: Sight = Sight.PROGRESS, to_write: bool = False) -> Audit:
    """An audit that this person sees at least so much of; for everybody else it does not exist."""
    found = db.session.execute(_ONE_TO_WRITE if to_write else _ONE, {"audit_id": audit_id})
    audit = found.unique().scalar_one_or_none()
    if audit is None or sight_of(audit.facts, actor) < least:
        abort(404)
    return audit


def within(paths: Iterable[str], column: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """That a path stands under one of some roots."""
    return or_(false(), *(column.startswith(path, autoescape=True) for path in paths))


def hidden_from(actor: Actor) -> Select[int]:
    """The audits that this person judges blind just now: no figure, list or paper of theirs may include one."""
    mine = select(Assignment.audit_id).where(Assignment.person_id == actor.id, Assignment.hidden)
    return mine.where(Assignment.ended_at.is_(None))


def open_to(actor: Actor) -> ColumnElement[bool]:
    """That somebody may see an audit at least in part: the rule of visibility as a condition (joins Audit.unit)."""
    before = [stage.value for stage in BEFORE_HAND_IN]
    mine = select(Assignment.audit_id).where(Assignment.person_id == actor.id, Assignment.ended_at.is_(None))
    tiers = [tier for tier, permission in JUDGES_WITH.items() if actor.may(permission)]
    parts: list[ColumnElement[bool]] = [Audit.id.in_(mine.where(Assignment.tier.in_(tiers)))]
    if actor.may(Permission.AUDIT):
        parts.append(and_(Audit.auditor_id == actor.id, Audit.handed_back_at.is_(None)))
    # Nothing is said of what somebody may not see at all: where only their own audits are left, an index finds them.
    if handed_in := actor.paths(Permission.READ_AUDITS):
        parts.append(and_(Audit.stage.not_in(before), within(handed_in, Unit.path)))
    if progress := actor.paths(Permission.SEE_PROGRESS):
        parts.append(within(progress, Unit.path))
    return or_(*parts)


def audits_open_to(actor: Actor) -> Select[Audit]:
    """The audits that somebody may see at least in part, whole rows for lists."""
    return select(Audit).join(Audit.unit).where(open_to(actor)).options(*WHOLE[:5], selectinload(Audit.assignments))


def audits_to_do(actor: Actor) -> list[Audit]:
    """The audits that somebody is to write, soonest due first."""
    stages = ("allocated", "in_progress", "sent_back")
    rows = select(Audit).where(Audit.auditor_id == actor.id, Audit.stage.in_(stages)).options(*WHOLE)
    rows = rows.where(Audit.handed_back_at.is_(None))
    return list(db.session.execute(rows.order_by(Audit.due_on, Audit.id)).unique().scalars())


_ANSWERS = select(Answer).where(Answer.audit_id == bindparam("audit_id"))
_DRAFTS = select(*(getattr(Answer, name) for name in DRAFTED), Answer.section)  # columns: nobody changes these
_DRAFTS_OF_ONE = _DRAFTS.where(Answer.audit_id == bindparam("audit_id"))
_ALERTS = select(RiskAlert).where(RiskAlert.audit_id == bindparam("audit_id")).order_by(RiskAlert.id)


def answers_of(audit: Audit) -> dict[str, Answer]:
    """The saved sections of an audit."""
    return {answer.section: answer for answer in db.session.execute(_ANSWERS, {"audit_id": audit.id}).scalars()}


def drafts_of(audit: Audit) -> dict[str, Draft]:
    """The drafts of an audit's sections."""
    return {row.section: Draft.of(row) for row in db.session.execute(_DRAFTS_OF_ONE, {"audit_id": audit.id})}


def contributions_of(audit: Audit) -> list[Contribution]:
    """What people of several agencies were asked to contribute and wrote, in order; what was withdrawn as well."""
    if not audit.tool.agencies:
        return []
    rows = select(Contribution).filter_by(audit_id=audit.id).order_by(Contribution.id)
    return list(db.session.execute(rows.options(*CONTRIBUTED)).scalars())


def shared_with(one: Contribution) -> list[Contribution]:
    """What people of the other agencies have finished, where the lead auditor shares it with a contributor."""
    if one.shared_at is None:
        return []
    return [c for c in contributions_of(one.audit) if c.done_at is not None and c.agency != one.agency]


def contribution_or_404(contribution_id: int, actor: Actor, *, to_write: bool = False) -> Contribution:
    """One's own contribution, unless it was withdrawn or one judges its audit blind just now."""
    mine = _contributions_of_person(actor).where(Contribution.id == contribution_id)
    if to_write:  # the audit is held too, so that nothing is written while it is handed in
        mine = mine.join(Contribution.audit).with_for_update(of=(Contribution, Audit))
    found = db.session.execute(mine).scalar_one_or_none()
    if found is None:
        abort(404)
    return found


def contributions_to_do(actor: Actor) -> list[Contribution]:
    """What somebody is asked to contribute to audits that are being written, soonest wanted first."""
    stages = [stage.value for stage in BEING_WRITTEN]
    rows = _contributions_of_person(actor).join(Contribution.audit).where(Audit.stage.in_(stages))
    rows = rows.where(Audit.auditor_id != actor.id)
    return list(db.session.execute(rows.order_by(Contribution.until, Contribution.id)).scalars())


def _contributions_of_person(actor: Actor) -> Select[Contribution]:
    rows = select(Contribution).where(Contribution.person_id == actor.id, Contribution.withdrawn_at.is_(None))
    if not actor.may(Permission.CONTRIBUTE):
        rows = rows.where(false())
    return rows.where(Contribution.audit_id.not_in(hidden_from(actor))).options(*CONTRIBUTED)


def judgements_of(audit: Audit) -> list[Judgement]:
    """The audit's whole ledger, in order."""
    rows = select(Judgement).filter_by(audit_id=audit.id).order_by(Judgement.id)
    return list(db.session.execute(rows).scalars())


_LINES = (
    select(
        Judgement.audit_id,
        Judgement.id,
        Judgement.section,
        Judgement.tier,
        Judgement.phase,
        Judgement.grade,
        Judgement.at,
        Retraction.at,
    )
    .outerjoin(Retraction, Retraction.judgement_id == Judgement.id)
    .order_by(Judgement.id)
)
_LINES_OF_ONE = _LINES.where(Judgement.audit_id == bindparam("audit_id"))


def lines_of(audit: Audit) -> list[Line]:
    """The audit's ledger as figures and comparisons read it."""
    db.session.flush()
    rows = db.session.connection().execute(_LINES_OF_ONE, {"audit_id": audit.id})  # columns need no mapper
    return [Line(key, section, tier, phase, grade, at, gone) for _, key, section, tier, phase, grade, at, gone in rows]


def ledger_of(audits: Select[int], *, overall_only: bool = False, section: str = "") -> dict[int, list[Line]]:
    """The ledgers of many audits in one query, by audit; of one section, if one is named."""
    rows = _LINES.where(Judgement.audit_id.in_(audits))
    if section:
        rows = rows.where(Judgement.section == section)
    elif overall_only:
        rows = rows.where(Judgement.overall)
    found: dict[int, list[Line]] = defaultdict(list)
    for audit_id, key, section, tier, phase, grade, at, retracted_at in db.session.execute(rows):
        found[audit_id].append(Line(key, section, tier, phase, grade, at, retracted_at))
    return found


def alerts_of(audit: Audit) -> list[RiskAlert]:
    """The risk alerts raised in an audit."""
    return list(db.session.execute(_ALERTS, {"audit_id": audit.id}).scalars())


def open_alerts(actor: Actor) -> list[RiskAlert]:
    """Children who may be at risk now, in the units where this person must know, drafts included."""
    rows = select(RiskAlert).join(RiskAlert.audit).join(Audit.unit).where(RiskAlert.closed_at.is_(None))
    rows = rows.where(within(actor.paths(Permission.SEE_RISKS), Unit.path))
    rows = rows.options(joinedload(RiskAlert.audit).joinedload(Audit.case), joinedload(RiskAlert.raiser))
    return list(db.session.execute(rows.order_by(RiskAlert.raised_at.desc())).scalars())


def replies_of(audit: Audit) -> list[Reply]:
    """What the auditor said to outcomes."""
    rows = select(Reply).filter_by(audit_id=audit.id).options(joinedload(Reply.author)).order_by(Reply.id)
    return list(db.session.execute(rows).scalars())


def retracted_of(audit: Audit) -> frozenset[int]:
    """The lines of an audit's ledger that no longer stand."""
    rows = select(Retraction.judgement_id).join(Judgement, Judgement.id == Retraction.judgement_id)
    return frozenset(db.session.execute(rows.where(Judgement.audit_id == audit.id)).scalars())


def stands_in(audit: Audit) -> tuple[Stands, ...]:
    """What stands of an audit, section by section, with what its auditor wrote; nothing of who judged otherwise."""
    ledger, gone = judgements_of(audit), retracted_of(audit)
    sections = judged_sections(audit.tool, audit.category, ledger, gone)
    rows = comparison(sections, ledger, gone)
    said: dict[str, Said] = {one.section: one for one in ledger if one.tier == "auditor" and one.phase == "submitted"}
    words, scale = {line.id: line.reason for line in ledger}, audit.tool.scale
    for row in rows:
        if row.added and row.stands is not None:
            said[row.section.key] = said_of_added(row.stands, words[row.stands.id], scale)
    return what_stands(rows, said, scale)


def concerns_left_by(audit: Audit) -> tuple[str, ...]:
    """The concerns of an audit that a later one of the same case asks about."""
    drafts = drafts_of(audit)
    asked = [s.key for s in audit.tool.sections if s.kind == "concerns" and s.key in drafts]
    return concerns_from(stands_in(audit), (one for key in asked for one in concerns_of(drafts[key].particulars)))


def earlier_audits(audit: Audit) -> list[Audit]:
    """The handed-in audits of the same case that were given out before this one, newest first."""
    ended = [stage.value for stage in (*BEFORE_HAND_IN, Stage.VOID)]
    rows = select(Audit).where(Audit.case_id == audit.case_id, Audit.id < audit.id, Audit.stage.not_in(ended))
    return list(db.session.execute(rows.options(*WHOLE).order_by(Audit.id.desc())).unique().scalars())
