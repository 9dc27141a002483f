"""What changed since the last list."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from audit_app.cases.annex_a import read_case_list
from audit_app.cases.caselist import CaseList
from audit_app.cases.difference import Change, KnownCase, difference
from tests.cases.books import LIST_6, line_6, sheet

DAY = dt.date(2024, 7, 31)
STATUS = {
    "closed": "e) Closed episode",
    "child_in_need": "c) Child in need plan",
    "child_protection": "b) Child Protection plan",
}


def listing(**cases: str) -> CaseList:
    rows = [line_6(reference, Case_status=STATUS[category]) for reference, category in cases.items()]
    return read_case_list([sheet("List_6", LIST_6, *rows)], taken_on=DAY)


def known(found: CaseList) -> list[KnownCase]:
    return [KnownCase(row.reference, row.values()) for row in found.rows]


def test_the_same_list_twice_changes_nothing() -> None:
    found = listing(a1="child_in_need", a2="closed")
    compared = difference(known(found), found)
    assert compared.nothing
    assert compared.unchanged == ("a1", "a2")


def test_new_changed_closed_and_gone_are_told_apart() -> None:
    before = listing(a1="child_in_need", a2="child_in_need", a3="child_in_need", a4="closed", a5="closed")
    after = listing(a1="child_protection", a2="closed", a5="child_in_need", a6="child_in_need")
    compared = difference(known(before), after)
    assert compared.new == ("a6",)
    assert compared.changed == (
        Change("a1", (("category", "child_in_need", "child_protection"),)),
        Change("a5", (("category", "closed", "child_in_need"),)),
    )
    assert compared.closed == ("a2",)
    assert compared.gone == ("a3",)  # a4 was closed already, so it may leave the list


def test_only_the_values_that_are_known_are_compared() -> None:
    compared = difference([KnownCase("a1", {"category": "child_in_need"})], listing(a1="child_in_need"))
    assert compared.nothing


def test_a_value_that_went_away_is_a_change() -> None:
    compared = difference([KnownCase("a1", {"gender": "male"})], listing(a1="child_in_need"))
    assert compared.changed == (Change("a1", (("gender", "male", ""),)),)


def test_a_held_row_is_neither_new_nor_gone() -> None:
    held = read_case_list([sheet("List_6", LIST_6, line_6("a1", Allocated_Team=None))], taken_on=DAY)
    assert difference([KnownCase("a1", {})], held).nothing
    assert difference([], held).nothing


CASES = st.dictionaries(st.sampled_from([f"a{n}" for n in range(8)]), st.sampled_from(sorted(STATUS)), min_size=1)


@given(CASES, CASES)
def test_every_case_is_in_one_place(before: dict[str, str], after: dict[str, str]) -> None:
    compared = difference(known(listing(**before)), listing(**after))
    places = [
        *compared.new,
        *(change.reference for change in compared.changed),
        *compared.closed,
        *compared.gone,
        *compared.unchanged,
    ]
    left_closed = {reference for reference in before.keys() - after.keys() if before[reference] == "closed"}
    assert sorted(places) == sorted((before.keys() | after.keys()) - left_closed)
