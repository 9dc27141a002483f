"""The funnel: exact limits, and who stands outside them."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.measures.distributions import binomial_cdf
from audit_app.measures.statistics import FunnelLimits, Standing, funnel, funnel_limits
from tests.measures.oracles.committed import near, numbers


def test_the_limits_are_spiegelhalters_from_scipys_exact_binomial() -> None:
    for target, n, *said in numbers()["funnel"]:
        own = funnel_limits(target, n)
        for limit, figure in zip((own.low_95, own.high_95, own.low_998, own.high_998), said, strict=True):
            assert near(limit, figure), (target, n)


def test_the_interpolated_limits_by_hand() -> None:
    # n = 4, θ = ½: F = 1/16, 5/16, 11/16, 15/16, 1. p = 0.975: r = 4, a = (1 − 0.975) / (1/16) = 0.4, limit 3.6/4.
    own = funnel_limits(0.5, 4)
    assert own.high_95 == pytest.approx(0.9)
    assert own.low_95 == 0.0
    assert own.high_998 == pytest.approx((4 - 0.016) / 4)


@settings(max_examples=200, deadline=None)
@given(st.floats(0.001, 0.999), st.integers(1, 3000))
def test_the_limits_nest_stay_within_none_and_all_and_bracket_the_exact_tails(target: float, n: int) -> None:
    own = funnel_limits(target, n)
    assert 0 <= own.low_998 <= own.low_95 <= own.high_95 <= own.high_998 <= 1
    for limit, p in ((own.low_95, 0.025), (own.high_95, 0.975), (own.low_998, 0.001), (own.high_998, 0.999)):
        if 0 < limit < 1:
            below = int(limit * n + 1e-9)
            assert binomial_cdf(below - 1, n, target) < p + 1e-9
            assert binomial_cdf(below + 1, n, target) > p - 1e-9


def test_limits_close_about_none_and_all_and_draw_in_with_number() -> None:
    assert funnel_limits(0.0, 9) == FunnelLimits(0.0, 0.0, 0.0, 0.0)
    assert funnel_limits(1.0, 9) == FunnelLimits(1.0, 1.0, 1.0, 1.0)
    widths = [limits.high_95 - limits.low_95 for limits in (funnel_limits(0.6, n) for n in (20, 80, 320, 1280))]
    assert widths == sorted(widths, reverse=True)
    for target, n in ((0.5, 0), (-0.1, 5), (1.1, 5)):
        with pytest.raises(ValueError, match="limits"):
            funnel_limits(target, n)


def test_teams_keep_their_order_and_are_held_against_the_share_of_all() -> None:
    found = funnel([(60, 100), (95, 100), (5, 100), (0, 0), (45, 100)])
    assert found.target == pytest.approx(205 / 400)
    assert [point.standing for point in found.points] == [
        Standing.INSIDE,
        Standing.ABOVE_998,
        Standing.BELOW_998,
        None,
        Standing.INSIDE,
    ]


def test_between_the_two_limits_is_outside_the_inner_one_only() -> None:
    limits = funnel_limits(0.5, 100)
    high, low = round((limits.high_95 + limits.high_998) * 50), round((limits.low_95 + limits.low_998) * 50)
    found = funnel([(high, 100), (low, 100)], target=0.5)
    assert [point.standing for point in found.points] == [Standing.ABOVE_95, Standing.BELOW_95]


def test_a_small_team_is_not_beyond_chance_where_all_of_it_is_counted_and_chance_often_gives_that() -> None:
    # The interpolated limit for 10 at 86% is 98.9%, yet chance gives 10 of 10 in 22 of 100 teams (0.86 ** 10).
    assert funnel_limits(0.86, 10).high_95 < 1
    assert [point.standing for point in funnel([(10, 10), (1, 1), (5, 5)], target=0.86).points] == [Standing.INSIDE] * 3
    assert funnel([(0, 10)], target=0.14).points[0].standing is Standing.INSIDE


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 120), st.integers(1, 399), st.data())
def test_a_team_is_outside_exactly_where_chance_gives_so_many_or_so_few_less_than_once_in_forty(
    n: int, share: int, data: st.DataObject
) -> None:
    k, target = data.draw(st.integers(0, n)), share / 400
    point = funnel([(k, n)], target=target).points[0]
    chances = [comb(n, j) * Fraction(share, 400) ** j * Fraction(400 - share, 400) ** (n - j) for j in range(n + 1)]
    above, below = sum(chances[k:]), sum(chances[: k + 1])
    assert (point.standing in (Standing.ABOVE_95, Standing.ABOVE_998)) == (above < Fraction(1, 40))
    assert (point.standing in (Standing.BELOW_95, Standing.BELOW_998)) == (below < Fraction(1, 40))
    assert (point.standing is Standing.ABOVE_998) == (above < Fraction(1, 1000))
    if point.standing is not Standing.INSIDE and point.limits and point.share is not None:
        assert not point.limits.low_95 <= point.share <= point.limits.high_95


def test_nothing_counted_anywhere_is_no_funnel() -> None:
    found = funnel([(0, 0), (0, 0)])
    assert found.target is None
    assert [point.share for point in found.points] == [None, None]
    assert [point.standing for point in funnel([(4, 4), (6, 6)]).points] == [Standing.INSIDE] * 2
    with pytest.raises(ValueError, match="share"):
        funnel([(2, 1)])
