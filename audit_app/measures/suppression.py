"""Which small numbers of a published table are not shown, and which others would give them away (pure).

Counts from 1 to SMALL are left out; zero stays zero. What is left out besides is chosen so that a reader who takes the
shown numbers from a known total cannot tell that any one left out is small.
"""

from collections.abc import Iterable, Sequence

from audit_app.sampling.coverage import suppressed

SMALL = 5
HIDDEN = "c"
NOTE = (
    f"{HIDDEN}: a number from 1 to {SMALL}, or one from which such a number could be worked out, is not published. "
    "Zero is shown."
)


def is_small(count: int, small: int = SMALL) -> bool:
    """Whether a count is too small to publish."""
    return 1 <= count <= small


def hidden_counts(counts: Sequence[int], small: int = SMALL) -> frozenset[int]:
    """The places of counts that are not shown, where their total is known; all of them where nothing else is safe."""
    found = suppressed(counts, small)
    return frozenset(range(len(counts))) if found is None else found


def hidden_shares(shares: Sequence[tuple[int, int]], hidden: Iterable[int] = (), small: int = SMALL) -> frozenset[int]:
    """The places of shares (so many of so many) that are not shown, where both totals are known.

    Both a share's count and what is left of its whole are numbers that must not be small. Places that are hidden for
    another reason are given; hidden besides is the smallest whole with which neither the counts nor the rests give way,
    or, while there is none, the smallest.
    """
    gone = set(hidden)
    gone |= {place for place, (hit, of) in enumerate(shares) if is_small(hit, small) or is_small(of - hit, small)}
    spare = sorted((of, place) for place, (_, of) in enumerate(shares) if place not in gone)
    while gone and not _covered(shares, gone, small):
        if not spare:
            return frozenset(range(len(shares)))
        enough = (one for one in spare if _covered(shares, gone | {one[1]}, small))
        taken = next(enough, spare[0])
        spare.remove(taken)
        gone.add(taken[1])
    return frozenset(gone)


def hidden_together(
    columns: Iterable[Sequence[tuple[int, int]]], hidden: Iterable[int] = (), small: int = SMALL
) -> frozenset[int]:
    """The places that are not shown in any of some columns which tell of one another, all totals being known.

    A grade changes only in moderation: beside “none moderated”, one of two shares of grades gives the other away.
    """
    found, before, every = frozenset(hidden), None, list(columns)
    while found != before:
        before = found
        found = found.union(*(hidden_shares(column, found, small) for column in every))
    return found


def _covered(shares: Sequence[tuple[int, int]], gone: set[int], small: int) -> bool:
    """Whether, of both the hidden counts and the hidden rests, any one could be more than small, or all are nothing."""
    hits = sum(shares[place][0] for place in gone)
    rests = sum(shares[place][1] - shares[place][0] for place in gone)
    others = len(gone) - 1
    return others > 0 and all(whole == 0 or whole - others > small for whole in (hits, rests))
