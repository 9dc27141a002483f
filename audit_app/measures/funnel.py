"""Teams and auditors side by side without a league table: a funnel of what chance alone would give."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import sqrt

from audit_app.measures.distributions import binomial_cdf, binomial_pmf, normal_quantile
from audit_app.measures.estimate import part_of, whole

_ONE_SIDE_95, _ONE_SIDE_998 = 0.025, 0.001


class Standing(StrEnum):
    """Where a team's share lies in the funnel."""

    INSIDE = "inside"
    ABOVE_95 = "above the 95% limit"
    BELOW_95 = "below the 95% limit"
    ABOVE_998 = "above the 99.8% limit"
    BELOW_998 = "below the 99.8% limit"


@dataclass(frozen=True, slots=True)
class FunnelLimits:
    """The shares between which 95%, and 99.8%, of teams of one size would fall, were all alike."""

    low_95: float
    high_95: float
    low_998: float
    high_998: float


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """One team's k of n, its share, its limits and where it stands; all None where nothing was counted."""

    k: int
    n: int
    share: float | None
    limits: FunnelLimits | None
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class Funnel:
    """The authority's share, which every team is held against, and the teams in the order they came."""

    target: float | None
    points: tuple[FunnelPoint, ...]


def funnel(points: Sequence[tuple[int, int]], target: float | None = None) -> Funnel:
    """Every team (k of n) against the authority's share: by default that of all the teams together.

    Units: shares of 1. A team stands outside where so many or more (so few or fewer) come by chance strictly less
    often than 1 time in 40, or in 1,000: that is strictly beyond a limit, and not between it and the next whole count.
    Undefined where nothing is counted.
    """
    points = [part_of(k, n) for k, n in points]
    total = sum(n for _, n in points)
    if target is None and total:
        target = sum(k for k, _ in points) / total
    return Funnel(target, tuple(_placed(k, n, target) for k, n in points))


@lru_cache(maxsize=4096)
def funnel_limits(target: float, n: int) -> FunnelLimits:
    """The funnel's 95% and 99.8% limits for a team with n counted, n ≥ 1, about a target share from 0 to 1.

    Exact binomial limits with interpolation, so that they run smoothly in n: with r the smallest count whose
    F(r) ≥ p, the limit is (r − a) / n, a = (F(r) − p) / (F(r) − F(r − 1)); cut to 0–1. About 0 or 1 they close.
    Source: Spiegelhalter, Statistics in Medicine 24:1185–1202, 2005, appendix A.1.1.
    """
    if whole(n) < 1 or not 0 <= target <= 1:
        raise ValueError("limits are for at least one counted, about a share from 0 to 1")
    return FunnelLimits(*(_limit(target, n, p) for p in (_ONE_SIDE_95, 0.975, _ONE_SIDE_998, 0.999)))


def _limit(target: float, n: int, p: float) -> float:
    if target in (0.0, 1.0):
        return target
    guess = n * target + normal_quantile(p) * sqrt(n * target * (1 - target))
    r = min(n, max(0, round(guess)))
    upto, own = binomial_cdf(r, n, target), binomial_pmf(r, n, target)
    while upto < p and r < n:
        r += 1
        own = binomial_pmf(r, n, target)
        upto += own
    while r > 0 and upto - own >= p:
        upto -= own
        r -= 1
        own = binomial_pmf(r, n, target)
    return min(1.0, max(0.0, (r - (upto - p) / own) / n))


def _placed(k: int, n: int, target: float | None) -> FunnelPoint:
    if n == 0 or target is None:
        return FunnelPoint(k, n, None, None, None)
    return FunnelPoint(k, n, k / n, funnel_limits(target, n), _standing(k, n, target))


def _standing(k: int, n: int, target: float) -> Standing:
    """By the exact chances: the interpolated upper limit lies below a count that chance reaches often enough."""
    if target in (0.0, 1.0):
        return Standing.INSIDE if k == n * target else Standing.ABOVE_998 if target == 0.0 else Standing.BELOW_998
    so_many, so_few = binomial_cdf(n - k, n, 1 - target), binomial_cdf(k, n, target)
    if so_many < _ONE_SIDE_95:
        return Standing.ABOVE_998 if so_many < _ONE_SIDE_998 else Standing.ABOVE_95
    if so_few < _ONE_SIDE_95:
        return Standing.BELOW_998 if so_few < _ONE_SIDE_998 else Standing.BELOW_95
    return Standing.INSIDE
