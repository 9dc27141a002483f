"""What a file must hold to be read, and how each refusal names the line and says what to do."""

from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit_app.frameworks.content import (
    Framework,
    Scale,
    Tool,
    framework_as_data,
    scale_as_data,
    tool_as_data,
)
from audit_app.frameworks.reading import Problem, Unreadable, library, read_file
from audit_app.frameworks.reading_scale import contrast_on_white
from audit_app.frameworks.written import MOST_CHARACTERS, MOST_VALUES
from tests.frameworks.refusals import FIVE_LEVELS, REFUSALS
from tests.frameworks.samples import (
    AGENCY_FILE,
    FRAMEWORK_FILE,
    SCALE_FILE,
    TOOL_FILE,
    as_file,
    frameworks,
    scales,
    tools,
)

SLOW: Final = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read_scale(text: str) -> Scale:
    read = read_file(text)
    assert isinstance(read, Scale)
    return read


def read_framework(text: str) -> Framework:
    read = read_file(text, scales=[read_scale(SCALE_FILE)])
    assert isinstance(read, Framework)
    return read


def read_tool(text: str) -> Tool:
    known = [read_scale(SCALE_FILE)]
    read = read_file(text, scales=known, frameworks=[read_framework(FRAMEWORK_FILE)])
    assert isinstance(read, Tool)
    return read


def problems_of(text: str) -> tuple[Problem, ...]:
    """Whatever the file is, what is wrong with it."""
    known = [read_scale(SCALE_FILE)]
    with pytest.raises(Unreadable) as refusal:
        read_file(text, scales=known, frameworks=[read_framework(FRAMEWORK_FILE)])
    assert refusal.value.problems
    assert str(refusal.value).count("\n") == len(refusal.value.problems) - 1
    return refusal.value.problems


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) >= 1, old
    return text.replace(old, new, 1)


def line_of(text: str, marker: str) -> int:
    return text[: text.index(marker)].count("\n") + 1


def test_a_scale_file_is_read() -> None:
    scale = read_scale(SCALE_FILE)
    assert scale.keys == ("not_met", "met")
    assert scale.levels[1].short == "M"
    assert scale.good_keys == {"met"}


def test_a_framework_file_is_read() -> None:
    framework = read_framework(FRAMEWORK_FILE)
    assert [area.order for area in framework.areas] == [1, 2]
    assert framework.limiting[0].sections == ("help",)
    assert str(framework.effective_from) == "2026-04-01"


def test_a_section_can_be_an_agencys() -> None:
    tool = read_tool(AGENCY_FILE)
    assert [agency.name for agency in tool.agencies] == ["Health"]
    assert [section.agency for section in tool.sections] == ["health", "", ""]
    assert tool.agencies_for("looked_after") == tool.agencies
    assert [section.key for section in tool.agency_sections("looked_after", "health")] == ["synopsis"]
    assert tool.agency_sections("looked_after", "") == ()


def test_a_tool_file_is_read() -> None:
    tool = read_tool(TOOL_FILE)
    assert (tool.framework_key, tool.framework_version) == ("local", "2026-04")
    assert [section.kind for section in tool.sections] == ["text", "graded", "graded"]
    assert tool.section("safety").required
    assert not tool.section("synopsis").required
    assert tool.section("synopsis").descriptors == {}


def test_plain_words_that_yaml_takes_for_other_things_stay_words() -> None:
    text = changed(changed(TOOL_FILE, 'version: "1"', "version: 1.10"), "name: Short audit", "name: No")
    assert (read_tool(text).version, read_tool(text).name) == ("1.10", "No")


def test_a_tool_may_spell_out_a_scale_of_five_levels() -> None:
    text = changed(TOOL_FILE, "scale: two-level\n", FIVE_LEVELS)
    for words in ("The child is not safe.", "The work is not good."):
        text = changed(
            text, f"      not_met: {words}\n", f"      a: {words} At all.\n      b: {words}\n      c: Partly.\n"
        )
    for words in ("The child is safe.", "The work is good."):
        text = changed(text, f"      met: {words}\n", f"      d: {words}\n      e: {words} Very.\n")
    text = changed(changed(text, "at_or_below: not_met", "at_or_below: b"), "at_most: not_met", "at_most: c")
    tool = read_tool(text)
    assert len(tool.scale.levels) == 5
    assert tool.scale.good_keys == {"d", "e"}
    assert list(tool.section("safety").descriptors) == ["a", "b", "c", "d", "e"]


@given(scales())
def test_any_scale_reads_back_from_its_file(scale: Scale) -> None:
    assert read_file(as_file("scale", scale_as_data(scale))) == scale


@SLOW
@given(frameworks())
def test_any_framework_reads_back_from_its_file(framework: Framework) -> None:
    assert read_file(as_file("framework", framework_as_data(framework))) == framework


@SLOW
@given(st.data())
def test_any_tool_reads_back_from_its_file(data: st.DataObject) -> None:
    framework = data.draw(frameworks())
    tool = data.draw(tools(framework).filter(lambda tool: tool.scale.key != tool.quality.scale.key))
    assert read_file(as_file("tool", tool_as_data(tool)), frameworks=[framework]) == tool


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_file_is_refused_with_the_line_when(refusal: str) -> None:
    text, old, new, marker, message = REFUSALS[refusal]
    text = changed(text, old, new)
    problems = problems_of(text)
    assert any(message in problem.message and problem.line == line_of(text, marker) for problem in problems), "\n".join(
        str(problem) for problem in problems
    )


@pytest.mark.parametrize("text", ["", "# nothing\n", "Hello.", "- file: tool", "---\n...\n"])
def test_a_file_that_is_no_block_of_entries_is_refused(text: str) -> None:
    (problem,) = problems_of(text)
    assert "must be a list of names and values" in problem.message


def test_every_problem_is_told_at_once_in_the_order_of_the_lines() -> None:
    text = changed(TOOL_FILE, "summary: A short tool.", "summary:")
    text = changed(text, "kind: thematic", "kind: themed")
    text = changed(text, "      met: The child is safe.\n", "")
    text = changed(text, "sections: [safety]", "sections: [safty]")
    text = changed(text, "    prompt: Safety was not met.", "    prompts: Safety was not met.")
    problems = problems_of(text)
    assert [problem.line for problem in problems] == [5, 6, 39, 50, 51, 54]
    assert [problem.where for problem in problems] == [
        "summary",
        "kind",
        "sections › safety › descriptors",
        "limiting › safety_first",
        "limiting › safety_first › sections",
        "limiting › safety_first › prompts",
    ]


def test_a_problem_reads_as_a_sentence_with_its_place() -> None:
    assert str(Problem(5, "summary", "“summary” is empty.")) == "Line 5, summary: “summary” is empty."
    assert str(Problem(1, "", "The file is too large.")) == "Line 1: The file is too large."


def test_an_alias_bomb_is_refused_before_it_is_unfolded() -> None:
    lines = ["file: tool", "a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    problems = problems_of("\n".join(lines))
    assert {problem.line for problem in problems} == set(range(2, 14))
    assert all("not allowed" in problem.message for problem in problems)


def test_a_list_that_holds_itself_is_refused() -> None:
    assert "&a" in problems_of("file: &a [*a]")[0].message


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_a_file_that_is_too_deep_is_refused(opening: str) -> None:
    assert "levels deep" in problems_of(f"file: tool\nsections:\n  {opening * 2_000}")[0].message


def test_a_file_that_is_too_large_is_refused() -> None:
    assert "too large" in problems_of(TOOL_FILE + "#" * MOST_CHARACTERS)[0].message
    assert "too large" in problems_of("file: [" + "a," * (MOST_VALUES + 1) + "]")[0].message


def test_a_list_of_too_many_items_is_refused() -> None:
    levels = "".join(f"  - {{key: l{n}, name: N{n}, short: s{n}, good: yes, colour: '#{n:06x}'}}\n" for n in range(11))
    assert "up to 10 items and has 11" in str(problems_of(f"file: scale\nkey: k\nname: n\nlevels:\n{levels}")[0])


@SLOW
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_and_never_fails_otherwise(text: str) -> None:
    with pytest.raises(Unreadable):
        read_file(text)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_with_lines_that_exist(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TOOL_FILE)))
    end = data.draw(st.integers(start, min(len(TOOL_FILE), start + 80)))
    damage = data.draw(st.text(st.sampled_from(list("ab:-[]{}&*!|>'\"#%@\n\t \\é\x00")), max_size=12))
    text = TOOL_FILE[:start] + damage + TOOL_FILE[end:]
    try:
        assert isinstance(read_tool(text), Tool)
    except Unreadable as refusal:
        assert refusal.problems
        assert all(1 <= problem.line <= text.count("\n") + 1 for problem in refusal.problems)
        assert all(problem.message.endswith((".", "?")) for problem in refusal.problems)


def test_contrast_is_that_of_the_accessibility_guidelines() -> None:
    assert contrast_on_white("#ffffff") == pytest.approx(1)
    assert contrast_on_white("#000000") == pytest.approx(21)
    assert contrast_on_white("#767676") == pytest.approx(4.54, abs=0.01)


def test_a_library_is_read_whatever_the_order_and_folders_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "tool.yaml").write_text(TOOL_FILE, encoding="utf-8")
    (tmp_path / "framework.yaml").write_text(FRAMEWORK_FILE, encoding="utf-8")
    (tmp_path / "scale.yaml").write_text(SCALE_FILE, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("Not part of the library.", encoding="utf-8")
    read = library(tmp_path)
    assert read.scale("two-level") == read_scale(SCALE_FILE)
    assert read.framework("local", "2026-04") == read_framework(FRAMEWORK_FILE)
    assert read.tool("short-audit", "1") == read_tool(TOOL_FILE)


def test_a_library_tells_the_problems_of_every_file(tmp_path: Path) -> None:
    (tmp_path / "scale.yaml").write_text(SCALE_FILE, encoding="utf-8")
    (tmp_path / "scale_again.yaml").write_text(SCALE_FILE, encoding="utf-8")
    (tmp_path / "framework.yaml").write_text(changed(FRAMEWORK_FILE, "wording:", "words:"), encoding="utf-8")
    (tmp_path / "broken.yaml").write_text("file: [", encoding="utf-8")
    with pytest.raises(Unreadable) as refusal:
        library(tmp_path)
    told = str(refusal.value)
    assert "Line 1, broken.yaml: We cannot read the file" in told
    assert "framework.yaml › words: “words” is not known here. Did you mean “wording”?" in told
    assert "Line 1, scale_again.yaml: Another file already has this key and version." in told


def test_a_folder_without_files_is_an_empty_library(tmp_path: Path) -> None:
    read = library(tmp_path)
    assert (read.scales, read.frameworks, read.tools) == ((), (), ())
