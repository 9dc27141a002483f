"""What is kept of a stranger's file until somebody says yes: nothing that identifies a child."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.cases.annex_a import read_case_list
from audit_app.cases.packing import pack, row_counts, unpack
from audit_app.cases.stripping import stripped
from audit_app.cases.workbook import Cell, Row, Sheet
from tests.cases.books import LIST_6, line_6, sheet

DAY = dt.date(2026, 6, 1)
WHO = ("Child Unique ID", "Case Status", "Allocated Team")


def kept(*columns: tuple[str, list[Cell]], above: tuple[Cell, ...] = ()) -> tuple[Sheet, str]:
    """A table of these columns beside the known ones, stripped, and everything that is kept of it as text."""
    rows: list[tuple[Cell, ...]] = [above, (*WHO, *(heading for heading, _ in columns))]
    for number in range(max(len(values) for _, values in columns)):
        rows.append((f"C{number}", "CIN", "Team One", *(values[number] for _, values in columns)))
    (found,) = stripped([sheet("list", *rows)], taken_on=DAY)
    return found, repr([row.cells for row in found.rows])


@pytest.mark.parametrize(
    ("heading", "values", "kind"),
    [
        ("Child Forename", ["Jayden", "Priya", "Kofi"], "name"),
        ("Who", ["Sarah Jones", "Priya Patel", "Jack Smith", "Oliver Brown"], "name"),
        ("Number", ["943 476 5919", "9434765919", "987 654 4321"], "nhs_number"),
        ("Lives at", ["1 Mill Lane, SK11 6TG", "SK10 1AA", "CW1 2BD"], "address"),
        ("Notes", ["She was seen at home and spoke at length about school and about her brothers."] * 3, "text"),
        ("Contact", ["01625 500500", "07700 900123", "someone@example.test"], "contact"),
    ],
)
def test_a_column_that_identifies_somebody_is_emptied(heading: str, values: list[Cell], kind: str) -> None:
    found, all_of_it = kept((heading, values))
    assert found.emptied == {3: kind}
    assert not any(str(value) in all_of_it for value in values)
    assert heading in all_of_it  # that there was such a column is said


def test_a_column_of_names_that_begins_far_down_is_emptied_too() -> None:
    names: list[Cell] = [*[None] * 400, "Sarah Jones", "Priya Patel", "Jack Smith"]
    found, all_of_it = kept(("Who", names))
    assert found.emptied == {3: "name"}
    assert "Sarah" not in all_of_it


@pytest.mark.parametrize("heading", ["Date of Birth", "Child DOB", "Birthday", "Column 7"])
def test_a_date_of_birth_is_its_age_band_only(heading: str) -> None:
    born: list[Cell] = [dt.date(2012, 3, 4), "05/03/2019", "2010-01-01", dt.datetime(2009, 2, 3)]  # noqa: DTZ001 - as Excel gives it
    found, all_of_it = kept((heading, born))
    assert found.emptied == {3: "date_of_birth"}
    assert [row.cells[3] for row in found.rows][1:] == ["10 to 15", "5 to 9", "16 and 17", "16 and 17"]
    assert "2012" not in all_of_it


def test_days_of_this_year_are_no_birthdays() -> None:
    found, _ = kept(("Planned review", [dt.date(2026, 3, 4), "05/03/2026", "06/04/2025"]))
    assert found.emptied == {}


def test_names_of_workers_are_kept_because_they_decide_who_may_audit() -> None:
    found, all_of_it = kept(
        ("Social Worker", ["Sarah Jones", "Priya Patel", "Jack Smith"]),
        ("Lead practitioner", ["Sarah Jones", "Priya Patel", "Jack Smith"]),
        ("Supervisor", ["Sarah Jones", "Priya Patel", "Jack Smith"]),
    )
    assert found.emptied == {}
    assert "Priya Patel" in all_of_it


def test_a_column_of_workers_that_somebody_named_before_is_kept() -> None:
    rows = ((*WHO, "Who"), *((f"C{n}", "CIN", "One", name) for n, name in enumerate(("Sarah Jones", "Jack Smith"))))
    (found,) = stripped([sheet("list", *rows, ("C9", "CIN", "One", "Priya Patel"))], taken_on=DAY, kept={"who"})
    assert found.emptied == {}


def test_what_stands_above_and_beside_a_table_is_dropped() -> None:
    rows = [("Cases of Sarah Jones",), WHO, ("C1", "CIN", "Team One", "call Sarah Jones")]
    (found,) = stripped([sheet("list", *rows)], taken_on=DAY)
    assert [row.cells for row in found.rows] == [WHO, ("C1", "CIN", "Team One")]
    assert [row.number for row in found.rows] == [2, 3]


def test_a_name_where_a_reference_should_be_is_not_kept_and_is_refused_as_before() -> None:
    lines = (line_6("Sarah Jones"), line_6("A" * 70), line_6("00123"))
    (found,) = stripped([sheet("List_6", LIST_6, *lines)], taken_on=DAY)
    assert "Sarah" not in repr([row.cells for row in found.rows])
    read = read_case_list([found], taken_on=DAY)
    assert [row.reference for row in read.rows] == ["00123"]
    assert [one.problems[0].expected for one in read.refused] == [
        "A reference with at least one digit: names are never kept",
        "A reference of up to 64 characters",
    ]
    assert {one.problems[0].value for one in read.refused} == {"(not shown)"}


def test_references_that_are_nhs_numbers_are_never_kept() -> None:
    numbers = ("943 476 5919", "9434765919", "987 654 4321")
    (found,) = stripped([sheet("List_6", LIST_6, *map(line_6, numbers))], taken_on=DAY)
    assert "943" not in repr([row.cells for row in found.rows])
    read = read_case_list([found], taken_on=DAY)
    assert not read.rows
    assert any("looks like NHS numbers" in note for note in read.notes)


def test_a_stripped_list_is_read_as_the_file_itself_would_be() -> None:
    lines = (
        line_6("00123", Date_of_Birth="04/03/2012", Gender="a) Male"),
        line_6("2", Date_of_Birth="not a day"),
        line_6("3", Date_of_Birth="01/01/1950"),
        line_6("4", Date_of_Birth=dt.date(2026, 9, 1), Case_status="z) Pending"),
    )
    raw = [sheet("List_6", ("Annex A",), LIST_6, *lines)]
    assert read_case_list(stripped(raw, taken_on=DAY), taken_on=DAY) == read_case_list(raw, taken_on=DAY)


def test_packed_rows_are_read_back_as_often_as_needed() -> None:
    rows = tuple(Row(number, (f"C{number}", number / 2, dt.date(2026, 1, 1), None, True)) for number in range(1, 6000))
    packed = pack([Sheet("one", rows, {1: "name"}), Sheet("two", ())])
    first, second = unpack(packed)
    assert tuple(first.rows) == tuple(first.rows) == rows
    assert (first.name, first.emptied, tuple(second.rows)) == ("one", {1: "name"}, ())
    assert row_counts(packed) == [5999, 0]
    assert len(packed) < 60_000


CELLS = st.one_of(
    st.none(), st.text(max_size=20), st.integers(-(2**53), 2**53), st.dates(), st.booleans(), st.floats(allow_nan=False)
)


@given(st.lists(st.lists(CELLS, max_size=6), max_size=8))
def test_no_table_breaks_the_stripping(rows: list[list[Cell]]) -> None:
    found = stripped([sheet("list", (*WHO, "Other"), *map(tuple, rows))], taken_on=DAY)
    assert [tuple(one.rows) for one in unpack(pack(found))] == [tuple(one.rows) for one in found]
