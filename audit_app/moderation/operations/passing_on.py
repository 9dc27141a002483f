"""Moderations of somebody who is off or leaves go to others, each to whoever may have it and has least in hand."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from audit_app.access.actor import Actor
from audit_app.clock import today
from audit_app.identity.model import Person
from audit_app.identity.queries import away_between
from audit_app.moderation import queries
from audit_app.moderation.arrival import lightest, why_nobody
from audit_app.moderation.model import Moderation, Route
from audit_app.moderation.operations.giving import give, refusal_for, take_back
from audit_app.moderation.operations.settling import FEWEST_DAYS, REASON_LATER, settle_instead, stage_without
from audit_app.moderation.queries.rounds import moderators, unfinished_counts
from audit_app.moderation.queries.unfinished import unfinished_of
from audit_app.moderation.rules import CALLED, refusal_to_settle_instead, refusal_to_take_back
from audit_app.programmes.working_days import working_days_after
from audit_app.refusal import Refusal, Refused, Stale

NOTHING = Refusal("None of these moderations can be given to somebody else now.")


@dataclass(frozen=True, slots=True)
class Passing:
    """One moderation, and who would get it; or nobody, and why it stays."""

    moderation: Moderation
    to: Person | None
    why: str = ""


def plan_passing_on(person: Person, *, by: Actor) -> list[Passing]:
    """Who would get each of somebody's unfinished moderations, the soonest due first; nothing is kept."""
    more: Counter[int] = Counter()
    found = []
    for one in unfinished_of(person.id, by):
        passing = _passing(one, more)
        if passing.to is not None:
            more[passing.to.id] += 1
        found.append(passing)
    return found


def fingerprint_of(plan: Sequence[Passing]) -> str:
    """What tells one plan from another: which moderation, as it was, to whom."""
    said = [f"{one.moderation.id}:{one.moderation.version_id}:{one.to.id if one.to else ''}" for one in plan]
    return hashlib.sha256(",".join(said).encode()).hexdigest()


def pass_on(person: Person, reason: str, fingerprint: str, *, by: Actor) -> list[Passing]:
    """Give somebody's moderations to others as it was looked at; where it would be otherwise now, nothing changes."""
    if not reason.strip():
        raise Refused(Refusal("Say why they go to somebody else."))
    unfinished_of(person.id, by, to_write=True)
    plan = plan_passing_on(person, by=by)
    if fingerprint != fingerprint_of(plan):
        raise Stale("these moderations or the moderators")
    if not any(one.to for one in plan):
        raise Refused(NOTHING)
    for one in plan:
        if one.to is not None:
            _hand_on(one.moderation, one.to, reason, by=by)
    return plan


def _passing(one: Moderation, more: Counter[int]) -> Passing:
    audit, committed = one.audit, one.committed_at is not None
    blind = one.blind and not committed  # what was committed blind is settled with everything in sight
    rule = refusal_to_settle_instead if committed else refusal_to_take_back
    if refused := rule(audit.at, one.tier, one.phase, committed, REASON_LATER):
        return Passing(one, None, refused.reason)
    facts = replace(audit.facts, stage=stage_without(one))  # as it is once it is taken back
    past = queries.past_of([audit])[audit.id]
    can, why = dict[int, Person](), list[str]()
    for person in moderators(audit.round, one.tier):
        if person.id == one.moderator_id:
            continue
        is_random = one.route == Route.RANDOM.value
        refused = refusal_for(audit, person, one.tier, blind=blind, random=is_random, past=past, facts=facts)
        if refused is None:
            can[person.id] = person
        else:
            why.append(refused.reason)
    day, until = today(), max(one.due_on, working_days_after(today(), FEWEST_DAYS))
    away = {key for key, days in away_between(can, day, until).items() if any(d.on(day) or d.on(until) for d in days)}
    counts = unfinished_counts(can.values())
    loads = {key: counts.get(key, 0) + more[key] for key in can if key not in away}
    chosen = lightest(loads, f"passed on:{one.id}", audit.id)
    if chosen is None:
        return Passing(one, None, why_nobody(f"a {CALLED[one.tier]}", why, len(away)))
    return Passing(one, can[chosen])


def _hand_on(one: Moderation, to: Person, reason: str, *, by: Actor) -> None:
    if one.committed_at is not None:
        settle_instead(one, to, reason, by=by.id)
        return
    audit, tier, route, blind = one.audit, one.tier, Route(one.route), one.blind
    draw, exercise, chance = one.draw, one.exercise, one.inclusion_probability
    due_on = max(one.due_on, working_days_after(today(), FEWEST_DAYS))
    take_back(one, reason, by=by.id)
    give(
        audit,
        to,
        tier,
        route=route,
        blind=blind,
        due_on=due_on,
        by=by.id,
        draw=draw,
        exercise=exercise,
        inclusion_probability=chance,
    )
