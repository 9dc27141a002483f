"""Two shares and how far they lie apart, told so that whoever takes one from the other finds the same (pure)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from audit_app.web.formats import percent

MOST_PLACES = 2
Counted = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Apart:
    """Two shares as percentages and the percentage points between them, all with the same decimals."""

    first: str
    second: str
    points: Decimal

    @property
    def said(self) -> str:
        """The points without a sign: 12.4 percentage points."""
        return f"{self.points} percentage point{'' if self.points == 1 else 's'}"


def apart(first: Counted, second: Counted, places: int) -> Apart:
    """Two shares, each so many of so many, and the points between them.

    With as few decimals, from some on, as make the difference of what is printed the difference as it is. Past the most
    decimals the difference is that of what is printed.
    """
    exact = abs(_hundredfold(first) - _hundredfold(second))
    for decimals in range(places, MOST_PLACES + 1):
        shown = percent(first[0] / first[1], decimals), percent(second[0] / second[1], decimals)
        between = abs(Decimal(shown[0][:-1]) - Decimal(shown[1][:-1]))
        if between == exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP):
            break
    return Apart(*shown, between)


def _hundredfold(counted: Counted) -> Decimal:
    return Decimal(100 * counted[0]) / counted[1]
