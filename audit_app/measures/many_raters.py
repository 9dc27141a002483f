"""Agreement among more than two people on several vignettes, as calibration needs it, with or without gaps."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from audit_app.measures.alpha import Coincidences, krippendorff_alpha
from audit_app.measures.coefficients import weights
from audit_app.measures.distributions import t_quantile
from audit_app.measures.estimate import Estimate, level_of, spread_about, undefined, whole

_TOO_FEW = "one vignette is one subject: read the spread of its grades instead"
_ONE_GRADE = "only one grade was given"


@dataclass(frozen=True, slots=True)
class ManyRaters:
    """What a calibration says: the vignettes that two or more people graded, the grades given, the coefficients."""

    subjects: int
    ratings: int
    fleiss_kappa: Estimate
    ac1: Estimate
    ac2_linear: Estimate
    ac2_quadratic: Estimate
    alpha_nominal: Estimate
    alpha_ordinal: Estimate


@dataclass(frozen=True, slots=True)
class Spread:
    """How the grades of one vignette lie: how many at each level, and the lowest, middle and highest level given."""

    counts: tuple[int, ...]
    ratings: int
    lowest: int | None
    middle: float | None
    highest: int | None


def many_raters(
    table: Sequence[Sequence[int | None]], levels: int, *, seed: int | None = None, resamples: int = 1000
) -> ManyRaters:
    """Agreement among any number of raters.

    Shape: subjects (vignettes) × raters; each cell a level index (worst 0) or None where that person gave none;
    `levels` is the full scale. `fleiss_kappa` is Fleiss 1971 for complete tables and Gwet's generalisation with gaps;
    `ac1`, `ac2_*` Gwet 2008, 2014: a subject with one rating speaks for how grades are spread, not for agreement;
    se Gwet 2014 (subjects − 1), Student's t interval. `alpha_*` Krippendorff 2004 over subjects rated twice or more,
    bootstrapped over them when a `seed` is given.
    Undefined: fewer than two subjects rated twice (one vignette is one subject: see `spread`); one grade throughout,
    for Fleiss' κ and α.
    """
    if whole(levels) < 1:
        raise ValueError("a scale has at least one level")
    rated = [counts for row in table if (counts := _counted(row, levels))]
    paired = [counts for counts in rated if sum(counts) > 1]
    if len(paired) < 2 or levels == 1:
        none = undefined("the scale has one level" if levels == 1 else _TOO_FEW)
        return ManyRaters(len(paired), sum(map(sum, rated)), none, none, none, none, none, none)
    nominal, ordinal = krippendorff_alpha(
        [(_coincidences(counts), times) for counts, times in Counter(paired).items()],
        levels,
        seed=seed,
        resamples=resamples,
    )
    return ManyRaters(
        subjects=len(paired),
        ratings=sum(map(sum, rated)),
        fleiss_kappa=_fleiss(rated, levels),
        ac1=_gwet(rated, levels, power=0),
        ac2_linear=_gwet(rated, levels, power=1),
        ac2_quadratic=_gwet(rated, levels, power=2),
        alpha_nominal=nominal,
        alpha_ordinal=ordinal,
    )


def spread(ratings: Sequence[int | None], levels: int) -> Spread:
    """How the grades that people gave one vignette lie along the scale; None where nobody graded it."""
    given = sorted(level_of(rating, whole(levels)) for rating in ratings if rating is not None)
    counts = tuple(given.count(level) for level in range(levels))
    if not given:
        return Spread(counts, 0, None, None, None)
    middle = (given[(len(given) - 1) // 2] + given[len(given) // 2]) / 2
    return Spread(counts, len(given), given[0], middle, given[-1])


def _counted(row: Sequence[int | None], levels: int) -> tuple[int, ...]:
    """How many raters put a subject at each level; nothing where nobody rated it."""
    given = Counter(level_of(cell, levels) for cell in row if cell is not None)
    return tuple(given[level] for level in range(levels)) if given else ()


def _coincidences(counts: Sequence[int]) -> Coincidences:
    pairs = sum(counts) - 1
    return {(i, j): a * (b - (i == j)) / pairs for i, a in enumerate(counts) for j, b in enumerate(counts) if a and b}


def _fleiss(rated: Sequence[tuple[int, ...]], levels: int) -> Estimate:
    shares = _shares(rated)
    if sum(share > 0 for share in shares) == 1:
        return undefined(_ONE_GRADE)
    return _beyond_chance(rated, levels, 0, shares, sum(share * share for share in shares))


def _gwet(rated: Sequence[tuple[int, ...]], levels: int, *, power: int) -> Estimate:
    hardness = sum(map(sum, weights(levels, power))) / (levels * (levels - 1))
    shares = _shares(rated)
    pulls = [hardness * (1 - share) for share in shares]
    chance = sum(share * pull for share, pull in zip(shares, pulls, strict=True))
    return _beyond_chance(rated, levels, power, pulls, chance)


def _shares(rated: Sequence[tuple[int, ...]]) -> list[float]:
    """The mean over subjects of the share of ratings at each level."""
    by_subject = [[count / sum(counts) for count in counts] for counts in rated]
    return [sum(column) / len(rated) for column in zip(*by_subject, strict=True)]


def _beyond_chance(
    rated: Sequence[tuple[int, ...]], levels: int, power: int, pulls: Sequence[float], chance: float
) -> Estimate:
    """(observed − chance) / (1 − chance), with Gwet's se from each subject's own part in both."""
    agreeing = weights(levels, power)
    n, paired = len(rated), sum(sum(counts) > 1 for counts in rated)
    observed = [_agreeing_pairs(counts, agreeing) for counts in rated]
    value = (sum(share for share in observed if share is not None) / paired - chance) / (1 - chance)
    total = 0.0
    for counts, share in zip(rated, observed, strict=True):
        own = 0.0 if share is None else n / paired * (share - chance)
        own_chance = sum(count * pull for count, pull in zip(counts, pulls, strict=True)) / sum(counts)
        total += (own - 2 * (1 - value) * (own_chance - chance) - value * (1 - chance)) ** 2
    return spread_about(value, total / n / (1 - chance) ** 2, n - 1, t_quantile(0.975, n - 1))


def _agreeing_pairs(counts: Sequence[int], agreeing: Sequence[Sequence[float]]) -> float | None:
    """The (weighted) share of the pairs of raters of one subject who agree; None with one rater."""
    ratings = sum(counts)
    if ratings < 2:
        return None
    weighed = sum(a * b * agreeing[i][j] for i, a in enumerate(counts) for j, b in enumerate(counts) if a and b)
    return (weighed - ratings) / (ratings * (ratings - 1))
