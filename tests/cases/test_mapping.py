"""Lists that are not Annex A, by columns that a person names."""

import datetime as dt

import pytest

from audit_app.cases.mapping import Mapping, apply_mapping, guess_mapping, headings_of, problems_with
from audit_app.cases.workbook import Sheet, sheets_of
from tests.cases.books import sheet

DAY = dt.date(2024, 7, 31)
HEADINGS = ("Person ID", "Case Type", "Team", "Allocated To", "DOB", "Start Date", "Locality", "Child Forename")
PAGE = sheet(
    "Open cases",
    ("Report run 31/07/2024",),
    HEADINGS,
    ("00123", "CIN", "Team One", "Worker A11", "04/03/2012", "01/02/2024", "North", "Jayden"),
    (456.0, "CP", None, "Worker A12", dt.date(2020, 1, 1), None, "South", "Priya"),
    (None, "CLA", "Team Two", None, None, None, "South", "Kofi"),
)


def mapping(**more: str) -> Mapping:
    return Mapping(guess_mapping(HEADINGS).columns, tuple((heading, name) for name, heading in more.items()))


def test_the_likeliest_columns_are_guessed() -> None:
    assert dict(guess_mapping(HEADINGS).columns) == {
        "Person ID": "reference",
        "Case Type": "category",
        "Team": "team",
        "Allocated To": "worker",
        "DOB": "date_of_birth",
        "Start Date": "started_on",
    }


def test_each_field_is_guessed_once() -> None:
    guessed = guess_mapping(("Person ID", "LCS ID", "Team", "Team Name"))
    assert [field for _, field in guessed.columns] == ["reference", "team"]


def test_a_mapping_gives_the_same_kind_of_case_list() -> None:
    found = apply_mapping(PAGE, mapping(area="Locality"), taken_on=DAY)
    (row,) = found.rows
    assert (row.reference, row.category, row.team, row.worker) == ("00123", "child_in_need", "Team One", "Worker A11")
    assert (row.age_band, row.started_on, row.row) == ("10_to_15", dt.date(2024, 2, 1), 3)
    assert row.attributes == {"area": "North"}
    (held,) = found.held
    assert (held.row.reference, held.row.category, held.problems[0].column) == ("456", "child_protection", "Team")
    assert [refused.problems[0].row for refused in found.refused] == [5]
    assert {(one.heading, one.kind) for one in found.left_out} == {("DOB", "date_of_birth"), ("Child Forename", "name")}
    assert found.recognised[0].heading_row == 2
    assert "Jayden" not in repr(found)


def test_a_csv_file_is_mapped_too() -> None:
    (page,) = sheets_of(b"\xef\xbb\xbfRef;Cohort;Team\r\n007;Care leaver;Leaving Care\r\n", "cases.csv")
    headings = headings_of(page)
    assert headings is not None
    found = apply_mapping(page, guess_mapping(headings.headings), taken_on=DAY)
    assert [(row.reference, row.category, row.care_leaver) for row in found.rows] == [("007", "care_leaver", True)]


def problems(wanted: Mapping, page: Sheet = PAGE) -> tuple[str, ...]:
    headings = headings_of(page)
    assert headings is not None
    return problems_with(wanted, page, headings)


def test_a_mapping_that_fits_has_no_problems() -> None:
    assert problems(mapping(area="Locality")) == ()


def test_a_mapping_needs_a_reference() -> None:
    assert problems(Mapping((("Team", "team"),))) == ("Say which column holds the child’s reference.",)


def test_a_column_of_names_cannot_be_mapped_to_anything() -> None:
    (said,) = problems(mapping(nickname="Child Forename"))
    assert "“Child Forename” cannot be taken in" in said
    assert "never kept" in said


def test_a_column_whose_values_are_names_cannot_be_mapped_to_anything() -> None:
    page = sheet(
        "x", ("ID", "Team", "Remark"), *[(str(n), "A", name) for n, name in enumerate(["Jayden", "Priya", "Zara"])]
    )
    wanted = Mapping((("ID", "reference"),), (("Remark", "remark"),))
    assert any("“Remark” cannot be taken in" in said for said in problems(wanted, page))
    assert apply_mapping(page, wanted, taken_on=DAY).rows == ()


def test_other_mistakes_are_named() -> None:
    said = problems(
        Mapping(
            (("Person ID", "reference"), ("Team", "team"), ("Locality", "team"), ("Gone", "worker")),
            (("Case Type", "team"),),
        )
    )
    assert said == (
        "Two columns are said to hold “Team”. Choose one.",
        "“team” is a name already in use. Choose another.",
        "The sheet has no column “Gone”.",
    )
    assert problems(Mapping((("Person ID", "reference"), ("Team", "colour")))) == (
        "“colour” is not something a column can hold.",
    )


def test_a_mapping_is_remembered_whole() -> None:
    wanted = mapping(area="Locality")
    assert Mapping.restored(wanted.stored()) == wanted


def test_headings_match_again_when_their_spelling_changes() -> None:
    page = sheet("x", ("PERSON  ID ", "team", "case type", "Age"), ("1", "A", "CIN", 4.0))
    wanted = Mapping((("Person ID", "reference"), ("Team", "team"), ("Case Type", "category")))
    assert [row.reference for row in apply_mapping(page, wanted, taken_on=DAY).rows] == ["1"]


def test_a_sheet_without_headings_says_so() -> None:
    found = apply_mapping(sheet("x", (1.0, 2.0)), Mapping((("ID", "reference"),)), taken_on=DAY)
    assert found.notes == ("Sheet “x” has no row of headings, so it was not read.",)


@pytest.mark.parametrize(
    ("field", "headings"),
    [
        ("worker", ("Lead Worker", "Key Worker", "Allocated Worker Name", "Primary Worker", "Current Worker")),
        ("worker", ("Assigned To", "Assigned Worker", "Caseworker")),
        ("team", ("Worker Team", "Case Team", "Lead Team", "Assigned Team", "Organisational Unit")),
        ("started_on", ("Opened", "Date opened", "Open date", "Referral Date", "Opened On", "Opened Date")),
        ("started_on", ("Case Start Date", "Date of Referral")),
        ("seen_on", ("Last Seen On", "Child Last Seen")),
        ("closed_on", ("Closed On", "Case End Date")),
    ],
)
def test_what_exports_of_case_systems_call_a_column_is_guessed(field: str, headings: tuple[str, ...]) -> None:
    for heading in headings:
        assert (heading, field) in guess_mapping(("Person ID", heading)).columns
