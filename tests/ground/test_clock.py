"""The one clock: what day and month it is in England, whatever the machine believes."""

import datetime as dt

import pytest
import time_machine

from audit_app.clock import day_of, month_of, now, today


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-03-31T22:59:59+00:00", dt.date(2026, 3, 31)),
        ("2026-03-31T23:00:00+00:00", dt.date(2026, 4, 1)),  # summer time: April has begun
        ("2026-03-29T00:30:00+00:00", dt.date(2026, 3, 29)),
        ("2026-10-25T00:30:00+00:00", dt.date(2026, 10, 25)),  # half past one, the first time
        ("2026-10-25T01:30:00+00:00", dt.date(2026, 10, 25)),  # half past one, the second time
        ("2026-12-31T23:59:59+00:00", dt.date(2026, 12, 31)),
        ("2028-02-29T12:00:00+00:00", dt.date(2028, 2, 29)),
    ],
)
def test_a_day_is_that_of_london(moment: str, day: dt.date) -> None:
    at = dt.datetime.fromisoformat(moment)
    assert day_of(at) == day
    with time_machine.travel(at, tick=False):
        assert today() == day
        assert (now(), now().tzinfo) == (at, dt.UTC)


def test_a_day_does_not_hang_on_the_zone_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    try:
        with time_machine.travel(dt.datetime(2026, 3, 31, 23, 30, tzinfo=dt.UTC), tick=False):
            assert today() == dt.date(2026, 4, 1)
        with time_machine.travel(dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC), tick=False):
            assert today() == dt.date(2026, 1, 31)  # there it is February already
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_month_is_its_first_day() -> None:
    assert month_of(dt.date(2028, 2, 29)) == dt.date(2028, 2, 1)
