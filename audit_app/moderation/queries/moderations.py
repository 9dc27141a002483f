"""What is asked of moderations by those who carry them out."""

import datetime as dt
from collections.abc import Mapping

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from audit_app.access.actor import Actor
from audit_app.auditing.ledger import RANK, Line, standing
from audit_app.auditing.model import Audit, Judgement
from audit_app.auditing.queries import WHOLE, lines_of
from audit_app.auditing.workflow import Stage
from audit_app.db import db
from audit_app.frameworks.content import Section
from audit_app.history.chain import written
from audit_app.history.model import Entry
from audit_app.history.queries import last_of
from audit_app.identity.model import Person
from audit_app.moderation.adding import addition_lacks
from audit_app.moderation.model import NOT_DONE, AddedSection, Moderation, Opinion, Phase
from audit_app.moderation.queries.past import READ
from audit_app.moderation.rules import PERMISSION, WITH_MODERATOR, BlindGrade, Decision

WITH_AUDIT = (
    joinedload(Moderation.audit).options(*WHOLE),
    joinedload(Moderation.moderator),
    joinedload(Moderation.exercise),
    selectinload(Moderation.opinions),
)


def _is_held(moderation: Moderation, actor: Actor) -> bool:
    """Whether a moderation is this person's today: it was not taken back, and their role runs."""
    facts, tier = moderation.audit.facts, moderation.tier
    return actor.may(PERMISSION[tier]) and any(h.person_id == actor.id and h.tier == tier for h in facts.holdings)


def moderation_or_404(moderation_id: int, actor: Actor, *, to_write: bool = False) -> Moderation:
    """A moderation that was given to this person; for everybody else it does not exist."""
    rows = select(Moderation).where(Moderation.id == moderation_id, Moderation.moderator_id == actor.id)
    if to_write:
        rows = rows.with_for_update(of=Moderation)
    found = db.session.execute(rows.options(*WITH_AUDIT)).unique().scalar_one_or_none()
    if found is None or not _is_held(found, actor):
        abort(404)
    return found


def find_moderation(audit: Audit, tier: str) -> Moderation | None:
    """The moderation of an audit in a tier, if there is one."""
    rows = select(Moderation).filter_by(audit_id=audit.id, tier=tier).options(joinedload(Moderation.moderator))
    return db.session.execute(rows).scalar_one_or_none()


def find_audit_of(subject: str) -> Audit | None:
    """The audit that an entry of the history is about, if it is about one."""
    kind, _, key = subject.partition(":")
    return db.session.get(Audit, int(key)) if kind == "audit" and key.isdecimal() else None


def moderations_of(audit: Audit) -> list[Moderation]:
    """The moderations of an audit, senior first."""
    rows = select(Moderation).filter_by(audit_id=audit.id).options(joinedload(Moderation.moderator))
    return sorted(db.session.execute(rows).scalars(), key=lambda one: RANK[one.tier])


def sections_of(audit: Audit) -> list[Section]:
    """The graded sections that apply to an audit's case, the overall judgement with them."""
    return [section for section in audit.tool.sections_for(audit.category) if section.graded]


def incomplete(moderation: Moderation) -> list[AddedSection]:
    """The sections that an external auditor added and did not complete."""
    return [one for one in moderation.added if addition_lacks(moderation.audit.tool, one.addition)]


def moderations_to_do(actor: Actor) -> list[Moderation]:
    """What somebody is to moderate now, soonest due first; not what waits for its auditor."""
    return [one for one in _unfinished(actor) if one.audit.at is WITH_MODERATOR[one.tier]]


def moderations_waiting(actor: Actor) -> list[Moderation]:
    """What somebody sent back and waits for."""
    return [one for one in _unfinished(actor) if one.audit.at is Stage.SENT_BACK]


def _unfinished(actor: Actor) -> list[Moderation]:
    rows = select(Moderation).where(Moderation.moderator_id == actor.id, Moderation.phase.in_(NOT_DONE))
    found = db.session.execute(rows.options(*WITH_AUDIT).order_by(Moderation.due_on, Moderation.id)).unique().scalars()
    return [one for one in found if _is_held(one, actor)]


def decisions_of(moderation: Moderation) -> dict[str, Decision]:
    """The drafted decisions of a moderation, by section."""
    return {o.section: decision_of(o) for o in moderation.opinions if o.decision is not None}


def decision_of(opinion: Opinion) -> Decision:
    """One drafted decision."""
    return Decision(**{name: getattr(opinion, name) for name in Decision.__slots__})


def blind_grades_of(moderation: Moderation) -> dict[str, BlindGrade]:
    """The drafted blind grades of a moderation, by section."""
    return {o.section: blind_grade_of(o) for o in moderation.opinions}


def blind_grade_of(opinion: Opinion) -> BlindGrade:
    """One drafted blind grade."""
    return BlindGrade(opinion.blind_grade, opinion.blind_not_applicable, opinion.blind_reason)


def judged_blind_by(moderation: Moderation) -> str:
    """Who committed the blind grades that its moderator settles, where that was somebody else."""
    rows = select(Person.name, Person.id).join(Judgement, Judgement.by_id == Person.id)
    rows = rows.where(Judgement.audit_id == moderation.audit_id, Judgement.tier == moderation.tier)
    found = db.session.execute(rows.where(Judgement.phase == "blind").limit(1)).first()
    return found.name if found is not None and found.id != moderation.moderator_id else ""


def standing_before(audit: Audit, tier: str) -> Mapping[str, Line]:
    """By section: what stands below a tier, which is what it agrees with or overrides."""
    return standing(line for line in lines_of(audit) if RANK[line.tier] < RANK[tier])


def has_opened(audit: Audit, person_id: int, since: dt.datetime | None = None) -> bool:
    """Whether somebody opened an audit's content, ever or since a moment."""
    rows = select(Entry.idx).filter_by(subject=audit.subject, actor_id=person_id).where(Entry.kind.in_(READ))
    if since is not None:
        rows = rows.where(Entry.at >= written(since))
    return db.session.execute(rows.limit(1)).first() is not None


def reopened_because(moderation: Moderation) -> str:
    """Why a moderation was reopened, if it was and is not finished again."""
    last = last_of(moderation.audit.subject, "moderation.reopened")
    if last is None or last.body is None or moderation.at is not Phase.DECIDING or last.at < moderation.given_at:
        return ""
    return str(last.body["reason"]) if last.body["tier"] == moderation.tier else ""


def unopened(moderation: Moderation) -> list[Section]:
    """The sections whose earlier judgements the moderator has not seen yet."""
    opened = {opinion.section for opinion in moderation.opinions if opinion.opened_at is not None}
    return [section for section in sections_of(moderation.audit) if section.key not in opened]


def blank(moderation: Moderation) -> list[Section]:
    """The sections on which the moderator has decided nothing yet, not even in part."""
    begun = {opinion.section for opinion in moderation.opinions if decision_of(opinion) != Decision()}
    return [section for section in sections_of(moderation.audit) if section.key not in begun]
