"""What an earlier audit hands on to a later one of the same case: its concerns, and how the two compare."""

import pytest

from audit_app.auditing.drafts import MOST_CONCERNS, Concern, Draft, section_gaps
from audit_app.auditing.earlier import (
    MOST_WORDS,
    Became,
    Stands,
    became,
    beside,
    concerns_from,
    listed_in,
    with_listed,
)
from audit_app.frameworks.content import Section, Tool
from audit_app.frameworks.going_back import concerns_section, going_back, section_in
from audit_app.frameworks.problem import Unreadable
from audit_app.frameworks.reading import SHIPPED, library

SHELF = library(SHIPPED)
TOOL: Tool = SHELF.tool("case-file", "1")
GRADED = TOOL.graded_sections
OVERALL = next(section for section in GRADED if section.overall)
PLAN, VISITS = [section for section in GRADED if not section.overall][:2]


def stands(section: Section, grade: str | None = "inadequate", improvements: str = "") -> Stands:
    level = None if grade is None else TOOL.scale.level(grade)
    return Stands(section, level, grade is not None and TOOL.scale.is_good(grade), "", improvements)


def said(righted: str, words: str = "A concern") -> Concern:
    return Concern(1, words, righted, "Seen")


def test_each_section_that_is_not_good_is_a_concern_in_the_auditors_words() -> None:
    found = concerns_from([stands(PLAN, "good", "A little more"), stands(VISITS, improvements="Visit weekly.")])
    assert found == (f"{VISITS.name} (inadequate): Visit weekly.",)


def test_a_section_without_words_is_named_with_its_grade_and_one_that_does_not_apply_is_none() -> None:
    assert concerns_from([stands(VISITS), stands(PLAN, None)]) == (f"{VISITS.name}: inadequate",)


def test_the_overall_judgement_is_a_concern_only_where_no_section_explains_it() -> None:
    assert concerns_from([stands(VISITS), stands(OVERALL)]) == (f"{VISITS.name}: inadequate",)
    assert concerns_from([stands(PLAN, "good"), stands(OVERALL)]) == (f"{OVERALL.name}: inadequate",)


def test_what_a_re_audit_found_not_put_right_is_a_concern_again() -> None:
    left = [said("not", "No plan"), said("yes", "No visits"), said("partly", "Late review")]
    assert concerns_from([], left) == ("No plan", "Late review")


def test_concerns_are_no_more_and_no_longer_than_a_section_can_hold() -> None:
    found = concerns_from([stands(VISITS, improvements="x" * 9000)] * 40)
    assert len(found) == MOST_CONCERNS
    assert {len(words) for words in found} == {MOST_WORDS}


def test_the_words_of_a_listed_concern_stay_whatever_is_sent() -> None:
    sent = Draft(particulars={"concern-1": "Something milder", "righted-1": "yes", "concern-3": "My own"})
    kept = with_listed(sent, ["No plan", "No visits"])
    assert [kept.particulars[f"concern-{n}"] for n in (1, 2, 3)] == ["No plan", "No visits", "My own"]
    assert listed_in(kept.particulars) == ("No plan", "No visits")
    assert with_listed(sent, []) is sent


def test_every_listed_concern_must_be_answered() -> None:
    kept = with_listed(Draft(particulars={"righted-1": "yes", "shown-1": "Seen"}), ["No plan", "No visits"])
    assert [gap.place for gap in section_gaps(concerns_section(), kept)] == ["righted-2", "shown-2"]


@pytest.mark.parametrize(
    ("answers", "closed", "moved"),
    [
        (["yes", "yes"], True, False),
        (["yes", "partly"], False, True),
        (["not", "partly"], False, True),
        (["not", "not"], False, False),
        ([], False, False),
    ],
)
def test_the_loop_is_closed_where_every_concern_is_put_right(answers: list[str], closed: bool, moved: bool) -> None:
    found = became(said(one) for one in answers)
    assert (found.closed, found.moved) == (closed, moved)


def test_what_became_is_counted_by_answer() -> None:
    assert became([said("yes"), said("partly"), said("not")]) == Became(3, 1, 1)


def test_two_audits_are_laid_side_by_side_and_say_which_way_each_section_went() -> None:
    then = [stands(PLAN, "inadequate"), stands(VISITS, "good"), stands(OVERALL, "inadequate")]
    now = [stands(PLAN, "good"), stands(OVERALL, "inadequate")]
    found = beside(then, now, TOOL.scale)
    assert [(row.name, row.way) for row in found] == [
        (PLAN.name, "better"),
        (OVERALL.name, "the same"),
        (VISITS.name, ""),
    ]
    assert {row.way for row in beside(then, now, None)} == {""}


def test_a_tool_asks_of_concerns_once_when_it_goes_back() -> None:
    asked = going_back(TOOL)
    assert [s.key for s in asked.sections if s.kind == "concerns"] == [concerns_section().key]
    assert asked.graded_sections == TOOL.graded_sections
    own = SHELF.tool("re-audit", "1")
    assert going_back(own) is own


def test_no_tool_of_the_library_uses_the_key_of_the_section_that_is_put_in() -> None:
    key = concerns_section().key
    assert not [tool.key for tool in SHELF.tools for section in tool.sections if section.key == key]


def test_a_file_that_misses_something_is_refused_with_every_problem() -> None:
    with pytest.raises(Unreadable) as refused:
        section_in("file: concerns\nkey: Bad Key\nname: What became\n")
    assert len(refused.value.problems) == 2
