"""The coefficients written out pair by pair from their definitions, in fractions: slow, and with nothing shared."""

from collections.abc import Callable, Sequence
from fractions import Fraction

Matrix = Sequence[Sequence[int]]
Pairs = list[tuple[int, int]]
Ratings = Sequence[Sequence[int | None]]


def pairs_of(matrix: Matrix) -> Pairs:
    """Every pair of a matrix, written out."""
    return [(i, j) for i, row in enumerate(matrix) for j, count in enumerate(row) for _ in range(count)]


def weight(i: int, j: int, levels: int, power: int) -> Fraction:
    """How much a pair of levels counts as agreeing."""
    return Fraction(i == j) if power == 0 else 1 - Fraction(abs(i - j), levels - 1) ** power


def kappa(matrix: Matrix, power: int) -> Fraction | None:
    """Cohen: observed agreement, and that of every earlier judgement with every later one."""
    pairs, levels = pairs_of(matrix), len(matrix)
    if not pairs:
        return None
    observed = sum((weight(i, j, levels, power) for i, j in pairs), Fraction()) / len(pairs)
    crossed = sum((weight(i, j, levels, power) for i, _ in pairs for _, j in pairs), Fraction()) / len(pairs) ** 2
    return None if crossed == 1 else (observed - crossed) / (1 - crossed)


def gwet(matrix: Matrix, power: int) -> Fraction | None:
    """Gwet: chance agreement only on what is hard to grade."""
    pairs, levels = pairs_of(matrix), len(matrix)
    if not pairs:
        return None
    observed = sum((weight(i, j, levels, power) for i, j in pairs), Fraction()) / len(pairs)
    given = [grade for pair in pairs for grade in pair]
    shares = [Fraction(given.count(level), len(given)) for level in range(levels)]
    total = sum((weight(i, j, levels, power) for i in range(levels) for j in range(levels)), Fraction())
    chance = total / (levels * (levels - 1)) * sum((share * (1 - share) for share in shares), Fraction())
    return (observed - chance) / (1 - chance)


def kappa_variance(matrix: Matrix, power: int) -> Fraction | None:
    """Fleiss, Cohen and Everitt 1969, the large-sample variance, weighted or not."""
    value, n, levels = kappa(matrix, power), sum(map(sum, matrix)), range(len(matrix))
    if value is None:
        return None
    shares = [[Fraction(count, n) for count in row] for row in matrix]
    rows, columns = [sum(row) for row in shares], [sum(row[j] for row in shares) for j in levels]

    def w(i: int, j: int) -> Fraction:
        return weight(i, j, len(matrix), power)

    row_means = [sum(columns[j] * w(i, j) for j in levels) for i in levels]
    column_means = [sum(rows[i] * w(i, j) for i in levels) for j in levels]
    chance = sum(rows[i] * columns[j] * w(i, j) for i in levels for j in levels)
    squares = sum(
        shares[i][j] * (w(i, j) - (row_means[i] + column_means[j]) * (1 - value)) ** 2 for i in levels for j in levels
    )
    return Fraction(squares - (value - chance * (1 - value)) ** 2) / (n * (1 - chance) ** 2)


def gwet_variance(matrix: Matrix, power: int) -> Fraction | None:
    """Gwet 2014: from each pair's own part in the observed and the chance agreement, over n(n − 1)."""
    value, pairs, levels = gwet(matrix, power), pairs_of(matrix), range(len(matrix))
    if value is None or len(pairs) < 2:
        return None
    given = [grade for pair in pairs for grade in pair]
    shares = [Fraction(given.count(level), len(given)) for level in levels]
    total = sum((weight(i, j, len(matrix), power) for i in levels for j in levels), Fraction())
    scale = total / (len(matrix) * (len(matrix) - 1))
    chance = scale * sum((share * (1 - share) for share in shares), Fraction())
    squares = Fraction()
    for i, j in pairs:
        own = (weight(i, j, len(matrix), power) - chance) / (1 - chance)
        own_chance = scale * (1 - (shares[i] + shares[j]) / 2)
        squares += (own - 2 * (1 - value) * (own_chance - chance) / (1 - chance) - value) ** 2
    return squares / (len(pairs) * (len(pairs) - 1))


def brennan_prediger(matrix: Matrix) -> Fraction | None:
    """Brennan and Prediger: chance is one in as many as there are levels."""
    pairs, levels = pairs_of(matrix), len(matrix)
    if not pairs:
        return None
    return (Fraction(sum(i == j for i, j in pairs), len(pairs)) - Fraction(1, levels)) / (1 - Fraction(1, levels))


def alpha(units: Ratings, *, ordinal: bool) -> Fraction | None:
    """Krippendorff: disagreement within units against that among all the judgements that have a partner."""
    kept = [[given for given in unit if given is not None] for unit in units]
    kept = [unit for unit in kept if len(unit) > 1]
    every = [given for unit in kept for given in unit]
    distance = _ordinal(every) if ordinal else lambda i, j: Fraction(i != j)
    expected = sum((distance(i, j) for i in every for j in every), Fraction())
    if expected == 0:
        return None
    within = sum(
        (sum((distance(i, j) for i in unit for j in unit), Fraction()) / (len(unit) - 1) for unit in kept), Fraction()
    )
    return 1 - (len(every) - 1) * within / expected


def _ordinal(every: Sequence[int]) -> Callable[[int, int], Fraction]:
    def distance(i: int, j: int) -> Fraction:
        low, high = min(i, j), max(i, j)
        between = sum(low <= given <= high for given in every)
        return (between - Fraction(every.count(low) + every.count(high), 2)) ** 2 if low != high else Fraction()

    return distance
