"""Which small numbers are not published, and that none can be worked back."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.measures.suppression import SMALL, hidden_counts, hidden_shares, is_small

Shares = list[tuple[int, int]]


@st.composite
def shares(draw: st.DrawFn) -> Shares:
    """So many of so many, team by team."""
    wholes = draw(st.lists(st.integers(0, 14), min_size=1, max_size=4))
    return [(draw(st.integers(0, whole)), whole) for whole in wholes]


def could_be(found: Shares, hidden: frozenset[int]) -> list[set[int]]:
    """By place: every count that fits what is shown, the wholes and the total being known."""
    fits = [range(of + 1) if place in hidden else range(hit, hit + 1) for place, (hit, of) in enumerate(found)]
    total = sum(hit for hit, _ in found)
    ways = [way for way in product(*fits) if sum(way) == total]
    return [set(column) for column in zip(*ways, strict=True)]


def test_counts_from_one_to_five_are_small_and_zero_is_not() -> None:
    assert [count for count in range(9) if is_small(count)] == [1, 2, 3, 4, 5]


def test_a_small_count_takes_another_with_it_because_the_total_is_known() -> None:
    assert hidden_counts([3, 20, 9]) == {0, 2}
    assert hidden_counts([0, 20, 9]) == frozenset()


def test_where_nothing_is_safe_all_counts_are_hidden() -> None:
    assert hidden_counts([1, 2]) == {0, 1}


def test_a_share_is_hidden_for_its_count_and_for_its_rest() -> None:
    assert {0, 1} <= hidden_shares([(2, 30), (28, 30), (15, 30), (14, 30)])


def test_shares_that_are_all_large_or_nothing_are_shown() -> None:
    assert hidden_shares([(0, 30), (30, 30), (15, 30)]) == frozenset()


def test_one_hidden_share_never_stands_alone() -> None:
    assert hidden_shares([(3, 30), (15, 30), (12, 20)]) == {0, 2}


def test_a_place_hidden_for_another_reason_counts_as_hidden() -> None:
    assert hidden_shares([(0, 2), (15, 30), (12, 40)], hidden={0}) >= {0, 1}


@settings(max_examples=300, deadline=None)
@given(shares())
def test_every_small_share_is_hidden(found: Shares) -> None:
    hidden = hidden_shares(found)
    for place, (hit, of) in enumerate(found):
        assert place in hidden or not (is_small(hit) or is_small(of - hit))


@settings(max_examples=300, deadline=None)
@given(shares())
def test_no_hidden_share_can_be_worked_back_from_the_shown_ones(found: Shares) -> None:
    hidden = hidden_shares(found)
    if not hidden or len(hidden) == len(found):
        return  # nothing is left to subtract from the total
    if not any(found[place][0] for place in hidden) or all(found[place][0] == found[place][1] for place in hidden):
        return  # nothing of any, or all of each: zero is shown, and the wholes are hidden where they are small
    for place, counts in enumerate(could_be(found, hidden)):
        if place in hidden and found[place][1] > 0:
            assert len(counts) > 1


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=2, max_size=8))
def test_of_hidden_counts_any_one_could_be_more_than_small(counts: list[int]) -> None:
    hidden = hidden_counts(counts)
    if hidden and len(hidden) < len(counts):
        assert sum(counts[place] for place in hidden) - (len(hidden) - 1) > SMALL
