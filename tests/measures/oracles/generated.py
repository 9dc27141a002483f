"""Generated tables for the oracles: pairings' matrices of counts and calibrations' ratings, from a fixed seed."""

import random
from collections.abc import Callable, Sequence

Matrix = list[list[int]]
Ratings = list[list[int | None]]


def matrices(rng: random.Random, how_many: int, largest: int) -> list[Matrix]:
    """Matrices of 2 to 7 levels: the awkward ones first, then every manner in turn, up to `largest` pairs."""
    made = awkward()
    while len(made) < how_many:
        levels = rng.randint(2, 7)
        pairs = rng.choice((1, 2, 3, 5, 9, 10, 11, 20, 40, 75, 150, 400, largest))
        made.append(matrix(rng, levels, min(pairs, largest), MANNERS[len(made) % len(MANNERS)]))
    return made


def matrix(rng: random.Random, levels: int, pairs: int, manner: str) -> Matrix:
    """One matrix: how likely each cell is follows the manner, then the pairs fall where they may."""
    cells = [(i, j) for i in range(levels) for j in range(levels)]
    favourite, other = rng.randrange(levels), rng.randrange(levels)
    manners: dict[str, Callable[[int, int], float]] = {
        "even": lambda i, j: 1.0,
        "near the diagonal": lambda i, j: 0.1 ** abs(i - j),
        "over-graded": lambda i, j: 0.3 ** abs(i - j - 1),
        "nearly all one grade": lambda i, j: 0.02 + 50.0 * (i == j == favourite),
        "only equal pairs": lambda i, j: float(i == j),
        "one row": lambda i, j: float(i == favourite),
        "one column": lambda i, j: float(j == favourite),
        "two cells": lambda i, j: float((i, j) in ((favourite, other), (other, other))),
        "far apart": lambda i, j: float(abs(i - j)) ** 2,
        "ragged": lambda i, j: rng.random() ** 6,
    }
    chances = manners[manner]
    made = [[0] * levels for _ in range(levels)]
    for i, j in rng.choices(cells, [chances(i, j) for i, j in cells], k=pairs):
        made[i][j] += 1
    return made


MANNERS = (
    "even",
    "near the diagonal",
    "over-graded",
    "nearly all one grade",
    "only equal pairs",
    "one row",
    "one column",
    "two cells",
    "far apart",
    "ragged",
)


def awkward() -> list[Matrix]:
    """One pair in each kind of place, one grade throughout, and no agreement at all, on every length of scale."""
    made = []
    for levels in range(2, 8):
        for cells in (
            [(0, 0, 1)],
            [(0, 1, 1)],
            [(levels - 1, 0, 1)],
            [(1, 1, 25)],
            [(0, 0, 1), (1, 1, 1)],
            [(0, 1, 1), (1, 0, 1)],
            [(0, levels - 1, 7), (levels - 1, 0, 7)],
            [(i, i, 3) for i in range(levels)],
            [(0, 0, 999), (0, 1, 1)],
            [(0, 0, 12), (0, levels - 1, 5)],
        ):
            empty = [[0] * levels for _ in range(levels)]
            for i, j, count in cells:
                empty[i][j] += count
            made.append(empty)
    return made


def ratings(rng: random.Random, how_many: int, *, gaps: bool) -> list[tuple[int, Ratings]]:
    """Calibrations: levels, and subjects × raters, some cells None where gaps are asked for."""
    made: list[tuple[int, Ratings]] = []
    while len(made) < how_many:
        levels, raters, subjects = rng.randint(2, 7), rng.randint(2, 8), rng.randint(2, 30)
        firm, missing = rng.random(), rng.choice((0.05, 0.3, 0.6)) if gaps else 0.0
        table: Ratings = []
        for _ in range(subjects):
            truth = rng.choice((rng.randrange(levels), levels - 1))
            row = [truth if rng.random() < firm else rng.randrange(levels) for _ in range(raters)]
            table.append([None if rng.random() < missing else given for given in row])
        if sum(rated_twice(row) for row in table) > 1:
            made.append((levels, table))
    return made


def rated_twice(row: Sequence[int | None]) -> bool:
    """Whether two or more people rated this subject."""
    return sum(given is not None for given in row) > 1


def pairs_of(counts: Matrix) -> list[tuple[int, int]]:
    """Every pair of a matrix, written out."""
    return [(i, j) for i, row in enumerate(counts) for j, count in enumerate(row) for _ in range(count)]
