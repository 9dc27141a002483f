"""A board's cycle."""

import datetime as dt

from audit_app.improvement.cycles import is_due, month_after, refusal_to_decide, window_start

MEETING = dt.date(2026, 3, 31)


def test_a_month_later_is_the_same_day_or_the_months_last() -> None:
    assert month_after(dt.date(2026, 1, 31), 1) == dt.date(2026, 2, 28)
    assert month_after(MEETING, -1) == dt.date(2026, 2, 28)
    assert month_after(dt.date(2026, 12, 5), 3) == dt.date(2027, 3, 5)


def test_updates_count_from_the_day_after_the_meeting_before() -> None:
    held = [dt.date(2026, 1, 10), dt.date(2026, 2, 10), dt.date(2026, 5, 1)]
    assert window_start(held, MEETING, 2) == dt.date(2026, 2, 11)
    assert window_start([], MEETING, 2) == dt.date(2026, 1, 31)


def test_what_was_never_said_or_said_before_is_due() -> None:
    since = dt.date(2026, 2, 11)
    assert is_due(None, since)
    assert is_due(dt.date(2026, 2, 10), since)
    assert not is_due(since, since)


def test_decisions_are_kept_from_the_day_of_the_meeting_on() -> None:
    held_on = dt.date(2026, 12, 20)
    assert refusal_to_decide(held_on, held_on) is None
    refusal = refusal_to_decide(held_on, held_on - dt.timedelta(days=1))
    assert refusal is not None
    assert "from 20 December 2026 on" in refusal.reason
