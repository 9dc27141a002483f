"""How far two tiers agree on the same sections: plain rates, and agreement beyond chance, from a matrix of counts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit_app.measures.alpha import Coincidences, krippendorff_alpha
from audit_app.measures.coefficients import Pairing, brennan_prediger, cohen_kappa, gwet_ac
from audit_app.measures.estimate import Estimate, level_of, whole
from audit_app.measures.intervals import mean_bias, wilson


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a pairing's matrix says. Counts: n, agreed, near, over, under; the rest are figures with intervals."""

    n: int
    agreed: int
    near: int
    over: int
    under: int
    exact: Estimate
    within_one: Estimate
    bias: Estimate
    kappa: Estimate
    kappa_linear: Estimate
    kappa_quadratic: Estimate
    ac1: Estimate
    ac2_linear: Estimate
    ac2_quadratic: Estimate
    alpha_nominal: Estimate
    alpha_ordinal: Estimate
    brennan_prediger: Estimate


def agreement(matrix: Sequence[Sequence[int]], *, seed: int | None = None, resamples: int = 1000) -> Agreement:
    """Everything that one pairing's matrix of counts says, as one frozen value.

    Shape: square; rows the earlier tier, columns the later; levels of **the framework's full scale**, worst first
    (index 0), seen or not. Counts are whole and never negative; anything else is a ValueError.

    Plain: `n` pairs, `agreed` equal, `near` at most one level apart, `over` the later tier lower, `under` the later
    tier higher are counts (n = agreed + over + under; `over` and `under` go to `sign_test`). `exact` = agreed / n and
    `within_one` = near / n are shares of 1 with Wilson's interval, which holds for random draws, one pair an audit;
    where an audit brings several pairs take `ratio_clustered`. `bias` is `mean_bias`, in grade steps.

    Beyond chance, each 1 for full agreement, 0 for as much as chance gives, below it less (AC2 may pass −1):
    `kappa`, `kappa_linear`, `kappa_quadratic`: Cohen 1960, 1968; se Fleiss, Cohen and Everitt 1969 (large sample),
    normal interval. `ac1`, `ac2_linear`, `ac2_quadratic`: Gwet 2008, 2014; `brennan_prediger`: Brennan and Prediger
    1981, unweighted; se Gwet 2014 (n − 1), Student's t interval with n − 1, none for one pair.
    `alpha_nominal`, `alpha_ordinal`: Krippendorff 2004, with his ordinal metric from the marginals; se and interval
    from a bootstrap over audits, only when a `seed` is given (resampling costs far more than all the rest together).
    Weights: linear 1 − |i−j|/(k−1), quadratic 1 − (i−j)²/(k−1)². Intervals are 95%, cut at 1.

    Undefined (value None, `why` says it): no pairs, everything; a scale of one level, every coefficient; one grade by
    both tiers throughout, κ and α (0/0), where AC1, AC2 and Brennan–Prediger are 1. All pairs alike: se 0, no interval.
    """
    pairing = Pairing.of(matrix)
    over = sum(sum(row[:i]) for i, row in enumerate(pairing.counts))
    agreed = sum(row[i] for i, row in enumerate(pairing.counts))
    near = sum(sum(row[max(0, i - 1) : i + 2]) for i, row in enumerate(pairing.counts))
    clusters = [
        (_both_ways([(i, j)]), count) for i, row in enumerate(pairing.counts) for j, count in enumerate(row) if count
    ]
    nominal, ordinal = krippendorff_alpha(clusters, pairing.levels, seed=seed, resamples=resamples)
    return Agreement(
        n=pairing.n,
        agreed=agreed,
        near=near,
        over=over,
        under=pairing.n - agreed - over,
        exact=wilson(agreed, pairing.n),
        within_one=wilson(near, pairing.n),
        bias=mean_bias(pairing.counts),
        kappa=cohen_kappa(pairing, power=0),
        kappa_linear=cohen_kappa(pairing, power=1),
        kappa_quadratic=cohen_kappa(pairing, power=2),
        ac1=gwet_ac(pairing, power=0),
        ac2_linear=gwet_ac(pairing, power=1),
        ac2_quadratic=gwet_ac(pairing, power=2),
        alpha_nominal=nominal,
        alpha_ordinal=ordinal,
        brennan_prediger=brennan_prediger(pairing),
    )


def alpha_over_audits(
    audits: Iterable[Iterable[tuple[int, int]]], levels: int, *, seed: int, resamples: int = 1000
) -> tuple[Estimate, Estimate]:
    """Krippendorff's α, nominal and ordinal, resampled by whole audits where each brings several graded sections.

    Shapes: for each audit its (earlier, later) level indexes, one pair a section. Values, undefined cases and source
    as in `agreement`; only the se and interval differ, since judgements of one audit are not independent.
    """
    size = whole(levels)
    clusters = Counter(
        tuple(sorted((level_of(earlier, size), level_of(later, size)) for earlier, later in pairs)) for pairs in audits
    )
    return krippendorff_alpha(
        [(_both_ways(pairs), count) for pairs, count in clusters.items()], levels, seed=seed, resamples=resamples
    )


def _both_ways(pairs: Iterable[tuple[int, int]]) -> Coincidences:
    """Krippendorff's coincidences: each pair counts once in either order."""
    coincidences: Counter[tuple[int, int]] = Counter()
    for earlier, later in pairs:
        coincidences[earlier, later] += 1
        coincidences[later, earlier] += 1
    return coincidences
