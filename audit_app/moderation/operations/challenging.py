"""Challenging an outcome: raised by the auditor, given to a resolver, withdrawn, declined, or overtaken."""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy.orm.attributes import flag_modified

from audit_app.access.actor import Actor
from audit_app.auditing.model import Audit
from audit_app.auditing.operations import assignment_of
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.identity.model import Person
from audit_app.moderation import queries
from audit_app.moderation.challenge import (
    OPEN,
    TABLE,
    ChallengePhase,
    ChallengeStep,
    challenge_lacks,
    refusal_to_allow_late,
    refusal_to_challenge,
    refusal_to_name,
    refusal_to_resolve,
    refusal_to_withdraw_challenge,
)
from audit_app.moderation.model import Challenge, LateChallenge, Moderation, Point
from audit_app.refusal import Refusal, Refused, Stale, refuse_if


def fresh_challenge(challenge: Challenge, version: int) -> None:
    """Stop when somebody changed the challenge after this version was opened."""
    if challenge.version_id != version:
        raise Stale("this challenge")


def _step(challenge: Challenge, step: ChallengeStep, because: str = "") -> None:
    """Take a step that was found to be allowed."""
    after = TABLE[challenge.at, step]
    challenge.phase = after.value
    if after not in OPEN:
        challenge.ended_at, challenge.ended_because = now(), because


def challenge(moderation: Moderation, reasons: Mapping[str, str], *, by: Actor) -> Challenge:
    """Challenge judgements of a finished moderation: for each section the auditor's reasons."""
    audit, tier = moderation.audit, moderation.tier
    refuse_if(refusal_to_challenge(audit.facts, by, queries.outcome_of(moderation), today()))
    settled = queries.settled_of(moderation)
    offered = [section.key for section in queries.sections_to_challenge(moderation)]
    if lacks := challenge_lacks(offered, reasons):
        raise Refused(Refusal(" ".join(lacks)))
    given = assignment_of(audit, tier)
    if given is None:
        raise Refused(Refusal("This outcome is nobody's to answer for now."))
    made = Challenge(
        audit=audit,
        tier=tier,
        assignment_id=given.id,
        moderator_id=moderation.moderator_id,
        phase=ChallengePhase.RAISED.value,
        raised_at=now(),
        points=[
            Point(section=key, judgement_id=settled[key].id, words=reasons[key]) for key in offered if key in reasons
        ],
    )
    db.session.add(made)
    # Whoever gives the audit to an external auditor at this moment finds that it changed.
    flag_modified(audit, "stage")
    db.session.flush()
    body = {"challenge": made.id, "tier": tier, "words": dict(reasons)}
    record("challenge.raised", subject=audit.subject, body=body, by=by.id)
    return made


def withdraw_challenge(challenge: Challenge, reason: str, version: int, *, by: Actor) -> None:
    """Withdraw one's own challenge; what was judged stands as it was."""
    fresh_challenge(challenge, version)
    refuse_if(refusal_to_withdraw_challenge(challenge.audit.facts, challenge.at, by))
    _end(challenge, ChallengeStep.WITHDRAW, "challenge.withdrawn", reason, by=by.id)


def _end(challenge: Challenge, step: ChallengeStep, kind: str, reason: str, *, by: int | None) -> None:
    drafts = queries.rulings_as_data(challenge)
    _step(challenge, step, reason)
    db.session.flush()
    body = {"challenge": challenge.id, "tier": challenge.tier, "reason": reason, "drafts": drafts}
    record(kind, subject=challenge.audit.subject, body=body, by=by)


def allow_late(moderation: Moderation, until: dt.date, reason: str, *, by: Actor) -> LateChallenge:
    """Allow an outcome to be challenged after its time, until a day."""
    audit, outcome = moderation.audit, queries.outcome_of(moderation)
    refuse_if(refusal_to_allow_late(audit.facts, moderation.moderator_id, by, outcome, until, reason, today()))
    made = LateChallenge(
        audit_id=audit.id, tier=moderation.tier, until=until, reason=reason, allowed_by=by.id, allowed_at=now()
    )
    db.session.add(made)
    db.session.flush()
    body = {"tier": moderation.tier, "until": until.isoformat(), "reason": reason}
    record("challenge.late_allowed", subject=audit.subject, body=body, by=by.id)
    return made


def refusal_of_resolver(challenge: Challenge, resolver: Person, *, reason: str, by: Actor) -> Refusal | None:
    """Why this person cannot be named to resolve a challenge, asked of what is stored."""
    parties = queries.parties_of(challenge)
    actor = resolver.actor(today())
    return refusal_to_name(
        challenge.audit.facts, parties, challenge.at, actor, by, before=challenge.resolver_id, reason=reason
    )


def name_resolver(challenge: Challenge, resolver: Person, reason: str, version: int, *, by: Actor) -> None:
    """Name who resolves a challenge; with a reason in place of whoever was named before."""
    fresh_challenge(challenge, version)
    refuse_if(refusal_of_resolver(challenge, resolver, reason=reason, by=by))
    before = challenge.resolver_id
    body: dict[str, object] = {"challenge": challenge.id, "tier": challenge.tier, "person": resolver.id}
    if before is not None:
        body |= {"in_place_of": before, "reason": reason, "drafts": _forget_rulings(challenge)}
    _step(challenge, ChallengeStep.NAME if before is None else ChallengeStep.CHANGE)
    challenge.resolver, challenge.named_at = resolver, now()
    db.session.flush()
    record("challenge.resolver_named", subject=challenge.audit.subject, body=body, by=by.id)


def decline(challenge: Challenge, reason: str, version: int, *, by: Actor) -> None:
    """Decline to resolve a challenge that one was named for; somebody else is to be named."""
    fresh_challenge(challenge, version)
    facts, parties = challenge.audit.facts, queries.parties_of(challenge)
    step = ChallengeStep.DECLINE
    refuse_if(refusal_to_resolve(facts, parties, challenge.tier, challenge.at, challenge.resolver_id, by, step))
    if not reason.strip():
        raise Refused(Refusal("Say why you decline, so that somebody else can be named."))
    drafts = _forget_rulings(challenge)
    _step(challenge, step)
    challenge.resolver, challenge.named_at = None, None
    db.session.flush()
    body = {"challenge": challenge.id, "tier": challenge.tier, "reason": reason, "drafts": drafts}
    record("challenge.declined", subject=challenge.audit.subject, body=body, by=by.id)


def _forget_rulings(challenge: Challenge) -> dict[str, object]:
    """Take away what a resolver drafted; it goes into the record, and is not passed on."""
    drafts = queries.rulings_as_data(challenge)
    for point in challenge.points:
        point.grade, point.not_applicable, point.reason, point.saved_at = None, False, "", None
    return drafts


def overtake(audit: Audit, tier: str, because: str, *, by: int | None) -> None:
    """End an open challenge because the judgement that it is about no longer stands."""
    found = queries.find_open_challenge(audit, tier, to_write=True)
    if found is not None:
        _end(found, ChallengeStep.OVERTAKE, "challenge.overtaken", because, by=by)


def hear_void(kind: str, *, subject: str, by: int, **said: object) -> None:
    """Hear from the history that an audit was made void: its challenges end with it."""
    audit = queries.find_audit_of(subject)
    if audit is not None:
        for tier in ("senior", "external"):
            overtake(audit, tier, "The audit was made void.", by=by)
