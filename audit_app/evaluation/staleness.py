"""When evidence has gone stale: it moved, ended, was not confirmed, or is older than a cycle (pure)."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from audit_app.evaluation.said import Kind, Said
from audit_app.improvement.cycles import month_after
from audit_app.web.formats import day


@dataclass(frozen=True, slots=True)
class Sign:
    """One reason to look at a piece of evidence again; a stale one no longer bears what it is cited for."""

    tag: str
    words: str
    stale: bool = True


GONE = Sign("Gone", "It can no longer be found where it was cited from.")
COPIED = Sign("To be confirmed", "It was copied from the edition before. Confirm it or take it out.")
MOVED = Sign("Out of date", "The figure has moved since, further than was likely when it was cited.")
MOVED_AS_FACT = Sign("Out of date", "The figure has moved since it was cited.")
MOVED_WITHIN = Sign("Has moved", "The figure has moved since, within what was likely when it was cited.", stale=False)
HAIR = 1e-9
NOTHING_NOW = Sign("Out of date", "There is nothing to count any more.")


def signs_of(
    kind: Kind, cited: Said, now: Said | None, *, cited_on: dt.date, today: dt.date, months: int, copied: bool
) -> tuple[Sign, ...]:
    """Every reason to look at a piece of evidence again; now is None where it is gone."""
    found = [COPIED] if copied else []
    if now is None:
        return (*found, GONE)
    found += moved(kind, cited, now)
    return (*found, *_old(cited_on, today, months))


def unseen(*, cited_on: dt.date, today: dt.date, months: int, copied: bool) -> tuple[Sign, ...]:
    """The same for somebody who does not see what it says today."""
    return (*([COPIED] if copied else []), *_old(cited_on, today, months))


def _old(cited_on: dt.date, today: dt.date, months: int) -> Sequence[Sign]:
    if today <= month_after(cited_on, months):
        return ()
    cycle = "a month" if months == 1 else f"{months} months"
    return (Sign("Older than a cycle", f"It was cited on {day(cited_on)}, more than {cycle} ago."),)


def moved(kind: Kind, cited: Said, now: Said) -> list[Sign]:
    """What is different from what was cited."""
    found = []
    if not _same_number(cited, now):
        found.append(_how_far(cited, now))
    elif kind is Kind.READING and cited.read_on != now.read_on:
        found.append(Sign("Newer reading", "A newer reading says the same.", stale=False))
    elif cited.text != now.text:
        found.append(Sign("Out of date", "What it says has changed since."))
    if cited.state != now.state:
        found.append(Sign("Out of date", _changed(kind, cited.state, now.state)))
    return found


def _same_number(one: Said, other: Said) -> bool:
    # Weighted shares of the same audits differ by a hair where they were added up in another order.
    if None in (one.value, other.value) or (one.count, one.total) != (other.count, other.total):
        return (one.count, one.total, one.value) == (other.count, other.total, other.value)
    return math.isclose(one.value or 0, other.value or 0, abs_tol=HAIR)


def _how_far(cited: Said, now: Said) -> Sign:
    if now.value is None:
        return NOTHING_NOW
    if cited.low is None or cited.high is None:
        return MOVED_AS_FACT
    return MOVED_WITHIN if cited.low <= now.value <= cited.high else MOVED


def _changed(kind: Kind, before: str, after: str) -> str:
    told = {
        Kind.ROUND: "The round was “{before}” when it was cited, and is “{after}” now.",
        Kind.ACTION: "The action was “{before}” when it was cited, and is “{after}” now.",
        Kind.READING: "The indicator stood at “{before}” when it was cited, and stands at “{after}” now.",
    }.get(kind, "It was “{before}” when it was cited, and is “{after}” now.")
    return told.format(before=before, after=after)
