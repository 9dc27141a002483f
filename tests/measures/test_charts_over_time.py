"""Control charts, their special causes and the median run chart."""

from dataclasses import replace
from math import sqrt
from statistics import mean, median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.measures.statistics import (
    PERIODS_FOR_LIMITS,
    ChartPoint,
    SpecialCause,
    anhoej,
    p_chart,
    special_causes,
    xmr,
)

OUTSIDE, TREND = SpecialCause.OUTSIDE, SpecialCause.TREND
TWO_OF_THREE, SHIFT = SpecialCause.TWO_OF_THREE, SpecialCause.SHIFT


def chart(*values: float | None) -> list[ChartPoint]:
    """Points about a centre of 0 with limits at ±3, so that two thirds of the way is ±2."""
    return [ChartPoint(value, 0.0, -3.0, 3.0, -2.0, 2.0) for value in values]


def causes(*values: float | None) -> list[SpecialCause | None]:
    return list(special_causes(chart(*values)))


# p-chart


def test_a_p_chart_has_the_pooled_share_and_three_sigma_limits_for_each_months_number() -> None:
    points = [(8, 10), (15, 20), (4, 10), (30, 40), (9, 16)]
    pooled = 66 / 96
    for (k, n), point in zip(points, p_chart(points), strict=True):
        sigma = sqrt(pooled * (1 - pooled) / n)
        assert point.value == k / n
        assert point.centre == pooled
        assert point.low == pytest.approx(max(0, pooled - 3 * sigma))
        assert point.high == pytest.approx(min(1, pooled + 3 * sigma))


def test_limits_of_a_share_are_cut_at_none_and_all() -> None:
    point = p_chart([(3, 4), (2, 4), (4, 4)])[0]
    assert point.low == pytest.approx(0.75 - 3 * sqrt(0.75 * 0.25 / 4))
    assert point.high == 1.0
    assert point.near_high is not None
    assert point.near_high > 1.0  # two thirds of the way to the limit before it was cut


def test_a_month_with_nothing_to_count_is_a_gap_without_limits() -> None:
    gap = p_chart([(3, 4), (0, 0), (2, 4)])[1]
    assert (gap.value, gap.low, gap.high, gap.cause) == (None, None, None, None)
    nothing = p_chart([(0, 0), (0, 0)])
    assert [point.centre for point in nothing] == [None, None]
    assert p_chart([]) == ()


def test_all_or_nothing_every_month_is_no_special_cause_of_the_limits() -> None:
    assert [point.cause for point in p_chart([(0, 9)] * 12)] == [None] * 12
    assert [point.cause for point in p_chart([(9, 9)] * 12)] == [None] * 12


def test_a_month_far_from_the_others_is_outside() -> None:
    marked = [point.cause for point in p_chart([(50, 100), (52, 100), (48, 100), (80, 100), (51, 100), (49, 100)])]
    assert marked[3] == OUTSIDE


def test_a_step_change_starts_new_limits_and_new_runs() -> None:
    points = [(10, 40)] * 6 + [(30, 40)] * 6
    assert {point.cause for point in p_chart(points)} == {OUTSIDE}
    stepped = p_chart(points, steps=[6])
    assert [point.centre for point in stepped] == [0.25] * 6 + [0.75] * 6
    assert [point.stretch for point in stepped] == [0] * 6 + [1] * 6
    assert {point.cause for point in stepped} == {None}


def test_a_step_change_off_the_chart_and_an_impossible_share_are_refused() -> None:
    with pytest.raises(ValueError, match="step"):
        p_chart([(1, 2)], steps=[1])
    with pytest.raises(ValueError, match="share"):
        p_chart([(3, 2)])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), max_size=30))
def test_the_chart_of_the_complement_is_the_chart_upside_down(points: list[tuple[int, int]]) -> None:
    for one, other in zip(p_chart(points), p_chart([(n - k, n) for k, n in points]), strict=True):
        assert one.cause == other.cause
        if one.low is not None and one.high is not None and one.centre is not None:
            assert 0 <= one.low <= one.centre <= one.high <= 1
            assert one.low == pytest.approx(1 - (other.high or 0))


# XmR


def test_an_xmr_chart_has_the_mean_and_266_mean_moving_ranges() -> None:
    values = [12.0, 15.0, 11.0, 14.0, 18.0, 13.0]
    moving = mean([3, 4, 3, 4, 5])
    for point in xmr(values):
        assert point.centre == pytest.approx(mean(values))
        assert point.high == pytest.approx(mean(values) + 2.66 * moving)
        assert point.low == pytest.approx(mean(values) - 2.66 * moving)


def test_an_xmr_chart_passes_over_gaps_and_needs_two_values() -> None:
    gap = xmr([4.0, None, 6.0])
    assert gap[1].value is None
    assert gap[0].high == pytest.approx(5 + 2.66 * 2)
    assert (xmr([4.0])[0].centre, xmr([4.0])[0].low) == (4.0, None)
    assert xmr([]) == ()
    assert [point.low for point in xmr([4.0, 5.0, 6.0], steps=[2])][2] is None


def test_the_same_value_every_month_is_no_special_cause_however_it_is_written_in_binary() -> None:
    assert {point.cause for point in xmr([0.1] * 10 + [0.3 - 0.2] * 10)} == {None}


# Special causes


def test_a_point_is_outside_only_strictly_beyond_a_limit() -> None:
    assert causes(3.0, 0.5, -3.0, -0.5) == [None] * 4
    assert causes(3.01, 0.0, -3.01, 0.0) == [OUTSIDE, None, OUTSIDE, None]


def test_seven_on_one_side_are_a_shift_and_six_are_not() -> None:
    seven = (1.0, 0.5, 1.1, 0.4, 1.2, 0.3, 1.0)
    assert causes(*seven) == [SHIFT] * 7
    assert causes(*seven[:6]) == [None] * 6
    assert causes(-0.1, *seven, 0.9, -0.2) == [None, *[SHIFT] * 8, None]


def test_a_point_on_the_centre_breaks_the_run() -> None:
    assert causes(1.0, 0.5, 1.1, 0.4, 0.0, 1.2, 0.3, 1.0) == [None] * 8


def test_seven_points_of_six_rises_or_falls_are_a_trend_and_six_points_are_not() -> None:
    assert causes(-1.5, -1.0, -0.5, 0.1, 0.5, 1.0, 1.5) == [TREND] * 7
    assert causes(1.5, 1.0, 0.5, 0.1, -0.5, -1.0, -1.5) == [TREND] * 7
    assert causes(-1.5, -1.0, -0.5, 0.1, 0.5, 1.0) == [None] * 6
    assert causes(-1.5, -1.0, -0.5, -0.5, 0.1, 0.5, 1.0, 1.5) == [None] * 8


def test_two_of_three_near_a_limit_with_all_three_on_that_side_are_marked() -> None:
    assert causes(2.1, 0.5, 2.5) == [TWO_OF_THREE, None, TWO_OF_THREE]
    assert causes(-2.1, -2.4, -0.5) == [TWO_OF_THREE, TWO_OF_THREE, None]
    assert causes(2.1, -0.5, 2.5) == [None] * 3
    assert causes(2.1, 0.0, 2.5) == [None] * 3
    assert causes(2.0, 0.5, 2.5) == [None] * 3
    assert causes(2.1, 2.5) == [None] * 2


def test_a_point_that_earns_several_is_named_by_the_first_in_order() -> None:
    rising = causes(0.5, 0.6, 0.7, 0.8, 2.1, 2.2, 3.5)
    assert rising == [TREND] * 6 + [OUTSIDE]
    on_one_side = causes(1.0, 0.5, 2.1, 0.4, 2.2, 0.3, 1.0)
    assert on_one_side == [SHIFT, SHIFT, TWO_OF_THREE, SHIFT, TWO_OF_THREE, SHIFT, SHIFT]
    assert list(SpecialCause) == [OUTSIDE, TREND, TWO_OF_THREE, SHIFT]


def test_gaps_are_passed_over_and_earn_nothing() -> None:
    assert causes(1.0, 0.5, 1.1, None, 0.4, 1.2, 0.3, 1.0) == [SHIFT] * 3 + [None] + [SHIFT] * 4


def test_no_run_reaches_over_a_step_change() -> None:
    points = chart(*[0.5, 0.4] * 4)
    later = [replace(point, stretch=1) for point in points[4:]]
    assert special_causes(points) == (SHIFT,) * 8
    assert special_causes(points[:4] + later) == (None,) * 8


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([x / 2 for x in range(-8, 9)]), max_size=25))
def test_special_causes_are_the_same_upside_down_and_backwards(values: list[float]) -> None:
    assert causes(*values) == causes(*[-value for value in values])
    assert causes(*values) == causes(*reversed(values))[::-1]


# Median run chart, Anhøj's rules


@pytest.mark.parametrize(
    ("useful", "longest", "crossings"),
    [(10, 6, 2), (11, 6, 2), (12, 7, 3), (13, 7, 3), (16, 7, 4), (20, 7, 6), (24, 8, 8), (30, 8, 10)],
)
def test_the_limits_of_a_run_chart_follow_anhoejs_formulas(useful: int, longest: int, crossings: int) -> None:
    # round(log2 n + 3), and scipy's binom.ppf(0.05, n − 1, 0.5); for 24 points Anhøj's papers print 8 and 8.
    on_the_median = [0.0] * 3 * (useful % 2)
    found = anhoej([float((-1) ** i) for i in range(useful)] + on_the_median)
    assert (found.useful, found.longest_run_limit, found.crossings_limit) == (useful, longest, crossings)
    assert (found.longest_run, found.crossings, found.signal) == (1, useful - 1, False)


def test_a_shift_in_a_short_series_is_a_signal_by_few_crossings() -> None:
    found = anhoej([1, 2, 1, 2, 1, 8, 9, 8, 9, 8])
    assert (found.median, found.useful, found.longest_run, found.crossings) == (5.0, 10, 5, 1)
    assert found.signal


def test_points_on_the_median_and_gaps_do_not_count() -> None:
    found = anhoej([3.0, None, 5.0, 4.0, 4.0, 4.0, 5.0, 3.0])
    assert found.median == 4.0
    assert (found.useful, found.longest_run, found.crossings, found.signal) == (4, 2, 2, False)


def test_nothing_and_one_value_and_all_alike_are_no_signal() -> None:
    assert anhoej([]).median is None
    assert anhoej([0.4]).signal is False
    assert (anhoej([0.4] * 9).useful, anhoej([0.4] * 9).signal) == (0, False)
    assert PERIODS_FOR_LIMITS == 12


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=30))
def test_a_run_chart_counts_what_lies_off_the_median(values: list[int]) -> None:
    found = anhoej(values)
    assert found.useful == sum(value != median(values) for value in values)
    assert found.crossings <= max(0, found.useful - 1)
    assert found == replace(anhoej([-value for value in values]), median=found.median)
