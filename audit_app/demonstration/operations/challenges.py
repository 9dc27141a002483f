"""Challenges of the demonstration: one that waits for a resolver, one that is with its resolver, and one resolved."""

import datetime as dt
from collections.abc import Iterator, Sequence

from sqlalchemy import select

from audit_app.access.table import Role
from audit_app.auditing.ledger import SENIOR
from audit_app.auditing.model import Assignment, Judgement
from audit_app.auditing.workflow import Stage
from audit_app.db import db
from audit_app.demonstration.dates import moment
from audit_app.demonstration.operations.moderating import Bench
from audit_app.demonstration.operations.rounds import Opened
from audit_app.demonstration.second_words import CHALLENGE, RESOLUTION
from audit_app.demonstration.story import Story
from audit_app.history.operations import record
from audit_app.moderation.challenge import ChallengePhase
from audit_app.moderation.model import Challenge, Point
from audit_app.moderation.rules import Decision
from audit_app.programmes.working_days import working_days_after

OF_A_MONTH = 2
RESOLVED_WITHIN = 6  # working days
PHASES = (ChallengePhase.RAISED, ChallengePhase.WITH_RESOLVER, ChallengePhase.RESOLVED)


def challenge(bench: Bench, opened: Sequence[Opened]) -> None:
    """Auditors challenge some overrides of months that are over, the latest first; what stands is not changed by it."""
    northmere = bench.rounds.northmere
    resolver = northmere.ids_of(Role.HEAD_OF_SERVICE)[0]
    stories = _overridden(opened, without=resolver)
    for phase, (story, section) in zip(PHASES, stories, strict=False):
        settled = _settled(story, section)
        day = min(working_days_after(settled.at.date(), 2), bench.rounds.last_day)
        raised_at = max(moment(day, bench.chance("challenged", story.audit_id)), settled.at + dt.timedelta(minutes=30))
        named = phase is not ChallengePhase.RAISED
        point = Point(section=section, judgement_id=settled.id, words=CHALLENGE)
        made = Challenge(
            audit_id=story.audit_id,
            auditor_id=story.auditor_id,
            tier=SENIOR,
            assignment_id=_assignment_id(story),
            moderator_id=settled.by_id,
            phase=phase.value,
            raised_at=raised_at,
            resolver_id=resolver if named else None,
            named_at=raised_at + dt.timedelta(minutes=50) if named else None,
            points=[point],
        )
        db.session.add(made)
        if phase is ChallengePhase.RESOLVED:
            _resolve(bench, made, point)
        db.session.flush()
        about = {"challenge": made.id, "tier": SENIOR}
        subject = f"audit:{story.audit_id}"
        record("challenge.raised", subject=subject, body=about | {"words": {section: CHALLENGE}}, by=story.auditor_id)
        if named:
            body = about | {"person": resolver}
            record("challenge.resolver_named", subject=subject, body=body, by=northmere.officer_id)
        if phase is ChallengePhase.RESOLVED:
            record("challenge.resolved", subject=subject, body=about | {"grades": {section: point.grade}}, by=resolver)


def _overridden(opened: Sequence[Opened], *, without: int) -> Iterator[tuple[Story, str]]:
    """Audits whose moderator lowered a judgement, two of a month, with the section; the latest month first."""
    for one in reversed(opened):
        left = OF_A_MONTH
        for story in one.stories:
            second = story.seconds.get(SENIOR)
            if story.stage is not Stage.MODERATED or second is None or second.moderator_id == without:
                continue
            keys = [key for key, decision in second.decisions.items() if _is_lower(story, key, decision)]
            if keys and left:
                left -= 1
                yield story, keys[0]


def _is_lower(story: Story, section: str, decision: Decision) -> bool:
    """Whether a moderator gave a lower grade than the auditor."""
    before, scale = story.standing(SENIOR)[section], story.tool.scale
    overrides = decision.decision == "override" and decision.chosen is not None and before is not None
    return overrides and scale.index(decision.chosen or "") < scale.index(before or "")


def _settled(story: Story, section: str) -> Judgement:
    rows = select(Judgement).filter_by(audit_id=story.audit_id, tier=SENIOR, phase="settled", section=section)
    return db.session.execute(rows).scalar_one()


def _assignment_id(story: Story) -> int:
    return db.session.execute(select(Assignment.id).filter_by(audit_id=story.audit_id, tier=SENIOR)).scalar_one()


def _resolve(bench: Bench, made: Challenge, point: Point) -> None:
    """The moderator's grade stands, so that no figure of the demonstration depends on it."""
    settled = db.session.get_one(Judgement, point.judgement_id)
    day = min(working_days_after(made.raised_at.date(), RESOLVED_WITHIN), bench.rounds.last_day)
    made.ended_at = max(moment(day, bench.chance("resolved", made.audit_id)), made.raised_at + dt.timedelta(hours=2))
    point.grade, point.reason, point.saved_at = settled.grade, RESOLUTION, made.ended_at
    db.session.add(
        Judgement(
            audit_id=made.audit_id,
            section=settled.section,
            overall=settled.overall,
            tier=SENIOR,
            phase="resolved",
            grade=settled.grade,
            not_applicable=settled.not_applicable,
            reason=RESOLUTION,
            by_id=made.resolver_id,
            at=made.ended_at,
        )
    )
