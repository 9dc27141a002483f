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
    another reason are given; the smallest wholes are hidden besides, until neither the counts nor the rests give way.
    """
    gone = set(hidden)
    gone |= {place for place, (hit, of) in enumerate(shares) if is_small(hit, small) or is_small(of - hit, small)}
    spare = sorted((of, place) for place, (_, of) in enumerate(shares) if place not in gone)
    while gone and not _covered(shares, gone, small):
        if not spare:
            return frozenset(range(len(shares)))
        gone.add(spare.pop(0)[1])
    return frozenset(gone)


def _covered(shares: Sequence[tuple[int, int]], gone: set[int], small: int) -> bool:
    """Whether, of both the hidden counts and the hidden rests, any one could be more than small, or all are nothing."""
    hits = sum(shares[place][0] for place in gone)
    rests = sum(shares[place][1] - shares[place][0] for place in gone)
    others = len(gone) - 1
    return others > 0 and all(whole == 0 or whole - others > small for whole in (hits, rests))
