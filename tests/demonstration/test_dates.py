"""Tests of the days of the demonstration."""

import datetime as dt
import random
from itertools import pairwise

import pytest

from audit_app.clock import day_of
from audit_app.demonstration.dates import (
    ROUNDS,
    between,
    due,
    moment,
    month_after,
    months,
    opening,
    working_days_before,
)
from audit_app.programmes.working_days import is_working_day, working_days_between

TODAYS = [dt.date(2026, 1, 1), dt.date(2026, 2, 28), dt.date(2026, 11, 22), dt.date(2027, 12, 31)]


@pytest.mark.parametrize("today", TODAYS)
def test_the_months_run_up_to_the_present_one_without_a_gap(today: dt.date) -> None:
    found = months(today)
    assert len(found) == ROUNDS
    assert found[-1] == today.replace(day=1)
    assert all(month_after(one, 1) == following for one, following in pairwise(found))


def test_any_day_of_a_month_gives_the_same_months() -> None:
    assert months(dt.date(2026, 11, 1)) == months(dt.date(2026, 11, 30))


@pytest.mark.parametrize("month", [dt.date(2026, 1, 1), dt.date(2026, 4, 1), dt.date(2026, 11, 1)])
def test_a_round_opens_before_its_month_and_is_due_about_its_end(month: dt.date) -> None:
    for today in (month, month_after(month, 3)):
        assert opening(month) < month < due(month, today) < month_after(month, 1) + dt.timedelta(days=7)
        assert is_working_day(opening(month))
        assert is_working_day(due(month, today))


def test_working_days_are_counted_back_as_they_are_counted_forward() -> None:
    for start in (dt.date(2026, 1, 5), dt.date(2026, 4, 7), dt.date(2026, 11, 2)):
        for count in range(1, 12):
            back = working_days_before(start, count)
            assert is_working_day(back)
            assert working_days_between(back, start - dt.timedelta(days=1)) == count - 1


def test_a_moment_lies_in_the_working_hours_of_its_day_in_london() -> None:
    chance = random.Random(1)
    for day in (dt.date(2026, 1, 5), dt.date(2026, 7, 6)):
        for _ in range(50):
            found = moment(day, chance, (9, 17))
            assert day_of(found) == day
            assert found.tzinfo is not None


def test_a_day_between_two_days_is_a_working_day_of_them() -> None:
    first, last = dt.date(2026, 4, 1), dt.date(2026, 4, 30)
    found = [between(first, last, share / 20) for share in range(21)]
    assert found == sorted(found)
    assert found[0] == first
    assert found[-1] == last
    assert all(is_working_day(day) for day in found)
