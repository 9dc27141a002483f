"""What would become of a file of past audits."""

import datetime as dt

from audit_app.past.preview import preview, problems_in, sorted_rows
from audit_app.past.reading import ReadPast
from tests.past.sheets import SCALE, line, sheet
from tests.past.test_reading import read

MAY = dt.date(2026, 5, 1)


def test_the_same_case_month_and_tool_is_one_audit() -> None:
    found = sorted_rows(read(sheet(line("1"), line("1"), line("2"), line(None), line(None))), set(), {})
    assert [row.reference for row in found.new] == ["1", "2", "", ""]
    assert found.known == 1


def test_what_is_there_already_is_not_counted_twice() -> None:
    found = sorted_rows(read(sheet(line("1"), line("2"))), {("1", MAY, "Case file")}, {})
    assert [row.reference for row in found.new] == ["2"]


def test_months_are_counted_as_audited_and_as_it_stands() -> None:
    found = read(sheet(line("1", moderated="RI"), line("2"), line("3", "April 2026", "I")))
    shown = preview(found, sorted_rows(found, set(), {}), SCALE, {MAY}, None)
    assert shown["months"] == [
        {"month": "2026-04-01", "rows": 1, "good": 0, "stands": 0, "again": False},
        {"month": "2026-05-01", "rows": 2, "good": 2, "stands": 1, "again": True},
    ]


def test_teams_that_nobody_knows_are_named_with_their_rows() -> None:
    found = read(sheet(line("1"), line("2", team="Hub"), line("3", team="Hub"), line("4", team=None)))
    shown = preview(found, sorted_rows(found, set(), {"Assessment North": 7}), SCALE, set(), None)
    assert (shown["unknown_teams"], shown["without_team"]) == ([["Hub", 2]], 1)


def test_every_refused_row_is_in_the_file_to_work_through() -> None:
    found = read(sheet(*(line(str(n), "soon") for n in range(30))))
    shown = preview(found, sorted_rows(found, set(), {}), SCALE, set(), None)
    assert (len(shown["problems"]), shown["refused"], len(problems_in(found))) == (20, 30, 30)


def test_nothing_is_a_preview_too() -> None:
    assert preview(ReadPast(), sorted_rows(ReadPast(), set(), {}), SCALE, set(), 4)["present"] == 4
