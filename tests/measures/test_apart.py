"""How far two shares lie apart: nobody can take one from the other and find another number."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.measures.apart import MOST_PLACES, apart

counted = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counted, counted, st.sampled_from([0, 1]))
def test_the_points_are_those_between_the_percentages_that_are_printed(
    first: tuple[int, int], second: tuple[int, int], places: int
) -> None:
    told = apart(first, second, places)
    printed = [Decimal(one.removesuffix("%")) for one in (told.first, told.second)]
    assert told.points == abs(printed[0] - printed[1])
    exact = abs(Decimal(100 * first[0]) / first[1] - Decimal(100 * second[0]) / second[1])
    decimals = -int(told.points.as_tuple().exponent)
    assert abs(told.points - exact) <= Decimal(1).scaleb(-decimals)
    if decimals < MOST_PLACES:  # with fewer than the most, it is the difference as anybody would round it
        assert abs(told.points - exact) <= Decimal("0.5").scaleb(-decimals)


@pytest.mark.parametrize(
    ("first", "second", "places", "said"),
    [
        ((33, 49), (55, 69), 0, ("67.3%", "79.7%", "12.4 percentage points")),  # 67% and 80% would be 13, not 12
        ((20, 80), (64, 80), 0, ("25%", "80%", "55 percentage points")),
        ((217, 290), (202, 299), 1, ("74.83%", "67.56%", "7.27 percentage points")),  # 74.8 and 67.6 would be 7.2
        ((1, 100), (2, 100), 0, ("1%", "2%", "1 percentage point")),
        ((5, 10), (1, 2), 0, ("50%", "50%", "0 percentage points")),
        ((999, 1000), (1, 2), 0, ("99.9%", "50.0%", "49.9 percentage points")),  # never 100%
    ],
)
def test_two_shares_are_told_with_as_few_decimals_as_agree(
    first: tuple[int, int], second: tuple[int, int], places: int, said: tuple[str, str, str]
) -> None:
    told = apart(first, second, places)
    assert (told.first, told.second, told.said) == said
