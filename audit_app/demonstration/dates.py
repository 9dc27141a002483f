"""The days and moments of the demonstration: everything hangs on the first of the month in which it is loaded."""

import datetime as dt
import random

from audit_app.auditing.times import moment_of
from audit_app.programmes.working_days import is_working_day, working_days_after

ROUNDS = 18
OPENS_BEFORE = 8  # working days before its month begins: the sample is drawn, the cases are given out
DUE_AFTER = 15
DUE_AFTER_NOW = 20  # the programme allows longer since this month, so that a visitor finds more work due than late
LIST_EVERY = 3  # months


def month_after(month: dt.date, count: int) -> dt.date:
    """The first day of the month so many months after another; a negative count goes back."""
    number = month.year * 12 + month.month - 1 + count
    return dt.date(number // 12, number % 12 + 1, 1)


def months(today: dt.date) -> tuple[dt.date, ...]:
    """The months of the rounds, up to and with the present one."""
    return tuple(month_after(today.replace(day=1), count - ROUNDS + 1) for count in range(ROUNDS))


def working_days_before(day: dt.date, count: int) -> dt.date:
    """The day that is so many working days before a day."""
    while count:
        day -= dt.timedelta(days=1)
        count -= is_working_day(day)
    return day


def opening(month: dt.date) -> dt.date:
    """The day on which a month's round is opened."""
    return working_days_before(month, OPENS_BEFORE)


def due(month: dt.date, today: dt.date) -> dt.date:
    """The day on which a month's audits are due, as the product itself works it out."""
    return working_days_after(month, DUE_AFTER_NOW if month == today.replace(day=1) else DUE_AFTER)


def moment(day: dt.date, chance: random.Random, hours: tuple[int, int] = (9, 17)) -> dt.datetime:
    """Some time in the working hours of a day."""
    minutes = chance.randrange(hours[0] * 60, hours[1] * 60)
    return moment_of(day, dt.time(minutes // 60, minutes % 60))


def between(first: dt.date, last: dt.date, share: float) -> dt.date:
    """The working day that lies so far (0 to 1) from the first day to the last."""
    days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    working = [day for day in days if is_working_day(day)] or [last]
    return working[min(len(working) - 1, int(share * len(working)))]
