"""Settling in place of somebody: blind grades stay with whoever committed them, the settling goes to another."""

from dataclasses import replace

from audit_app.auditing import operations as auditing
from audit_app.auditing.ledger import SENIOR
from audit_app.auditing.workflow import Stage
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.identity.model import Person
from audit_app.moderation import queries
from audit_app.moderation.model import Moderation, Opinion, Phase
from audit_app.moderation.operations.giving import drafts_of, refusal_for
from audit_app.moderation.operations.judging import agree_where_equal
from audit_app.moderation.rules import refusal_to_settle_instead
from audit_app.programmes.working_days import working_days_after
from audit_app.refusal import Refusal, refuse_if

FEWEST_DAYS = 5  # working days that whoever takes one over has for it
REASON_LATER = "said later"


def refusal_of_settler(moderation: Moderation, person: Person, past: queries.Past | None = None) -> Refusal | None:
    """Why somebody cannot settle a moderation in place of whoever committed it."""
    if person.id == moderation.moderator_id:
        return Refusal(f"{person.name} has this moderation already.")
    audit = moderation.audit
    facts = replace(audit.facts, stage=stage_without(moderation))
    return refusal_for(audit, person, moderation.tier, blind=False, random=True, past=past, facts=facts)


def stage_without(moderation: Moderation) -> Stage:
    """Where the audit would stand if this moderation were not."""
    if moderation.tier != SENIOR and auditing.assignment_of(moderation.audit, SENIOR) is not None:
        return Stage.MODERATED
    return Stage.SUBMITTED


def could_settle(moderation: Moderation) -> list[Person]:
    """Who could settle a moderation in place of whoever committed it, by name."""
    audit = moderation.audit
    past = queries.past_of([audit])[audit.id]
    people = queries.moderators(audit.round, moderation.tier)
    return [one for one in people if refusal_of_settler(moderation, one, past) is None]


def settle_instead(moderation: Moderation, person: Person, reason: str, *, by: int) -> None:
    """Let somebody else settle what was committed blind: those grades stay, what was decided after is begun anew."""
    audit, tier, before = moderation.audit, moderation.tier, moderation.moderator_id
    refuse_if(refusal_to_settle_instead(audit.at, tier, moderation.phase, moderation.committed_at is not None, reason))
    refuse_if(refusal_of_settler(moderation, person))
    record("moderation.taken_back", subject=audit.subject, body=drafts_of(moderation) | {"reason": reason}, by=by)
    auditing.take_back(audit, tier, reason, by=by)
    auditing.give(audit, person, tier, hidden=False, by=by)
    for added in moderation.additions:
        db.session.delete(added)
    for opinion in moderation.opinions:
        _begin_anew(opinion)
    moderation.moderator, moderation.given_at = person, now()
    moderation.due_on = max(moderation.due_on, working_days_after(today(), FEWEST_DAYS))
    moderation.quality, moderation.quality_words = {}, ""
    moderation.with_auditor, moderation.together_on, moderation.present = None, None, ""
    if moderation.at is Phase.SETTLING:
        agree_where_equal(moderation, queries.blind_grades_of(moderation))
    db.session.flush()
    body = {"tier": tier, "route": moderation.route, "blind": True, "draw": moderation.draw_id, "in_place_of": before}
    record("moderation.given", subject=audit.subject, body=body, by=by)


def _begin_anew(opinion: Opinion) -> None:
    opinion.decision, opinion.grade, opinion.not_applicable = None, None, False
    opinion.reason_code, opinion.reason, opinion.evidence_supports = None, "", None
    opinion.opened_at, opinion.saved_at = None, None
