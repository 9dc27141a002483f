"""How days, numbers and targets of a plan are written, and read from what people type (pure)."""

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction

from audit_app.improvement.positions import Milestone, Operator, meets, share_of, thresholds
from audit_app.web.formats import day, month

LONGEST_NUMBER = 12
MOST_PLACES = 4


class Unit(StrEnum):
    """What an indicator is counted in."""

    PERCENT = "percent"
    COUNT = "count"
    WORDS = "words"


class Precision(StrEnum):
    """How exactly a day is meant."""

    DAY = "day"
    MONTH = "month"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Due:
    """By when: a day, a month (kept as its last day), or only words."""

    on: dt.date | None
    precision: Precision
    words: str = ""

    @property
    def said(self) -> str:
        """As a plan prints it."""
        if self.precision is Precision.WORDS or self.on is None:
            return self.words
        return month(self.on) if self.precision is Precision.MONTH else day(self.on)

    def late(self, today: dt.date) -> bool:
        """Whether it is past."""
        return self.on is not None and self.on < today


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a reading, a baseline or a row: a value, or a count out of a total."""

    value: Decimal | None = None
    count: int | None = None
    total: int | None = None

    @property
    def exact(self) -> Fraction | None:
        """The number that targets are held against; the value wins, as in a weighted share."""
        if self.value is not None:
            return Fraction(self.value)
        if self.count is not None and self.total:
            return share_of(self.count, self.total)
        return Fraction(self.count) if self.count is not None and self.total is None else None


MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
SHORT_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}


def last_of_month(day_in_it: dt.date) -> dt.date:
    """The last day of the month in which a day falls."""
    return day_in_it.replace(day=calendar.monthrange(day_in_it.year, day_in_it.month)[1])


def due_of(text: str) -> Due:
    """By when, as people type it: 1 October 2021, 01/10/2021, March 2022, or any words."""
    found = _date(text)
    return Due(found[0], found[1]) if found else Due(None, Precision.WORDS, " ".join(text.split()))


def _date(text: str) -> tuple[dt.date, Precision] | None:
    plain = " ".join(text.split()).lower().replace(",", "")
    if found := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", plain):
        return _day(found[3], found[2], found[1])
    if found := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", plain):
        return _day(found[1], found[2], found[3])
    if found := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]+) (\d{4})", plain):
        number = _month(found[2])
        return _day(found[1], str(number), found[3]) if number else None
    if found := re.fullmatch(r"([a-z]+) (\d{4})", plain):
        number = _month(found[1])
        first = _day("1", str(number), found[2]) if number else None
        return (last_of_month(first[0]), Precision.MONTH) if first else None
    return None


def _month(name: str) -> int | None:
    return MONTHS.get(name) or SHORT_MONTHS.get(name)


def _day(number: str, in_month: str, year: str) -> tuple[dt.date, Precision] | None:
    try:
        return dt.date(int(year), int(in_month), int(number)), Precision.DAY
    except ValueError:
        return None


def number_of(text: str) -> Decimal | None:
    """A number as people type it, with or without a per cent sign; None where it is none."""
    plain = text.strip().removesuffix("%").strip().replace(",", "")
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,4})?", plain):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:  # pragma: no cover - the pattern lets only numbers through
        return None


def amount_in(text: str) -> Amount | None:
    """A reading as people type it: 86, 86%, 70.2, or 10/11 and 10 of 11; None where it is none of these."""
    if found := re.fullmatch(r"\s*([0-9]{1,9})\s*(?:/|of|out of)\s*([0-9]{1,9})\s*", text):
        count, total = int(found[1]), int(found[2])
        return Amount(None, count, total) if total > 0 and count <= total else None
    value = number_of(text)
    return Amount(value) if value is not None else None


def shown(amount: Amount, unit: Unit, targets: Iterable[Milestone] = ()) -> str:
    """A number as a page prints it, never rounded over a target that it does not meet."""
    exact = amount.exact
    if exact is None:
        return ""
    text = _rounded(exact, unit, list(targets))
    if unit is not Unit.PERCENT:
        return text
    return (
        f"{text}% ({amount.count:,} of {amount.total:,})" if amount.total and amount.count is not None else f"{text}%"
    )


def _rounded(exact: Fraction, unit: Unit, targets: list[Milestone]) -> str:
    text = ""
    for places in range(0 if exact.denominator == 1 else 1, MOST_PLACES + 1):
        text = f"{_half_up(exact, places)}"
        rounded = Fraction(text)
        if all(meets(rounded, one) == meets(exact, one) for one in thresholds(targets)):
            break
    return f"{int(exact):,}" if exact.denominator == 1 else text


def _half_up(exact: Fraction, places: int) -> Decimal:
    scaled = (exact * 10**places + Fraction(1, 2)).__floor__()
    return Decimal(scaled).scaleb(-places)


def typed(amount: Amount) -> str:
    """A number as the import file writes it."""
    if amount.count is not None and amount.total is not None:
        return f"{amount.count}/{amount.total}"
    if amount.value is not None:
        return f"{amount.value.normalize():f}"
    return str(amount.count) if amount.count is not None else ""


def target_said(operator: Operator, amount: Decimal | None, words: str, unit: Unit, due: Due) -> str:
    """A target in one line: At least 80% by September 2021."""
    if amount is None:
        return f"{words} (by {due.said})" if words else f"By {due.said}"
    return f"{amount_said(operator, amount, words, unit)} by {due.said}"


def amount_said(operator: Operator, amount: Decimal | None, words: str, unit: Unit) -> str:
    """A target without its day: At least 80%, 5 more, or its words."""
    if amount is None:
        return words
    number = f"{amount.normalize():f}{'%' if unit is Unit.PERCENT else ''}"
    return f"{number} more" if operator is Operator.BY_COUNT else f"{operator.words} {number}"
