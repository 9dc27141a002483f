"""Frequencies, the calendar that is made from them, and what may be skipped or opened."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.programmes.frequency import EVERY, Frequency, is_planned, planned_months
from audit_app.programmes.months import month_after
from audit_app.programmes.planning import (
    KeptRound,
    Plan,
    PlannedRound,
    State,
    calendar,
    refusal_to_open_itself,
    refusal_to_open_planned,
    refusal_to_plan,
    refusal_to_skip,
)
from audit_app.programmes.working_days import bank_holidays, known_until

TODAY = dt.date(2026, 6, 10)
MARCH, APRIL, MAY, JUNE, JULY = (dt.date(2026, number, 1) for number in range(3, 8))
MONTHS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)).map(lambda day: day.replace(day=1))


@given(st.sampled_from(sorted(EVERY)), MONTHS)
def test_rounds_come_every_so_many_months_from_the_first(frequency: Frequency, first: dt.date) -> None:
    planned = planned_months(frequency, first, month_after(first, -6), month_after(first, 36))
    assert planned == [month_after(first, count) for count in range(0, 37, EVERY[frequency])]


def test_a_round_that_comes_once_comes_in_its_month_only() -> None:
    assert planned_months(Frequency.ONCE, MAY, MARCH, JULY) == [MAY]


def test_without_a_frequency_or_a_first_month_nothing_is_planned() -> None:
    assert not is_planned(Frequency.AS_NEEDED, MAY, MAY)
    assert not is_planned(Frequency.MONTHLY, None, MAY)


def states(found: list[PlannedRound]) -> dict[dt.date, State]:
    return {one.month: one.state for one in found}


def test_a_calendar_says_what_was_opened_missed_skipped_and_is_to_come() -> None:
    plan = Plan(Frequency.MONTHLY, dt.date(2025, 1, 1), 10)
    rounds = {MARCH: KeptRound(1, APRIL, True), APRIL: KeptRound(2, MAY, False)}
    found = calendar(plan, rounds, {JULY: "An inspection"}, TODAY)
    assert len(found) == 15
    assert list(states(found).items())[:5] == [
        (MARCH, State.DONE),
        (APRIL, State.OPEN),
        (MAY, State.MISSED),
        (JUNE, State.DUE),
        (JULY, State.SKIPPED),
    ]
    assert {one.state for one in found[5:]} == {State.COMING}
    assert found[-1].month == dt.date(2027, 5, 1)
    assert [one.reason for one in found if one.reason] == ["An inspection"]


def test_planned_rounds_fall_due_in_working_days_from_their_month_or_from_today() -> None:
    found = {one.month: one for one in calendar(Plan(Frequency.MONTHLY, MAY, 10), {}, {}, TODAY)}
    assert found[MAY].due_on == found[JUNE].due_on == dt.date(2026, 6, 24)
    assert found[dt.date(2026, 12, 1)].due_on == dt.date(2026, 12, 15)
    assert found[dt.date(2027, 1, 1)].due_on == dt.date(2027, 1, 15)  # a day later: New Year's Day does not count


def test_a_round_that_nobody_planned_stands_in_the_calendar_too() -> None:
    found = calendar(Plan(Frequency.AS_NEEDED, None, 10), {APRIL: KeptRound(2, MAY, False)}, {}, TODAY)
    assert states(found) == {APRIL: State.OPEN}


def test_an_ended_programme_plans_nothing() -> None:
    assert calendar(Plan(Frequency.MONTHLY, MAY, 10, ended=True), {}, {}, TODAY) == []


def test_the_calendar_says_where_the_knowledge_of_bank_holidays_ends() -> None:
    last = known_until()
    assert last == dt.date(max(bank_holidays()).year, 12, 31)
    plan = Plan(Frequency.MONTHLY, dt.date(2025, 1, 1), 10)
    found = calendar(plan, {}, {}, last.replace(month=11, day=2))
    assert [one.due_may_move for one in found if one.month <= last] == [False] * 5
    assert all(one.due_may_move for one in found if one.month > last)


@pytest.mark.parametrize(
    ("frequency", "first", "itself", "words"),
    [
        (Frequency.MONTHLY, JUNE, True, None),
        (Frequency.AS_NEEDED, None, False, None),
        (Frequency.MONTHLY, None, False, "month of the first round"),
        (Frequency.AS_NEEDED, None, True, "with a frequency"),
    ],
)
def test_a_frequency_needs_a_first_month_and_opening_by_itself_a_frequency(
    frequency: Frequency, first: dt.date | None, itself: bool, words: str | None
) -> None:
    refusal = refusal_to_plan(frequency, first, itself)
    assert (refusal is None) == (words is None)
    assert words is None or (refusal is not None and words in refusal.reason)


def test_only_a_planned_month_without_a_round_is_skipped_and_with_a_reason() -> None:
    assert refusal_to_skip(PlannedRound(JUNE, State.DUE), "An inspection") is None
    for found, reason in (
        (None, "Why"),
        (PlannedRound(JUNE, State.SKIPPED), "Why"),
        (PlannedRound(JUNE, State.OPEN, round_id=1), "Why"),
        (PlannedRound(JUNE, State.DUE), "  "),
    ):
        assert refusal_to_skip(found, reason) is not None


def test_a_planned_round_is_opened_once_and_within_the_months_around() -> None:
    assert refusal_to_open_planned(PlannedRound(JUNE, State.DUE, may_open=True)) is None
    for found in (
        None,
        PlannedRound(JUNE, State.SKIPPED, may_open=True),
        PlannedRound(JUNE, State.OPEN, round_id=1, may_open=True),
        PlannedRound(JUNE, State.COMING),
    ):
        assert refusal_to_open_planned(found) is not None


@pytest.mark.parametrize(
    ("taken_on", "offered", "words"),
    [
        (TODAY, True, None),
        (dt.date(2026, 5, 10), True, None),
        (dt.date(2026, 5, 9), True, "32 days ago"),
        (None, True, "no case list"),
        (TODAY, False, "No version"),
    ],
)
def test_a_round_opens_by_itself_only_on_a_fresh_case_list(
    taken_on: dt.date | None, offered: bool, words: str | None
) -> None:
    refusal = refusal_to_open_itself(taken_on, TODAY, tool_offered=offered)
    assert (refusal is None) == (words is None)
    assert words is None or (refusal is not None and words in refusal.reason)
