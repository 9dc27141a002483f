"""A board's cycle: when it meets next, since when updates count, and who has not updated (pure)."""

import calendar
import datetime as dt
from collections.abc import Sequence

from audit_app.refusal import Refusal
from audit_app.web import formats

CYCLES = {1: "Every month", 2: "Every two months", 3: "Every quarter", 6: "Every six months", 12: "Every year"}


def month_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last of a shorter month."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def window_start(held: Sequence[dt.date], meeting: dt.date, every_months: int) -> dt.date:
    """From which day on an update counts for a meeting: the day after the one before, or a cycle earlier."""
    earlier = [one for one in held if one < meeting]
    return max(earlier) + dt.timedelta(days=1) if earlier else month_after(meeting, -every_months)


def is_due(last_said: dt.date | None, since: dt.date) -> bool:
    """Whether something still lacks what a meeting asks for."""
    return last_said is None or last_said < since


def refusal_to_decide(held_on: dt.date, today: dt.date) -> Refusal | None:
    """Why nothing can be kept as a meeting's decision yet."""
    if held_on > today:
        return Refusal(f"This meeting is still to come. Its decisions are kept from {formats.day(held_on)} on.")
    return None
