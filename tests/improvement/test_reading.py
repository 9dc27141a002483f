"""A plan's import file, cell by cell."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from audit_app.improvement import layout
from audit_app.improvement.difference import difference
from audit_app.improvement.lines import Rows
from audit_app.improvement.reading import plan_in
from audit_app.improvement.scales import scales
from audit_app.improvement.writing import plan_file, template
from tests.improvement import doing

Sheets = dict[str, Rows]


def test_a_plan_reads_back_from_its_own_file() -> None:
    plan = doing.written()
    body = plan_file(plan)
    assert plan_in(doing.rows_in(body)) == (plan, [])
    assert plan_file(plan) == body


def test_the_empty_file_says_what_is_missing() -> None:
    found, problems = plan_in(doing.rows_in(template()))
    assert found is None
    assert {(one.sheet, one.column) for one in problems} >= {("Plan", "Name"), ("Plan", "First day")}


def put(sheet: str, row: int, heading: str, value: str) -> Callable[[Sheets], None]:
    """Write another value into one cell; the first row under the headings is 1."""

    def change(sheets: Sheets) -> None:
        rows = [(number, list(cells)) for number, cells in sheets[sheet]]
        place = rows[0][1].index(heading)
        cells = rows[row][1]
        cells.extend([""] * (place + 1 - len(cells)))
        cells[place] = value
        sheets[sheet] = rows

    return change


@pytest.mark.parametrize(
    ("change", "sheet", "row", "column", "value", "expected"),
    [
        (put("Indicators", 1, "Counted in", "percentage"), "Indicators", 2, "Counted in", "percentage", "per cent"),
        (put("Indicators", 1, "Recommendation", "9"), "Indicators", 2, "Recommendation", "9", "this file has"),
        (put("Indicators", 2, "Ref", "1.1"), "Indicators", 3, "Ref", "1.1", "once"),
        (put("Indicators", 1, "Baseline figure", "174"), "Indicators", 2, "Baseline figure", "174", "100 per cent"),
        (put("Indicators", 3, "Baseline figure", "74"), "Indicators", 4, "Baseline figure", "74", "in words"),
        (put("Targets", 1, "By", "soon"), "Targets", 2, "By", "soon", "September 2021"),
        (put("Targets", 1, "Target", "most"), "Targets", 2, "Target", "most", "number"),
        (put("Targets", 2, "How", "at most"), "Targets", 3, "By", "", "at most"),
        (put("Targets", 4, "In words", ""), "Targets", 5, "In words", "", "in words"),
        (put("Readings", 1, "Figure", "about half"), "Readings", 2, "Figure", "about half", "10/11"),
        (put("Readings", 2, "Figure", "10/11"), "Readings", 3, "Figure", "10/11", "counts"),
        (put("Readings", 1, "Day", "March 2022"), "Readings", 2, "Day", "March 2022", "a day"),
        (put("Readings", 1, "Judged as", "below"), "Readings", 2, "Judged as", "below", "nothing here"),
        (put("Readings", 1, "Stated instead", "amber"), "Readings", 2, "Stated instead", "amber", "on track"),
        (put("Readings", 1, "Reason", ""), "Readings", 2, "Reason", "", "why"),
        (put("Readings", 1, "For the target of", "May 1999"), "Readings", 2, "For the target of", "May 1999", "target"),
        (put("Actions", 1, "What we will do", ""), "Actions", 2, "What we will do", "", "done"),
        (put("Updates", 1, "Delivery", "amber"), "Updates", 2, "Delivery", "amber", "under way"),
        (put("Updates", 1, "Action", "9z"), "Updates", 2, "Action", "9z", "this file has"),
        (put("Plan", 1, "What", "Title"), "Plan", 2, "What", "Title", "Name"),
    ],
)
def test_a_cell_that_cannot_be_is_named_with_what_was_expected(
    change: Callable[[Sheets], None], sheet: str, row: int, column: str, value: str, expected: str
) -> None:
    sheets = doing.rows_in(plan_file(doing.written()))
    change(sheets)
    found, problems = plan_in(sheets)
    assert found is None
    hits = [one for one in problems if (one.sheet, one.row, one.column) == (sheet, row, column)]
    assert hits, problems
    assert value in hits[0].value
    assert expected in hits[0].expected


def test_a_sheet_or_a_column_that_is_missing_is_named() -> None:
    sheets = doing.rows_in(plan_file(doing.written()))
    del sheets[layout.ACTIONS]
    number, headings = sheets[layout.TARGETS][0]
    sheets[layout.TARGETS] = [(number, headings[1:]), *sheets[layout.TARGETS][1:]]
    found, problems = plan_in(sheets)
    assert found is None
    assert ("Actions", "") in {(one.sheet, one.column) for one in problems}
    assert ("Targets", "Indicator") in {(one.sheet, one.column) for one in problems}


def test_what_a_file_brings_is_said_part_by_part() -> None:
    before, after = doing.written(), doing.written(lead="Somebody else")
    assert difference(before, before) == []
    assert [(one.kind, one.what) for one in difference(before, after)] == [("changed", "Action 1a")]
    everything = difference(None, before)
    assert {one.kind for one in everything} == {"new"}
    assert "Update of 1a" in {one.what for one in everything}


def test_the_published_plan_can_be_read_and_holds_what_is_legible_there() -> None:
    plan, problems = plan_in(doing.published())
    assert problems == []
    assert plan is not None
    refs = [one.ref for one in plan.actions]
    assert [len([r for r in refs if r[0] == n]) for n in "12345"] == [7, 7, 4, 6, 7]
    assert [len([m for m in plan.measures if m.ref[0] == n]) for n in "12345"] == [1, 5, 1, 3, 4]
    deadlines = {one.ref: one.due.said for one in plan.actions}
    assert deadlines["1b"] == "1 October 2021"
    assert deadlines["3b"] == "Throughout the year"
    assert deadlines["3c"] == "Progress is monitored on a quarterly basis."
    assert deadlines["5b"] == "December 2022"
    assert "74% of assessments" in plan.measures[1].start.words
    assert "10/11" in next(one for one in plan.measures if one.ref == "4.2").start.words


def test_a_plan_with_words_of_its_own_reads_back_with_its_levels() -> None:
    plan = doing.written()
    other = replace(plan, head=replace(plan.head, scales_key="complete-to-off-track"))
    sheets = doing.rows_in(plan_file(other))
    assert plan_in(sheets) == (other, [])
    said = {cells[4] for _, cells in sheets["Updates"][1:]}
    assert said <= {level.name for level in scales("complete-to-off-track").delivery}
    assert said != {cells[4] for _, cells in doing.rows_in(plan_file(plan))["Updates"][1:]}
    at = next(number for number, (_, cells) in enumerate(sheets["Plan"]) if cells[0] == "Scales")
    put("Plan", at, "Answer", "Traffic lights")(sheets)
    assert [(one.row, one.value) for one in plan_in(sheets)[1] if one.sheet == "Plan"] == [(at + 1, "Traffic lights")]
