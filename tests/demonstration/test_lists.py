"""Tests of the case lists of the demonstration."""

import datetime as dt

from audit_app.cases.annex_a import read_case_list
from audit_app.cases.grids import grids_of
from audit_app.cases.workbook import Row, Sheet
from audit_app.demonstration.lists import SIZE, STRANGE, STRANGE_TEAM, first_list, next_list, with_strange_team
from audit_app.demonstration.people import TEAMS

FIRST, SECOND = dt.date(2026, 5, 19), dt.date(2026, 8, 19)


def test_each_list_has_about_fifteen_hundred_children_in_teams_that_hold_their_category() -> None:
    holds = {team.name: team.categories for team in TEAMS}
    one = first_list(1, FIRST)
    for children in (one, next_list(one, 2, FIRST, SECOND)):
        assert len(children) == SIZE == len({child.reference for child in children})
        assert all(child.category in holds[child.team] or child.care_leaver for child in children)


def test_most_children_of_a_list_are_on_the_next_and_some_have_moved_on() -> None:
    before = {child.reference: child for child in first_list(1, FIRST)}
    after = {child.reference: child for child in next_list(tuple(before.values()), 2, FIRST, SECOND)}
    both = before.keys() & after.keys()
    assert 0.7 * SIZE < len(both) < 0.97 * SIZE
    moved = [key for key in both if before[key].category != after[key].category]
    assert 0.05 * SIZE < len(moved) < 0.4 * SIZE
    assert all(before[key].born == after[key].born for key in both)


def test_the_same_seed_gives_the_same_lists() -> None:
    assert first_list(7, FIRST) == first_list(7, FIRST)
    assert first_list(7, FIRST) != first_list(8, FIRST)
    one = first_list(7, FIRST)
    assert next_list(one, 9, FIRST, SECOND) == next_list(one, 9, FIRST, SECOND)


def test_a_list_is_read_without_a_problem_and_nobody_is_lost() -> None:
    children = next_list(first_list(1, FIRST), 2, FIRST, SECOND)
    sheets = tuple(
        Sheet(grid.name, tuple(Row(n, tuple(cells)) for n, cells in enumerate((grid.headings, *grid.rows), start=1)))
        for grid in grids_of(children, taken_on=SECOND)
    )
    read = read_case_list(sheets, taken_on=SECOND)
    assert (len(read.rows), read.held, read.refused) == (SIZE, (), ())
    assert {row.reference: row.category for row in read.rows}.keys() == {child.reference for child in children}


def test_the_newest_list_names_a_team_that_nobody_knows() -> None:
    children = first_list(1, FIRST)
    strange = with_strange_team(children)
    assert sum(child.team == STRANGE_TEAM for child in strange) == STRANGE
    assert [child.reference for child in strange] == [child.reference for child in children]
