"""When a letter that could not be sent is tried again, and when no longer (pure)."""

import datetime as dt

FIRST = dt.timedelta(minutes=5)  # longer than any one conversation: who died in it is not overtaken
LONGEST = dt.timedelta(hours=8)
MOST_TRIES = 14  # some three days


def next_try(tries: int, now: dt.datetime) -> dt.datetime:
    """When to try again after so many tries: 5 minutes, then 10, 20 and so on, at most 8 hours."""
    return now + min(FIRST * (1 << min(max(tries - 1, 0), 20)), LONGEST)


def is_last(tries: int) -> bool:
    """Whether so many tries were enough."""
    return tries >= MOST_TRIES
