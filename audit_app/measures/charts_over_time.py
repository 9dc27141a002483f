"""A measure month by month: control charts, their special causes, and the median run chart for short series."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby, pairwise
from math import isclose, isfinite, log2, sqrt
from statistics import mean, median

from audit_app.measures.distributions import binomial_cdf
from audit_app.measures.estimate import part_of

PERIODS_FOR_LIMITS = 12
RUN = 7


class SpecialCause(StrEnum):
    """Why a point is more than chance, in the order in which a point that earns several is named."""

    OUTSIDE = "outside the limits"
    TREND = "seven points rising or falling"
    TWO_OF_THREE = "two of three near a limit"
    SHIFT = "seven points on one side"


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One period's value with its centre line and limits; `near_*` are two thirds of the way to the (uncut) limits.

    `value` None: nothing to count in that period. Limits None: too little to draw them. `stretch` counts the step
    changes so far.
    """

    value: float | None
    centre: float | None
    low: float | None
    high: float | None
    near_low: float | None
    near_high: float | None
    stretch: int = 0
    cause: SpecialCause | None = None


@dataclass(frozen=True, slots=True)
class RunChart:
    """A median run chart: how many points lie off the median, and whether their runs are more than chance."""

    median: float | None
    useful: int
    longest_run: int
    longest_run_limit: int
    crossings: int
    crossings_limit: int
    signal: bool


def p_chart(points: Sequence[tuple[int, int]], steps: Collection[int] = ()) -> tuple[ChartPoint, ...]:
    """A share over time: centre the pooled share, limits p̄ ± 3√(p̄(1−p̄)/n_i), cut to 0–1, special causes marked.

    Shapes: (k, n) for each period in order; n = 0 is a gap. `steps`: indexes at which a step change starts new limits.
    Units: shares of 1. Source: Shewhart's p-chart, as NHS *Making data count* draws it.
    """
    points = [part_of(k, n) for k, n in points]
    drawn: list[ChartPoint] = []
    for stretch, (start, end) in enumerate(_stretches(len(points), steps)):
        counted, total = (sum(column) for column in zip(*points[start:end], strict=True))
        for k, n in points[start:end]:
            centre = counted / total if total else None
            sigma = sqrt(counted * (total - counted) / n) / total if n else None
            drawn.append(_point(k / n if n else None, centre, sigma, stretch, within=(0.0, 1.0)))
    return _marked(drawn)


def xmr(values: Sequence[float | None], steps: Collection[int] = ()) -> tuple[ChartPoint, ...]:
    """A measure that is not a share over time: mean ± 2.66 × mean moving range, special causes marked.

    Shapes: a value for each period in order, None a gap (the moving range passes over it). No limits with fewer than
    two values in a stretch. Source: Shewhart's individuals chart, as NHS *Making data count* draws it.
    """
    _finite(values)
    drawn: list[ChartPoint] = []
    for stretch, (start, end) in enumerate(_stretches(len(values), steps)):
        given = [value for value in values[start:end] if value is not None]
        centre = mean(given) if given else None
        ranges = [abs(later - earlier) for earlier, later in pairwise(given)]
        sigma = 2.66 * mean(ranges) / 3 if ranges else None
        drawn += [_point(value, centre, None if value is None else sigma, stretch) for value in values[start:end]]
    return _marked(drawn)


def special_causes(points: Sequence[ChartPoint]) -> tuple[SpecialCause | None, ...]:
    """Which points are more than chance, each by its first rule in the order of `SpecialCause`.

    Outside: strictly beyond a limit. Trend: 7 points, 6 differences strictly in one direction. Two of three: 2 of 3
    points beyond two thirds of the limit on one side, all 3 on that side (the 2 or 3 are marked). Shift: 7 in a row
    strictly on one side of the centre; a point on it breaks the run. All 7 or more points of a run are marked. Gaps are
    passed over; a step change starts afresh. Source: NHS *Making data count*.
    """
    causes: list[SpecialCause | None] = [None] * len(points)
    indexed = [(index, point) for index, point in enumerate(points) if point.value is not None]
    for _, group in groupby(indexed, key=lambda pair: pair[1].stretch):
        stretch = list(group)
        found = _found([point for _, point in stretch])
        for cause in reversed(SpecialCause):
            for place in found[cause]:
                causes[stretch[place][0]] = cause
    return tuple(causes)


def anhoej(values: Sequence[float | None]) -> RunChart:
    """A median run chart with Anhøj's rules, for series under 12 periods, where limits say little.

    Points on the median don't count; `useful` do. A signal: the longest run on one side is longer than
    round(log2(useful) + 3), or the median is crossed fewer times than the 5% point of useful − 1 chances of ½.
    Gaps (None) are passed over. Source: Anhøj and Olesen, PLoS ONE 9(11):e113825, 2014; Anhøj, 10(3):e0121349, 2015.
    """
    _finite(values)
    given = [value for value in values if value is not None]
    middle = median(given) if given else None
    sides = [value > middle for value in given if middle is not None and value != middle]
    if len(sides) < 2:
        return RunChart(middle, len(sides), len(sides), len(sides), 0, 0, signal=False)
    longest = max(len(list(run)) for _, run in groupby(sides))
    crossings = sum(one != other for one, other in pairwise(sides))
    longest_limit = round(log2(len(sides)) + 3)
    crossings_limit = 0
    while binomial_cdf(crossings_limit, len(sides) - 1, 0.5) < 0.05:
        crossings_limit += 1
    signal = longest > longest_limit or crossings < crossings_limit
    return RunChart(middle, len(sides), longest, longest_limit, crossings, crossings_limit, signal)


def _finite(values: Sequence[float | None]) -> None:
    if not all(value is None or isfinite(value) for value in values):
        raise ValueError("a value is a finite number, or None")


def _stretches(periods: int, steps: Collection[int]) -> list[tuple[int, int]]:
    if any(not 0 <= step < periods for step in steps):
        raise ValueError("a step change is at one of the periods")
    bounds = sorted({0, periods, *steps})
    return list(pairwise(bounds))


def _point(
    value: float | None,
    centre: float | None,
    sigma: float | None,
    stretch: int,
    within: tuple[float, float] = (float("-inf"), float("inf")),
) -> ChartPoint:
    if centre is None or sigma is None:
        return ChartPoint(value, centre, None, None, None, None, stretch)
    low, high = max(within[0], centre - 3 * sigma), min(within[1], centre + 3 * sigma)
    return ChartPoint(value, centre, low, high, centre - 2 * sigma, centre + 2 * sigma, stretch)


def _marked(points: Sequence[ChartPoint]) -> tuple[ChartPoint, ...]:
    return tuple(replace(point, cause=cause) for point, cause in zip(points, special_causes(points), strict=True))


def _found(points: Sequence[ChartPoint]) -> dict[SpecialCause, set[int]]:
    """The places in one stretch that earn each rule."""
    sides = [_side(point.value, point.centre, point.centre) for point in points]
    rises = [_side(later.value, earlier.value, earlier.value) for earlier, later in pairwise(points)]
    near = [_side(point.value, point.near_low, point.near_high) for point in points]
    trend = {place + end for place in _in_runs(rises, RUN - 1) for end in (0, 1)}
    two_of_three = {
        place
        for start in range(len(points) - 2)
        for side in (-1, 1)
        if sides[start : start + 3] == [side] * 3 and near[start : start + 3].count(side) >= 2
        for place in range(start, start + 3)
        if near[place] == side
    }
    return {
        SpecialCause.OUTSIDE: {i for i, point in enumerate(points) if _side(point.value, point.low, point.high)},
        SpecialCause.TREND: trend,
        SpecialCause.TWO_OF_THREE: two_of_three,
        SpecialCause.SHIFT: _in_runs(sides, RUN),
    }


def _side(value: float | None, low: float | None, high: float | None) -> int:
    """−1 strictly below low, 1 strictly above high, else 0."""
    if value is None or low is None or high is None:
        return 0
    return (value > high and not _alike(value, high)) - (value < low and not _alike(value, low))


def _alike(one: float, other: float) -> bool:
    """Whether two numbers differ by no more than reckoning does: a point on a line is not beyond it."""
    return isclose(one, other, rel_tol=1e-12, abs_tol=1e-12)


def _in_runs(sides: Sequence[int], length: int) -> set[int]:
    """The places that stand in a run of at least that many of the same side; 0 is no side."""
    places: set[int] = set()
    start = 0
    for side, run in groupby(sides):
        end = start + len(list(run))
        if side and end - start >= length:
            places.update(range(start, end))
        start = end
    return places
