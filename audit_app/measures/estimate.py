"""A figure with how sure of it we are: its value, standard error and 95% interval, or why there is none."""

from dataclasses import dataclass
from math import isinf, sqrt
from operator import index

FEWEST_PAIRS = 10
FEWEST_AUDITS = 10
Z95 = 1.959963984540054
ALIKE = "there is no spread to reckon an interval from"
NO_LEVEL = "a rating is the index of a level of the scale, or None"
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


def part_of(some: int, every: int, why: str = "a share counts between none and all") -> tuple[int, int]:
    """So many of so many, or a ValueError where these are no counts or the part is more than the whole."""
    if whole(some) > whole(every):
        raise ValueError(why)
    return whole(some), whole(every)


def weight_of(probability: float) -> float:
    """What a draw weighs: 1 over its chance, or a ValueError where that is none."""
    if not 0 < probability <= 1 or isinf(1 / probability / probability):
        raise ValueError("an inclusion probability is above 0 and at most 1")
    return 1 / probability


def level_of(rating: int, levels: int) -> int:
    """A level of the scale by its index, or a ValueError where it is none."""
    try:
        exact = index(rating)
    except TypeError as error:
        raise ValueError(NO_LEVEL) from error
    if not 0 <= exact < levels:
        raise ValueError(NO_LEVEL)
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
