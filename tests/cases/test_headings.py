"""Finding lists by their names and their headings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.cases.grids import OFFICIAL
from audit_app.cases.headings import field_of, heading_row, is_known, list_of_headings, list_of_name
from tests.cases.books import LIST_6, line_6, sheet


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("List_6", 6), ("List 6", 6), ("list6", 6), ("LIST-06", 6), ("List 6 - CIN", 6), ("AnnexA List6 2024", 6),
        ("Annex A - List_9", 9), ("L9", 9), ("List_10", 10), ("List_11 ", 11), ("List\u00a08", 8), ("List 1", 1),
        ("CIN", 6), ("Children in Need", 6), ("6. Children in need", 6), ("Care Leavers", 9), ("CLA", 8),
        ("Child Protection", 7), ("List_12", None), ("Guidance", None), ("Sheet1", None), ("Total6", None), ("", None),
    ],
)  # fmt: skip
def test_sheet_names_in_all_spellings(name: str, number: int | None) -> None:
    assert list_of_name(name) == number


@pytest.mark.parametrize("number", OFFICIAL)
def test_every_list_is_known_by_its_official_headings_alone(number: int) -> None:
    assert list_of_headings(OFFICIAL[number]) == number


@pytest.mark.parametrize(
    "headings",
    [
        ("ChildUniqueID", "Gender", "CINStartDate", "PrimaryNeedCode", "DateChildLastSeen", "CaseStatus"),
        ("CHILD UNIQUE ID", "SEX", "cin start date", "Case Status"),
        ("1. Child Unique ID", "2. Gender", "12. Case status"),
    ],
)
def test_list_6_is_known_by_other_spellings(headings: tuple[str, ...]) -> None:
    assert list_of_headings(headings) == 6
    assert field_of(headings[0], 6) == "reference"


def test_a_care_leavers_list_of_a_later_version_is_still_list_9() -> None:
    later = (
        "ChildUniqueID",
        "UASC",
        "AllocatedPersonalAdvisor",
        "EligibilityCategory",
        "LatestContact",
    )
    assert list_of_headings(later) == 9
    assert field_of("LatestContact", 9) == "contact_on"
    assert field_of("UASC", 9) == "uasc"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Age", "age"), ("Age of Child (Years)", "age"), ("Child Unique ID ", "reference"),
        ("Allocated\u00a0Team", "team"),
        ("Child’s Legal Status", "legal_status"), ("Child's Legal Status", "legal_status"), ("DOB", "date_of_birth"),
        ("Does the child have a disability?", "disability"), ("Ward", None), ("", None),
    ],
)  # fmt: skip
def test_headings_in_all_spellings(heading: str, field: str | None) -> None:
    assert field_of(heading, 8) == field


def test_the_headings_are_found_below_titles_and_blank_rows() -> None:
    page = sheet(
        "List_6", ("Annex A",), (), ("List 6: Children in need", None, "Date", "31/07/2024"), LIST_6, line_6("1")
    )
    found = heading_row(page.rows)
    assert found is not None
    assert found.number == 4
    assert found.headings == tuple(heading.strip() for heading in LIST_6)


def test_a_sheet_of_guidance_has_no_row_of_headings() -> None:
    page = sheet("Guidance", ("List", "Field"), ("List 6", "Child Unique ID"), ("", "Gender"), ("", "Case status"))
    assert heading_row(page.rows) is None


def test_headings_too_far_down_are_not_looked_for() -> None:
    page = sheet("List_6", *[("note",)] * 40, LIST_6)
    assert heading_row(page.rows) is None


@given(st.text())
def test_no_heading_breaks_the_reader(text: str) -> None:
    assert is_known(text) in (True, False)
    assert list_of_name(text) in (None, *range(1, 12))
    list_of_headings([text, text])
