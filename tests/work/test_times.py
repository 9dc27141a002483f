"""The times of periodic work, over both changes of the clocks."""

import datetime as dt

import pytest

from audit_app.work.times import LONDON, TRIES, TRIES_AGAIN_AFTER, Tried, due, times

UTC = dt.UTC


def at(words: str) -> dt.datetime:
    """A moment in UTC."""
    return dt.datetime.fromisoformat(words).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "last"),
    [
        ("2026-01-15T06:59:59", "2026-01-14T07:00:00"),
        ("2026-01-15T07:00:00", "2026-01-15T07:00:00"),
        ("2026-07-15T06:00:00", "2026-07-15T06:00:00"),  # 7:00 in London's summer
        ("2026-03-29T06:00:00", "2026-03-29T06:00:00"),  # the day the clocks go forward
        ("2026-10-25T06:30:00", "2026-10-24T06:00:00"),  # the day they go back
        ("2026-10-25T07:00:00", "2026-10-25T07:00:00"),
    ],
)
def test_a_time_of_the_day_is_a_time_in_london(now: str, last: str) -> None:
    assert times("07:00", 0).last(at(now)) == at(last)


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
@pytest.mark.parametrize("clock", ["00:30", "01:30", "02:30"])
def test_every_day_has_each_time_once_also_when_the_clocks_change(day: str, clock: str) -> None:
    start = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(), LONDON).astimezone(UTC)
    seen = {times(clock, 0).last(start + dt.timedelta(minutes=m)) for m in range(25 * 60)}
    assert len({moment for moment in seen if moment >= start}) <= 2  # its own, and perhaps the next day's
    assert len({moment for moment in seen if start <= moment < start + dt.timedelta(hours=4)}) == 1


def test_every_so_many_minutes_begins_at_the_same_moments_everywhere() -> None:
    assert times("", 15).last(at("2026-01-15T07:14:59")) == at("2026-01-15T07:00:00")
    assert times("", 1).last(at("2026-01-15T07:14:59")) == at("2026-01-15T07:14:00")


@pytest.mark.parametrize(("clock", "minutes"), [("", 0), ("07:00", 5), ("", -1), ("25:00", 0), ("noon", 0)])
def test_times_that_are_none_are_refused(clock: str, minutes: int) -> None:
    with pytest.raises(ValueError, match=r".+"):
        times(clock, minutes)


def test_what_was_missed_is_done_once_not_as_often_as_it_was_missed() -> None:
    daily, now = times("07:00", 0), at("2026-01-15T09:00:00")
    assert due(daily, Tried(at("2026-01-01T07:00:00")), now) == at("2026-01-15T07:00:00")
    assert due(daily, Tried(at("2026-01-15T07:00:00")), now) is None


def test_what_failed_is_due_again_after_a_while_and_a_few_times_only() -> None:
    daily, now = times("07:00", 0), at("2026-01-15T07:00:10")
    before, this = at("2026-01-14T07:00:00"), at("2026-01-15T07:00:00")
    assert due(daily, Tried(before, this, 1, now), now) is None
    assert due(daily, Tried(before, this, 1, now), now + TRIES_AGAIN_AFTER) == this
    assert due(daily, Tried(before, this, TRIES, now), now + TRIES_AGAIN_AFTER) is None
    assert due(daily, Tried(before, before, TRIES, now), now) == this


def test_times_are_said_in_words() -> None:
    said = [times("07:00", 0).words, times("", 1).words, times("", 15).words]
    assert said == ["every day at 07:00", "every minute", "every 15 minutes"]
