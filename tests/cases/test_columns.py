"""Columns that must not be taken in, known by their heading or by what stands under it."""

import pytest

from audit_app.cases.columns import REASONS, kind_of_column, kind_of_values, left_out
from audit_app.cases.grids import OFFICIAL


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Forename", "name"), ("Child Surname", "name"), ("Name of child", "name"), ("Full Name", "name"),
        ("Child", "name"),
        ("Mother's Name", "name"), ("Also Known As", "name"), ("Next of kin", "name"), ("NHS Number", "nhs_number"),
        ("NHS no.", "nhs_number"), ("UPN", "nhs_number"), ("Home Address", "address"), ("Post Code", "address"),
        ("Placement postcode", "address"), ("UPRN", "address"), ("Mobile", "contact"), ("E-mail", "contact"),
        ("D.O.B.", "date_of_birth"), ("Ward", "not_used"), ("Worker Name", "not_used"), ("Team name", "not_used"),
        ("School", "not_used"),
    ],
)  # fmt: skip
def test_headings_that_give_a_column_away(heading: str, kind: str) -> None:
    assert kind_of_column(heading, []) == kind


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["943 476 5919", "9434765919", "943-476-5919"], "nhs_number"),
        (["ZZ99 3WZ", "ZZ99 3VZ", "near ZZ99 4ZZ"], "address"),
        (["a@example.org", "b@example.org", ""], None),
        (["a@example.org", "b@example.org", "c@example.org"], "contact"),
        (["07700 900123", "07700 900456", "0113 496 0000"], "contact"),
        (["Jayden Examplename", "Priya Examplename", "Kofi Examplename"], "name"),
        (["Examplename, Jayden", "Examplename, Priya", "Examplename, Kofi"], "name"),
        (["Jayden", "Priya", "Mohammed"], "name"),
        (["AB123456C", "AB 12 34 56 D", "CE123456A"], "nhs_number"),
        (["Former relevant", "Relevant child", "Qualifying care leaver"], None),
        (["North", "South", "East", "West"], None),
        (["00123", "00124", "00125"], None),
        (["Jayden"], None),
    ],
)
def test_values_that_give_a_column_away(values: list[str], kind: str | None) -> None:
    assert kind_of_values(values) == kind


def test_only_the_postcode_and_the_birthday_of_the_official_headings_are_private() -> None:
    headings = {heading for headings in OFFICIAL.values() for heading in headings}
    private = {heading for heading in headings if kind_of_column(heading, []) != "not_used"}
    assert private == {"Placement postcode", "Date of Birth"}


def test_a_column_left_out_says_why_in_words() -> None:
    for kind, reason in REASONS.items():
        found = left_out("List_6", "A  heading ", kind)
        assert (found.heading, found.reason) == ("A heading", reason)
        assert reason.endswith(".")
