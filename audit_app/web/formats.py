"""How days, times, shares and counts are written (pure)."""

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day(value: dt.date | None) -> str:
    """A day as people write it: 14 June 2026."""
    return "" if value is None else f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def month(value: dt.date) -> str:
    """A month: June 2026."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def months(first: dt.date, last: dt.date) -> str:
    """The months from one to another: June to November 2025; June 2025 to May 2026; June 2026."""
    if (first.year, first.month) == (last.year, last.month):
        return month(last)
    return f"{MONTHS[first.month - 1] if first.year == last.year else month(first)} to {month(last)}"


def time(value: dt.datetime) -> str:
    """A time in London: 2:01pm."""
    local = value.astimezone(LONDON)
    return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def london_day(value: dt.datetime) -> dt.date:
    """The day in London on which a moment fell."""
    return value.astimezone(LONDON).date()


def moment(value: dt.datetime | None) -> str:
    """A day and time in London: 14 June 2026 at 2:01pm."""
    return "" if value is None else f"{day(value.astimezone(LONDON).date())} at {time(value)}"


def rounded(value: float, places: int) -> Decimal:
    """A number rounded half up, as people do on paper."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def percent(share: float, places: int = 1) -> str:
    """A share as a percentage; what is not all is never printed as 100%, nor what is something as 0%."""
    value, step = rounded(share * 100, places), Decimal(1).scaleb(-places)
    if value >= 100 and share < 1:
        value = Decimal(100) - step
    if value <= 0 and share > 0:
        value = step
    return f"{value}%"


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun: 1 audit, 2 audits."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Some words in a sentence: one, two and three."""
    return f" {last} ".join(one for one in (", ".join(words[:-1]), *words[-1:]) if one)


def signed(value: float, places: int) -> str:
    """A number with its sign: +0.20, −0.10, 0.00."""
    text = str(rounded(abs(value), places))
    return text if float(text) == 0 else f"{'+' if value > 0 else '−'}{text}"


class Share(float):
    """A share of 1 in a table: read as a percentage, kept as a number in a sheet."""

    def __str__(self) -> str:
        """The share as people read it: 86.0%."""
        return percent(self)


class Points(float):
    """Percentage points in a table: read with their sign, kept as a number in a sheet."""

    def __str__(self) -> str:
        """The points as people read them: +4.4."""
        return signed(self, 1)


class Month(dt.date):
    """A month in a table: read by its name, kept as its first day in a sheet."""

    @classmethod
    def of(cls, value: dt.date) -> "Month":
        """The month in which a day lies."""
        return cls(value.year, value.month, 1)

    def __str__(self) -> str:
        """The month as people read it: June 2026."""
        return month(self)


FILTERS = {
    "day": day,
    "london_day": london_day,
    "month": month,
    "time": time,
    "moment": moment,
    "percent": percent,
    "plural": plural,
}
