"""Invented case lists: the same for a seed, believable, and about nobody."""

import datetime as dt
import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.cases.annex_a import read_case_list
from audit_app.cases.generating import SHARES, TeamHolds, generate_rows
from audit_app.cases.values import age_on
from audit_app.cases.workbook import sheets_of
from audit_app.cases.writing import annex_a_workbook
from tests.cases.books import SHARED

DAY = dt.date(2024, 7, 31)
TEAMS = tuple(
    TeamHolds(f"Team {place}", categories)
    for place, categories in enumerate(
        [
            ("open_assessment", "child_in_need", "closed"),
            ("child_protection", "child_in_need"),
            ("looked_after",),
            ("care_leaver",),
        ]
    )
)


def test_a_seed_gives_the_same_list_and_another_seed_another() -> None:
    assert generate_rows(TEAMS, seed=1, today=DAY) == generate_rows(TEAMS, seed=1, today=DAY)
    assert generate_rows(TEAMS, seed=1, today=DAY) != generate_rows(TEAMS, seed=2, today=DAY)


def test_a_workbook_is_the_same_byte_for_byte() -> None:
    children = generate_rows(TEAMS, seed=1, today=DAY, size=80)
    for dirty in (False, True):
        first = annex_a_workbook(children, taken_on=DAY, dirty=dirty)
        assert first == annex_a_workbook(children, taken_on=DAY, dirty=dirty)


def test_the_list_is_about_as_long_and_as_mixed_as_an_authoritys() -> None:
    children = generate_rows(TEAMS, seed=5, today=DAY)
    assert len(children) == 1500
    counts = Counter("care_leaver" if child.care_leaver else child.category for child in children)
    for category, share in SHARES.items():
        assert abs(counts[category] / 1500 - share / sum(SHARES.values())) < 0.04, category
    assert 0.6 < sum(child.ethnicity == "WBRI" for child in children) / 1500 < 0.72


def test_cases_stand_with_teams_that_hold_them() -> None:
    held = {team.name: team.categories for team in TEAMS}
    for child in generate_rows(TEAMS, seed=3, today=DAY):
        kind = "care_leaver" if child.care_leaver else child.category
        assert kind in held[child.team]


def test_workers_are_plainly_fictional_or_the_callers_own() -> None:
    named = (*TEAMS[:3], TeamHolds("Leaving Care", ("care_leaver",), ("Practitioner One", "Practitioner Two")))
    for child in generate_rows(named, seed=3, today=DAY):
        pattern = "Practitioner (One|Two)" if child.team == "Leaving Care" else r"Worker [A-C]1[1-6]"
        assert re.fullmatch(pattern, child.worker)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.dates(min_value=dt.date(2020, 1, 1), max_value=dt.date(2035, 12, 31)))
def test_dates_and_ages_make_sense(seed: int, today: dt.date) -> None:
    children = generate_rows(TEAMS, seed=seed, today=today, size=60)
    assert len({child.reference for child in children}) == 60
    for child in children:
        assert child.started_on <= child.seen_on <= today
        assert child.closed_on is None or child.seen_on <= child.closed_on < today
        assert (child.closed_on is not None) == (child.category == "closed")
        age = age_on(child.born, today)
        assert -1 <= age <= 25
        assert age <= 17 or child.care_leaver


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32))
def test_whatever_the_seed_the_tidy_workbook_is_read_whole(seed: int) -> None:
    children = generate_rows(TEAMS, seed=seed, today=DAY, size=40)
    found = read_case_list(sheets_of(annex_a_workbook(children, taken_on=DAY), "a.xlsx"), taken_on=DAY)
    assert len(found.rows) == 40
    assert (found.held, found.refused, found.warnings) == ((), (), ())


def test_teams_that_hold_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="No team holds any category"):
        generate_rows([TeamHolds("Team", ())], seed=1, today=DAY)


def test_the_generated_headings_are_those_of_the_official_template() -> None:
    file = SHARED / "annex-a-template.xlsx"
    if not file.exists():
        pytest.skip(f"shared data not beside the checkout: {file.name}")
    official = {sheet.name.replace(" ", "_"): list(sheet.rows)[1].cells for sheet in sheets_of(file, file.name)[4:]}
    ours = {
        sheet.name: list(sheet.rows)[1].cells
        for sheet in sheets_of(annex_a_workbook((), taken_on=DAY), "a.xlsx")
        if sheet.name.startswith("List_")
    }
    assert ours == official
