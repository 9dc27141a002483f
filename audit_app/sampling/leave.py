"""Who is on leave as far as giving out audits goes (pure)."""

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction

from audit_app.identity.absences import Away, days_away
from audit_app.programmes.working_days import is_working_day

# An audit takes a couple of hours. Somebody who is there for half of the time can do it; with less, one illness or one
# urgent case makes it late, and another auditor has the whole time.
TOO_MUCH = Fraction(1, 2)


def working_days_in(first: dt.date, last: dt.date) -> list[dt.date]:
    """The working days from one day to another, both counted."""
    days = (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if is_working_day(day)]


def on_leave(absences: Iterable[Away], today: dt.date, due_on: dt.date) -> bool:
    """Whether somebody is away for more than half of the working days from today to the due day, both counted."""
    away, days = tuple(absences), working_days_in(today, max(today, due_on))
    missed = sum(any(one.on(day) for one in away) for day in days)
    return bool(days) and Fraction(missed, len(days)) > TOO_MUCH


def leave_words(absences: Iterable[Away], *, too_much: bool) -> str:
    """What a page says of somebody's days away."""
    away = tuple(absences)
    if not away:
        return ""
    return f"Away {days_away(away)}" + (", for more than half of the working days left" if too_much else "")
