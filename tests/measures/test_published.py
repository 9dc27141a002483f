"""What a board reads: nothing that is left out can be worked back from what is printed."""

import datetime as dt
from collections.abc import Iterator
from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from audit_app.measures.counts import Counts
from audit_app.measures.figure import Figure
from audit_app.measures.figures import Row
from audit_app.measures.pairings import PAIRINGS, pair_figures
from audit_app.measures.published import figures_of, headlines, hidden_cells
from audit_app.measures.suppression import SMALL, is_small
from audit_app.measures.withheld import KEPT_BACK

Counted = tuple[int, int, int, int]  # audits, good as audited, good as it stands, moderated


def row(at: int, counted: Counted) -> Row:
    """A month's row: every audit has a grade, none is drawn."""
    audits, audited, stands, moderated = counted

    def figure(key: str, count: int, total: int) -> Figure:
        return Figure(key, count, total, count / total if total else None)

    return Row(
        f"Month {at}",
        audits,
        figure("good_as_audited", audited, audits),
        figure("good_as_stands", stands, audits),
        figure("coverage", moderated, audits),
        figure("exact_senior", 0, 0),
        key=dt.date(2026, at + 1, 1).isoformat(),
    )


def counted(most: int) -> st.SearchStrategy[Counted]:
    """A month's counts."""
    return st.integers(0, most).flatmap(
        lambda n: st.tuples(st.just(n), st.integers(0, n), st.integers(0, n), st.integers(0, n))
    )


@settings(max_examples=300, deadline=None)
@given(st.lists(counted(60), min_size=1, max_size=12))
def test_no_small_count_and_no_small_rest_is_ever_printed(found: list[Counted]) -> None:
    rows = [row(at, one) for at, one in enumerate(found)]
    few, *columns = hidden_cells(rows)
    for at, one in enumerate(rows):
        assert at in few or not is_small(one.audits)
        for figure, hidden in zip(figures_of(one), columns, strict=True):
            assert at in hidden or not (is_small(figure.count) or is_small(figure.total - figure.count))


@settings(max_examples=200, deadline=None)
@given(st.lists(counted(9), min_size=2, max_size=3))
def test_nothing_left_out_can_be_worked_back_from_what_is_printed(found: list[Counted]) -> None:
    """A reader knows every total, the wholes that are shown and the counts that are shown: they try every way."""
    rows = [row(at, one) for at, one in enumerate(found)]
    hidden = hidden_cells(rows)
    few, shares = hidden[0], hidden[2]  # how many audits, and how many stand as good or better
    places = range(len(rows))
    assume(few | shares and (len(few) < len(rows) or len(shares) < len(rows)))
    all_audits, all_good = sum(one[0] for one in found), sum(one[2] for one in found)
    ways = []
    for wholes in product(*(range(all_audits + 1) if at in few else [found[at][0]] for at in places)):
        if sum(wholes) != all_audits:
            continue
        fits = [range(wholes[at] + 1) if at in shares else [found[at][2]] for at in places]
        if any(not list(options) for options in fits):
            continue
        ways += [(wholes, way) for way in product(*fits) if sum(way) == all_good and _fit(way, wholes)]
    assert ways
    for at in places:
        if at in few and is_small(found[at][0]) and len(few) < len(rows):
            assert max(wholes[at] for wholes, _ in ways) > SMALL
        if at in shares and is_small(found[at][2]) and len(shares) < len(rows):
            assert len({way[at] for _, way in ways}) > 1


def _fit(way: tuple[int, ...], wholes: tuple[int, ...]) -> bool:
    return all(count <= whole for count, whole in zip(way, wholes, strict=True))


Parts = tuple[int, int, int, int, int, int]  # moderated: both, lost, won, neither good; then good and other unmoderated


def figures_of_all(parts: Parts) -> dict[str, tuple[int, int]]:
    """The headline counts of audits that no external auditor saw, each with its whole."""
    both, lost, won, neither, good, _ = parts
    every, moderated = sum(parts), both + lost + won + neither
    return {
        "good_as_audited": (both + lost + good, every),
        "good_as_stands": (both + won + good, every),
        "inflation_gap": (lost - won, moderated),
        "coverage": (moderated, every),
    }


def shown_of(parts: Parts) -> dict[str, tuple[int, int]]:
    """What a board reads of them."""
    shares = tuple(Figure(key, k, n, k / n if n else None) for key, (k, n) in figures_of_all(parts).items())
    nobody = tuple(pair_figures([], *tiers) for tiers in PAIRINGS)
    read = headlines(Counts(shares, nobody, nobody))
    return {one.key: (one.count, one.total) for one in read if one.value is not None}


def every_way(whole: int, places: int) -> Iterator[tuple[int, ...]]:
    """Every way to part a whole into so many places."""
    if places == 1:
        yield (whole,)
        return
    for first in range(whole + 1):
        for rest in every_way(whole - first, places - 1):
            yield first, *rest


@settings(max_examples=25, deadline=None)
@given(st.integers(6, 11).flatmap(lambda n: st.sampled_from(list(every_way(n, 6)))))
def test_no_headline_that_is_kept_back_can_be_worked_out_from_the_others(parts: Parts) -> None:
    shown, true = shown_of(parts), figures_of_all(parts)
    hidden = [key for key in true if key not in shown and true[key][1]]
    for key in shown:
        assert key == "inflation_gap" or not any(map(is_small, (true[key][0], true[key][1] - true[key][0])))
    could: dict[str, set[tuple[int, int]]] = {key: set() for key in hidden}
    for way in every_way(sum(parts), 6):
        counted = figures_of_all(way)  # type: ignore[arg-type]
        if all(counted[key] == shown[key] for key in shown):
            for key in hidden:
                could[key].add(counted[key])
    assert {key: found for key, found in could.items() if len(found) < 2} == {}


def test_a_headline_that_is_kept_back_says_so_and_is_in_no_sentence() -> None:
    read = {one.key: one for one in headlines(_counts(few=3))}
    assert read["good_as_stands"].why == KEPT_BACK
    assert read["inflation_gap"].why == KEPT_BACK  # as it stands is as audited less the gap
    assert read["good_as_audited"].value == 0.2


def _counts(few: int) -> Counts:
    shares = (
        Figure("good_as_audited", 8, 40, 0.2),
        Figure("good_as_stands", few, 40, few / 40),
        Figure("inflation_gap", 8 - few, 40, (8 - few) / 40),
        Figure("coverage", 40, 40, 1.0),
    )
    nobody = tuple(pair_figures([], *tiers) for tiers in PAIRINGS)
    return Counts(shares, nobody, nobody)
