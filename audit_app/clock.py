"""The one clock: moments are kept in UTC, days and months are those of Europe/London."""

import datetime as dt
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> dt.datetime:
    """This moment, aware, in UTC."""
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """Today's date as people in England read it."""
    return now().astimezone(LONDON).date()


def day_of(moment: dt.datetime) -> dt.date:
    """The day in London on which a moment fell."""
    return moment.astimezone(LONDON).date()


def end_of(day: dt.date) -> dt.datetime:
    """The moment at which a day is over in London."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), LONDON).astimezone(dt.UTC)


def month_of(day: dt.date) -> dt.date:
    """The first day of the month that a day falls in."""
    return day.replace(day=1)
