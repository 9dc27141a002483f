"""Due days in words."""

import datetime as dt

import pytest

from audit_app.home.deadlines import deadline

FRIDAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("due", "tag", "tone"),
    [
        (FRIDAY, "Due today", "attention"),
        (dt.date(2026, 11, 23), "1 working day left", "attention"),
        (dt.date(2026, 11, 30), "6 working days left", "quiet"),
        (dt.date(2026, 11, 19), "1 working day late", "urgent"),
        (dt.date(2026, 11, 13), "5 working days late", "urgent"),
    ],
)
def test_a_due_day_says_how_many_working_days_are_left_or_lost(due: dt.date, tag: str, tone: str) -> None:
    found = deadline(due, FRIDAY)
    assert (found.tag, found.tone) == (tag, tone)


def test_a_weekend_is_no_working_day_late_but_at_least_one_is_said() -> None:
    assert deadline(FRIDAY, dt.date(2026, 11, 21)).tag == "1 working day late"
