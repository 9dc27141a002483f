"""What is asked of moderations."""

from collections.abc import Mapping

from flask import abort
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from audit_app.access.actor import Actor
from audit_app.auditing.ledger import RANK, Line, standing
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import WHOLE, lines_of
from audit_app.db import db
from audit_app.history.model import Entry
from audit_app.moderation.model import Moderation, Opinion, Phase
from audit_app.moderation.rules import BlindGrade, Decision

WITH_AUDIT = (
    joinedload(Moderation.audit).options(*WHOLE),
    joinedload(Moderation.moderator),
    joinedload(Moderation.exercise),
)


def moderation_or_404(moderation_id: int, actor: Actor, *, to_write: bool = False) -> Moderation:
    """A moderation that was given to this person; for everybody else it does not exist."""
    rows = select(Moderation).where(Moderation.id == moderation_id, Moderation.moderator_id == actor.id)
    if to_write:
        rows = rows.with_for_update(of=Moderation)
    found = db.session.execute(rows.options(*WITH_AUDIT)).unique().scalar_one_or_none()
    if found is None or not any(h.person_id == actor.id and h.tier == found.tier for h in found.audit.facts.holdings):
        abort(404)
    return found


def find_moderation(audit: Audit, tier: str) -> Moderation | None:
    """The moderation of an audit in a tier, if there is one."""
    rows = select(Moderation).filter_by(audit_id=audit.id, tier=tier).options(joinedload(Moderation.moderator))
    return db.session.execute(rows).scalar_one_or_none()


def moderations_of(audit: Audit) -> list[Moderation]:
    """The moderations of an audit, senior first."""
    rows = select(Moderation).filter_by(audit_id=audit.id).options(joinedload(Moderation.moderator))
    return sorted(db.session.execute(rows).scalars(), key=lambda one: RANK[one.tier])


def moderations_to_do(actor: Actor) -> list[Moderation]:
    """What somebody is to moderate, soonest due first; not what waits for its auditor."""
    rows = select(Moderation).where(Moderation.moderator_id == actor.id, Moderation.phase != Phase.DONE.value)
    found = db.session.execute(rows.options(*WITH_AUDIT).order_by(Moderation.due_on, Moderation.id)).unique().scalars()
    return [m for m in found if any(h.person_id == actor.id and h.tier == m.tier for h in m.audit.facts.holdings)]


def of_round(round_id: int) -> Select[Moderation]:
    """The moderations of a round's audits."""
    audits = select(Audit.id).where(Audit.round_id == round_id)
    return select(Moderation).where(Moderation.audit_id.in_(audits)).options(joinedload(Moderation.moderator))


def decisions_of(moderation: Moderation) -> dict[str, Decision]:
    """The drafted decisions of a moderation, by section."""
    return {o.section: decision_of(o) for o in moderation.opinions if o.decision is not None}


def decision_of(opinion: Opinion) -> Decision:
    """One drafted decision."""
    return Decision(**{name: getattr(opinion, name) for name in Decision.__slots__})


def blind_grades_of(moderation: Moderation) -> dict[str, BlindGrade]:
    """The drafted blind grades of a moderation, by section."""
    return {o.section: BlindGrade(o.blind_grade, o.blind_not_applicable, o.blind_reason) for o in moderation.opinions}


def standing_before(audit: Audit, tier: str) -> Mapping[str, Line]:
    """By section: what stands below a tier, which is what it agrees with or overrides."""
    return standing(line for line in lines_of(audit) if RANK[line.tier] < RANK[tier])


def has_opened(audit: Audit, person_id: int) -> bool:
    """Whether somebody ever opened an audit's content: then they can no longer judge it blind."""
    rows = select(Entry.idx).filter_by(subject=audit.subject, kind="audit.opened", actor_id=person_id).limit(1)
    return db.session.execute(rows).first() is not None
