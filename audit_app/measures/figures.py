"""The figures of measures: what each counts, out of what, how sure it is, and which audits are behind it (pure).

The definitions, in words, are in definitions.py; the intervals are in statistics.py.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from audit_app.auditing.ledger import AUDITOR, EXTERNAL, INTERNAL, SENIOR
from audit_app.measures.population import Counted, one_scale
from audit_app.measures.statistics import (
    FEWEST_PAIRS,
    Estimate,
    mean_bias,
    newcombe_paired,
    ratio_clustered,
    sign_test,
    weighted_share,
    wilson,
)

TOO_FEW = "too few to compare"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: hits of audits counted; value and limits are shares (or grade steps), None with the reason why."""

    key: str
    count: int
    total: int
    value: float | None
    low: float | None = None
    high: float | None = None
    why: str = ""
    tentative: bool = False
    hits: tuple[int, ...] = ()  # the audits counted in the numerator
    counted: tuple[int, ...] = ()  # the audits counted at all


def _complete(key: str, audits: Sequence[tuple[Counted, bool]], nothing: str) -> Figure:
    """A share of a complete count: a fact about these audits, so it has no interval."""
    hits = tuple(audit.id for audit, hit in audits if hit)
    counted = tuple(audit.id for audit, _ in audits)
    if not audits:
        return Figure(key, 0, 0, None, why=nothing)
    return Figure(key, len(hits), len(counted), len(hits) / len(counted), hits=hits, counted=counted)


def good_as_audited(audits: Iterable[Counted]) -> Figure:
    """Audits whose auditor's overall is good or better / audits with an overall grade."""
    graded = [(a, bool(a.good(a.overall_as_audited()))) for a in audits if a.overall_as_audited() is not None]
    return _complete("good_as_audited", graded, "no audits with an overall grade yet")


def good_as_stands(audits: Iterable[Counted]) -> Figure:
    """Audits whose standing overall is good or better / audits with an overall grade that stands."""
    graded = [(a, bool(a.good(a.overall_as_it_stands()))) for a in audits if a.overall_as_it_stands() is not None]
    return _complete("good_as_stands", graded, "no audits with an overall grade yet")


def coverage(audits: Iterable[Counted]) -> Figure:
    """Audits with a completed moderation / submitted audits."""
    return _complete("coverage", [(a, a.opinion(SENIOR) is not None) for a in audits], "no audits handed in yet")


def on_time(audits: Iterable[Counted]) -> Figure:
    """Audits handed in by their due day / audits handed in."""
    return _complete("on_time", [(a, a.on_time) for a in audits], "no audits handed in yet")


def practitioner_involved(audits: Iterable[Counted]) -> Figure:
    """Audits in which the practitioner took part / audits that say whether."""
    said = [(a, a.practitioner_involved) for a in audits if a.practitioner_involved is not None]
    return _complete("practitioner_involved", [(a, bool(yes)) for a, yes in said], "no audits handed in yet")


def feedback_obtained(audits: Iterable[Counted]) -> Figure:
    """Audits with family or child feedback / audits that say whether."""
    said = [(a, a.feedback_obtained) for a in audits if a.feedback_obtained is not None]
    return _complete("feedback_obtained", [(a, bool(yes)) for a, yes in said], "no audits handed in yet")


def completed(handed_in: int, allocated: int) -> Figure:
    """Audits handed in / audits allocated and not withdrawn."""
    if allocated == 0:
        return Figure("completed", 0, 0, None, why="no audits allocated yet")
    return Figure("completed", handed_in, allocated, handed_in / allocated)


def inflation_gap(audits: Iterable[Counted]) -> Figure:
    """Good or better as audited − good or better as the senior settled, on the same moderated audits."""
    both = first = second = neither = 0
    counted = []
    for audit in audits:
        before, after = audit.good(audit.overall_as_audited()), audit.good(audit.overall_settled(SENIOR))
        if before is None or after is None:
            continue
        counted.append(audit.id)
        both, first = both + (before and after), first + (before and not after)
        second, neither = second + (after and not before), neither + (not before and not after)
    found = newcombe_paired(both, first, second, neither)
    return _figure("inflation_gap", first - second, len(counted), found, (), tuple(counted), "no moderations yet")


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


@dataclass(frozen=True, slots=True)
class _Judged:
    audit: Counted
    earlier: int
    later: int


def pair_figures(
    audits: Iterable[Counted], earlier: str, later: str, *, every_section: bool = False, random: bool = True
) -> PairFigures:
    """The figures of one pairing over the audits whose later opinion came by random draw (or by any other route)."""
    wanted = [a for a in audits if a.opinion(later) is not None and a.drawn_at_random(later) == random]
    found: list[_Judged] = []
    not_applicable = 0
    for audit in wanted:
        for pair in audit.pairs(earlier, later, every_section=every_section):
            if pair.earlier is None or pair.later is None:
                not_applicable += 1
            else:
                found.append(_Judged(audit, audit.scale.index(pair.earlier), audit.scale.index(pair.later)))
    matrix = _matrix(wanted, found)

    def share(key: str, counts: Callable[[_Judged], bool], *, weighted: bool = False) -> Figure:
        return _pair_share(f"{key}_{later}", found, counts, later, every_section=every_section, weighted=weighted)

    over = share("over", lambda one: one.later < one.earlier)
    under = share("under", lambda one: one.later > one.earlier)
    return PairFigures(
        earlier,
        later,
        every_section,
        exact=share("exact", lambda one: one.earlier == one.later, weighted=True),
        within_one=share("within_one", lambda one: abs(one.earlier - one.later) <= 1),
        over=over,
        under=under,
        bias=_bias(f"bias_{later}", found, every_section=every_section),
        sign=None if every_section else sign_test(over.count, under.count),
        not_applicable=not_applicable,
        matrix=matrix,
    )


def _matrix(audits: Sequence[Counted], found: Sequence[_Judged]) -> tuple[tuple[int, ...], ...] | None:
    scale = one_scale(audits)
    if scale is None:
        return None
    cells = [[0] * len(scale.levels) for _ in scale.levels]
    for one in found:
        cells[one.earlier][one.later] += 1
    return tuple(tuple(row) for row in cells)


def _pair_share(
    key: str,
    found: Sequence[_Judged],
    counts: Callable[[_Judged], bool],
    later: str,
    *,
    every_section: bool,
    weighted: bool,
) -> Figure:
    hits = [one for one in found if counts(one)]
    if every_section:
        clusters: dict[int, tuple[int, int]] = {}
        for one in found:
            agreed, of = clusters.get(one.audit.id, (0, 0))
            clusters[one.audit.id] = (agreed + counts(one), of + 1)
        estimate = ratio_clustered(clusters.values())
    else:
        chances = [_chance(one.audit, later) for one in found]
        if weighted and len(set(chances)) > 1:
            estimate = weighted_share((counts(one), chance) for one, chance in zip(found, chances, strict=True))
        else:
            estimate = wilson(len(hits), len(found))
    nothing = "no validations yet" if later == EXTERNAL else "no moderations yet"
    ids = tuple(dict.fromkeys(one.audit.id for one in found))
    return _figure(key, len(hits), len(found), estimate, tuple(dict.fromkeys(h.audit.id for h in hits)), ids, nothing)


def _chance(audit: Counted, tier: str) -> float:
    opinion = audit.opinion(tier)
    return (opinion.inclusion_probability if opinion else None) or 1.0


def _bias(key: str, found: Sequence[_Judged], *, every_section: bool) -> Figure:
    # One bin a difference is enough: the mean of differences does not need the whole grid.
    size = 1 + max((max(one.earlier, one.later) for one in found), default=0)
    cells = [[0] * size for _ in range(size)]
    for one in found:
        cells[one.earlier][one.later] += 1
    estimate = mean_bias(cells)
    if every_section:
        # Judgements of one audit go together: the t interval would claim too much.
        estimate = Estimate(estimate.value, why=estimate.why or "")
    ids = tuple(dict.fromkeys(one.audit.id for one in found))
    return _figure(key, sum(one.earlier - one.later for one in found), len(found), estimate, (), ids, "no pairs yet")


def _figure(
    key: str, count: int, total: int, estimate: Estimate, hits: tuple[int, ...], counted: tuple[int, ...], nothing: str
) -> Figure:
    if estimate.value is None:
        return Figure(key, count, total, None, why=nothing)
    few = total < FEWEST_PAIRS
    low, high = (None, None) if few else (estimate.low, estimate.high)
    return Figure(key, count, total, estimate.value, low, high, TOO_FEW if few else estimate.why, few, hits, counted)


def evidence_supports(views: Iterable[tuple[int, bool]]) -> Figure:
    """Sections where the moderator says that the evidence supports the grade / sections where they said either."""
    said = list(views)
    if not said:
        return Figure("evidence_supports", 0, 0, None, why="no moderator has said yet")
    clusters: dict[int, tuple[int, int]] = {}
    for audit, yes in said:
        hit, of = clusters.get(audit, (0, 0))
        clusters[audit] = (hit + yes, of + 1)
    supported = sum(hit for hit, _ in clusters.values())
    hits = tuple(audit for audit, (hit, of) in clusters.items() if hit == of)
    value = supported / len(said)
    return Figure("evidence_supports", supported, len(said), value, hits=hits, counted=tuple(clusters))


@dataclass(frozen=True, slots=True)
class Row:
    """One team's or one month's figures."""

    name: str
    audits: int
    as_audited: Figure
    as_stands: Figure
    coverage: Figure
    agreed: Figure


def row(name: str, audits: Sequence[Counted], *, every_section: bool = False) -> Row:
    """The figures of one row of a table."""
    agreed = pair_figures(audits, AUDITOR, SENIOR, every_section=every_section).exact
    return Row(name, len(audits), good_as_audited(audits), good_as_stands(audits), coverage(audits), agreed)


def distribution(audits: Iterable[Counted], of: Callable[[Counted], str | None]) -> dict[str, int]:
    """How many audits have each overall grade."""
    found: dict[str, int] = {}
    for audit in audits:
        grade = of(audit)
        if grade is not None:
            found[grade] = found.get(grade, 0) + 1
    return found


PAIRINGS = ((AUDITOR, SENIOR), (INTERNAL, EXTERNAL), (AUDITOR, EXTERNAL))
