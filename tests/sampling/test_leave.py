"""Leave: away for more than half of the working days until the due day."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from audit_app.identity.absences import Away
from audit_app.programmes.working_days import is_working_day
from audit_app.sampling.leave import leave_words, on_leave, working_days_in

MONDAY = dt.date(2026, 11, 23)
FRIDAY_WEEK = dt.date(2026, 12, 4)  # ten working days, both counted


def off(first: int, last: int) -> Away:
    """Days away, counted from that Monday."""
    return Away(MONDAY + dt.timedelta(days=first), MONDAY + dt.timedelta(days=last))


def test_half_of_the_working_days_is_not_leave_and_one_more_is() -> None:
    assert not on_leave([off(0, 4)], MONDAY, FRIDAY_WEEK)
    assert on_leave([off(0, 7)], MONDAY, FRIDAY_WEEK)  # with the weekend and the Monday after it


def test_weekends_and_bank_holidays_do_not_count() -> None:
    assert not on_leave([off(5, 6)], MONDAY, FRIDAY_WEEK)
    christmas = dt.date(2026, 12, 25)
    assert working_days_in(christmas, dt.date(2026, 12, 28)) == []  # Boxing Day is kept on the Monday
    assert not on_leave([Away(christmas, christmas)], christmas, christmas)


def test_several_absences_add_up_and_days_shared_count_once() -> None:
    assert on_leave([off(0, 2), off(7, 9)], MONDAY, FRIDAY_WEEK)
    assert not on_leave([off(0, 4), off(0, 4)], MONDAY, FRIDAY_WEEK)


def test_days_before_today_and_after_the_due_day_do_not_count() -> None:
    assert not on_leave([off(-14, -1), off(12, 60)], MONDAY, FRIDAY_WEEK)


def test_after_the_due_day_only_today_counts() -> None:
    assert on_leave([off(0, 0)], MONDAY, MONDAY - dt.timedelta(days=30))
    assert not on_leave([off(1, 9)], MONDAY, MONDAY - dt.timedelta(days=30))


@given(st.lists(st.tuples(st.integers(-5, 40), st.integers(0, 10)), max_size=5), st.integers(0, 40))
def test_leave_is_what_counting_day_by_day_says(spans: list[tuple[int, int]], ahead: int) -> None:
    due = MONDAY + dt.timedelta(days=ahead)
    absences = [off(first, first + more) for first, more in spans]
    days = [MONDAY + dt.timedelta(days=n) for n in range(ahead + 1)]
    work = [day for day in days if is_working_day(day)]
    missed = [day for day in work if any(one.first <= day <= one.last for one in absences)]
    assert on_leave(absences, MONDAY, due) == (2 * len(missed) > len(work))


def test_a_page_says_when_somebody_is_away() -> None:
    assert leave_words([], too_much=False) == ""
    assert leave_words([off(0, 4)], too_much=False) == "Away 23 to 27 November 2026"
    assert "more than half" in leave_words([off(0, 9)], too_much=True)
