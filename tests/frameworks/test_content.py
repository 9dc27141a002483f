"""What scales, frameworks and tools know of themselves, and how they are kept as plain data."""

import json
from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit_app.frameworks.content import (
    CATEGORIES,
    Framework,
    LimitingRule,
    Scale,
    Tool,
    broken,
    content_hash,
    framework_as_data,
    framework_from_data,
    limiting_prompts,
    scale_as_data,
    scale_from_data,
    tool_as_data,
    tool_from_data,
)
from audit_app.frameworks.reading import read_file
from tests.frameworks.samples import FRAMEWORK_FILE, SCALE_FILE, TOOL_FILE, frameworks, level_scale, scales, tools

FIVE = level_scale(False, False, False, True, True)
TWO = level_scale(False, True)
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def scale() -> Scale:
    read = read_file(SCALE_FILE)
    assert isinstance(read, Scale)
    return read


@pytest.fixture(scope="module")
def framework(scale: Scale) -> Framework:
    read = read_file(FRAMEWORK_FILE, scales=[scale])
    assert isinstance(read, Framework)
    return read


@pytest.fixture(scope="module")
def tool(scale: Scale, framework: Framework) -> Tool:
    read = read_file(TOOL_FILE, scales=[scale], frameworks=[framework])
    assert isinstance(read, Tool)
    return read


def test_a_scale_of_five_levels_says_which_are_good() -> None:
    assert FIVE.keys == ("level_0", "level_1", "level_2", "level_3", "level_4")
    assert FIVE.good_keys == {"level_3", "level_4"}
    assert [FIVE.is_good(key) for key in FIVE.keys] == [False, False, False, True, True]


def test_a_scale_of_two_levels_says_which_is_good() -> None:
    assert TWO.good_keys == {"level_1"}
    assert (TWO.index("level_0"), TWO.index("level_1")) == (0, 1)
    assert TWO.level("level_1").name == "Level 1"


def test_a_scale_knows_no_other_level() -> None:
    with pytest.raises(KeyError, match="no level 'splendid'"):
        TWO.index("splendid")


@given(scales())
def test_every_level_stands_at_its_own_index(scale: Scale) -> None:
    assert [scale.index(key) for key in scale.keys] == list(range(len(scale.levels)))
    assert all(scale.levels[scale.index(key)] is scale.level(key) for key in scale.keys)


def test_a_rule_is_broken_when_a_section_is_low_and_the_overall_judgement_is_not() -> None:
    rule = LimitingRule("r", ("a", "b"), "level_1", "level_2", "Think again.")
    assert broken(rule, {"a": "level_1", "b": "level_4"}, FIVE, "level_3")
    assert broken(rule, {"a": "level_4", "b": "level_0"}, FIVE, "level_4")
    assert not broken(rule, {"a": "level_2", "b": "level_2"}, FIVE, "level_4")
    assert not broken(rule, {"a": "level_0", "b": "level_0"}, FIVE, "level_2")
    assert not broken(rule, {"a": "level_0", "b": "level_0"}, FIVE, "level_0")


@pytest.mark.parametrize("overall", [None, "", "not_applicable"])
def test_a_rule_is_not_broken_before_the_overall_judgement_is_made(overall: str | None) -> None:
    rule = LimitingRule("r", ("a",), "level_0", "level_0", "Think again.")
    assert not broken(rule, {"a": "level_0"}, TWO, overall)


@pytest.mark.parametrize("grades", [{}, {"a": None}, {"a": "not_applicable"}, {"b": "level_0"}])
def test_a_section_without_a_grade_limits_nothing(grades: dict[str, str | None]) -> None:
    rule = LimitingRule("r", ("a",), "level_0", "level_0", "Think again.")
    assert not broken(rule, grades, TWO, "level_1")


@given(st.data(), scales())
def test_raising_a_section_never_breaks_a_rule(data: st.DataObject, scale: Scale) -> None:
    level = st.sampled_from(scale.keys)
    rule = LimitingRule("r", ("a", "b"), data.draw(level), data.draw(level), "Think again.")
    grades: dict[str, str | None] = {"a": data.draw(level), "b": data.draw(level)}
    overall = data.draw(level)
    if not broken(rule, grades, scale, overall):
        better = scale.keys[data.draw(st.integers(scale.index(grades["a"] or ""), len(scale.levels) - 1))]
        assert not broken(rule, {**grades, "a": better}, scale, overall)


def test_prompts_are_the_rules_that_the_grades_break(tool: Tool) -> None:
    assert [rule.key for rule in limiting_prompts(tool, {"safety": "not_met", "overall": "met"})] == ["safety_first"]
    assert limiting_prompts(tool, {"safety": "not_met", "overall": "not_met"}) == ()
    assert limiting_prompts(tool, {"safety": "not_met"}) == ()
    assert limiting_prompts(tool, {}) == ()


def test_a_tool_without_an_overall_judgement_has_no_prompts(tool: Tool) -> None:
    without = replace(tool, sections=tool.sections[:-1])
    assert without.overall_section is None
    assert limiting_prompts(without, {"safety": "not_met", "overall": "met"}) == ()


def test_a_tool_knows_its_sections(tool: Tool) -> None:
    assert [section.key for section in tool.graded_sections] == ["safety", "overall"]
    assert tool.overall_section is tool.section("overall")
    assert tool.section("safety").descriptors["met"] == "The child is safe."
    assert tool.reason("other").needs_words
    with pytest.raises(KeyError, match="no section 'weather'"):
        tool.section("weather")
    with pytest.raises(KeyError, match="no reason 'weather'"):
        tool.reason("weather")


def test_sections_are_asked_of_the_categories_they_apply_to(tool: Tool) -> None:
    asked = {category: [section.key for section in tool.sections_for(category)] for category in CATEGORIES}
    assert asked.pop("looked_after") == ["synopsis", "safety", "overall"]
    assert asked.pop("child_protection") == ["synopsis", "safety", "overall"]
    assert set(asked) == {"child_in_need", "open_assessment", "closed", "care_leaver"}
    assert all(keys == ["synopsis", "overall"] for keys in asked.values())


def test_a_framework_is_in_force_between_its_days(framework: Framework) -> None:
    days = [date(2026, 3, 31), date(2026, 4, 1), date(2027, 3, 31), date(2027, 4, 1)]
    assert [framework.in_force(day) for day in days] == [False, True, True, False]
    assert replace(framework, effective_to=None).in_force(date(2040, 1, 1))


def test_a_framework_names_its_judgements(framework: Framework) -> None:
    assert framework.judgement_names == ("Help and protection", "Children in care", "Overall")
    assert replace(framework, overall=False).judgement_names == ("Help and protection", "Children in care")
    assert framework.area("care").order == 2
    with pytest.raises(KeyError, match="no area 'weather'"):
        framework.area("weather")


def test_a_tool_cannot_be_changed(tool: Tool) -> None:
    with pytest.raises(FrozenInstanceError):
        tool.name = "Another"  # type: ignore[misc]
    with pytest.raises(TypeError):
        tool.section("safety").descriptors["met"] = "Another"  # type: ignore[index]
    assert len({tool, replace(tool)}) == 1


@given(scales())
def test_a_scale_comes_back_from_plain_data(scale: Scale) -> None:
    assert scale_from_data(json.loads(json.dumps(scale_as_data(scale)))) == scale


@SLOW
@given(frameworks())
def test_a_framework_comes_back_from_plain_data(framework: Framework) -> None:
    assert framework_from_data(json.loads(json.dumps(framework_as_data(framework)))) == framework


@SLOW
@given(st.data())
def test_a_tool_comes_back_from_plain_data_with_the_same_hash(data: st.DataObject) -> None:
    tool = data.draw(tools(data.draw(frameworks())))
    kept = tool_as_data(tool)
    sent = json.loads(json.dumps(kept))
    assert tool_from_data(sent) == tool
    assert content_hash(sent) == content_hash(kept) == content_hash(tool_as_data(tool_from_data(sent)))


def test_the_hash_does_not_depend_on_the_order_of_entries(tool: Tool) -> None:
    kept = tool_as_data(tool)
    assert content_hash(dict(reversed(kept.items()))) == content_hash(kept)


def test_the_hash_changes_with_one_word(tool: Tool) -> None:
    assert content_hash(tool_as_data(replace(tool, summary="A shorter tool."))) != content_hash(tool_as_data(tool))


def test_the_hash_is_the_one_that_was_stored_by_earlier_releases(tool: Tool) -> None:
    assert content_hash({"b": ["é", 1, None, True], "a": {}}) == (
        "c530183a75c88d85f26f6bc4273759f7c249bd83b268cfa5dfa24939c3200b82"
    )
    assert content_hash(tool_as_data(tool)) == "ad76c15a80f3d8fd3cf6f0ba7021509274b01899eab98f90567329ce894eeaad"
