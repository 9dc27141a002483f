"""The audits that a figure counts: their grades, their opinions, and their pairs."""

from dataclasses import replace

from hypothesis import given, settings

from audit_app.frameworks.content import Level
from audit_app.measures.population import one_scale
from tests.measures.stories import SCALE, Event, Story, opinion, stories


@settings(max_examples=100, deadline=None)
@given(stories())
def test_the_three_overall_grades_of_an_audit_are_those_of_its_story(story: Story) -> None:
    audit, said = story.counted, story.told
    key = story.overall or "no such section"
    assert audit.overall_as_audited() == said.first.get(key)
    assert audit.overall_as_it_stands() == said.stands().get(key)
    assert audit.overall_settled("senior") == said.now["senior"].get(key)


@settings(max_examples=100, deadline=None)
@given(stories())
def test_pairs_are_of_the_overall_grade_or_of_every_graded_section(story: Story) -> None:
    audit, said = story.counted, story.told.pairs("internal", "external")
    every = {p.section: (p.earlier, p.later) for p in audit.pairs("internal", "external", every_section=True)}
    overall = {p.section: (p.earlier, p.later) for p in audit.pairs("internal", "external", every_section=False)}
    assert every == said
    assert overall == {key: pair for key, pair in said.items() if key == story.overall}


def test_an_opinion_is_one_that_is_done_and_given_is_any() -> None:
    begun = Story(1, (Event("hand in", "auditor", {"overall": "good"}),), (opinion("senior", done=False),)).counted
    assert begun.given("senior") is not None
    assert begun.opinion("senior") is None
    assert begun.given("external") is None
    assert replace(begun, opinions=(opinion("senior", done=True),)).opinion("senior") is not None


def test_whether_a_grade_is_good_is_said_by_the_scale_never_by_its_number() -> None:
    audit = Story(1, (Event("hand in", "auditor", {"overall": "good"}),), ()).counted
    assert [audit.good(key) for key in (*SCALE.keys, None)] == [False, False, True, True, None]
    stricter = replace(SCALE, levels=tuple(replace(level, good=level.key == "outstanding") for level in SCALE.levels))
    assert replace(audit, scale=stricter).good("good") is False


def test_audits_share_one_scale_only_if_its_levels_are_the_same() -> None:
    audit = Story(1, (), ()).counted
    longer = replace(SCALE, levels=(*SCALE.levels, Level("exceptional", "Exceptional", "e", True, "")))
    assert one_scale([audit, replace(audit, scale=replace(SCALE))]) == SCALE
    assert one_scale([audit, replace(audit, scale=longer)]) is None
    assert one_scale([]) is None
