"""Giving audits to moderators, by hand or by a random draw, and taking them back."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from audit_app.auditing import operations as auditing
from audit_app.auditing.model import Audit
from audit_app.auditing.visibility import Facts
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.identity.model import Person
from audit_app.moderation import queries
from audit_app.moderation.arrival import chance_after
from audit_app.moderation.drawing import Plan
from audit_app.moderation.model import Draw, Exercise, Moderation, Phase, Route
from audit_app.moderation.operations.chances import raise_chances
from audit_app.moderation.queries.arrivals import earlier_chances, lot_of
from audit_app.moderation.rules import has_signed_off, refusal_to_give, refusal_to_take_back
from audit_app.programmes.model import Round
from audit_app.refusal import Refusal, Refused, refuse_if

DRAFTED = ("blind_grade", "blind_reason", "decision", "grade", "reason_code", "reason", "evidence_supports")


def refusal_for(
    audit: Audit,
    moderator: Person,
    tier: str,
    *,
    blind: bool,
    random: bool,
    past: queries.Past | None = None,
    facts: Facts | None = None,
) -> Refusal | None:
    """Why this audit may not be given to this person, asked of what is stored (past, facts: known already)."""
    past = past or queries.past_of([audit])[audit.id]
    earlier = past.judges_outside(tier) | {audit.auditor_id}
    return refusal_to_give(
        facts or audit.facts,
        moderator.actor(today()),
        tier,
        blind=blind,
        random=random,
        earlier=earlier,
        has_opened=moderator.id in past.opened,
        contributed=moderator.id in past.contributed,
        audited=moderator.id in past.audited,
        connected=past.is_connected(moderator.id, moderator.name),
        challenged=past.is_challenged,
        followed=past.is_followed,
        signed_off=has_signed_off(moderator.id, past.signed_off),
    )


def give(
    audit: Audit,
    moderator: Person,
    tier: str,
    *,
    route: Route,
    blind: bool,
    due_on: dt.date,
    by: int | None,
    draw: Draw | None = None,
    exercise: Exercise | None = None,
    inclusion_probability: float | None = None,
) -> Moderation:
    """Give an audit to a moderator, open or blind; one that was drawn as it came in keeps that as its route."""
    # Whoever signs it off, or resolves its challenge, at this moment is seen by the rule.
    db.session.execute(select(Audit.id).where(Audit.id == audit.id).with_for_update(key_share=True))
    lot = lot_of(audit, tier)
    if lot is not None and lot.fell and draw is None:
        route, draw, inclusion_probability = Route.RANDOM, lot.draw, lot.overall
    refuse_if(refusal_for(audit, moderator, tier, blind=blind, random=route is Route.RANDOM))
    if queries.find_moderation(audit, tier) is not None:
        raise Refused(Refusal("This audit has a moderation in this tier already."))
    moderation = Moderation(
        audit=audit,
        tier=tier,
        moderator=moderator,
        route=route.value,
        draw=draw,
        exercise=exercise,
        inclusion_probability=inclusion_probability,
        blind=blind,
        phase=(Phase.JUDGING_BLIND if blind else Phase.DECIDING).value,
        given_at=now(),
        due_on=due_on,
    )
    db.session.add(moderation)
    auditing.give(audit, moderator, tier, hidden=blind, by=by)
    db.session.flush()
    body = {"tier": tier, "route": route.value, "blind": blind, "draw": draw.id if draw else None}
    record("moderation.given", subject=audit.subject, body=body, by=by)
    return moderation


@dataclass(frozen=True, slots=True)
class Terms:
    """How a draw's audits are to be moderated: in which tier, open or blind, by when, in which exercise."""

    tier: str
    blind: bool
    due_on: dt.date
    exercise: Exercise | None = None


def draw(
    round_: Round, plan: Plan, audits: Mapping[int, Audit], people: Mapping[int, Person], terms: Terms, *, by: int
) -> Draw:
    """Carry out a random draw: everything that it needs to be repeated is kept with it.

    The chance of what is drawn is the one over all draws that it was exposed to, this one and those before.
    """
    before = earlier_chances(round_, terms.tier, plan.frame)
    raised = raise_chances(round_, terms.tier, plan.frame, plan.inclusion_probability)
    made = Draw(
        round=round_,
        tier=terms.tier,
        seed=plan.seed,
        algorithm=plan.algorithm,
        frame=list(plan.frame),
        size=plan.size,
        drawn_at=now(),
        drawn_by=by,
    )
    db.session.add(made)
    db.session.flush()
    body = {
        "draw": made.id,
        "tier": terms.tier,
        "seed": plan.seed,
        "frame": list(plan.frame),
        "size": plan.size,
        "drawn_before": raised,
    }
    record("moderation.drawn", subject=f"round:{round_.id}", body=body, by=by)
    for share in plan.shares:
        give(
            audits[share.audit_id],
            people[share.moderator_id],
            terms.tier,
            route=Route.RANDOM,
            blind=terms.blind,
            due_on=terms.due_on,
            by=by,
            draw=made,
            exercise=terms.exercise,
            inclusion_probability=chance_after((*before[share.audit_id], plan.inclusion_probability)),
        )
    return made


def take_back(moderation: Moderation, reason: str, *, by: int) -> None:
    """Take an unfinished moderation from its moderator; their drafts are kept in the record, not in the figures."""
    audit, tier, committed = moderation.audit, moderation.tier, moderation.committed_at is not None
    refuse_if(refusal_to_take_back(audit.at, tier, moderation.phase, committed, reason))
    record("moderation.taken_back", subject=audit.subject, body=drafts_of(moderation) | {"reason": reason}, by=by)
    for draft in (*moderation.opinions, *moderation.additions):
        db.session.delete(draft)
    db.session.delete(moderation)
    db.session.flush()
    auditing.take_back(audit, tier, reason, by=by)


def drafts_of(moderation: Moderation) -> dict[str, Any]:
    """What a moderator has drafted so far, for the record."""
    drafts = {
        opinion.section: {name: value for name in DRAFTED if (value := getattr(opinion, name)) not in (None, "")}
        for opinion in moderation.opinions
        if opinion.saved_at is not None
    }
    added = {one.name: {"grade": one.grade, "words": one.words} for one in moderation.added}
    return {"tier": moderation.tier, "from": moderation.moderator_id, "drafts": drafts, "added": added}


def make_exercise(unit_id: int, name: str, *, by: int) -> Exercise:
    """A validation exercise of this name in an authority; the same name means the same exercise."""
    found = db.session.execute(select(Exercise).filter_by(unit_id=unit_id, name=name)).scalar_one_or_none()
    if found is not None:
        return found
    made = Exercise(unit_id=unit_id, name=name, made_at=now(), made_by=by)
    db.session.add(made)
    db.session.flush()
    record("exercise.made", body={"exercise": made.id, "name": name}, by=by)
    return made
