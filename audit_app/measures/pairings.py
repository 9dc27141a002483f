"""What two tiers' judgements on the same sections say of each other (pure).

The definitions, in words, are in definitions.py; the intervals are in statistics.py.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from audit_app.auditing.ledger import AUDITOR, EXTERNAL, INTERNAL, SENIOR
from audit_app.measures.figure import Figure, estimated
from audit_app.measures.population import RANDOM, Counted, one_scale
from audit_app.measures.statistics import (
    Estimate,
    mean_bias,
    ratio_clustered,
    sign_test,
    weighted_ratio_clustered,
    weighted_share,
    wilson,
)

PAIRINGS = ((AUDITOR, SENIOR), (INTERNAL, EXTERNAL), (AUDITOR, EXTERNAL))
# What the keys of a pairing's figures end in.
ENDINGS = {(AUDITOR, SENIOR): "senior", (INTERNAL, EXTERNAL): "external", (AUDITOR, EXTERNAL): "auditor_external"}
OTHER = "other_"  # what the keys of figures of other routes begin with
GO_TOGETHER = "no interval: the sections of one audit go together"


@dataclass(frozen=True, slots=True)
class PairFigures:
    """What two tiers' judgements on the same sections say; matrix rows are the earlier tier, worst level first."""

    earlier: str
    later: str
    every_section: bool
    exact: Figure
    within_one: Figure
    over: Figure
    under: Figure
    bias: Figure
    sign: float | None
    not_applicable: int
    matrix: tuple[tuple[int, ...], ...] | None  # None where the audits do not share one scale

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures, in the order in which they are read."""
        return (self.exact, self.within_one, self.over, self.under, self.bias)


@dataclass(frozen=True, slots=True)
class _Judged:
    audit: Counted
    earlier: int
    later: int
    chance: float


def pair_figures(
    audits: Iterable[Counted], earlier: str, later: str, *, every_section: bool = False, random: bool = True
) -> PairFigures:
    """The figures of one pairing over the audits whose later opinion came by random draw (or by any other route).

    A blind pair counts from the day it was committed, and for good; an open one while its moderation is done: the
    ledger says which. Shares of random draws by senior moderators weigh each audit by 1 over its chance where the
    chances differ; external opinions are counted as they were drawn, because a validation exercise stands for itself.
    """
    drawn = [(audit, opinion) for audit in audits if (opinion := audit.given(later)) is not None]
    wanted = [(audit, opinion) for audit, opinion in drawn if (opinion.route == RANDOM) == random]
    found: list[_Judged] = []
    not_applicable = 0
    for audit, opinion in wanted:
        chance = (opinion.inclusion_probability or 1.0) if random and later == SENIOR else 1.0
        for pair in audit.pairs(earlier, later, every_section=every_section):
            if pair.earlier is None or pair.later is None:
                not_applicable += 1
            else:
                found.append(_Judged(audit, audit.scale.index(pair.earlier), audit.scale.index(pair.later), chance))
    done = any(opinion.done for _, opinion in wanted)
    nothing = "no grades of both to compare" if done else nothing_of(later, random=random)

    def share(key: str, counts: Callable[[_Judged], bool]) -> Figure:
        return _share(
            key_of(key, earlier, later, random=random), found, counts, every_section=every_section, nothing=nothing
        )

    over = share("over", lambda one: one.later < one.earlier)
    under = share("under", lambda one: one.later > one.earlier)
    return PairFigures(
        earlier,
        later,
        every_section,
        exact=share("exact", lambda one: one.earlier == one.later),
        within_one=share("within_one", lambda one: abs(one.earlier - one.later) <= 1),
        over=over,
        under=under,
        bias=_bias(key_of("bias", earlier, later, random=random), found, every_section=every_section, nothing=nothing),
        sign=None if every_section else sign_test(over.count, under.count),
        not_applicable=not_applicable,
        matrix=_matrix([audit for audit, _ in wanted], found),
    )


def key_of(name: str, earlier: str, later: str, *, random: bool) -> str:
    """The key of one figure of a pairing."""
    return f"{'' if random else OTHER}{name}_{ENDINGS[earlier, later]}"


def nothing_of(later: str, *, random: bool) -> str:
    """Why there is no figure where nothing was judged."""
    judged = "validated" if later == EXTERNAL else "moderated"
    return f"nothing drawn at random has been {judged} yet" if random else f"nothing else has been {judged}"


def _matrix(audits: Sequence[Counted], found: Sequence[_Judged]) -> tuple[tuple[int, ...], ...] | None:
    scale = one_scale(audits)
    if scale is None:
        return None
    cells = [[0] * len(scale.levels) for _ in scale.levels]
    for one in found:
        cells[one.earlier][one.later] += 1
    return tuple(tuple(row) for row in cells)


def _share(
    key: str, found: Sequence[_Judged], counts: Callable[[_Judged], bool], *, every_section: bool, nothing: str
) -> Figure:
    hits = [one for one in found if counts(one)]
    counted = _audits(found)
    unequal = len({one.chance for one in found}) > 1
    if every_section:
        estimate = _clustered(found, counts, weighted=unequal)
    elif unequal:
        estimate = weighted_share((counts(one), one.chance) for one in found)
    else:
        estimate = wilson(len(hits), len(found))
    return estimated(
        key,
        len(hits),
        len(found),
        estimate,
        nothing=nothing,
        hits=_audits(hits),
        counted=counted,
        weighted=unequal and 0 < len(hits) < len(found),  # none and all are so whatever each weighs
        audits=len(counted) if every_section else 0,
    )


def _clustered(found: Sequence[_Judged], counts: Callable[[_Judged], bool], *, weighted: bool) -> Estimate:
    clusters: dict[int, tuple[int, int, float]] = {}
    for one in found:
        hits, of, _ = clusters.get(one.audit.id, (0, 0, 1.0))
        clusters[one.audit.id] = (hits + counts(one), of + 1, one.chance)
    if weighted:
        return weighted_ratio_clustered(clusters.values())
    return ratio_clustered((hits, of) for hits, of, _ in clusters.values())


def _bias(key: str, found: Sequence[_Judged], *, every_section: bool, nothing: str) -> Figure:
    # The mean of differences does not need the scale's size, so a grid as large as the grades seen is enough.
    size = 1 + max((max(one.earlier, one.later) for one in found), default=0)
    cells = [[0] * size for _ in range(size)]
    for one in found:
        cells[one.earlier][one.later] += 1
    estimate = mean_bias(cells)
    counted = _audits(found)
    if every_section:
        estimate = Estimate(estimate.value, why=GO_TOGETHER)  # the t interval would claim too much
    return estimated(
        key,
        sum(one.earlier - one.later for one in found),
        len(found),
        estimate,
        nothing=nothing,
        counted=counted,
        audits=len(counted) if every_section else 0,
    )


def _audits(found: Iterable[_Judged]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(one.audit.id for one in found))
