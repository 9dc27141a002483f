"""Days away: how they are said, and which can't be recorded."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.identity.absences import FURTHEST, Away, days_away, refusal_to_be_away

TODAY = dt.date(2026, 11, 22)
days = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))


def away(first: str, last: str) -> Away:
    """Days away, written as year-month-day."""
    return Away(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-12-03", "2026-12-17", "3 to 17 December 2026"),
        ("2026-12-03", "2026-12-03", "3 December 2026"),
        ("2026-11-30", "2026-12-04", "30 November to 4 December 2026"),
        ("2026-12-28", "2027-01-04", "28 December 2026 to 4 January 2027"),
    ],
)
def test_days_are_said_as_people_write_them(first: str, last: str, said: str) -> None:
    assert away(first, last).words == said


def test_several_absences_are_said_in_order() -> None:
    assert days_away([away("2027-01-04", "2027-01-04"), away("2026-12-03", "2026-12-17")]) == (
        "3 to 17 December 2026 and 4 January 2027"
    )
    assert days_away([]) == ""


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-12-17", "2026-12-03", "same as the first day, or later"),
        ("2026-11-01", "2026-11-21", "These days are over"),
        ("2026-12-01", "2062-12-01", "within two years"),
        ("2026-12-10", "2026-12-20", "3 to 17 December 2026 is recorded already"),
    ],
)
def test_days_that_cannot_be_are_refused_with_why(first: str, last: str, said: str) -> None:
    refused = refusal_to_be_away(away(first, last), TODAY, [away("2026-12-03", "2026-12-17")])
    assert refused is not None and said in refused.reason


def test_days_from_today_on_are_recorded() -> None:
    assert refusal_to_be_away(away("2026-11-22", "2026-11-22"), TODAY, []) is None
    assert refusal_to_be_away(Away(TODAY, TODAY + FURTHEST), TODAY, []) is None


@given(days, days, days, days)
def test_absences_meet_exactly_where_they_share_a_day(a: dt.date, b: dt.date, c: dt.date, d: dt.date) -> None:
    one, other = Away(min(a, b), max(a, b)), Away(min(c, d), max(c, d))
    shared = any(other.on(one.first + dt.timedelta(days=n)) for n in range((one.last - one.first).days + 1))
    assert one.meets(other) == other.meets(one) == shared
