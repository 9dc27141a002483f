"""Estimated good or better, had every audit been moderated: a post-stratified estimate and what it lacks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, groupby
from math import exp, log, sqrt

from audit_app.measures.estimate import Z95, Estimate, undefined, whole


@dataclass(frozen=True, slots=True)
class Stratum:
    """The audits of one round to which auditors gave one grade: how many, how many moderated, how many then good.

    `month` is the round's; `grade` the auditor's level (0 the worst); `good` those of `moderated` good or better after
    it. `drawn` False: audits moderated by another route, taken as known, so all of them are moderated.
    """

    month: date
    grade: int
    audits: int
    moderated: int
    good: int
    drawn: bool = True


@dataclass(frozen=True, slots=True)
class MergedStratum:
    """One or more rounds of one grade, estimated together."""

    grade: int
    first: date
    last: date
    audits: int
    moderated: int
    good: int
    drawn: bool

    @property
    def thin(self) -> bool:
        """Too few moderated to say anything about the others: fewer than two, and not all."""
        return self.moderated < 2 and self.moderated < self.audits


@dataclass(frozen=True, slots=True)
class GoodIfAllModerated:
    """The estimate, the strata it rests on, and which of the auditor's grades need moderating before there is one.

    `least` and `most` are certain: the share if all the audits not moderated turned out otherwise, or good.
    """

    estimate: Estimate
    audits: int
    moderated: int
    least: float | None
    most: float | None
    strata: tuple[MergedStratum, ...]
    grades_to_moderate: tuple[int, ...]
    open_ended: bool


def good_or_better_if_all_moderated(strata: Iterable[Stratum], *, open_ended: bool = False) -> GoodIfAllModerated:
    """The share our own moderators would have found good or better, had they looked at all of these audits.

    Shapes: strata by round × the auditor's grade, in any order; random draws, and beside them (drawn=False) audits
    moderated by another route, known and complete. Units: shares of 1. With N_h audits, n_h moderated, g_h good:
    estimate = Σ (N_h/N)(g_h/n_h); variance = Σ (N_h/N)² (1 − n_h/N_h) p̃_h(1 − p̃_h)/(n_h − 1), p̃_h = (g_h+½)/(n_h+1);
    95% interval on the logit scale. At 0 or 1, where the logit has no value, it is centred on Σ (N_h/N) p̃_h and ends
    at that 0 or 1. All moderated: the plain share, and the interval closes on it, of these audits only.
    Thin strata (n_h < 2 and n_h < N_h) join the neighbouring round of their grade, in date order, within their quarter;
    a quarter still thin joins its neighbouring quarter's nearest rounds. Drawn audits never join known ones.
    Undefined: no audits; a grade still thin as a whole, then named in `grades_to_moderate`.
    `open_ended`: of practice in general, not these audits only: adds the first phase's variance p(1 − p)/N.
    Sources: Cochran, Sampling Techniques (3rd ed.), 5 and 12; double sampling, Tenenbein 1970.
    """
    merged = _merged(strata)
    audits, moderated = sum(stratum.audits for stratum in merged), sum(stratum.moderated for stratum in merged)
    if audits == 0:
        return GoodIfAllModerated(undefined("no audits"), 0, 0, None, None, (), (), open_ended)
    good = sum(stratum.good for stratum in merged)
    wanting = tuple(stratum.grade for stratum in merged if stratum.thin)
    if wanting:
        estimate = undefined("too few moderated of some grades")
    else:
        estimate = _estimated(merged, audits, open_ended=open_ended)
    return GoodIfAllModerated(
        estimate=estimate,
        audits=audits,
        moderated=moderated,
        least=good / audits,
        most=(good + audits - moderated) / audits,
        strata=merged,
        grades_to_moderate=wanting,
        open_ended=open_ended,
    )


def _merged(strata: Iterable[Stratum]) -> tuple[MergedStratum, ...]:
    """The strata in order of grade and date, the thin ones merged as far as their own grade allows."""
    rounds: dict[tuple[int, bool, date], MergedStratum] = {}
    for stratum in strata:
        _check(stratum)
        if stratum.audits:
            key = (stratum.grade, not stratum.drawn, stratum.month)
            own = MergedStratum(stratum.grade, stratum.month, stratum.month, *_counts(stratum), drawn=stratum.drawn)
            rounds[key] = _together(rounds[key], own) if key in rounds else own
    ordered = [rounds[key] for key in sorted(rounds)]
    by_grade = groupby(ordered, key=lambda stratum: (stratum.grade, stratum.drawn))
    return tuple(chain.from_iterable(_merged_within_grade(list(group)) for _, group in by_grade))


def _merged_within_grade(rounds: Sequence[MergedStratum]) -> list[MergedStratum]:
    quarters = groupby(rounds, key=lambda stratum: (stratum.first.year, (stratum.first.month - 1) // 3))
    return _thin_joined(list(chain.from_iterable(_thin_joined(list(group)) for _, group in quarters)))


def _thin_joined(strata: Sequence[MergedStratum]) -> list[MergedStratum]:
    """Each thin stratum joined to the next one, the last to those before it, for as long as it is thin."""
    joined: list[MergedStratum] = []
    for stratum in strata:
        if joined and joined[-1].thin:
            joined[-1] = _together(joined[-1], stratum)
        else:
            joined.append(stratum)
    while len(joined) > 1 and joined[-1].thin:
        last = joined.pop()
        joined[-1] = _together(joined[-1], last)
    return joined


def _together(one: MergedStratum, other: MergedStratum) -> MergedStratum:
    return MergedStratum(
        one.grade,
        one.first,
        other.last,
        one.audits + other.audits,
        one.moderated + other.moderated,
        one.good + other.good,
        one.drawn,
    )


def _estimated(merged: Sequence[MergedStratum], audits: int, *, open_ended: bool) -> Estimate:
    share = sum(stratum.audits * stratum.good / stratum.moderated for stratum in merged) / audits
    if all(stratum.good == stratum.moderated for stratum in merged):
        share = 1.0
    smoothed = variance = 0.0
    for stratum in merged:
        n, weight = stratum.moderated, stratum.audits / audits
        own = (stratum.good + 0.5) / (n + 1)
        if n < stratum.audits:
            variance += weight**2 * (1 - n / stratum.audits) * own * (1 - own) / (n - 1)
            smoothed += weight * own
        else:
            smoothed += weight * (own if open_ended else stratum.good / n)
    centre = share if 0 < share < 1 else smoothed
    if open_ended:
        variance += centre * (1 - centre) / audits
    if variance == 0:
        return Estimate(share, 0.0, share, share)
    se = sqrt(variance)
    reach = Z95 * se / (centre * (1 - centre))
    low, high = _logistic(log(centre / (1 - centre)) - reach), _logistic(log(centre / (1 - centre)) + reach)
    return Estimate(share, se, 0.0 if share == 0 else low, 1.0 if share == 1 else high)


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))


def _counts(stratum: Stratum) -> tuple[int, int, int]:
    return stratum.audits, stratum.moderated, stratum.good


def _check(stratum: Stratum) -> None:
    if not 0 <= stratum.good <= stratum.moderated <= stratum.audits:
        raise ValueError("good are some of the moderated, moderated some of the audits")
    for count in (stratum.good, stratum.moderated, stratum.audits):
        whole(count)
    if not stratum.drawn and stratum.moderated != stratum.audits:
        raise ValueError("audits moderated by another route are all moderated")
