"""Invented lists, tidy and as authorities send them, read exactly."""

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest

from audit_app.cases.annex_a import read_case_list
from audit_app.cases.caselist import CaseList
from audit_app.cases.child import read_safely
from audit_app.cases.dirtying import Dirtied, dirtied
from audit_app.cases.generating import TeamHolds, generate_rows
from audit_app.cases.grids import grids_of
from audit_app.cases.workbook import sheets_of
from audit_app.cases.writing import annex_a_workbook, workbook_of

DAY = dt.date(2024, 7, 31)
TEAMS = (
    TeamHolds("Duty and Assessment", ("open_assessment", "child_in_need", "closed")),
    TeamHolds("Safeguarding North", ("child_protection", "child_in_need", "closed")),
    TeamHolds("Children in Care", ("looked_after", "closed")),
    TeamHolds("Leaving Care", ("care_leaver",)),
)
CHILDREN = generate_rows(TEAMS, seed=11, today=DAY, size=600)


def test_a_tidy_list_is_read_whole() -> None:
    found = read_case_list(sheets_of(annex_a_workbook(CHILDREN, taken_on=DAY), "a.xlsx"), taken_on=DAY)
    assert (found.held, found.refused, found.warnings) == ((), (), ())
    rows = {row.reference: row for row in found.rows}
    assert len(rows) == len(found.rows) == len(CHILDREN)
    for child in CHILDREN:
        row = rows[child.reference]
        assert (row.category, row.team, row.worker) == (child.category, child.team, child.worker)
        assert (row.gender, row.ethnicity, row.disability) == (child.gender, child.ethnicity, child.disability)
        assert row.care_leaver == child.care_leaver
        assert row.closed_on == child.closed_on
        if child.in_list_6:
            assert (row.started_on, row.last_seen_on) == (child.started_on, child.seen_on)
            assert row.attributes["primary_need"] == child.need
        expected = {"abuse": "abuse_category", "legal_status": "legal_status", "placement": "placement_type"}
        for told, name in expected.items():
            assert row.attributes.get(name) == child.details.get(told)
    assert found.joined == sum(child.in_list_6 and child.care_leaver for child in CHILDREN)


@pytest.fixture(scope="module")
def tidy() -> CaseList:
    return read_case_list(sheets_of(annex_a_workbook(CHILDREN, taken_on=DAY), "a.xlsx"), taken_on=DAY)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_dirty_list_says_exactly_what_the_tidy_one_says(seed: int, tidy: CaseList, tmp_path: Path) -> None:
    dirty: Dirtied = dirtied(grids_of(CHILDREN, taken_on=DAY), seed=seed)
    file = tmp_path / "dirty.xlsx"
    file.write_bytes(workbook_of(dirty.grids))
    found = read_case_list(read_safely(file).sheets, taken_on=DAY)
    lost = dirty.references("no reference", "a name for a reference")
    waiting = dirty.references("no team", "team is an error", "no status", "unknown status", "a shortened reference")
    in_both = {child.reference for child in CHILDREN if child.in_list_6 and child.care_leaver}
    expected = {row.reference: row.values() for row in tidy.rows if row.reference not in lost | waiting}
    got = {row.reference: row.values() for row in found.rows if row.reference not in lost}
    for values in got.values():
        values.pop("unaccompanied", None)  # list 9 of a later version says this of care leavers too
    for values in expected.values():
        values.pop("unaccompanied", None)
    assert got == expected
    assert {held.row.reference for held in found.held} == waiting
    assert {row.reference for row in found.rows} & lost <= in_both  # list 9 still has them
    held = {(held.problems[0].row, held.row.reference) for held in found.held}
    assert held == {(one.row, one.reference) for one in dirty.faults if one.reference in waiting}
    stopped = ("no reference", "a name for a reference", "a second row")
    assert sorted(refused.problems[0].row for refused in found.refused) == sorted(
        one.row for one in dirty.faults if one.kind in stopped
    )
    left = {(one.heading, one.kind) for one in found.left_out}
    assert left >= {("Child Forename", "name"), ("NHS Number", "nhs_number"), ("Home Postcode", "address")}
    assert ("Allocated Personal Advisor", "not_used") in left
    assert any(one.value == "1.2E+07" and one.expected.startswith("The whole reference") for one in found.warnings)


def test_no_name_birthday_or_private_number_survives_the_reading() -> None:
    found = read_case_list(sheets_of(annex_a_workbook(CHILDREN, taken_on=DAY, dirty=True), "a.xlsx"), taken_on=DAY)
    said = repr(found)
    assert "Forename Surname" not in said
    assert "999 123" not in said
    assert "ZZ99" not in said


def test_every_row_of_the_frame_is_accounted_for() -> None:
    sheets = sheets_of(annex_a_workbook(CHILDREN, taken_on=DAY, dirty=True), "a.xlsx")
    found = read_case_list(sheets, taken_on=DAY)
    rows = sum(one.rows for one in found.recognised if one.number in (6, 9))
    assert rows == len(found.rows) + len(found.held) + len(found.refused) + found.joined


def test_the_same_list_reads_the_same_twice() -> None:
    content = annex_a_workbook(CHILDREN, taken_on=DAY, dirty=True)
    assert read_case_list(sheets_of(content, "a.xlsx"), taken_on=DAY) == read_case_list(
        sheets_of(content, "a.xlsx"), taken_on=DAY
    )


def test_another_reader_of_workbooks_agrees_on_what_was_written() -> None:
    book = openpyxl.load_workbook(io.BytesIO(annex_a_workbook(CHILDREN, taken_on=DAY)), read_only=True)
    page = book["List_6"]
    references = [row[0] for row in page.iter_rows(min_row=3, values_only=True)]
    found = read_case_list(sheets_of(annex_a_workbook(CHILDREN, taken_on=DAY), "a.xlsx"), taken_on=DAY)
    assert [row.reference for row in found.rows if row.sheet == "List_6"] == references
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
