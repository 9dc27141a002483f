"""Words and values as a paper shows them (pure)."""

import datetime as dt
import re
from decimal import Decimal

from audit_app.web import formats

Cell = str | int | float | Decimal | dt.date | dt.datetime | None

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_HALVES = re.compile(r"[\ud800-\udfff]")


def paragraphs(text: str) -> tuple[str, ...]:
    """A text parted at its empty lines."""
    return tuple(part.strip("\n") for part in re.split(r"\n[ \t]*\n", plain_lines(text)) if part.strip())


def plain_lines(text: str) -> str:
    """A text whose lines all end alike."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def without_controls(text: str) -> str:
    """A text without the characters that no format may carry; tabs and line ends stay, half characters show."""
    return _CONTROLS.sub("", _HALVES.sub("\ufffd", plain_lines(text)))


def shown(value: Cell) -> str:
    """A cell as it is read: 1,234, 0.5, 14 June 2026; a Decimal keeps the places it was given."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "Yes" if value else "No"
        case formats.Share() | formats.Points() | formats.Month():
            return str(value)
        case dt.datetime():
            return formats.moment(value) if value.tzinfo else f"{formats.day(value.date())} at {value:%H:%M}"
        case dt.date():
            return formats.day(value)
        case float():
            return f"{round(value, 2) + 0.0:,.2f}".rstrip("0").rstrip(".")
        case _:
            return f"{value:,}"
