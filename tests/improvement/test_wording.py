"""How days, numbers and targets of a plan are written and read."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from audit_app.improvement.positions import Milestone, Operator
from audit_app.improvement.wording import (
    Amount,
    Due,
    Precision,
    Unit,
    amount_in,
    due_of,
    number_of,
    shown,
    target_said,
    typed,
)

END = dt.date(2021, 9, 30)


@pytest.mark.parametrize(
    ("text", "on", "precision", "said"),
    [
        ("1 October 2021", dt.date(2021, 10, 1), "day", "1 October 2021"),
        ("01/10/2021", dt.date(2021, 10, 1), "day", "1 October 2021"),
        ("2021-10-01", dt.date(2021, 10, 1), "day", "1 October 2021"),
        ("March 2022", dt.date(2022, 3, 31), "month", "March 2022"),
        ("Feb 2024", dt.date(2024, 2, 29), "month", "February 2024"),
        ("Throughout the year", None, "words", "Throughout the year"),
        ("31 February 2022", None, "words", "31 February 2022"),
        ("", None, "words", ""),
    ],
)
def test_a_deadline_is_a_day_a_month_or_words(text: str, on: dt.date | None, precision: str, said: str) -> None:
    due = due_of(text)
    assert (due.on, due.precision.value, due.said) == (on, precision, said)


def test_a_month_is_late_only_when_it_is_over() -> None:
    assert not due_of("September 2021").late(END)
    assert due_of("September 2021").late(dt.date(2021, 10, 1))
    assert not due_of("Throughout the year").late(dt.date(2031, 1, 1))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("86", Amount(Decimal(86))),
        (" 70.2 %", Amount(Decimal("70.2"))),
        ("10/11", Amount(None, 10, 11)),
        ("10 of 11", Amount(None, 10, 11)),
        ("11/10", None),
        ("3/0", None),
        ("about half", None),
        ("-4", None),
        ("1e9", None),
    ],
)
def test_a_reading_is_a_number_or_a_count_out_of_a_total(text: str, amount: Amount | None) -> None:
    assert amount_in(text) == amount


def test_what_is_written_reads_back_the_same() -> None:
    for text in ("86", "70.2", "10/11", "0", "100"):
        amount = amount_in(text)
        assert amount is not None
        assert typed(amount) == text


def test_a_number_is_not_rounded_over_a_target() -> None:
    target = [Milestone(END, Operator.AT_LEAST, Fraction(90))]
    assert shown(Amount(None, 10, 11), Unit.PERCENT) == "90.9% (10 of 11)"
    assert shown(Amount(Decimal("89.96")), Unit.PERCENT, target) == "89.96%"
    assert shown(Amount(Decimal("89.96")), Unit.PERCENT) == "90.0%"
    assert shown(Amount(Decimal(90)), Unit.PERCENT, target) == "90%"
    assert shown(Amount(Decimal(1234)), Unit.COUNT) == "1,234"
    assert shown(Amount(), Unit.COUNT) == ""


def test_a_target_is_said_in_one_line() -> None:
    due = Due(END, Precision.MONTH)
    said = [
        target_said(Operator.AT_LEAST, Decimal(80), "", Unit.PERCENT, due),
        target_said(Operator.OVER, Decimal(50), "", Unit.PERCENT, due),
        target_said(Operator.BY_COUNT, Decimal(5), "", Unit.COUNT, due),
        target_said(Operator.AT_LEAST, None, "Young people feel safe", Unit.WORDS, due),
    ]
    assert said == [
        "At least 80% by September 2021",
        "Over 50% by September 2021",
        "5 more by September 2021",
        "Young people feel safe (by September 2021)",
    ]


def test_a_long_number_is_no_number() -> None:
    assert number_of("9" * 30) is None
