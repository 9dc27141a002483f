"""Places and chances: quotas are met, and cases are drawn as often as their stored chance says."""

from collections import Counter
from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.sampling.frame import Frame, FrameCase
from audit_app.sampling.policy import Method, Policy
from audit_app.sampling.quotas import minimum_quotas, proportional_quotas
from audit_app.sampling.selection import (
    chance_of,
    draw,
)
from audit_app.sampling.weighing import weigh
from tests.sampling.make import POLICIES, small_frame

DRAWS = 10_000


sizes_of_strata = st.dictionaries(
    st.tuples(st.sampled_from("abcdefgh")), st.integers(0, 40), min_size=1, max_size=8
).filter(lambda sizes: sum(sizes.values()) > 0)


@settings(deadline=None)
@given(sizes=sizes_of_strata, data=st.data())
def test_proportional_quotas_add_up_and_stay_within_one_of_the_exact_share(
    sizes: dict[tuple[str, ...], int], data: st.DataObject
) -> None:
    places = data.draw(st.integers(0, sum(sizes.values())))
    quotas = proportional_quotas(sizes, places, data.draw(st.permutations(sorted(sizes))))
    total = sum(sizes.values())
    assert sum(quota.places for quota in quotas.values()) == places
    assert sum(quota.expected for quota in quotas.values()) == places
    for key, quota in quotas.items():
        assert quota.places <= sizes[key]
        assert abs(quota.places - Fraction(places * sizes[key], total)) < 1


@settings(deadline=None)
@given(sizes=sizes_of_strata, minimum=st.integers(1, 5), data=st.data())
def test_a_minimum_is_met_by_every_stratum_that_has_the_cases(
    sizes: dict[tuple[str, ...], int], minimum: int, data: st.DataObject
) -> None:
    needed = sum(min(minimum, size) for size in sizes.values())
    places = data.draw(st.integers(needed, sum(sizes.values())))
    quotas = minimum_quotas(sizes, places, minimum, sorted(sizes))
    assert sum(quota.places for quota in quotas.values()) == places
    for key, quota in quotas.items():
        assert min(minimum, sizes[key]) <= quota.places <= sizes[key]


def test_largest_remainder_gives_the_left_over_places_to_the_largest_remainders() -> None:
    sizes: dict[tuple[str, ...], int] = {("a",): 53, ("b",): 24, ("c",): 23}
    quotas = proportional_quotas(sizes, 10, sorted(sizes))
    assert [quotas[key].places for key in sorted(sizes)] == [5, 3, 2]


def test_a_tie_goes_by_the_seed_and_the_chance_says_so() -> None:
    cases = tuple(FrameCase(f"{team}{n}", {"team": team}) for team in "ABC" for n in range(4))
    seen = Counter[str]()
    for number in range(300):
        drawn = draw(Frame(cases), Policy(Method.PROPORTIONAL, 1, strata=("team",)), f"seed {number}")
        assert drawn.cases[0].inclusion_probability == Fraction(1, 12)
        seen[drawn.cases[0].stratum[0]] += 1
    assert all(70 <= times <= 130 for times in seen.values())


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES.keys())
def test_inclusion_frequencies_stay_within_binomial_bounds(policy: Policy) -> None:
    frame = small_frame()
    times: Counter[str] = Counter()
    for number in range(DRAWS):
        times.update(draw(frame, policy, f"draw {number}").references)
    first = draw(frame, policy, "draw 0")
    for case in frame.cases:
        chance = float(chance_of(first, case.reference))
        assert abs(times[case.reference] - DRAWS * chance) <= 4 * sqrt(DRAWS * chance * (1 - chance)), case


@settings(deadline=None)
@given(weights=st.lists(st.integers(1, 100), min_size=1, max_size=20), data=st.data())
def test_chances_by_weight_are_in_proportion_and_heavy_cases_are_certain(
    weights: list[int], data: st.DataObject
) -> None:
    places = data.draw(st.integers(1, len(weights)))
    weighing = weigh(weights, places)
    chances = [weighing.chance(weight) for weight in weights]
    # A second way to the same chances: cut at one again and again, and share what is left among the others.
    certain: set[int] = set()
    while True:
        rest = [place for place in range(len(weights)) if place not in certain]
        total = sum(weights[place] for place in rest)
        over = {place for place in rest if (places - len(certain)) * weights[place] >= total}
        if not over:
            break
        certain |= over
    expected = [
        Fraction(1) if place in certain else Fraction((places - len(certain)) * weight, total)
        for place, weight in enumerate(weights)
    ]
    assert chances == expected
    assert sum(chances) == places
