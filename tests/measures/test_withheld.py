"""What is published of a pairing: nothing that is kept back can be worked out from the rest."""

from collections import defaultdict
from collections.abc import Iterator

import pytest

from audit_app.measures.counts import Counts
from audit_app.measures.figure import Figure
from audit_app.measures.pairings import PairFigures
from audit_app.measures.suppression import is_small
from audit_app.measures.withheld import is_kept_back, withheld

Steps = tuple[int, int, int, int, int]  # two and more too high, one too high, the same, one too low, two too low


def every_way(whole: int, places: int) -> Iterator[tuple[int, ...]]:
    """Every way to part a whole into so many places."""
    if places == 1:
        yield (whole,)
        return
    for first in range(whole + 1):
        for rest in every_way(whole - first, places - 1):
            yield first, *rest


def figure(key: str, count: int, total: int, audits: int = 0) -> Figure:
    return Figure(key, count, total, count / total if total else None, audits=audits)


def pair(steps: Steps, audits: int = 0) -> PairFigures:
    """A pairing of which so many differ by so many steps."""
    worse, high, same, low, lower = steps
    total = sum(steps)
    return PairFigures(
        "auditor",
        "senior",
        bool(audits),
        exact=figure("exact_senior", same, total, audits),
        within_one=figure("within_one_senior", high + same + low, total, audits),
        over=figure("over_senior", worse + high, total, audits),
        under=figure("under_senior", low + lower, total, audits),
        bias=figure("bias_senior", 2 * worse + high - low - 2 * lower, total, audits),
        sign=0.5,
        not_applicable=3,
        matrix=None,
    )


NOBODY = pair((0, 0, 0, 0, 0))
SHARES = ("good_as_audited", "good_as_stands", "inflation_gap", "coverage")


def counts(of: PairFigures, moderated: int, audits: int) -> Counts:
    shares = tuple(figure(key, moderated if key == "coverage" else 0, audits) for key in SHARES)
    return Counts(shares, (of, NOBODY, NOBODY), (NOBODY, NOBODY, NOBODY))


def told(steps: Steps) -> PairFigures:
    """The pairing as it is published, all audits moderated."""
    return withheld(counts(pair(steps), sum(steps), sum(steps))).random[0]


@pytest.mark.parametrize("whole", range(6, 14))
def test_nothing_that_is_kept_back_of_a_pairing_has_one_possible_value(whole: int) -> None:
    """Every pairing of a whole is sorted by what a reader sees of it: whatever they don't see could be two things."""
    ways: dict[tuple[int | None, ...], list[tuple[int, ...]]] = defaultdict(list)
    for steps in every_way(whole, 5):
        true = [one.count for one in pair(steps).figures]  # type: ignore[arg-type]
        read = [None if is_kept_back(one) else one.count for one in told(steps).figures]  # type: ignore[arg-type]
        ways[tuple(read)].append(tuple(true))
    for seen, possible in ways.items():
        for at, value in enumerate(seen):
            assert value is not None or len({one[at] for one in possible}) > 1, (seen, possible[:3])


@pytest.mark.parametrize("whole", (9, 20, 31))
def test_no_small_number_of_a_pairing_is_told_nor_one_between_two_that_are(whole: int) -> None:
    for same in range(whole + 1):
        for high in range(whole - same + 1):
            found = told((0, high, same, whole - same - high, 0))
            read = [one.count for one in (found.exact, found.over, found.under) if not is_kept_back(one)]
            assert not any(map(is_small, read))
            if len(read) == 2:
                assert not is_small(whole - sum(read))
            assert found.sign is None or len(read) == 3


def test_pairs_of_few_audits_are_not_told_however_many_sections_they_have() -> None:
    many = pair((0, 10, 30, 10, 0), audits=4)
    assert all(is_kept_back(one) for one in withheld(counts(many, 40, 40)).random[0].figures)
    assert not is_kept_back(withheld(counts(pair((0, 10, 30, 10, 0), audits=40), 40, 40)).random[0].exact)


def test_agreement_goes_with_how_many_were_moderated() -> None:
    found = withheld(counts(pair((0, 10, 28, 0, 0)), moderated=38, audits=40))
    assert is_kept_back(next(one for one in found.shares if one.key == "coverage"))  # two were not
    assert is_kept_back(found.random[0].exact)


def test_what_was_not_counted_has_no_reason_to_be_kept_back() -> None:
    found = withheld(counts(NOBODY, 0, 40))
    assert not is_kept_back(found.random[0].exact)
    assert found.random[0] == NOBODY
