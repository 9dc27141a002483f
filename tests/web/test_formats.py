"""How days, times, shares and counts are written."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.web import formats
from audit_app.web.formats import day, london_day, moment, month, months, percent, plural, rounded, time


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def test_a_day_has_no_leading_nought_and_its_month_in_words() -> None:
    assert day(dt.date(2026, 6, 1)) == "1 June 2026"
    assert day(dt.date(2026, 12, 31)) == "31 December 2026"
    assert day(None) == ""
    assert month(dt.date(2026, 6, 1)) == "June 2026"


def test_a_span_of_months_says_its_year_once_where_it_can() -> None:
    june, november, may = dt.date(2025, 6, 1), dt.date(2025, 11, 1), dt.date(2026, 5, 1)
    assert months(june, november) == "June to November 2025"
    assert months(june, may) == "June 2025 to May 2026"
    assert months(june, june) == "June 2025"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2026-01-01T00:00:00+00:00", "12:00am"),
        ("2026-01-01T12:00:00+00:00", "12:00pm"),
        ("2026-06-14T13:01:59+00:00", "2:01pm"),  # summer: an hour on
        ("2026-06-14T08:05:00+09:00", "12:05am"),
    ],
)
def test_a_time_is_that_of_london_on_twelve_hours(text: str, written: str) -> None:
    assert time(at(text)) == written


def test_a_moment_near_midnight_falls_on_the_day_in_london() -> None:
    assert moment(at("2026-03-31T23:30:00+00:00")) == "1 April 2026 at 12:30am"
    assert london_day(at("2026-03-31T23:30:00+00:00")) == dt.date(2026, 4, 1)
    assert moment(None) == ""


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (0.125, 2, "0.13"),
        (1.005, 2, "1.01"),
        (-0.5, 0, "-1"),
        (2.0, 1, "2.0"),
    ],
)
def test_halves_go_up_as_on_paper(value: float, places: int, written: str) -> None:
    assert str(rounded(value, places)) == written


@pytest.mark.parametrize(
    ("share", "places", "written"),
    [
        (0.0, 1, "0.0%"),
        (1.0, 1, "100.0%"),
        (0.99999, 1, "99.9%"),
        (0.00001, 1, "0.1%"),
        (0.999, 0, "99%"),
        (0.001, 0, "1%"),
        (2 / 3, 1, "66.7%"),
        (0.445, 0, "45%"),
    ],
)
def test_what_is_not_all_is_never_printed_as_all_nor_something_as_nothing(
    share: float, places: int, written: str
) -> None:
    assert percent(share, places) == written


@given(st.integers(0, 10_000), st.integers(1, 10_000), st.integers(0, 2))
def test_a_printed_share_is_within_one_step_of_the_share(count: int, total: int, places: int) -> None:
    share = min(count, total) / total
    printed = Decimal(percent(share, places).rstrip("%"))
    assert abs(printed - Decimal(repr(share * 100))) <= Decimal(1).scaleb(-places)
    assert (printed == 100) == (share == 1)
    assert (printed == 0) == (share == 0)


def test_a_count_agrees_with_its_noun() -> None:
    assert [plural(n, "audit") for n in (0, 1, 2, 1234)] == ["0 audits", "1 audit", "2 audits", "1,234 audits"]
    assert plural(2, "child", "children") == "2 children"
    assert plural(1, "child", "children") == "1 child"


def test_templates_know_every_format_by_its_name() -> None:
    assert {name: getattr(formats, name) for name in formats.FILTERS} == formats.FILTERS
