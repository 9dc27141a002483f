"""The seeded order, and shares drawn as things come in."""

from collections import Counter
from fractions import Fraction
from itertools import combinations
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.sampling.draws import is_drawn, random_share, seeded_order
from tests.sampling import make

DRAWS = 10_000


def test_every_pair_of_cases_is_drawn_together_as_often_as_any_other() -> None:
    references = [f"{number:02}" for number in range(8)]
    together: Counter[tuple[str, ...]] = Counter()
    for number in range(DRAWS):
        together.update(combinations(sorted(seeded_order(references, f"draw {number}")[:3]), 2))
    chance = (3 * 2) / (8 * 7)
    for pair in combinations(references, 2):
        assert abs(together[pair] - DRAWS * chance) <= 4 * sqrt(DRAWS * chance * (1 - chance))


@settings(deadline=None)
@given(listed=st.lists(make.references, unique=True, max_size=30), seed=make.seeds, percent=st.integers(0, 100))
def test_a_share_is_decided_one_by_one(listed: list[str], seed: str, percent: int) -> None:
    share = Fraction(percent, 100)
    together = {draw.reference for draw in random_share(listed, seed, share=share)}
    assert together == {reference for reference in listed if is_drawn(seed, reference, share)}


@settings(deadline=None)
@given(listed=st.lists(make.references, unique=True, max_size=30), seed=make.seeds, count=st.integers(0, 40))
def test_a_count_is_drawn_with_its_exact_chance(listed: list[str], seed: str, count: int) -> None:
    drawn = random_share(listed, seed, count=count)
    assert len(drawn) == min(count, len(listed))
    assert {draw.inclusion_probability for draw in drawn} <= {Fraction(min(count, len(listed)), len(listed) or 1)}


@settings(deadline=None)
@given(reference=make.references, seed=make.seeds, percents=st.tuples(st.integers(0, 100), st.integers(0, 100)))
def test_a_greater_share_only_adds(reference: str, seed: str, percents: tuple[int, int]) -> None:
    less, more = (Fraction(percent, 100) for percent in sorted(percents))
    assert is_drawn(seed, reference, more) or not is_drawn(seed, reference, less)


def test_a_share_is_drawn_about_as_often_as_it_says() -> None:
    drawn = sum(is_drawn("seed", f"audit {number}", Fraction(1, 5)) for number in range(DRAWS))
    assert abs(drawn - DRAWS / 5) <= 4 * sqrt(DRAWS * 0.2 * 0.8)


@settings(max_examples=20, deadline=None)
@given(share=st.sampled_from([Fraction(-1, 2), Fraction(3, 2)]))
def test_a_chance_outside_none_to_certain_is_no_chance(share: Fraction) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        is_drawn("seed", "1", share)


def test_a_share_needs_either_a_share_or_a_count_and_each_reference_once() -> None:
    with pytest.raises(ValueError, match="either"):
        random_share(["1"], "seed")
    with pytest.raises(ValueError, match="twice"):
        random_share(["1", "1"], "seed", count=1)
