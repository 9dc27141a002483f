"""The matrices of counts that tests use: one published, the others drawn by Hypothesis on two to seven levels."""

from hypothesis import strategies as st

Matrix = list[list[int]]
# Landis and Koch 1977, two pathologists on 118 slides; Agresti, Categorical Data Analysis (2nd ed.), table 10.8.
CARCINOMA = [[22, 2, 2, 0], [5, 7, 14, 0], [0, 2, 36, 0], [0, 1, 17, 10]]


@st.composite
def matrices(draw: st.DrawFn, largest: int = 12, levels: tuple[int, int] = (2, 7)) -> Matrix:
    """A square of counts, empty in most places: skewed, one row, one column, one cell, nothing."""
    size = draw(st.integers(*levels))
    level = st.integers(0, size - 1)
    made = [[0] * size for _ in range(size)]
    for earlier, later, count in draw(st.lists(st.tuples(level, level, st.integers(1, largest)), max_size=9)):
        made[earlier][later] += count
    return made


def transposed(matrix: Matrix) -> Matrix:
    """The same pairs with the tiers changed about."""
    return [list(column) for column in zip(*matrix, strict=True)]


def permuted(matrix: Matrix, order: list[int]) -> Matrix:
    """The same pairs with the levels called otherwise."""
    return [[matrix[i][j] for j in order] for i in order]


def merged(matrix: Matrix, level: int) -> Matrix:
    """The same pairs on a scale where a level and the next one are the same."""
    keep = [i for i in range(len(matrix)) if i != level + 1]

    def own(i: int) -> tuple[int, ...]:
        return (i, i + 1) if i == level else (i,)

    return [[sum(matrix[a][b] for a in own(i) for b in own(j)) for j in keep] for i in keep]
