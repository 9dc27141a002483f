"""Working days in England: Monday to Friday without bank holidays, which come with the library (pure)."""

import datetime as dt
import json
from functools import cache
from importlib.resources import files

# Read without its library, which would load all that is needed to fetch a newer one.
ANNOUNCED = files("govuk_bank_holidays") / "bank-holidays.json"
SATURDAY = 5


@cache
def bank_holidays() -> frozenset[dt.date]:
    """The bank holidays of England and Wales, as far ahead as they are announced; nothing is fetched."""
    known = json.loads(ANNOUNCED.read_text(encoding="utf-8"))["england-and-wales"]["events"]
    return frozenset(dt.date.fromisoformat(one["date"]) for one in known)


def known_until() -> dt.date:
    """The last day for which bank holidays are known: the end of the last year that has any announced."""
    return dt.date(max(bank_holidays()).year, 12, 31)


def is_working_day(day: dt.date) -> bool:
    """Whether people are at work on a day."""
    return day.weekday() < SATURDAY and day not in bank_holidays()


def working_days_after(day: dt.date, count: int) -> dt.date:
    """The day that is so many working days after a day; the day itself does not count."""
    if count < 0:
        raise ValueError("working days are counted forwards")
    while count:
        day += dt.timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_between(first: dt.date, last: dt.date) -> int:
    """How many working days come after the first day, up to and with the last; negative when the last is over."""
    if last < first:
        return -working_days_between(last, first)
    days = (first + dt.timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(map(is_working_day, days))
