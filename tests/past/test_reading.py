"""Past audits as their rows are read."""

import datetime as dt

import pytest

from audit_app.cases.mapping import Mapping, faults_of, guess_mapping
from audit_app.cases.workbook import Cell, Sheet
from audit_app.past.columns import PAST
from audit_app.past.reading import A_GRADE, A_MONTH, NEEDED_GRADE, ReadPast, month_in, read_past
from audit_app.past.words import levels_meant
from tests.past.sheets import HEADINGS, SCALE, TODAY, line, sheet

COLUMNS = guess_mapping(HEADINGS, PAST)


def read(*sheets: Sheet, columns: Mapping = COLUMNS, **said: str | None) -> ReadPast:
    words = {word.replace("_", " "): level for word, level in said.items()}
    return read_past(sheets, columns, levels_meant(SCALE, words), today=TODAY)


def test_a_row_is_an_audit_with_its_month_its_grades_and_its_words() -> None:
    (row,) = read(sheet(line("0101", "May 2026", "Good", "RI"))).rows
    assert (row.month, row.day) == (dt.date(2026, 5, 1), None)
    assert (row.grade, row.moderated, row.external) == ("good", "requires_improvement", None)
    assert (row.team, row.tool, row.reference, row.auditor) == ("Assessment North", "Case file", "0101", "Priya Patel")
    assert row.stands == "requires_improvement"


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        ("May 2026", (2026, 5)),
        ("may-26", (2026, 5)),
        ("Sept 2025", (2025, 9)),
        ("05/2026", (2026, 5)),
        ("2026-05", (2026, 5)),
        ("14/05/2026", (2026, 5)),
        ("14 May 2026", (2026, 5)),
        (dt.datetime(2026, 5, 31, 12), (2026, 5)),  # noqa: DTZ001 - as a spreadsheet gives it
        (46173.0, (2026, 5)),
        ("soon", None),
        ("13/2026", None),
        ("Mayhem 26", (2026, 5)),
        ("", None),
        (None, None),
        (True, None),
    ],
)
def test_a_month_is_read_in_the_ways_that_people_write_it(cell: Cell, month: tuple[int, int] | None) -> None:
    found = month_in(cell)
    assert (found and (found[0].year, found[0].month)) == month


@pytest.mark.parametrize(
    ("row", "column", "value", "expected"),
    [
        (line(month="July 2026"), "Month", "July 2026", A_MONTH),
        (line(month="June 1999"), "Month", "June 1999", A_MONTH),
        (line(month="last year"), "Month", "last year", A_MONTH),
        (line(grade="Goodish"), "Overall Grade", "Goodish", A_GRADE),
        (line(grade=None), "Overall Grade", "", NEEDED_GRADE),
        (line(moderated="Agreed"), "Moderated Grade", "Agreed", A_GRADE),
    ],
)
def test_a_row_is_refused_with_its_place_its_value_and_what_was_expected(
    row: tuple[Cell, ...], column: str, value: str, expected: str
) -> None:
    found = read(sheet(line(), row))
    assert len(found.rows) == 1
    (problem,) = found.refused
    assert (problem.sheet, problem.row, problem.column) == ("Audits", 3, column)
    assert (problem.value, problem.expected) == (value, expected)


def test_a_word_that_nobody_explained_is_counted_and_once_explained_is_read() -> None:
    rows = sheet(line(grade="Goodish"), line(grade="goodish"), line(moderated="Not moderated"))
    before = read(rows)
    assert (len(before.rows), dict(before.unknown)) == (0, {"Goodish": 1, "goodish": 1, "Not moderated": 1})
    after = read(rows, goodish="good", not_moderated=None)
    assert [(row.grade, row.moderated) for row in after.rows] == [("good", None)] * 3


def test_numbers_can_be_grades() -> None:
    levels = levels_meant(SCALE, {"7": "good", "3": "inadequate"})
    found = read_past([sheet(line(grade=7.0), line(grade=3.0))], COLUMNS, levels, today=TODAY)
    assert [row.grade for row in found.rows] == ["good", "inadequate"]


def test_every_sheet_with_these_columns_is_read_and_no_other() -> None:
    april, may = sheet(line(month="Apr 2026"), name="April"), sheet(line(), name="May")
    found = read(april, may, sheet(("Good", 4), headings=("Grade", "Count"), name="Summary"))
    assert [row.month.month for row in found.rows] == [4, 5]
    assert found.sheets == ["April", "May"]


def test_headings_over_again_and_empty_rows_are_no_rows() -> None:
    found = read(sheet(line(), (None,) * 7, HEADINGS, line("0102")))
    assert [row.reference for row in found.rows] == ["0101", "0102"]
    assert found.refused == []


def test_a_reference_that_may_be_a_name_is_left_out_and_its_audit_stays() -> None:
    found = read(sheet(line("Jayden Smith"), line("0102")))
    assert [row.reference for row in found.rows] == ["", "0102"]
    assert found.without_reference == 1


def test_columns_of_childrens_names_never_come_as_far_as_this() -> None:
    kept = sheet((*line(), "Jayden Smith", "SW1A 1AA"), headings=(*HEADINGS, "Child Name", "Postcode"))
    found = read(kept)
    assert {one.heading: one.kind for one in found.left_out} == {"Child Name": "name", "Postcode": "address"}
    assert "Jayden" not in str([row.cells for row in kept.rows][1:])


def test_days_long_ago_are_days_of_audits_not_birthdays() -> None:
    rows = [line(f"{n:04}", f"14/05/{2014 + n}") for n in range(4)]
    assert [row.month.year for row in read(sheet(*rows)).rows] == [2014, 2015, 2016, 2017]


def test_what_must_be_said_is_a_day_and_a_grade() -> None:
    assert set(faults_of(Mapping(()), {}, PAST)) == set(PAST.needed.values())
    assert faults_of(COLUMNS, dict.fromkeys(HEADINGS, ""), PAST) == ()
