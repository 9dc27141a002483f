"""Tests of one audit of the demonstration as it goes."""

import datetime as dt
import random

import pytest

from audit_app.auditing.drafts import gaps, state_of
from audit_app.auditing.ledger import EXTERNAL, SENIOR
from audit_app.auditing.workflow import Stage
from audit_app.demonstration.drift import Lots, Month
from audit_app.demonstration.second import Case, Second, agree_where_equal, decide, differing, judge_blind
from audit_app.demonstration.story import Story, leave_unfinished, write
from audit_app.frameworks.content import CATEGORIES
from audit_app.frameworks.reading import SHIPPED, library
from audit_app.moderation.rules import missing_quality, undecided, unjudged

TOOL = library(SHIPPED).tool("case-file", "1")
THEN = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def written(number: int, category: str = "child_in_need") -> Story:
    """An audit that is written whole."""
    story = Story(number, TOOL, category, 1, 2, Month(0.4), dt.date(2026, 3, 20), THEN)
    chance = random.Random(number)
    write(chance, story, Lots(chance.random(), chance.random()), leniency=1.0)
    return story


def second_of(story: Story, tier: str, *, blind: bool) -> tuple[Second, Case]:
    """A second opinion that was just given out."""
    found = Second(tier, 9, "random", blind, THEN, dt.date(2026, 4, 1), probability=0.2)
    story.seconds[tier] = found
    return found, Case(story.tool, story.graded, story.category)


@pytest.mark.parametrize("category", CATEGORIES)
def test_an_audit_that_is_written_whole_could_be_handed_in(category: str) -> None:
    for number in range(60):
        story = written(number, category)
        assert gaps(TOOL, category, story.drafts) == ()
        assert story.stage is Stage.IN_PROGRESS


def test_some_auditors_say_why_they_go_against_a_limiting_rule() -> None:
    assert any(written(number).drafts["overall"].limits for number in range(100))


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.9])
def test_an_unfinished_audit_has_sections_in_every_state(share: float) -> None:
    story = written(3)
    leave_unfinished(story, share)
    states = [state_of(section, story.drafts.get(section.key)) for section in story.sections]
    assert states[-1] == "not started"
    assert gaps(TOOL, story.category, story.drafts)
    assert 0 < len(story.drafts) < len(story.sections)


def test_a_story_walks_through_the_workflow() -> None:
    story, walked = written(4), [Story(1, TOOL, "closed", 1, 2, Month(0), dt.date(2026, 3, 20), THEN).stage]
    story.handed_in_at = THEN
    walked.append(story.stage)
    senior, case = second_of(story, SENIOR, blind=False)
    walked.append(story.stage)
    decide(random.Random(1), senior, case, story.truth, story.grades)
    senior.done_at = THEN
    walked.append(story.stage)
    assert story.standing(EXTERNAL) == senior.settled(story.grades)
    external, _ = second_of(story, EXTERNAL, blind=True)
    walked.append(story.stage)
    external.done_at = THEN
    walked.append(story.stage)
    assert walked == [
        Stage.ALLOCATED,
        Stage.SUBMITTED,
        Stage.WITH_SENIOR,
        Stage.MODERATED,
        Stage.WITH_EXTERNAL,
        Stage.VALIDATED,
    ]


def test_a_story_that_is_sent_back_stands_with_its_auditor() -> None:
    story = written(5)
    story.handed_in_at = THEN
    second_of(story, SENIOR, blind=False)
    story.sent_back_because = "Two sections have no evidence."
    assert story.stage is Stage.SENT_BACK


def test_an_open_opinion_is_complete_and_follows_what_the_moderator_sees() -> None:
    for number in range(40):
        story = written(number)
        senior, case = second_of(story, SENIOR, blind=False)
        decide(random.Random(number), senior, case, story.truth, story.grades)
        assert undecided(TOOL, story.graded, story.grades, senior.decisions) == ()
        assert missing_quality(TOOL, senior.quality, senior.with_auditor) == ()
        assert senior.settled(story.grades)["overall"] == story.truth["overall"]


def test_a_blind_opinion_is_judged_whole_before_anything_is_agreed() -> None:
    story = written(8)
    senior, case = second_of(story, SENIOR, blind=True)
    judge_blind(random.Random(8), senior, case, story.truth)
    assert unjudged([section.key for section in story.graded], senior.grades) == ()
    assert senior.phase == "judging_blind"
    senior.committed_at = THEN
    agree_where_equal(senior, story.grades)
    assert senior.phase == "settling"
    assert senior.decisions.keys() | set(differing(senior, story.grades)) == {section.key for section in story.graded}
    assert senior.decisions.keys().isdisjoint(differing(senior, story.grades))


def test_part_of_an_opinion_leaves_the_rest_untouched() -> None:
    story = written(9)
    senior, case = second_of(story, SENIOR, blind=False)
    decide(random.Random(9), senior, case, story.truth, story.grades, share=0.5)
    assert 0 < len(senior.decisions) < len(story.graded)
    assert senior.touched == list(senior.decisions)
    assert senior.quality == {}
