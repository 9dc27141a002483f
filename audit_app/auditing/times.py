"""Times of day as people type them (pure)."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
TIME = re.compile(r"^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$")


def time_of(text: str) -> dt.time | None:
    """The time that somebody typed - 2:15pm, 14:15, 9am - or None."""
    found = TIME.match(text.strip().lower().replace(" ", ""))
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def moment_of(day: dt.date, time: dt.time) -> dt.datetime:
    """The moment that a day and time in London mean."""
    return dt.datetime.combine(day, time, LONDON).astimezone(dt.UTC)
