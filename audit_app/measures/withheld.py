"""Figures without what a published page or paper keeps back: small counts, and whatever would give one away (pure)."""

from collections.abc import Collection
from dataclasses import replace

from audit_app.measures.counts import Counts
from audit_app.measures.figure import Figure
from audit_app.measures.pairings import PairFigures
from audit_app.measures.suppression import SMALL, hidden_counts, is_small

KEPT_BACK = f"not published: {SMALL} or fewer could be worked out"


def is_kept_back(figure: Figure) -> bool:
    """Whether a figure of published counts is there and not told."""
    return figure.value is None and figure.why == KEPT_BACK


def withheld(counts: Counts, besides: Collection[str] = ()) -> Counts:
    """Every figure as it may be published; besides: the keys of what else is kept back.

    As it stands is as audited less the gap, and both the gap and the senior moderators' pairs count the audits that
    were moderated: where one of these is kept back, so is what would give it away.
    """
    shares = {one.key: _without(one) if one.key in besides else _share(one) for one in counts.shares}
    if any(is_kept_back(shares[key]) for key in ("good_as_audited", "good_as_stands", "coverage")):
        shares["inflation_gap"] = _without(shares["inflation_gap"])
    moderated_is_told = not is_kept_back(shares["coverage"])
    random, other = (
        tuple(
            _pair(one, tell=(moderated_is_told or at != 0) and one.exact.key not in besides)
            for at, one in enumerate(pairs)
        )
        for pairs in (counts.random, counts.other)
    )
    return Counts(tuple(shares.values()), random, other)


def _share(figure: Figure) -> Figure:
    """A share: nothing of it where its count, its rest, its whole or its audits are few."""
    net = figure.key == "inflation_gap"  # more good less fewer: no audits are counted by it but those moderated
    parts = (figure.total,) if net else (figure.count, figure.total - figure.count, figure.total, figure.audits)
    if figure.value is None:
        return figure
    return _without(figure) if any(map(is_small, parts)) else _as_told(figure)


def _as_told(figure: Figure) -> Figure:
    """A figure without the numbers that stand beside a complete count: how many did not say, or wait."""
    return replace(figure, hits=(), counted=(), why=figure.why if figure.tentative or figure.low is not None else "")


def _without(figure: Figure) -> Figure:
    return Figure(figure.key, 0, 0, None, why=KEPT_BACK) if figure.value is not None else figure


def _pair(pair: PairFigures, *, tell: bool) -> PairFigures:
    """A pairing: same, higher and lower make up its whole; steps between grades go with what is left out."""
    exact, over, under, within = pair.exact, pair.over, pair.under, pair.within_one
    if exact.value is None:
        return pair
    gone = hidden_counts([exact.count, over.count, under.count])
    if not tell or is_small(exact.total) or is_small(exact.audits):
        gone = frozenset(range(3))
    parts = (within.count, within.total - within.count, within.count - exact.count)
    steps_told = not gone and not any(map(is_small, parts))
    told = [
        _without(one) if at in gone else replace(one, hits=(), counted=())
        for at, one in enumerate((exact, over, under))
    ]
    return replace(
        pair,
        exact=told[0],
        over=told[1],
        under=told[2],
        within_one=replace(within, hits=(), counted=()) if steps_told else _without(within),
        bias=replace(pair.bias, counted=()) if steps_told else _without(pair.bias),
        sign=None if gone else pair.sign,
        not_applicable=0 if gone or is_small(pair.not_applicable) else pair.not_applicable,
    )
