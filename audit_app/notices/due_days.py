"""Somebody's due days as a calendar reads them: what kind of work on which day, and nothing of any case (pure).

Written after RFC 5545: lines end with CR and LF, are folded at 75 bytes, and text is escaped.
"""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from audit_app.wording.placeholders import in_one_line

WIDTH = 75  # bytes of a line, without its end
PRODUCT = "-//Case audit and moderation//Due days//EN"
AGAIN_AFTER = "PT6H"  # how often a calendar is asked to look again


class Duty(StrEnum):
    """A kind of work that has a due day."""

    AUDIT = "audit"
    CONTRIBUTION = "contribution"
    ACTION = "action"
    MODERATION = "moderation"
    SIGN_OFF = "sign_off"
    PLAN_ACTION = "plan_action"
    BOARD_UPDATE = "board_update"
    BOARD = "board"
    CALIBRATION = "calibration"


WORDS = {
    Duty.AUDIT: ("Audit due", "audits due"),
    Duty.CONTRIBUTION: ("Contribution to an audit wanted", "contributions to audits wanted"),
    Duty.ACTION: ("Action due", "actions due"),
    Duty.MODERATION: ("Moderation due", "moderations due"),
    Duty.SIGN_OFF: ("Audit to sign off", "audits to sign off"),
    Duty.PLAN_ACTION: ("Action of an improvement plan due", "actions of improvement plans due"),
    Duty.BOARD_UPDATE: ("Update for a board wanted", "updates for boards wanted"),
    Duty.BOARD: ("Board meets", "boards meet"),
    Duty.CALIBRATION: ("Calibration closes", "calibrations close"),
}


@dataclass(frozen=True, slots=True)
class DueDay:
    """One piece of work: its kind, the day by which it is wanted, and since when that holds."""

    duty: Duty
    day: dt.date
    since: dt.datetime


def as_calendar(due: Iterable[DueDay], *, key: str, service: str, link: str) -> bytes:
    """A calendar with one entry for each kind of work and day; the same work is always the same bytes."""
    groups: dict[tuple[dt.date, Duty], list[DueDay]] = defaultdict(list)
    for one in due:
        groups[one.day, one.duty].append(one)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{_text(service)}", f"REFRESH-INTERVAL;VALUE=DURATION:{AGAIN_AFTER}"]
    lines += [f"X-PUBLISHED-TTL:{AGAIN_AFTER}"]
    for _, group in sorted(groups.items()):
        lines += _entry(group, key, link)
    return b"".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _entry(group: list[DueDay], key: str, link: str) -> list[str]:
    first = group[0]
    one, many = WORDS[first.duty]
    said = one if len(group) == 1 else f"{len(group)} {many}"
    name = hashlib.sha256(f"{key}:{first.duty.value}:{first.day.isoformat()}".encode()).hexdigest()[:32]
    stamp = max(item.since for item in group).astimezone(dt.UTC)
    return [
        "BEGIN:VEVENT",
        f"UID:{name}@due-days.invalid",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{first.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{first.day + dt.timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(said)}",
        f"DESCRIPTION:{_text(f'Sign in to see what it is: {link}')}",
        f"URL:{in_one_line(link)}",
        "TRANSP:TRANSPARENT",  # a due day keeps nobody from meeting somebody
        "END:VEVENT",
    ]


def _text(words: str) -> str:
    """Words as a calendar's text: without line breaks, and with its own signs escaped."""
    said = in_one_line(words)
    for sign in "\\;,":
        said = said.replace(sign, f"\\{sign}")
    return said


def _folded(line: str) -> bytes:
    """A line of at most 75 bytes, or several; a character is never cut in two."""
    rows, row = [], b""
    for sign in line:
        more = sign.encode()
        if len(row) + len(more) > WIDTH:
            rows.append(row)
            row = b" "
        row += more
    return b"\r\n".join([*rows, row]) + b"\r\n"
