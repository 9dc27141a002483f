"""How a sample compares with its list, and that what is published gives no small number away."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.sampling.coverage import (
    NOT_APPLICABLE,
    SMALL,
    SUPPRESSED,
    Coverage,
    CoverageRow,
    PublishedFigure,
    coverage,
    published,
    suppressed,
)
from audit_app.sampling.frame import Frame, FrameCase
from tests.sampling import make


def table(*counts: tuple[int, int]) -> Coverage:
    """A comparison with these counts of the list and the sample."""
    rows = tuple(CoverageRow(f"value {place}", listed, sampled) for place, (listed, sampled) in enumerate(counts))
    return Coverage("team", rows, sum(row.listed for row in rows), sum(row.sampled for row in rows))


@settings(deadline=None)
@given(frame=make.frames(), data=st.data())
def test_every_case_of_the_list_and_the_sample_is_counted_once(frame: Frame, data: st.DataObject) -> None:
    chosen = data.draw(st.sets(st.sampled_from(sorted(frame.references()))))
    for compared in coverage(frame, chosen, ("team", "category", "age band")):
        assert sum(row.listed for row in compared.rows) == compared.listed == len(frame.cases)
        assert sum(row.sampled for row in compared.rows) == compared.sampled == len(chosen)
        assert all(0 <= row.sampled <= row.listed for row in compared.rows)
        assert sum(compared.expected(row) or 0 for row in compared.rows) == len(chosen)


def test_values_stand_in_the_order_given_and_unrecorded_last() -> None:
    teams = ("Cedar", "", "Ash", "Birch", "Dogwood")
    frame = Frame(tuple(FrameCase(str(place), {"team": team}) for place, team in enumerate(teams)))
    [compared] = coverage(frame, {"0"}, ("team",), {"team": ("Birch", "Ash", "Elder")})
    assert [row.value for row in compared.rows] == ["Birch", "Ash", "Cedar", "Dogwood", ""]


def test_a_case_that_is_not_on_the_list_can_not_be_compared() -> None:
    with pytest.raises(ValueError, match="Case 9 is not on the list"):
        coverage(Frame((FrameCase("1", {}),)), {"9"}, ("team",))


def test_shares_and_expected_numbers_are_exact() -> None:
    compared = table((30, 2), (70, 8))
    row = compared.rows[0]
    assert compared.listed_share(row) == Fraction(3, 10)
    assert compared.sampled_share(row) == Fraction(1, 5)
    assert compared.expected(row) == 3


def test_nothing_is_a_share_of_nothing() -> None:
    empty = table((0, 0))
    assert empty.listed_share(empty.rows[0]) is None
    assert empty.sampled_share(empty.rows[0]) is None
    assert empty.expected(empty.rows[0]) is None
    assert not empty.beyond_chance(empty.rows[0])


@pytest.mark.parametrize(
    ("counts", "beyond"),
    [
        (((100, 10), (100, 10)), False),
        (((100, 14), (100, 6)), False),
        (((100, 15), (100, 5)), True),
        (((100, 5), (100, 15)), True),
        (((10, 10), (10, 10)), False),
        (((20, 5),), False),
    ],
)
def test_a_gap_is_beyond_chance_when_it_passes_two_standard_deviations(
    counts: tuple[tuple[int, int], ...], beyond: bool
) -> None:
    compared = table(*counts)
    assert compared.beyond_chance(compared.rows[0]) is beyond


# Published


counts_of_a_column = st.lists(st.integers(0, 12), min_size=1, max_size=5)


@settings(deadline=None, max_examples=200)
@given(counts=counts_of_a_column, small=st.integers(1, 4))
def test_no_small_number_can_be_worked_back_from_a_published_column(counts: list[int], small: int) -> None:
    hidden = suppressed(counts, small)
    if hidden is None:
        return
    assert not any(1 <= count <= small for place, count in enumerate(counts) if place not in hidden)
    assert all(counts[place] for place in hidden)
    left = sum(counts[place] for place in hidden)
    # Everything a reader can take the hidden cells for: at least one each, together what the total leaves.
    possible = [cells for cells in product(range(1, left + 1), repeat=len(hidden)) if sum(cells) == left]
    for place in range(len(hidden)):
        assert len({cells[place] > small for cells in possible}) == 2


@settings(deadline=None)
@given(counts=counts_of_a_column, small=st.integers(1, 5))
def test_nothing_is_hidden_where_nothing_is_small(counts: list[int], small: int) -> None:
    if not any(1 <= count <= small for count in counts):
        assert suppressed(counts, small) == frozenset()


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ((20, 30, 0), frozenset()),
        ((20, 30, 3), frozenset({0, 2})),
        ((20, 4, 3), frozenset({1, 2})),
        ((20, 1, 1), frozenset({0, 1, 2})),
        ((20, 5, 5), frozenset({1, 2})),
        ((3, 0, 0), None),
        ((1, 1, 1), None),
    ],
)
def test_a_small_number_hides_another_with_it(counts: tuple[int, ...], hidden: frozenset[int] | None) -> None:
    assert suppressed(counts, SMALL) == hidden


def test_a_published_comparison_shows_what_may_be_shown() -> None:
    shown = published(table((40, 6), (50, 12), (4, 2), (0, 0)))
    hidden = PublishedFigure(None, None, SUPPRESSED)
    assert [row.sampled for row in shown.rows] == [
        hidden,
        PublishedFigure(12, Fraction(12, 20)),
        hidden,
        PublishedFigure(0, Fraction(0)),
    ]
    assert [row.listed for row in shown.rows][:3] == [hidden, PublishedFigure(50, Fraction(50, 94)), hidden]
    assert shown.listed == PublishedFigure(94, Fraction(1))
    assert shown.sampled == PublishedFigure(20, Fraction(1))


def test_a_column_that_would_give_itself_away_is_hidden_whole() -> None:
    shown = published(table((40, 3), (50, 0)))
    assert {figure.symbol for figure in (*(row.sampled for row in shown.rows), shown.sampled)} == {SUPPRESSED}


def test_a_share_of_an_empty_sample_does_not_apply() -> None:
    shown = published(table((40, 0), (50, 0)))
    assert [row.sampled for row in shown.rows] == [PublishedFigure(0, None, NOT_APPLICABLE)] * 2
