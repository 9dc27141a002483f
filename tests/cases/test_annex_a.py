"""Reading Annex A: the official template, the mock file, and every rule about a row."""

import datetime as dt
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.cases.annex_a import read_case_list
from audit_app.cases.caselist import CaseList, CaseRow
from audit_app.cases.child import read_safely
from audit_app.cases.workbook import Cell, Sheet, sheets_of
from tests.cases.books import LIST_6, LIST_9, SHARED, line_6, line_9, ods, sheet, xls, xlsx

DAY = dt.date(2024, 7, 31)


def read(*sheets: Sheet, on: dt.date = DAY) -> CaseList:
    return read_case_list(sheets, taken_on=on)


def the_row(*cells: tuple[Cell, ...], headings: tuple[str, ...] = LIST_6) -> CaseRow:
    (row,) = read(sheet("List_6", headings, *cells)).rows
    return row


def shared(name: str) -> Path:
    file = SHARED / name
    if not file.exists():
        pytest.skip(f"shared data not beside the checkout: {name}")
    return file


def test_the_official_template_is_recognised_and_says_plainly_that_it_is_empty() -> None:
    found = read_case_list(read_safely(shared("annex-a-template.xlsx")).sheets, taken_on=DAY)
    assert (found.rows, found.held, found.refused, found.warnings) == ((), (), (), ())
    assert [(one.number, one.heading_row, one.rows, one.by) for one in found.recognised] == [
        (number, 2, 0, "name and headings") for number in (6, 7, 8, 9)
    ]
    assert found.notes[0] == "The lists have headings and no cases: nothing was read."
    assert "List 6: Children in need (sheet “List_6”) has headings and no rows." in found.notes
    assert any("“Codes_used”" in note and "“Guidance”" in note for note in found.notes)
    assert not any(one.kind == "not_used" for one in found.left_out if one.sheet == "List_6")


def test_the_mock_file_is_held_row_by_row_with_what_is_missing() -> None:
    found = read_case_list(read_safely(shared("annex-a-mock.xlsx")).sheets, taken_on=DAY)
    assert (found.rows, found.refused) == ((), ())
    assert [held.row.reference for held in found.held] == ["1111", "4444"]
    assert [[problem.column for problem in held.problems] for held in found.held] == [
        ["Allocated Team", "Case status"]
    ] * 2
    assert [problem.row for problem in found.held[1].problems] == [3, 3]
    assert found.held[0].row.started_on == dt.date(2019, 5, 1)
    assert found.notes[0] == "Every row is held: none has both a case status and a team."
    assert any(one.expected.startswith("References stored as text") and one.rows == (2, 3) for one in found.warnings)


def test_a_date_of_birth_goes_no_further_than_its_age_band() -> None:
    ways: tuple[Cell, ...] = (
        dt.date(2013, 2, 1),
        "01/02/2013",
        41306.0,
        "1 February 2013",
        "2013-02-01",
        "01/02/2013x",
    )
    found = read(sheet("List_6", LIST_6, *[line_6(str(n), Date_of_Birth=way) for n, way in enumerate(ways)]))
    assert [row.age_band for row in found.rows] == ["10_to_15"] * 5 + [None]
    assert "2013" not in repr(found)
    assert "41306" not in repr(found)


def test_xlsx_ods_and_csv_say_the_same() -> None:
    rows = (LIST_6, line_6("00123", Date_of_Birth=dt.date(2012, 3, 4)), line_6("B4", Gender="a) Male"))
    text = "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in rows).encode()
    answers = [
        [row.values() for row in read_case_list(sheets_of(content, name), taken_on=DAY).rows]
        for name, content in (("a.xlsx", xlsx(*rows)), ("a.ods", ods(*rows)), ("List 6.csv", text))
    ]
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0]["age_band"] == "10_to_15"


def test_an_older_workbook_is_read() -> None:
    content = xls(
        ("Child Unique ID", "Case status", "Allocated Team", "CIN Start Date"), (123.0, "CIN", "Team One", 45360.0)
    )
    (row,) = read_case_list(sheets_of(content, "a.xls"), taken_on=DAY).rows
    assert (row.reference, row.category, row.started_on) == ("123", "child_in_need", dt.date(2024, 3, 9))


def test_a_row_without_a_team_is_held_for_mapping() -> None:
    found = read(sheet("List_6", LIST_6, line_6("7", Allocated_Team="#N/A"), line_6("8", Allocated_Team=None)))
    assert [held.lacks_only_a_team for held in found.held] == [True, True]
    problem = found.held[0].problems[0]
    assert (problem.sheet, problem.row, problem.column, problem.value) == ("List_6", 2, "Allocated Team", "#N/A")
    assert problem.expected == "The team that the case is allocated to"
    assert found.held[0].row.category == "child_in_need"


def test_a_row_without_a_status_is_held_with_what_is_missing() -> None:
    (held,) = read(sheet("List_6", LIST_6, line_6("7", Case_status="z) Pending"))).held
    assert (held.problems[0].column, held.problems[0].value) == ("Case status", "z) Pending")
    assert "Looked after child" in held.problems[0].expected
    assert not held.lacks_only_a_team


def test_a_row_without_a_reference_is_refused() -> None:
    (refused,) = read(sheet("List_6", LIST_6, line_6(None))).refused
    assert refused.problems[0].row == 2
    assert refused.problems[0].column == "Child Unique ID"


def test_a_list_without_teams_says_so_once() -> None:
    headings = tuple(heading for heading in LIST_6 if heading != "Allocated Team")
    cells = tuple(cell for heading, cell in zip(LIST_6, line_6("7"), strict=True) if heading != "Allocated Team")
    found = read(sheet("List_6", headings, cells))
    assert len(found.held) == 1
    assert any("no column “Allocated Team”" in note for note in found.notes)


def test_a_list_without_references_says_so_and_is_not_read() -> None:
    found = read(sheet("List_6", LIST_6[1:], line_6("7")[1:]))
    assert not (found.rows or found.held or found.refused)
    assert any("no column for the child’s reference" in note for note in found.notes)


def test_list_6_wins_over_list_9_and_adds_a_care_leavers_mark() -> None:
    found = read(
        sheet("List_6", LIST_6, line_6("7", Case_status="e) Closed episode")),
        sheet("List_9", LIST_9, line_9("7"), line_9("8")),
    )
    first, second = found.rows
    assert (first.reference, first.category, first.team, first.care_leaver) == ("7", "closed", "Team One", True)
    assert first.attributes["eligibility"] == "former_relevant"
    assert (second.reference, second.category, second.team, second.care_leaver) == (
        "8",
        "care_leaver",
        "Leaving Care",
        True,
    )
    assert found.joined == 1


def test_a_list_9_alone_is_a_case_list_and_says_what_it_lacks() -> None:
    found = read(sheet("Care leavers", LIST_9, line_9("8")))
    assert [row.category for row in found.rows] == ["care_leaver"]
    assert found.notes[0].startswith("There is no list 6")


def test_a_workbook_with_no_list_says_so() -> None:
    found = read(sheet("Sheet1", ("Budget", "Spend", "Variance"), (1.0, 2.0, 3.0)))
    assert found.notes[0].startswith("There is no list 6 (children in need) and no list 9")
    assert not found.recognised


def test_no_sheets_at_all_is_said_too() -> None:
    assert read().notes[0].startswith("There is no list 6")


def test_of_two_rows_for_a_child_the_complete_open_and_later_one_is_read() -> None:
    found = read(
        sheet(
            "List_6",
            LIST_6,
            line_6("7", CIN_Start_Date=dt.date(2023, 1, 1)),
            line_6("7", CIN_Start_Date=dt.date(2024, 1, 1)),
            line_6("7", CIN_Start_Date=dt.date(2024, 6, 1), Case_status="e) Closed episode"),
            line_6("7", CIN_Start_Date=dt.date(2024, 7, 1), Allocated_Team=None),
        )
    )
    assert [(row.row, row.started_on) for row in found.rows] == [(3, dt.date(2024, 1, 1))]
    assert [refused.problems[0].row for refused in found.refused] == [2, 4, 5]
    assert "row 3 of sheet “List_6”" in found.refused[-1].problems[0].expected


def test_lists_7_and_8_add_what_list_6_does_not_say() -> None:
    found = read(
        sheet("List_6", LIST_6, line_6("7"), line_6("8", Date_Child_Was_Last_Seen=dt.date(2024, 7, 1))),
        sheet(
            "List_7",
            ("Child Unique ID", "Child Protection Plan Start Date", "Initial Category of Abuse",
             "Latest Category of Abuse", "Date of the Last Statutory Visit"),
            ("7", dt.date(2024, 1, 1), "a) Neglect", "d) Emotional abuse", "15/07/2024"),
            ("8", dt.date(2024, 1, 1), "a) Neglect", None, "15/07/2024"),
            ("9", dt.date(2024, 1, 1), "a) Neglect", None, None),
        ),
        sheet(
            "List_8",
            ("Child Unique ID", "Child’s Legal Status", "Placement Type", "Placement Location", "Placement postcode"),
            ("8", "C2: FCO", "d) U4: Foster placement - long term", "b) Out", "ZZ99 3WZ"),
        ),
    )  # fmt: skip
    first, second = found.rows
    assert (first.attributes["abuse_category"], first.last_seen_on) == ("emotional", dt.date(2024, 7, 15))
    assert (second.attributes["abuse_category"], second.last_seen_on) == ("neglect", dt.date(2024, 7, 1))
    assert second.attributes["legal_status"] == "C2"
    assert second.attributes["placement_type"] == "U4"
    assert second.attributes["placement_location"] == "out"
    assert len(found.rows) == 2  # a child of list 7 alone is not in the frame
    assert found.left_out[0].kind == "address"


@pytest.mark.parametrize(
    ("born", "age", "band"),
    [
        (dt.date(2012, 8, 1), None, "10_to_15"),  # eleven until tomorrow
        ("01/08/2014", None, "5_to_9"),
        (None, 16.0, "16_to_17"),
        (None, None, None),
        (dt.date(2024, 10, 1), None, "unborn"),
        (None, "-1", "unborn"),
        ("31/02/2012", 7, "5_to_9"),
        (dt.date(1950, 1, 1), 7, "5_to_9"),
    ],
)
def test_a_date_of_birth_becomes_an_age_band(born: Cell, age: Cell, band: str | None) -> None:
    row = line_6("7", Date_of_Birth=born)
    place = LIST_6.index("Age of Child (Years)")
    assert the_row((*row[:place], age, *row[place + 1 :])).age_band == band


def test_a_bad_date_of_birth_is_warned_of_without_being_shown() -> None:
    found = read(sheet("List_6", LIST_6, line_6("7", Date_of_Birth="31/02/2012")))
    (warned,) = found.warnings
    assert (warned.column, warned.value, warned.rows) == ("Date of Birth", "(not shown)", (2,))


def test_values_that_cannot_be_used_are_warned_of_once_each_with_their_rows() -> None:
    rows = [line_6(str(n), Ethnicity="s)", CIN_Start_Date="31/11/2023") for n in range(1, 9)]
    found = read(sheet("List_6", LIST_6, *rows))
    assert len(found.rows) == 8
    assert [(one.column, one.value, one.rows, one.count) for one in found.warnings] == [
        ("Ethnicity", "s)", (2, 3, 4, 5, 6), 8),
        ("CIN Start Date", "31/11/2023", (2, 3, 4, 5, 6), 8),
    ]


def test_a_date_that_has_not_come_is_kept_and_warned_of() -> None:
    found = read(sheet("List_6", LIST_6, line_6("7", Date_Child_Was_Last_Seen=dt.date(2024, 8, 1))))
    assert found.rows[0].last_seen_on == dt.date(2024, 8, 1)
    assert found.warnings[0].expected == "A date no later than the day the list was taken"


def test_headings_beat_a_sheets_name_and_say_so() -> None:
    found = read(sheet("List_6", LIST_9, line_9("8")), sheet("List_9", LIST_6, line_6("7")))
    assert {row.reference: row.category for row in found.rows} == {"7": "child_in_need", "8": "care_leaver"}
    assert any("named like list 6, but its headings are those of list 9" in note for note in found.notes)


def test_two_sheets_of_one_list_are_read_together() -> None:
    found = read(sheet("List 6 North", LIST_6, line_6("7")), sheet("List 6 South", LIST_6, line_6("8")))
    assert [row.reference for row in found.rows] == ["7", "8"]
    assert [row.sheet for row in found.rows] == ["List 6 North", "List 6 South"]


def test_repeated_headings_and_blank_rows_are_passed_over() -> None:
    found = read(sheet("List_6", ("Title",), LIST_6, line_6("7"), (), LIST_6, line_6("8")))
    assert [(row.reference, row.row) for row in found.rows] == [("7", 3), ("8", 6)]
    assert not found.refused


def test_the_official_heading_wins_where_two_columns_say_the_same() -> None:
    row = the_row(("X9", *line_6("7")), headings=("LCS ID", *LIST_6))
    assert row.reference == "7"


def test_a_family_reference_is_kept_and_a_familys_name_is_not() -> None:
    found = read(sheet("List_6", (*LIST_6, "Family ID"), (*line_6("7"), "F12"), (*line_6("8"), "Surname")))
    assert [row.attributes.get("family") for row in found.rows] == ["F12", None]
    assert found.warnings[0].value == "(not shown)"


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.sampled_from(["a) Yes", "#N/A", "00123", "c) Child in need plan", "Team One", "31/07/2024", "1.2E+07"]),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=len(LIST_6), max_size=len(LIST_6)), max_size=12),
    st.randoms(use_true_random=False),
)
def test_any_rows_are_accounted_for_and_their_order_does_not_matter(
    rows: list[list[Cell]], chance: random.Random
) -> None:
    found = read(sheet("List_6", LIST_6, *rows))
    listed = sum(one.rows for one in found.recognised)
    assert listed == len(found.rows) + len(found.held) + len(found.refused)
    assert all(row.category and row.team for row in found.rows)
    assert all(held.problems for held in found.held)
    references = [row.reference for row in found.rows] + [held.row.reference for held in found.held]
    assert len(set(references)) == len(references)
    chance.shuffle(rows)
    again = read(sheet("List_6", LIST_6, *rows))
    assert {row.reference for row in again.rows} == {row.reference for row in found.rows}
    assert {held.row.reference for held in again.held} == {held.row.reference for held in found.held}
