"""The rules of programmes and rounds."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.programmes.rules import (
    months_around,
    refusal_to_add_cases,
    refusal_to_close,
    refusal_to_end,
    refusal_to_name,
    refusal_to_open,
    refusal_to_reopen,
    refusal_to_start_again,
    usual_month,
)

TODAY = dt.date(2026, 6, 10)
JUNE, JULY = dt.date(2026, 6, 1), dt.date(2026, 7, 1)
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31))


@given(DAYS)
def test_six_months_in_a_row_are_offered_with_this_one_among_them(today: dt.date) -> None:
    months = months_around(today)
    assert len(months) == 6
    assert today.replace(day=1) in months
    assert all(month.day == 1 for month in months)
    assert all((later - month).days in range(28, 32) for later, month in pairwise(months))


@given(DAYS, st.data())
def test_the_usual_month_is_free_and_no_earlier_than_it_must_be(today: dt.date, data: st.DataObject) -> None:
    free = data.draw(st.lists(st.sampled_from(months_around(today)), unique=True))
    month = usual_month(free, today)
    ahead = [one for one in free if one >= today.replace(day=1)]
    assert month == (min(ahead) if ahead else max(free, default=None))


@pytest.mark.parametrize(
    ("month", "due", "taken", "ended", "reason"),
    [
        (JUNE, TODAY, (), False, None),
        (JULY, dt.date(2026, 7, 20), (JUNE,), False, None),
        (JUNE, TODAY, (JUNE,), False, "already has a round for June 2026"),
        (JUNE, TODAY, (), True, "has ended"),
        (JUNE, dt.date(2026, 6, 9), (), False, "today or later"),
        (JULY, dt.date(2026, 6, 30), (), False, "before the month"),
        (JUNE, dt.date(2027, 7, 1), (), False, "within a year"),
    ],
)
def test_a_round_is_opened_once_a_month_with_a_due_day_ahead(
    month: dt.date, due: dt.date, taken: tuple[dt.date, ...], ended: bool, reason: str | None
) -> None:
    refusal = refusal_to_open(month, due, TODAY, taken=taken, ended=ended)
    assert (refusal is None) == (reason is None)
    assert reason is None or (refusal is not None and reason in refusal.reason)


def test_only_an_open_round_is_closed_and_only_a_closed_one_opened_again() -> None:
    assert refusal_to_close(False) is None
    assert refusal_to_close(True) is not None
    assert refusal_to_reopen(True, ended=False) is None
    assert refusal_to_reopen(False, ended=False) is not None
    assert refusal_to_reopen(True, ended=True) is not None


def test_no_case_is_added_to_a_closed_round() -> None:
    assert refusal_to_add_cases(False) is None
    assert refusal_to_add_cases(True) is not None


@pytest.mark.parametrize(
    ("ended", "rounds", "refused"), [(False, 0, False), (False, 1, True), (False, 3, True), (True, 0, True)]
)
def test_a_programme_ends_once_its_rounds_are_closed(ended: bool, rounds: int, refused: bool) -> None:
    assert (refusal_to_end(ended, rounds) is not None) is refused
    assert (refusal_to_start_again(ended) is None) is ended


def test_two_programmes_of_a_unit_have_different_names() -> None:
    assert refusal_to_name("Monthly", {"Quarterly"}) is None
    refusal = refusal_to_name("Monthly", {"Monthly"})
    assert refusal is not None
    assert "“Monthly”" in refusal.reason
