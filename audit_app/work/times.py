"""The times of periodic work: which time has come last, and whether it still has to be done."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
TRIES = 3
TRIES_AGAIN_AFTER = dt.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Times:
    """Every day at a time in London, or every so many minutes."""

    at: dt.time | None = None
    minutes: int = 0

    def last(self, now: dt.datetime) -> dt.datetime:
        """The latest of these times that has come, in UTC."""
        if self.at is None:
            step = self.minutes * 60
            return dt.datetime.fromtimestamp(int(now.timestamp()) // step * step, dt.UTC)
        day = now.astimezone(LONDON).date()
        come = dt.datetime.combine(day, self.at, LONDON).astimezone(dt.UTC)
        if come > now:
            come = dt.datetime.combine(day - dt.timedelta(days=1), self.at, LONDON).astimezone(dt.UTC)
        return come

    @property
    def words(self) -> str:
        """The times in words."""
        if self.at is not None:
            return f"every day at {self.at:%H:%M}"
        return "every minute" if self.minutes == 1 else f"every {self.minutes} minutes"


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a periodic work's times: the last one done, and what was tried in vain since."""

    done: dt.datetime
    tried: dt.datetime | None = None
    tries: int = 0
    failed_at: dt.datetime | None = None


def times(at: str, minutes: int) -> Times:
    """The times that are meant by "07:00" or by a number of minutes; exactly one of them."""
    if bool(at) == bool(minutes) or minutes < 0:
        raise ValueError("say either at='HH:MM' or minutes=n")
    return Times(dt.time.fromisoformat(at)) if at else Times(minutes=minutes)


def due(times: Times, tried: Tried, now: dt.datetime) -> dt.datetime | None:
    """The time that has to be done now, if any: one that failed is tried again, but neither at once nor for ever."""
    last = times.last(now)
    if last <= tried.done:
        return None
    failed = tried.failed_at if tried.tried == last else None
    if failed and (tried.tries >= TRIES or now < failed + TRIES_AGAIN_AFTER):
        return None
    return last
