"""Tests that the demonstration is of one piece: stages, ledger, drafts, draws and moments tell the same story."""

import datetime as dt
from collections import Counter
from itertools import pairwise

from flask import Flask
from sqlalchemy import func, select

from audit_app.auditing.drafts import gaps
from audit_app.auditing.ledger import AUDITOR, EXTERNAL, SENIOR
from audit_app.auditing.model import Answer, Audit, Judgement, Reply, RiskAlert
from audit_app.auditing.queries import drafts_of, judgements_of
from audit_app.auditing.workflow import BEFORE_HAND_IN, Stage
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.demonstration.dates import ROUNDS
from audit_app.identity.model import Person
from audit_app.moderation.challenge import ChallengePhase, refusal_to_be_resolver
from audit_app.moderation.drawing import plan
from audit_app.moderation.model import Challenge, Draw, Moderation
from audit_app.moderation.queries import (
    blind_grades_of,
    challenges_of,
    decisions_of,
    moderations_of,
    parties_of,
    sections_of,
    standing_before,
)
from audit_app.moderation.rules import is_of_team, missing_quality, undecided, unjudged
from audit_app.sampling.model import Sample
from audit_app.sampling.queries.samples import redrawn
from tests.demonstration.asking import audits, monthly_rounds


def test_every_sample_can_be_drawn_again_from_what_was_kept(demonstration: Flask) -> None:
    samples = db.session.execute(select(Sample)).scalars().all()
    assert len(samples) == ROUNDS
    for sample in samples:
        again = redrawn(sample)
        assert list(again.references) == [one.case.reference for one in sample.cases]
        given = {audit.case_id: audit for audit in audits() if audit.round_id == sample.round_id}
        for one in sample.cases:
            assert given[one.case_id].inclusion_probability == one.inclusion_probability


def test_every_draw_of_audits_can_be_made_again(demonstration: Flask) -> None:
    drawn = db.session.execute(select(Draw)).scalars().all()
    for one in drawn:
        kept = db.session.execute(select(Moderation).filter_by(draw_id=one.id)).scalars().all()
        moderators = frozenset(moderation.moderator_id for moderation in kept)
        role = Person.id.in_(moderators)
        assert db.session.execute(select(func.count()).where(role)).scalar_one() == len(moderators)
        again = plan({audit: {} for audit in one.frame}, moderators, one.seed, one.size)
        assert {share.audit_id for share in again.shares} == {moderation.audit_id for moderation in kept}
        assert {moderation.inclusion_probability for moderation in kept} == {one.size / len(one.frame)}


def test_nobody_audits_their_own_team_nor_moderates_their_own_audit_or_team(demonstration: Flask) -> None:
    people = {one.id: one.actor(today()) for one in db.session.execute(select(Person)).scalars()}
    for audit in audits():
        auditor = people[audit.auditor_id]
        assert not is_of_team(auditor, audit.unit_path)
        judges = [moderation.moderator_id for moderation in moderations_of(audit)]
        assert audit.auditor_id not in judges
        assert len(set(judges)) == len(judges)
        assert not any(is_of_team(people[judge], audit.unit_path) for judge in judges)


def test_stages_ledger_and_assignments_tell_the_same_story(demonstration: Flask) -> None:
    check_story()


def check_story() -> None:
    """Every audit's stage, moderations, assignments and ledger agree."""
    phases = {
        Stage.SUBMITTED: (None, None),
        Stage.WITH_SENIOR: ("open", None),
        Stage.MODERATED: ("done", None),
        Stage.SENT_BACK: ("open", None),
    }
    for audit in audits():
        found = {one.tier: one for one in moderations_of(audit)}
        has = tuple(_standing(found.get(tier)) for tier in (SENIOR, EXTERNAL))
        if audit.at in BEFORE_HAND_IN:
            assert has == (None, None)
        elif audit.at in (Stage.WITH_EXTERNAL, Stage.VALIDATED):
            assert has[0] in (None, "done")
            assert has[1] == ("done" if audit.at is Stage.VALIDATED else "open")
        else:
            assert has == phases[audit.at]
        assert {(a.tier, a.person_id) for a in audit.assignments} == {(m.tier, m.moderator_id) for m in found.values()}
        assert all(a.hidden == (found[a.tier].phase == "judging_blind") for a in audit.assignments)
        lines = Counter((line.tier, line.phase) for line in judgements_of(audit))
        expected: Counter[tuple[str, str]] = Counter()
        sections = len(sections_of(audit))
        if audit.at not in BEFORE_HAND_IN:
            expected[AUDITOR, "submitted"] = sections
        for moderation in found.values():
            if moderation.committed_at:
                expected[moderation.tier, "blind"] = sections
            if moderation.done_at:
                expected[moderation.tier, "settled"] = sections
        for challenge in challenges_of(audit):
            if challenge.at is ChallengePhase.RESOLVED:
                expected[challenge.tier, "resolved"] += len(challenge.points)
        assert lines == expected


def _standing(moderation: Moderation | None) -> str | None:
    if moderation is None:
        return None
    return "done" if moderation.done_at else "open"


def test_what_was_handed_in_had_no_gap_and_the_ledger_says_what_the_drafts_say(demonstration: Flask) -> None:
    for audit in audits():
        if audit.at in BEFORE_HAND_IN:
            continue
        drafts = drafts_of(audit)
        assert gaps(audit.tool, audit.category, drafts) == ()
        own = {line.section: line for line in judgements_of(audit) if line.tier == AUDITOR}
        assert {key: line.grade for key, line in own.items()} == {
            section.key: drafts[section.key].grade for section in sections_of(audit)
        }
        told = [drafts[s.key].particulars["obtained"] == "yes" for s in audit.tool.sections if s.kind == "feedback"]
        assert audit.feedback_obtained == told[0]


def test_every_opinion_was_complete_before_it_was_committed_or_finished(demonstration: Flask) -> None:
    for moderation in db.session.execute(select(Moderation)).scalars():
        audit = moderation.audit
        sections = sections_of(audit)
        before = standing_before(audit, moderation.tier)
        if moderation.committed_at:
            blind = blind_grades_of(moderation)
            assert unjudged([section.key for section in sections], blind) == ()
            lines = {j.section: j for j in judgements_of(audit) if (j.tier, j.phase) == (moderation.tier, "blind")}
            assert {key: line.grade for key, line in lines.items()} == {key: one.chosen for key, one in blind.items()}
        if moderation.done_at:
            standing = {key: line.grade for key, line in before.items()}
            decisions = decisions_of(moderation)
            assert undecided(audit.tool, sections, standing, decisions) == ()
            assert missing_quality(audit.tool, moderation.quality, moderation.with_auditor) == ()


def test_nothing_happened_before_what_led_to_it_or_after_today(demonstration: Flask) -> None:
    check_order()
    for column in (Audit.handed_in_at, Answer.saved_at, Judgement.at, Reply.at, RiskAlert.raised_at):
        last = db.session.execute(select(func.max(column))).scalar_one()
        assert last is not None
        assert last < now(), column


def check_order() -> None:
    """What led to something came before it."""
    for audit in audits():
        moments = [audit.round.opened_at, audit.allocated_at, audit.handed_in_at]
        for moderation in moderations_of(audit):
            moments += [moderation.given_at, moderation.committed_at, moderation.done_at]
        happened = [moment for moment in moments if moment is not None]
        assert all(earlier <= later for earlier, later in pairwise(happened)), audit.id


def test_everything_lies_before_the_first_of_the_month(demonstration: Flask) -> None:
    first = dt.datetime.combine(today().replace(day=1), dt.time(), dt.UTC)
    for column in (Audit.handed_in_at, Moderation.given_at, Moderation.done_at, Judgement.at, Reply.at):
        last = db.session.execute(select(func.max(column))).scalar_one()
        assert last is not None
        assert last < first, column


def test_every_inadequate_audit_of_late_was_seen_by_somebody_else(demonstration: Flask) -> None:
    late = {one.id for one in monthly_rounds()[4:-1]}
    unseen = []
    for audit in audits():
        overall = audit.tool.overall_section
        assert overall is not None
        if (
            audit.round_id in late
            and audit.at is Stage.SUBMITTED
            and drafts_of(audit)[overall.key].grade == "inadequate"
        ):
            unseen.append(audit)
    # Those that came in after the day of the draw are the exception.
    assert len(unseen) <= 5


def test_challenges_stand_at_every_stage_and_change_no_grade(demonstration: Flask) -> None:
    found = db.session.execute(select(Challenge).order_by(Challenge.id)).scalars().all()
    assert sorted(one.phase for one in found) == ["raised", "resolved", "with_resolver"]
    for one in found:
        if one.resolver is not None:
            path = one.audit.unit.path
            assert refusal_to_be_resolver(path, parties_of(one), one.resolver.actor(today())) is None
        if one.at is ChallengePhase.RESOLVED:
            settled = {line.id: line for line in judgements_of(one.audit)}
            assert all(point.grade == settled[point.judgement_id].grade for point in one.points)
