"""Working days in England."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.programmes.working_days import is_working_day, working_days_after, working_days_between


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (dt.date(2026, 6, 12), True),  # a Friday
        (dt.date(2026, 6, 13), False),
        (dt.date(2026, 6, 14), False),
        (dt.date(2026, 5, 25), False),  # the spring bank holiday
        (dt.date(2026, 12, 28), False),  # Boxing Day is a Saturday, so a day is given for it
    ],
)
def test_weekends_and_bank_holidays_are_not_working_days(day: dt.date, works: bool) -> None:
    assert is_working_day(day) is works


def test_ten_working_days_over_christmas_end_in_the_new_year() -> None:
    assert working_days_after(dt.date(2026, 12, 18), 10) == dt.date(2027, 1, 6)


def test_no_working_days_after_a_day_is_the_day_itself() -> None:
    assert working_days_after(dt.date(2026, 6, 13), 0) == dt.date(2026, 6, 13)


def test_counting_working_days_is_the_other_way_round_of_adding_them() -> None:
    start = dt.date(2026, 3, 28)
    for count in range(1, 60):
        assert working_days_between(start, working_days_after(start, count)) == count


def test_working_days_that_are_over_are_negative() -> None:
    assert working_days_between(dt.date(2026, 6, 12), dt.date(2026, 6, 10)) == -2


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        working_days_after(dt.date(2026, 6, 12), -1)


DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2028, 6, 30))


@given(DAYS, st.integers(1, 120))
def test_the_day_after_some_working_days_is_one_itself_and_that_many_away(day: dt.date, count: int) -> None:
    due = working_days_after(day, count)
    assert is_working_day(due)
    assert working_days_between(day, due) == count
    assert working_days_between(due, day) == -count


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_working_days_add_up(day: dt.date, some: int, more: int) -> None:
    assert working_days_after(working_days_after(day, some), more) == working_days_after(day, some + more)
