"""Readings are read from the rows of a file, and every cell that cannot be is named."""

import datetime as dt
from decimal import Decimal

import pytest

from audit_app.cases.mapping import Mapping, guess_mapping
from audit_app.cases.workbook import Cell, Row, Sheet
from audit_app.improvement.columns import READINGS
from audit_app.improvement.found import WHEN, Found, Known, day_in, readings_in
from audit_app.improvement.wording import Amount, Unit
from audit_app.improvement.written import Finding

TODAY = dt.date(2026, 10, 5)
AUGUST = dt.date(2026, 8, 31)
PLAN = (
    Known("1.1", "Plans in time", Unit.PERCENT),
    Known("1.2", "Audits good or better", Unit.PERCENT, live=True),
    Known("2.1", "New carers", Unit.COUNT, counted=frozenset({dt.date(2026, 7, 31)})),
    Known("2.2", "Carers’ feedback", Unit.WORDS),
)
HEADINGS = ("Indicator", "Period", "Team", "Figure", "Share", "Numerator", "Denominator", "Commentary", "Status")


def sheet(*rows: tuple[Cell, ...], headings: tuple[str, ...] = HEADINGS) -> Sheet:
    """A sheet with a title above its headings."""
    lines = [Row(1, ("Performance report",)), Row(3, headings)]
    return Sheet("August", tuple(lines + [Row(number, cells) for number, cells in enumerate(rows, start=4)]))


def read(*rows: tuple[Cell, ...], headings: tuple[str, ...] = HEADINGS) -> Found:
    return readings_in([sheet(*rows, headings=headings)], guess_mapping(headings, READINGS), PLAN, today=TODAY)


def test_one_file_brings_readings_of_many_indicators() -> None:
    found = read(
        ("1.1", "August 2026", None, "86%"),
        ("1.1", "August 2026", "Team 11", None, None, 10, 11),
        ("1.1", "August 2026", "Team 12", None, 0.5),
        ("new carers", dt.date(2026, 8, 31), None, 6.0),
        ("2.2 Carers’ feedback", "Q1 2026/27", None, None, None, None, None, "They are listened to.", "On track"),
        ("Sickness", "August 2026", None, 4.0),
        ("1.2", "August 2026", None, 50.0),
    )
    assert found.problems == []
    rows = (("Team 11", Amount(None, 10, 11)), ("Team 12", Amount(Decimal(50))))
    assert found.findings == {
        ("1.1", AUGUST): Finding(AUGUST, Amount(Decimal(86)), rows=rows),
        ("2.1", AUGUST): Finding(AUGUST, Amount(Decimal(6))),
        ("2.2", dt.date(2026, 6, 30)): Finding(dt.date(2026, 6, 30), words="They are listened to.", judged="on_track"),
    }
    assert dict(found.others) == {"Sickness": 1, "1.2, counted here": 1}
    assert (found.rows, found.sheets) == (7, ["August"])


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("Q2 2026/27", dt.date(2026, 9, 30)),
        ("Quarter 4 2025-26", dt.date(2026, 3, 31)),
        ("2025/2026 Q3", dt.date(2025, 12, 31)),
        ("Sep-26", dt.date(2026, 9, 30)),
        ("Sept 2026", dt.date(2026, 9, 30)),
        ("14/08/2026", dt.date(2026, 8, 14)),
        (dt.datetime(2026, 8, 14, 9, 30, tzinfo=dt.UTC), dt.date(2026, 8, 14)),
        ("Q2 2026", None),
        ("Q2 2026/28", None),
        ("Throughout the year", None),
        (45000.0, None),
        (None, None),
    ],
)
def test_a_month_and_a_quarter_stand_for_their_last_day(cell: Cell, day: dt.date | None) -> None:
    assert day_in(cell) == day


@pytest.mark.parametrize(
    ("row", "column", "value", "expected"),
    [
        (("1.1", "October 2026", None, 86.0), "Period", "October 2026", WHEN),
        (("2.1", "July 2026", None, 5.0), "Period", "July 2026", "whose reading was not counted here"),
        (("1.1", "soon", None, 86.0), "Period", "soon", WHEN),
        (("1.1", "August 2026", None, "most"), "Figure", "most", "a number such as 86"),
        (("1.1", "August 2026", None, 0.86), "Figure", "0.86", "a number of per cent such as 86"),
        (("1.1", "August 2026", None, 101.0), "Figure", "101", "at most 100 per cent"),
        (("1.1", "August 2026", None, True), "Figure", "yes", "a number such as 86"),
        (("1.1", "August 2026", None, None, 86.0), "Share", "86", "from 0 to 1"),
        (("1.1", "August 2026", None, 80.0, None, 10.0, 11.0), "Figure", "80", "what its count gives, 90.9%"),
        (("1.1", "August 2026", None, None, None, 12.0, 11.0), "Numerator", "12", "at most its total"),
        (("1.1", "August 2026", None, None, None, 0.0, 0.0), "Denominator", "0", "out of at least 1"),
        (("1.1", "August 2026", None, None, None, 5.5, 11.0), "Numerator", "5.5", "a whole number"),
        (("1.1", "August 2026", None, None, None, 5.0), "Denominator", "", "out of how many"),
        (("1.1", "August 2026", "Team 11"), "Figure", "", "a figure"),
        ((None, "August 2026", None, 86.0), "Indicator", "", "the ref or the name"),
        (("2.1", "August 2026", None, "5/6"), "Figure", "5/6", "a number on its own"),
        (("2.2", "August 2026", None, 86.0), "Figure", "86", "told in words"),
        (("2.2", "August 2026", None, None, None, None, None, "Well.", "Amber"), "Status", "Amber", "on track"),
    ],
)
def test_what_cannot_be_is_named_by_its_cell(row: tuple[Cell, ...], column: str, value: str, expected: str) -> None:
    found = read(row)
    assert not found.findings
    (problem,) = found.problems
    assert (problem.sheet, problem.row, problem.column, problem.value) == ("August", 4, column, value)
    assert expected in problem.expected


def test_a_day_has_one_reading_and_each_row_once() -> None:
    again = read(("1.1", "August 2026", None, 86.0), ("Plans in time", "31/08/2026", None, 87.0))
    assert [(one.row, one.column) for one in again.problems] == [(5, "Period")]
    rows = read(("1.1", "August 2026", "Ash", 86.0), ("1.1", "August 2026", "Ash", 87.0))
    assert [(one.row, one.column) for one in rows.problems] == [(5, "Team")]


def test_a_printed_share_beside_its_count_is_kept_as_the_count() -> None:
    for printed, fits in ((70.2, True), ("70.21%", True), (70.0, True), (71.0, False), (70.3, False)):
        found = read(("1.1", "August 2026", None, printed, None, 33.0, 47.0))
        assert (found.problems == []) is fits
    assert read(("1.1", "August 2026", None, 70.2, None, 33.0, 47.0)).findings == {
        ("1.1", AUGUST): Finding(AUGUST, Amount(None, 33, 47))
    }


def test_headings_over_again_and_sheets_with_other_columns_are_passed_over() -> None:
    columns = Mapping((("Indicator", "indicator"), ("Period", "day"), ("Figure", "figure")))
    other = Sheet("Notes", (Row(1, ("Written by", "When")), Row(2, ("Officer", "May"))))
    found = readings_in([other, sheet(HEADINGS, ("1.1", "August 2026", None, 5.0))], columns, PLAN, today=TODAY)
    assert (found.sheets, found.rows, found.problems) == (["August"], 1, [])
