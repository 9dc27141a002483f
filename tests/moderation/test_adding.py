"""Sections that an external auditor adds: which they may, what each needs, and that they make no pair."""

import datetime as dt
from dataclasses import dataclass, replace

import pytest

from audit_app.auditing.comparison import Judged, comparison, judged_sections
from audit_app.auditing.ledger import Line, pairs
from audit_app.moderation.adding import (
    Addition,
    addition_lacks,
    can_be_added,
    refusal_to_add_section,
    refusal_to_finish_additions,
)
from tests.moderation.samples import OVERALL, SAFETY, TOOL, VOICE, section

LEAVING = replace(section("leaving"), applies_to=("care_leaver",))
WIDER = replace(TOOL, sections=(*TOOL.sections, LEAVING))
AT = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
OFFERED = frozenset({"leaving"})
KIN = Addition(None, "The wider family")


def line(key: int, name: str, tier: str, phase: str, grade: str | None = "good") -> Line:
    """A line of the ledger."""
    return Line(key, name, tier, phase, grade, AT)


def test_what_the_tool_does_not_ask_of_a_case_can_be_added_once() -> None:
    assert can_be_added(WIDER, "child_in_need") == (LEAVING,)
    assert can_be_added(WIDER, "child_in_need", [Addition("leaving")]) == ()
    assert can_be_added(WIDER, "care_leaver") == ()


def test_words_without_a_grade_are_not_offered_as_sections_of_the_tool() -> None:
    bare = replace(section("story", graded=False), applies_to=("care_leaver",))
    assert can_be_added(replace(TOOL, sections=(*TOOL.sections, bare)), "child_in_need") == ()


@pytest.mark.parametrize(
    ("tier", "wanted", "said"),
    [
        ("senior", KIN, "Only an external auditor"),
        ("external", Addition("safety"), "in the audit already"),
        ("external", Addition(None, "  "), "a heading"),
        ("external", Addition(None, "the wider FAMILY"), "already"),
    ],
)
def test_a_section_is_not_added(tier: str, wanted: Addition, said: str) -> None:
    refused = refusal_to_add_section(tier, OFFERED, [KIN], wanted)
    assert refused is not None
    assert said in refused.reason


@pytest.mark.parametrize("wanted", [Addition("leaving"), Addition(None, "Siblings")])
def test_an_external_auditor_adds_a_section_of_the_tool_or_of_their_own(wanted: Addition) -> None:
    assert refusal_to_add_section("external", OFFERED, [KIN], wanted) is None


def test_a_section_of_the_tool_needs_a_grade_and_every_one_needs_words() -> None:
    assert len(addition_lacks(WIDER, Addition("leaving"))) == 2
    assert addition_lacks(WIDER, Addition("leaving", grade="good", words="Seen.")) == ()
    assert addition_lacks(WIDER, KIN) == ("Say what you found.",)
    assert addition_lacks(WIDER, replace(KIN, words="Seen.")) == ()


def test_nothing_is_finished_with_an_added_section_that_is_not_complete() -> None:
    assert refusal_to_finish_additions(0) is None
    one, two = refusal_to_finish_additions(1), refusal_to_finish_additions(2)
    assert one is not None
    assert two is not None
    assert one.reason.startswith("1 section that you added is not complete")
    assert two.reason.startswith("2 sections that you added are not complete")


def test_what_an_external_auditor_adds_makes_no_pair() -> None:
    ledger = [
        line(1, "safety", "auditor", "submitted"),
        line(2, "safety", "external", "settled", "fair"),
        line(3, "leaving", "external", "settled", "poor"),
    ]
    assert [pair.section for pair in pairs(ledger, "auditor", "external")] == ["safety"]
    assert [pair.section for pair in pairs(ledger, "internal", "external")] == ["safety"]


@dataclass
class Row:
    """A row of the ledger, whole."""

    id: int
    section: str
    tier: str
    phase: str
    grade: str | None = "good"
    decision: str | None = None


def test_an_added_section_stands_in_its_place_until_it_is_retracted() -> None:
    ledger: list[Judged] = [Row(1, "safety", "auditor", "submitted"), Row(2, "leaving", "external", "settled")]
    found = judged_sections(WIDER, "child_in_need", ledger, frozenset())
    assert [one.key for one in found] == ["synopsis", "safety", "voice", "overall", "leaving"]
    rows = {row.section.key: row for row in comparison(found, ledger, frozenset())}
    assert rows["leaving"].added
    assert not rows["safety"].added
    assert not rows["voice"].added
    assert judged_sections(WIDER, "child_in_need", ledger, frozenset({2}))[-1] in (OVERALL, VOICE, SAFETY)
