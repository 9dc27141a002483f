"""Krippendorff's alpha, nominal and ordinal, from coincidences, with a seeded bootstrap for its interval."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from random import Random
from statistics import stdev

from audit_app.measures.estimate import ALIKE, Estimate, undefined

Coincidences = Mapping[tuple[int, int], float]
"""How often two judgements of one thing fell on a pair of levels, in either order, each thing weighing its ratings."""

_UNASKED = "the interval is drawn by resampling, which was not asked for"
FEWEST_RESAMPLES = 2
_TOO_UNIFORM = "too nearly all one grade to resample"


def krippendorff_alpha(
    clusters: Sequence[tuple[Coincidences, int]], levels: int, *, seed: int | None = None, resamples: int = 1000
) -> tuple[Estimate, Estimate]:
    """Krippendorff's α, nominal and ordinal (his own metric, from the marginals), over clusters and how many of each.

    A cluster (an audit; in calibration a vignette) is what is resampled, whole. With a `seed`: `se` is the standard
    deviation of the resampled values, the interval their 2.5th to 97.5th percentile; none where more than one resample
    in twenty has but one grade. Undefined: nothing rated twice; only one grade given (0/0).
    Source: Krippendorff, Content Analysis (2nd ed.), 2004, chapter 11.
    """
    if seed is not None and resamples < FEWEST_RESAMPLES:
        raise ValueError(f"an interval takes {FEWEST_RESAMPLES} resamples or more")
    if not clusters:
        return undefined("no pairs"), undefined("no pairs")
    whole = _joined(clusters, [count for _, count in clusters], levels)
    nominal, ordinal = alpha_values(whole)
    if nominal is None or ordinal is None:
        return undefined("only one grade was given"), undefined("only one grade was given")
    if seed is None:
        return Estimate(nominal, why=_UNASKED), Estimate(ordinal, why=_UNASKED)
    rng, drawn = Random(seed), []  # noqa: S311 - repeatable resampling, no secret
    for _ in range(resamples):
        values = alpha_values(_joined(clusters, _redrawn([count for _, count in clusters], rng), levels))
        if values[0] is not None and values[1] is not None:
            drawn.append((values[0], values[1]))
    if len(drawn) < 0.95 * resamples:
        return Estimate(nominal, why=_TOO_UNIFORM), Estimate(ordinal, why=_TOO_UNIFORM)
    return _spread(nominal, [pair[0] for pair in drawn]), _spread(ordinal, [pair[1] for pair in drawn])


def alpha_values(coincidences: Sequence[Sequence[float]]) -> tuple[float | None, float | None]:
    """α nominal and ordinal of a symmetric matrix of coincidences; None where fewer than two levels were given."""
    totals = [sum(row) for row in coincidences]
    n = sum(totals)
    observed: float = 0
    observed_ordinal: float = 0
    expected: float = 0
    expected_ordinal: float = 0
    upto = list(accumulate(totals))
    for i, row in enumerate(coincidences):
        for j in range(i + 1, len(totals)):
            # Krippendorff's ordinal metric, doubled: all between the two levels, and half of either end.
            steps = (upto[j] + upto[j - 1] - upto[i] - (upto[i] - totals[i])) ** 2
            observed += row[j]
            observed_ordinal += row[j] * steps
            expected += totals[i] * totals[j]
            expected_ordinal += totals[i] * totals[j] * steps
    if expected == 0:
        return None, None
    return (
        (expected - (n - 1) * observed) / expected,
        (expected_ordinal - (n - 1) * observed_ordinal) / expected_ordinal,
    )


def _joined(clusters: Sequence[tuple[Coincidences, int]], times: Sequence[int], levels: int) -> list[list[float]]:
    matrix: list[list[float]] = [[0] * levels for _ in range(levels)]
    for (coincidences, _), count in zip(clusters, times, strict=True):
        if count:
            for (i, j), value in coincidences.items():
                matrix[i][j] += value * count
    return matrix


def _redrawn(counts: Sequence[int], rng: Random) -> list[int]:
    """As many draws with replacement as there are clusters: how often each kind came."""
    total = sum(counts)
    if total <= 50 * len(counts):
        drawn = [0] * len(counts)
        for kind in rng.choices(range(len(counts)), counts, k=total):
            drawn[kind] += 1
        return drawn
    drawn, left = [], total
    for count in counts:
        drawn.append(_binomial(left, count / total, rng))
        left -= drawn[-1]
        total -= count
    return drawn


def _binomial(n: int, p: float, rng: Random) -> int:
    """A binomial draw by halving at an order statistic (Devroye 1986, chapter X): time grows with log n."""
    if p >= 1:
        return n
    counted = 0
    while n > 12:
        middle = n // 2 + 1
        split = rng.betavariate(middle, n + 1 - middle)
        if split <= p:
            counted, n, p = counted + middle, n - middle, (p - split) / (1 - split)
        else:
            n, p = middle - 1, p / split
    return counted + sum(rng.random() < p for _ in range(n))


def _spread(value: float, drawn: list[float]) -> Estimate:
    se = stdev(drawn)
    if se == 0:
        return Estimate(value, 0.0, why=ALIKE)
    drawn.sort()
    cut = len(drawn) // 40
    return Estimate(value, se, drawn[cut], drawn[-1 - cut])
