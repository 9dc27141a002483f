"""Times of day as people type them."""

import datetime as dt

import pytest

from audit_app.auditing.times import moment_of, time_of


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [("2:15pm", 14, 15), ("2.15 PM", 14, 15), ("14:15", 14, 15), ("9am", 9, 0), ("12am", 0, 0), ("12:30pm", 12, 30)],
)
def test_a_time_is_read_however_it_is_typed(text: str, hour: int, minute: int) -> None:
    assert time_of(text) == dt.time(hour, minute)


@pytest.mark.parametrize("text", ["", "soon", "25:00", "13pm", "0am", "9:75", "2:15:30"])
def test_what_is_no_time_is_not_guessed(text: str) -> None:
    assert time_of(text) is None


def test_a_time_in_summer_is_an_hour_earlier_in_utc() -> None:
    assert moment_of(dt.date(2026, 7, 1), dt.time(9)).hour == 8
    assert moment_of(dt.date(2026, 12, 1), dt.time(9)).hour == 9
