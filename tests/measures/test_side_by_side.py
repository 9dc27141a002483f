"""Rounds read beside their total: no small number of any can be worked out from the others."""

from collections.abc import Iterator
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.measures.counts import Counts
from audit_app.measures.figure import Figure
from audit_app.measures.pairings import PAIRINGS, pair_figures
from audit_app.measures.side_by_side import AUDITS, GRADED, kept_back
from audit_app.measures.suppression import is_small
from audit_app.measures.withheld import is_kept_back, withheld

Graded = tuple[int, int, int]  # good as audited, good as it stands, moderated
NOBODY = tuple(pair_figures([], *tiers) for tiers in PAIRINGS)


def counts(whole: int, graded: Graded) -> Counts:
    """A round of so many audits, none of them drawn at random."""
    audited, stands, moderated = graded
    gap = Figure("inflation_gap", audited - stands, moderated, 0.0 if moderated else None)
    shares = [
        Figure(key, count, whole, count / whole if whole else None) for key, count in zip(GRADED, graded, strict=True)
    ]
    return Counts((*shares[:2], gap, shares[2]), NOBODY, NOBODY)


def every_way(whole: int) -> Iterator[Graded]:
    """Every way in which a round of so many audits may be graded: a grade changes only where somebody moderates."""
    for audited, stands, moderated in product(range(whole + 1), repeat=3):
        if abs(audited - stands) <= moderated:
            yield audited, stands, moderated


def rounds(most: int) -> st.SearchStrategy[list[tuple[int, Graded]]]:
    """A few rounds."""
    one = st.integers(6, most).flatmap(lambda n: st.tuples(st.just(n), st.sampled_from(list(every_way(n)))))
    return st.lists(one, min_size=2, max_size=5)


def test_a_round_of_which_all_others_are_told_keeps_another_back_with_it() -> None:
    # 10 and 3 of 30; then 20 of 40, none moderated: told as audited, it would tell 20 as it stands, and so the 3.
    found = kept_back([counts(30, (10, 3, 12)), counts(40, (20, 20, 0)), counts(50, (25, 25, 20))])
    assert [bool(keys) for keys in found] == [True, True, False]
    assert found[1] >= {*GRADED, "inflation_gap"}


def test_a_round_alone_keeps_back_no_more_than_it_would() -> None:
    assert kept_back([counts(40, (20, 20, 10))]) == (frozenset(),)
    assert kept_back([counts(40, (20, 20, 10)), counts(50, (30, 25, 10))]) == (frozenset(), frozenset())
    assert kept_back([]) == ()


def test_where_there_are_few_audits_everything_is_kept_back() -> None:
    few, other, _ = kept_back([counts(3, (3, 3, 0)), counts(20, (10, 10, 8)), counts(40, (20, 20, 10))])
    assert AUDITS in few
    assert AUDITS in other
    assert few >= {*GRADED, "on_time", "exact_senior", "bias_external"}


@settings(max_examples=60, deadline=None)
@given(rounds(12))
def test_no_small_number_of_a_round_can_be_worked_out_from_its_total_and_the_other_rounds(
    found: list[tuple[int, Graded]],
) -> None:
    """A reader knows how many audits each round has, all that is told, and those totals that are told."""
    kept = kept_back([counts(*one) for one in found])
    sums = [sum(graded[at] for _, graded in found) for at in range(3)]
    read = withheld(counts(sum(whole for whole, _ in found), (sums[0], sums[1], sums[2])))
    known = [at for at, key in enumerate(GRADED) if not any(is_kept_back(one) for one in read.shares if one.key == key)]
    hidden = [one for one, keys in zip(found, kept, strict=True) if GRADED[0] in keys]
    for (_whole, graded), keys in zip(found, kept, strict=True):
        small = any(is_small(count) or is_small(_whole - count) for count in graded)
        assert set(GRADED) <= keys or not small
    if not hidden:
        return
    left = [sum(graded[at] for _, graded in hidden) for at in range(3)]
    for number, (whole, graded) in enumerate(hidden):
        rest = sum(one for at, (one, _) in enumerate(hidden) if at != number)
        could = [way for way in every_way(whole) if _fits([left[at] - way[at] for at in range(3)], rest, known)]
        for at in range(3):
            if is_small(graded[at]) or is_small(whole - graded[at]):
                assert len({way[at] for way in could}) > 1


def _fits(left: list[int], rest: int, known: list[int]) -> bool:
    """Whether the other hidden rounds can be what is left for them, as far as totals are told."""
    return all(0 <= left[at] <= rest for at in known) and (len(known) < 3 or abs(left[0] - left[1]) <= left[2])
