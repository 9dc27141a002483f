"""Tests of what the demonstration's auditors and moderators write."""

import random
import re
from itertools import product

import pytest

from audit_app.auditing.drafts import section_gaps
from audit_app.cases.given_names import COMMON
from audit_app.demonstration.second_words import CONCERNS, HIGHER, LOWER, override_reason, quality_view, reply
from audit_app.demonstration.words import PASSAGES, graded_draft, other_draft, passages_of, say
from audit_app.frameworks.content import CATEGORIES, Section, Tool
from audit_app.frameworks.reading import SHIPPED, library

TOOLS = {tool.key: tool for tool in library(SHIPPED).tools if tool.key in PASSAGES}
GRADED = [(tool, section) for tool in TOOLS.values() for section in tool.graded_sections]
OTHERS = [(tool, section) for tool in TOOLS.values() for section in tool.sections if not section.graded]


def every_text() -> list[str]:
    """Many texts of every section, grade and category."""
    chance, found = random.Random(5), []
    for (tool, section), category in product(GRADED, CATEGORIES):
        for grade in tool.scale.keys:
            draft = graded_draft(chance, tool.key, section, grade, tool.scale, category)
            found += [draft.evidence, draft.strengths, draft.improvements]
    for (_, section), category, told in product(OTHERS, CATEGORIES, (True, False)):
        found.append(other_draft(chance, section, category, {"reflection": told, "feedback": told}).evidence)
    return [text for text in found if text]


@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)
def test_every_section_can_be_written_whole_in_every_grade_and_category(tool: Tool) -> None:
    chance = random.Random(6)
    for category in CATEGORIES:
        for section in tool.sections_for(category):
            if not section.graded:
                for told in (True, False):
                    draft = other_draft(chance, section, category, {"reflection": told, "feedback": told})
                    assert section_gaps(section, draft) == ()
                continue
            grades = [*tool.scale.keys, *([None] if section.may_be_not_applicable else [])]
            for grade in grades:
                draft = graded_draft(chance, tool.key, section, grade, tool.scale, category)
                assert section_gaps(section, draft) == ()
                assert draft.grade == grade


def test_no_text_has_a_gap_a_date_or_the_name_of_a_person() -> None:
    names = {name.lower() for name in COMMON}
    for text in every_text():
        assert "{" not in text
        assert not re.search(r"\d{2}[/.]\d{2}", text)
        within = re.findall(r"(?<![.!?“] )(?<!^)\b[A-Z][a-z]+", text)
        assert not {word.lower() for word in within} & names, text


def test_texts_are_varied_and_speak_of_a_young_person_where_the_case_is_a_care_leaver() -> None:
    texts = every_text()
    assert len(set(texts)) > 600
    chance = random.Random(1)
    assert say("{Child} and {child}", chance, "care_leaver") == "The young person and the young person"
    assert say("{Child} and {child}", chance, "looked_after") == "The child and the child"


def test_a_better_grade_reads_better() -> None:
    for tool, section in GRADED:
        found = passages_of(tool.key, section.key)
        best, worst = tool.scale.keys[-1], tool.scale.keys[0]
        chance = random.Random(2)
        good = graded_draft(chance, tool.key, section, best, tool.scale, "child_in_need").evidence
        bad = graded_draft(chance, tool.key, section, worst, tool.scale, "child_in_need").evidence
        assert good.startswith(start_of(found.best))
        assert bad.startswith(start_of(found.worst))


def start_of(passage: str) -> str:
    """The first words of a passage, before anything that is filled in."""
    return passage.replace("{Child}", "The child").split("{")[0]


def test_overrides_use_the_reasons_of_the_tool_and_say_what_was_seen() -> None:
    chance = random.Random(9)
    for tool, section in GRADED:
        for lower in (True, False):
            code, words = override_reason(chance, tool, section, "child_in_need", lower=lower)
            assert code in {reason.key for reason in tool.reasons}
            assert code in (LOWER if lower else HIGHER)
            assert len(words) > 60


def test_the_view_on_an_audit_is_worse_where_more_was_overridden() -> None:
    tool = TOOLS["case-file"]
    keys = tool.quality.scale.keys

    def total(overridden: int) -> int:
        chance = random.Random(10)
        views = [quality_view(chance, tool, overridden)[0] for _ in range(200)]
        assert all(set(view) == {criterion.key for criterion in tool.quality.criteria} for view in views)
        return sum(keys.index(level) for view in views for level in view.values())

    assert total(0) > total(3)


def test_only_the_last_concern_is_still_open() -> None:
    assert [bool(concern.outcome) for concern in CONCERNS] == [True] * (len(CONCERNS) - 1) + [False]
    assert all(set(concern.categories) <= set(CATEGORIES) for concern in CONCERNS)


def test_auditors_answer_what_was_decided() -> None:
    chance = random.Random(11)
    assert {reply(chance, overridden=True) for _ in range(50)}.isdisjoint(
        {reply(chance, overridden=False) for _ in range(50)}
    )


def test_every_graded_section_of_the_tools_has_passages() -> None:
    missing = [(tool.key, section.key) for tool, section in GRADED if not has_passages(tool, section)]
    assert missing == []


def has_passages(tool: Tool, section: Section) -> bool:
    """Whether there is something to say of a section."""
    return section.key in PASSAGES[tool.key]
