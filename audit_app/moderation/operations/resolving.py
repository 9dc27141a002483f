"""Resolving a challenge: both sides side by side, the grade that stands with a reason, and closing it."""

from audit_app.access.actor import Actor
from audit_app.auditing import operations as auditing
from audit_app.auditing.operations import NewLine
from audit_app.clock import now
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.moderation import queries
from audit_app.moderation.challenge import (
    TABLE,
    ChallengeStep,
    Ruling,
    refusal_to_close,
    refusal_to_resolve,
    ruling_lacks,
)
from audit_app.moderation.model import Challenge, Point
from audit_app.moderation.rules import refusal_to_grade
from audit_app.refusal import Stale, refuse_if


def resolving(challenge: Challenge, step: ChallengeStep = ChallengeStep.RULE, *, by: Actor) -> None:
    """Stop unless this person may go on with resolving the challenge."""
    facts, parties = challenge.audit.facts, queries.parties_of(challenge)
    refuse_if(refusal_to_resolve(facts, parties, challenge.tier, challenge.at, challenge.resolver_id, by, step))


def rule(challenge: Challenge, point: Point, ruling: Ruling, version: int, *, by: Actor) -> None:
    """Keep the draft of what stands in one challenged section; an unfinished one as well. Writes no history."""
    resolving(challenge, by=by)
    if point.version_id != version:
        raise Stale("this section")
    tool = challenge.audit.tool
    refuse_if(refusal_to_grade(tool, tool.section(point.section), ruling.grade, ruling.not_applicable))
    point.grade, point.not_applicable, point.reason = ruling.chosen, ruling.not_applicable, ruling.reason
    point.saved_at = now()
    db.session.flush()


def unruled(challenge: Challenge) -> list[Point]:
    """The challenged judgements that still need a grade or a reason."""
    tool = challenge.audit.tool
    return [point for point in challenge.points if ruling_lacks(tool, tool.section(point.section), point.ruling)]


def resolve(challenge: Challenge, edition: int, *, by: Actor) -> None:
    """Resolve a challenge: what the resolver found stands from now on, at the tier that was challenged."""
    if challenge.edition != edition:
        raise Stale("what you found")
    resolving(challenge, ChallengeStep.RESOLVE, by=by)
    refuse_if(refusal_to_close(len(unruled(challenge))))
    audit = challenge.audit
    for point in challenge.points:
        section = audit.tool.section(point.section)
        found = point.ruling
        line = NewLine(section.key, section.overall, challenge.tier, "resolved", found.chosen, reason=found.reason)
        auditing.judge(audit, line, by=by.id)
    challenge.phase, challenge.ended_at = TABLE[challenge.at, ChallengeStep.RESOLVE].value, now()
    db.session.flush()
    body = {
        "challenge": challenge.id,
        "tier": challenge.tier,
        "grades": {point.section: point.ruling.chosen for point in challenge.points},
    }
    record("challenge.resolved", subject=audit.subject, body=body, by=by.id)
