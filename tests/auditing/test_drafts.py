"""Drafts, what is missing in them, and limiting prompts."""

from audit_app.auditing.drafts import (
    MOST_CONCERNS,
    Draft,
    concerns_of,
    first_hand_in,
    gaps,
    limits_met,
    section_gaps,
    state_of,
)
from audit_app.frameworks.content import Tool
from audit_app.frameworks.reading import SHIPPED, library
from tests.make import draft

TOOL: Tool = library(SHIPPED).tool("case-file", "1")
CATEGORY = "child_in_need"


def complete(**grades: str) -> dict[str, Draft]:
    return {s.key: draft(s, grades.get(s.key, "good")) for s in TOOL.sections_for(CATEGORY)}


def test_a_complete_audit_misses_nothing() -> None:
    assert gaps(TOOL, CATEGORY, complete()) == ()


def test_an_empty_audit_misses_something_in_every_section_that_is_required() -> None:
    missing = {gap.section for gap in gaps(TOOL, CATEGORY, {})}
    required = {s.key for s in TOOL.sections_for(CATEGORY) if s.graded or s.required or s.questions}
    assert required <= missing


def test_a_grade_without_evidence_is_a_gap_with_its_place() -> None:
    section = next(s for s in TOOL.graded_sections if not s.questions and not s.overall)
    found = section_gaps(section, Draft(grade="good"))
    assert [(gap.section, gap.place) for gap in found] == [(section.key, "evidence")]


def test_not_applicable_needs_a_reason_and_nothing_else() -> None:
    section = next(s for s in TOOL.graded_sections if s.may_be_not_applicable)
    assert [g.place for g in section_gaps(section, Draft(not_applicable=True))] == ["not_applicable_because"]
    assert section_gaps(section, Draft(not_applicable=True, not_applicable_because="It is a new case.")) == ()


def test_sections_of_other_categories_are_not_asked_for() -> None:
    looked_after = {s.key for s in TOOL.sections_for("looked_after")}
    in_need = {s.key for s in TOOL.sections_for(CATEGORY)}
    assert looked_after - in_need
    assert not any(gap.section not in in_need for gap in gaps(TOOL, CATEGORY, {}))


def test_a_limiting_rule_prompts_and_is_settled_by_a_reason_not_by_arithmetic() -> None:
    rule = next(r for r in TOOL.limiting if r.at_or_below == "inadequate")
    drafts = complete(**{rule.sections[0]: "inadequate"})
    assert rule in limits_met(TOOL, drafts)
    overall = TOOL.overall_section
    assert overall is not None
    assert drafts[overall.key].grade == "good"
    asked = [gap for gap in gaps(TOOL, CATEGORY, drafts) if gap.place == f"limit-{rule.key}"]
    assert len(asked) == 1
    reasons = {r.key: "The risk ended in March." for r in limits_met(TOOL, drafts)}
    drafts[overall.key] = Draft(grade="good", evidence="The whole record.", limits=reasons)
    assert gaps(TOOL, CATEGORY, drafts) == ()


def test_the_state_of_a_section_follows_what_is_missing() -> None:
    section = TOOL.graded_sections[0]
    assert state_of(section, None) == "not started"
    assert state_of(section, Draft(evidence="Something")) == "in progress"
    assert state_of(section, draft(section)) == "complete"


def test_the_first_hand_in_is_kept_whatever_comes_later() -> None:
    assert first_hand_in([("a", "good"), ("b", None), ("a", "inadequate")]) == {"a": "good", "b": ""}


def test_each_concern_of_an_earlier_audit_says_what_became_of_it_and_what_shows_that() -> None:
    tool = library(SHIPPED).tool("re-audit", "1")
    section = tool.section("concerns")

    def places(**particulars: str) -> list[str]:
        named = {name.replace("_", "-"): words for name, words in particulars.items()}
        return [gap.place for gap in section_gaps(section, Draft(particulars=named))]

    assert places() == ["concern-1"]
    assert places(concern_1="Visits were late.") == ["righted-1", "shown-1"]
    assert places(righted_2="not", shown_2="The plan is the same.") == ["concern-2"]
    assert places(concern_1="Visits were late.", righted_1="partly", shown_1="Two of four were on time.") == []
    assert section_gaps(section, Draft(evidence="The earlier audit had no concern.")) == ()


def test_concerns_are_told_in_order_and_their_words_are_looked_through_for_names() -> None:
    last = f"concern-{MOST_CONCERNS}"
    drafted = Draft(evidence="a", particulars={last: "b", "concern-1": "c", "shown-1": "d", "how": "e"})
    assert [one.number for one in concerns_of(drafted.particulars)] == [1, MOST_CONCERNS]
    assert [words for words in drafted.words if words] == ["a", "c", "d", "b"]
