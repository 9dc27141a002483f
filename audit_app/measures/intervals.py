"""Shares and differences of shares with their intervals: what was counted, and how far it may be off."""

from collections.abc import Iterable, Sequence
from math import sqrt

from audit_app.measures.distributions import binomial_cdf, t_quantile
from audit_app.measures.estimate import (
    ALIKE,
    FEWEST_AUDITS,
    FEWEST_PAIRS,
    Z95,
    Estimate,
    part_of,
    undefined,
    weight_of,
    whole,
)

_T95 = 0.975
PARTLY_AGREED = "an audit agrees on between none and all of its pairs"


def wilson(k: int, n: int) -> Estimate:
    """The share k / n with Wilson's 95% score interval, for random draws, one pair an audit.

    Shapes: k of n counted, 0 ≤ k ≤ n. Units: shares of 1. `se` is √(p(1−p)/n). Undefined with nothing counted.
    Source: Wilson 1927; Newcombe 1998, Statistics in Medicine 17:857–872, method 3.
    """
    k, n = part_of(k, n)
    if n == 0:
        return undefined("nothing to count")
    low, high = _wilson_limits(k / n, n)
    return Estimate(k / n, sqrt(k * (n - k) / n) / n, 0.0 if k == 0 else low, 1.0 if k == n else high)


def newcombe(k1: int, n1: int, k2: int, n2: int) -> Estimate:
    """The difference k1/n1 − k2/n2 between two sets of audits that share none, with its 95% interval.

    Two disjoint periods or units. Units: shares of 1, from −1 to 1. `se` the plain one. Undefined where one is empty.
    Source: Newcombe 1998, Statistics in Medicine 17:873–890, method 10 (Wilson limits, squared and added).
    """
    first, second = wilson(k1, n1), wilson(k2, n2)
    if first.value is None or second.value is None:
        return undefined("one of the two has nothing to count")
    se = sqrt((first.se or 0.0) ** 2 + (second.se or 0.0) ** 2)
    return _squared_and_added(first, second, se, correlation=0.0)


def newcombe_paired(both: int, first_only: int, second_only: int, neither: int) -> Estimate:
    """The difference between two shares of the same audits, first − second, with its 95% interval.

    The inflation gap: `first` good or better as audited, `second` good or better after moderation, of the same
    moderated audits; the four counts are a 2×2 table of those audits. Units: shares of 1. Undefined with no audits.
    Source: Newcombe 1998, Statistics in Medicine 17:2635–2650, method 10.
    """
    table = both, first_only, second_only, neither = (
        whole(both), whole(first_only), whole(second_only), whole(neither)
    )  # fmt: skip
    n = sum(table)
    if n == 0:
        return undefined("no audit has both")
    difference = first_only - second_only
    se = sqrt((first_only + second_only) * n - difference**2) / n / sqrt(n)
    first, second = wilson(both + first_only, n), wilson(both + second_only, n)
    estimate = _squared_and_added(first, second, se, _paired_correlation(*table))
    return Estimate(difference / n, se, estimate.low, estimate.high)


def sign_test(over: int, under: int) -> float | None:
    """The exact two-sided chance of a split at least this uneven, were over- and under-grading as likely.

    For overall grades only (one pair an audit). Pairs that agree don't count. None where no pair differs.
    Source: Conover, Practical Nonparametric Statistics, the sign test: twice the binomial tail with p = ½, at most 1.
    """
    over, under = whole(over), whole(under)
    if over + under == 0:
        return None
    return min(1.0, 2 * binomial_cdf(min(over, under), over + under, 0.5))


def mean_bias(matrix: Sequence[Sequence[int]]) -> Estimate:
    """Net bias: the mean of (earlier level − later level), in grade steps; positive where the earlier over-graded.

    Shapes: a square matrix of counts, rows the earlier tier, columns the later, worst level first. `se` from two
    pairs on; Student's t interval from ten pairs on. Undefined with no pairs.
    """
    if any(len(row) != len(matrix) for row in matrix):
        raise ValueError("the matrix has a row and a column for every level of the scale")
    steps: dict[int, int] = {}
    for earlier, row in enumerate(matrix):
        for later, count in enumerate(row):
            steps[earlier - later] = steps.get(earlier - later, 0) + whole(count)
    n = sum(steps.values())
    if n == 0:
        return undefined("no pairs")
    total = sum(step * count for step, count in steps.items())
    if n == 1:
        return Estimate(float(total), why="one pair only")
    # Whole numbers to the last step, so that equal differences give exactly no spread.
    squares = n * sum(step * step * count for step, count in steps.items()) - total * total
    se = sqrt(squares / n / (n - 1) / n)
    if n < FEWEST_PAIRS:
        return Estimate(total / n, se, why="too few to compare")
    if squares == 0:
        return Estimate(total / n, 0.0, why=ALIKE)
    reach = t_quantile(_T95, n - 1) * se
    return Estimate(total / n, se, total / n - reach, total / n + reach)


def ratio_clustered(clusters: Iterable[tuple[int, int]]) -> Estimate:
    """The share Σ agreed / Σ pairs where one audit brings several pairs, with an interval that knows they go together.

    Shapes: one (agreed, pairs) for each audit; audits without pairs don't count. Units: shares of 1.
    Undefined with no pairs; no interval under ten audits.
    Source: Cochran, Sampling Techniques (3rd ed.), chapter 6, over clusters; Student's t with audits − 1.
    """
    audits = agreed = pairs = agreed_squared = agreed_by_pairs = pairs_squared = 0
    for y, x in clusters:
        y, x = part_of(y, x, PARTLY_AGREED)
        audits += x > 0
        agreed += y
        pairs += x
        agreed_squared += y * y
        agreed_by_pairs += x * y
        pairs_squared += x * x
    return ratio_from_sums(audits, agreed, pairs, agreed_squared, agreed_by_pairs, pairs_squared)


def ratio_from_sums(
    audits: int, agreed: int, pairs: int, agreed_squared: int, agreed_by_pairs: int, pairs_squared: int
) -> Estimate:
    """`ratio_clustered` from sums over audits that add up across months and teams, so that tallies can hold them.

    With y agreed of x pairs in an audit: audits with pairs, Σy, Σx, Σy², Σxy, Σx².
    """
    if pairs == 0:
        return undefined("no pairs")
    share = agreed / pairs
    if audits < 2:
        return Estimate(share, why="one audit only")
    residual = pairs**2 * agreed_squared - 2 * agreed * pairs * agreed_by_pairs + agreed**2 * pairs_squared
    se = sqrt(residual / pairs**2 * audits / (audits - 1)) / pairs
    if audits < FEWEST_AUDITS:
        return Estimate(share, se, why="too few audits for an interval")
    if residual == 0:
        return Estimate(share, 0.0, why=ALIKE)
    reach = t_quantile(_T95, audits - 1) * se
    return Estimate(share, se, max(0.0, share - reach), min(1.0, share + reach))


def weighted_ratio_clustered(clusters: Iterable[tuple[int, int, float]]) -> Estimate:
    """`ratio_clustered` for audits drawn with unequal chances, each weighing 1 / its inclusion probability.

    Shapes: (agreed, pairs, inclusion probability) for each audit; audits without pairs don't count. Units: shares of 1.
    Undefined with no pairs; no interval under ten audits; with equal chances it is `ratio_clustered`.
    Source: Hájek 1971; Cochran, Sampling Techniques (3rd ed.), chapter 6, of the weighted counts.
    """
    audits = agreed = pairs = agreed_squared = agreed_by_pairs = pairs_squared = 0.0
    plain = [0, 0, 0]
    for y, x, chance in clusters:
        y, x = part_of(y, x, PARTLY_AGREED)
        if x:
            weight = weight_of(chance)
            audits += 1
            agreed += weight * y
            pairs += weight * x
            agreed_squared += (weight * y) ** 2
            agreed_by_pairs += weight * y * weight * x
            pairs_squared += (weight * x) ** 2
            plain = [plain[0] + y * y, plain[1] + x * y, plain[2] + x * x]
    alike = plain[1] ** 2 == plain[0] * plain[2]
    return weighted_ratio_from_sums(
        int(audits), agreed, pairs, agreed_squared, agreed_by_pairs, pairs_squared, alike=alike
    )


def weighted_ratio_from_sums(
    audits: int,
    agreed: float,
    pairs: float,
    agreed_squared: float,
    agreed_by_pairs: float,
    pairs_squared: float,
    *,
    alike: bool,
) -> Estimate:
    """`weighted_ratio_clustered` from sums over audits that add up across months and teams.

    With y agreed of x pairs in an audit of weight w: audits with pairs, Σwy, Σwx, Σ(wy)², Σw²xy, Σ(wx)²; alike:
    whether the share is the same in every audit, which Σxy squared against Σy² Σx² tells without rounding.
    """
    if audits == 0:
        return undefined("no pairs")
    share = agreed / pairs
    if audits < 2:
        return Estimate(share, why="one audit only")
    squares = max(0.0, agreed_squared - 2 * share * agreed_by_pairs + share * share * pairs_squared)
    se = 0.0 if alike else sqrt(squares * audits / (audits - 1)) / pairs
    if audits < FEWEST_AUDITS:
        return Estimate(share, se, why="too few audits for an interval")
    if alike:
        return Estimate(share, 0.0, why=ALIKE)
    reach = t_quantile(_T95, audits - 1) * se
    return Estimate(share, se, max(0.0, share - reach), min(1.0, share + reach))


def weighted_share(draws: Iterable[tuple[bool, float]]) -> Estimate:
    """A share of random draws made with unequal chances, each draw weighing 1 / its inclusion probability.

    Shapes: (counted or not, inclusion probability) for each draw, 0 < probability ≤ 1. Units: shares of 1.
    Wilson's interval at Kish's effective number of draws, (Σw)² / Σw²; so with equal chances it is `wilson`.
    Undefined with no draws. Source: Hájek 1971; Kish, Survey Sampling, 1965.
    """
    total = counted = squares = counted_squares = 0.0
    every = none = True
    for counts, probability in draws:
        weight = weight_of(probability)
        total += weight
        squares += weight * weight
        if counts:
            counted += weight
            counted_squares += weight * weight
        every, none = every and counts, none and not counts
    return weighted_share_from_sums(total, counted, squares, counted_squares, every=every, none=none)


def weighted_share_from_sums(
    total: float, counted: float, squares: float, counted_squares: float, *, every: bool, none: bool
) -> Estimate:
    """`weighted_share` from sums that add up: Σw and Σw² of all draws, and of those counted: all, some or none."""
    if total == 0:
        return undefined("nothing was drawn")
    share = 1.0 if every else counted / total
    se = sqrt(counted_squares * (1 - share) ** 2 + max(0.0, squares - counted_squares) * share**2) / total
    low, high = _wilson_limits(share, total * total / squares)
    return Estimate(share, se, 0.0 if none else low, 1.0 if every else high)


def _wilson_limits(share: float, n: float) -> tuple[float, float]:
    square = Z95 * Z95
    middle = share + square / (2 * n)
    reach = Z95 * sqrt(share * (1 - share) / n + square / (4 * n * n))
    return max(0.0, (middle - reach) / (1 + square / n)), min(1.0, (middle + reach) / (1 + square / n))


def _squared_and_added(first: Estimate, second: Estimate, se: float, correlation: float) -> Estimate:
    """Newcombe's way from two Wilson intervals to the interval of their difference."""
    p1, l1, u1 = first.value or 0.0, first.low or 0.0, first.high or 0.0
    p2, l2, u2 = second.value or 0.0, second.low or 0.0, second.high or 0.0
    below = _root_of_sum(p1 - l1, u2 - p2, correlation)
    above = _root_of_sum(u1 - p1, p2 - l2, correlation)
    return Estimate(p1 - p2, se, max(-1.0, p1 - p2 - below), min(1.0, p1 - p2 + above))


def _root_of_sum(one: float, other: float, correlation: float) -> float:
    return sqrt(max(0.0, one * one - 2 * correlation * one * other + other * other))


def _paired_correlation(both: int, first_only: int, second_only: int, neither: int) -> float:
    """Newcombe's φ, corrected for continuity: the pull that the two shares of the same audits have on each other."""
    margins = (both + first_only) * (second_only + neither) * (both + second_only) * (first_only + neither)
    if margins == 0:
        return 0.0
    cross = both * neither - first_only * second_only
    half = (both + first_only + second_only + neither) / 2
    return (cross if cross < 0 else max(0.0, cross - half)) / sqrt(margins)
