"""Agreement beyond chance between two tiers: Cohen's kappas, Gwet's coefficients and Brennan and Prediger's."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from audit_app.measures.distributions import t_quantile
from audit_app.measures.estimate import Z95, Estimate, spread_about, undefined, whole

NO_PAIRS = "no pairs"
ONE_GRADE = "only one grade was given"
ONE_LEVEL = "the scale has one level"


@dataclass(frozen=True, slots=True)
class Pairing:
    """A square matrix of counts and its margins: rows the earlier tier, columns the later."""

    counts: tuple[tuple[int, ...], ...]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    n: int

    @classmethod
    def of(cls, matrix: Sequence[Sequence[int]]) -> "Pairing":
        """The matrix with its margins, or a ValueError where it is not a square of counts."""
        counts = tuple(tuple(whole(count) for count in row) for row in matrix)
        if not counts or any(len(row) != len(counts) for row in counts):
            raise ValueError("the matrix has a row and a column for every level of the scale")
        rows = tuple(sum(row) for row in counts)
        return cls(counts, rows, tuple(sum(column) for column in zip(*counts, strict=True)), sum(rows))

    @property
    def levels(self) -> int:
        return len(self.counts)


@lru_cache(maxsize=64)
def distances(levels: int, power: int) -> tuple[tuple[int, ...], ...]:
    """How far apart two levels are: 0 or 1 (power 0), steps (power 1), steps squared (power 2)."""
    return tuple(tuple(abs(i - j) ** power if i != j else 0 for j in range(levels)) for i in range(levels))


@lru_cache(maxsize=64)
def weights(levels: int, power: int) -> tuple[tuple[float, ...], ...]:
    """How much a pair of levels counts as agreeing: 1 − distance / the longest distance of the full scale."""
    apart = distances(levels, power)
    return tuple(tuple(1 - distance / apart[0][-1] for distance in row) for row in apart)


def cohen_kappa(pairing: Pairing, *, power: int) -> Estimate:
    """Cohen's κ (power 0), linear (1) or quadratic (2) weighted κ, with the large-sample se.

    1 − observed / expected disagreement, in whole numbers to the last division. Undefined: no pairs, one grade
    throughout (0/0). Source: Cohen 1960, 1968; se Fleiss, Cohen and Everitt, Psychological Bulletin 72:323–327, 1969.
    """
    if pairing.n == 0 or pairing.levels == 1:
        return undefined(NO_PAIRS if pairing.n == 0 else ONE_LEVEL)
    n, apart = pairing.n, distances(pairing.levels, power)
    by_row = [sum(d * c for d, c in zip(row, pairing.columns, strict=True)) for row in apart]
    by_column = [sum(d * r for d, r in zip(row, pairing.rows, strict=True)) for row in apart]
    observed = _summed(pairing.counts, apart)
    expected = sum(r * mean for r, mean in zip(pairing.rows, by_row, strict=True))
    if expected == 0:
        return undefined(ONE_GRADE)
    ratio = n * observed / expected  # 1 − κ
    middle, total = observed / n, 0.0
    for i, row in enumerate(pairing.counts):
        for j, count in enumerate(row):
            if count:
                total += count * (apart[i][j] + middle - ratio * (by_row[i] + by_column[j]) / n) ** 2
    scale = expected / (n * n)
    return spread_about((expected - n * observed) / expected, total / n / (scale * scale), n, Z95)


def gwet_ac(pairing: Pairing, *, power: int) -> Estimate:
    """Gwet's AC1 (power 0) or AC2 with linear (1) or quadratic (2) weights, with the (n − 1) se.

    Undefined: no pairs. Source: Gwet 2008; Gwet, Handbook of Inter-Rater Reliability (4th ed.), 2014.
    """
    if pairing.n == 0 or pairing.levels == 1:
        return undefined(NO_PAIRS if pairing.n == 0 else ONE_LEVEL)
    n, levels, agreeing = pairing.n, pairing.levels, weights(pairing.levels, power)
    classified = [r + c for r, c in zip(pairing.rows, pairing.columns, strict=True)]  # of 2n judgements
    hardness = sum(map(sum, agreeing)) / (levels * (levels - 1))
    chance = hardness * (4 * n * n - sum(count * count for count in classified)) / (4 * n * n)
    observed = 1 - _summed(pairing.counts, distances(levels, power)) / distances(levels, power)[0][-1] / n
    value = (observed - chance) / (1 - chance)
    pull = 2 * (1 - value) * hardness
    middle, total = observed - 2 * (1 - value) * chance, 0.0
    for i, row in enumerate(pairing.counts):
        for j, count in enumerate(row):
            if count:
                total += count * (agreeing[i][j] - pull * (1 - (classified[i] + classified[j]) / (4 * n)) - middle) ** 2
    return _less_one(value, total / n / (1 - chance) ** 2, n)


def brennan_prediger(pairing: Pairing) -> Estimate:
    """Brennan and Prediger's coefficient, unweighted: chance is 1 / levels, whatever was given; (n − 1) se.

    Undefined: no pairs. Source: Brennan and Prediger 1981; se Gwet 2014.
    """
    if pairing.n == 0 or pairing.levels == 1:
        return undefined(NO_PAIRS if pairing.n == 0 else ONE_LEVEL)
    n, levels = pairing.n, pairing.levels
    agreed = sum(row[i] for i, row in enumerate(pairing.counts))
    value = (levels * agreed - n) / (n * (levels - 1))
    return _less_one(value, agreed * (n - agreed) / n / n * (levels / (levels - 1)) ** 2, n)


def _less_one(value: float, mean_square: float, n: int) -> Estimate:
    if n == 1:
        return Estimate(value, why="one pair only")
    return spread_about(value, mean_square, n - 1, t_quantile(0.975, n - 1))


def _summed(counts: Sequence[Sequence[int]], apart: Sequence[Sequence[int]]) -> int:
    return sum(count * d for row, steps in zip(counts, apart, strict=True) for count, d in zip(row, steps, strict=True))
