"""A figure with how sure of it we are: its value, standard error and 95% interval, or why there is none."""

from dataclasses import dataclass
from math import sqrt
from operator import index

FEWEST_PAIRS = 10
FEWEST_AUDITS = 10
Z95 = 1.959963984540054
ALIKE = "there is no spread to reckon an interval from"
_NO_SPREAD = 1e-20


@dataclass(frozen=True, slots=True)
class Estimate:
    """One figure: `value` None where it is undefined, `low` and `high` None where no interval may be given."""

    value: float | None
    se: float | None = None
    low: float | None = None
    high: float | None = None
    why: str = ""


def whole(count: int) -> int:
    """A count as it is, or a ValueError where it is no whole number from 0 on."""
    try:
        exact = index(count)
    except TypeError as error:
        raise ValueError("a count is a whole number") from error
    if exact < 0:
        raise ValueError("a count is never negative")
    return exact


def undefined(why: str) -> Estimate:
    """A figure that does not exist, and why, in words that a page can print."""
    return Estimate(None, why=why)


def spread_about(value: float, mean_square: float, observations: float, multiplier: float) -> Estimate:
    """A coefficient ± multiplier × √(mean_square / observations), cut at 1, which is full agreement.

    `mean_square` is the mean squared deviation of one observation's contribution. Where it is nothing (all alike)
    the standard error is 0 and no interval is given: a closed interval would claim a certainty that nobody has.
    """
    if mean_square <= _NO_SPREAD:
        return Estimate(value, 0.0, why=ALIKE)
    se = sqrt(mean_square / observations)
    return Estimate(value, se, value - multiplier * se, min(1.0, value + multiplier * se))
