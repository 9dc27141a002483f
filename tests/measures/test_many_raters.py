"""Agreement among many: against statsmodels, krippendorff and irrCAC, published tables, and itself."""

from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.measures.statistics import Estimate, ManyRaters, Spread, agreement, many_raters, spread
from tests.measures import by_definition
from tests.measures.generating import Matrix, matrices
from tests.measures.oracles.committed import irrcac, near, numbers

Ratings = list[list[int | None]]
# Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011: four observers, twelve units, gaps; here from 0.
KRIPPENDORFF: Ratings = [
    [0, 0, None, 0],
    [1, 1, 2, 1],
    [2, 2, 2, 2],
    [2, 2, 2, 2],
    [1, 1, 1, 1],
    [0, 1, 2, 3],
    [3, 3, 3, 3],
    [0, 0, 1, 0],
    [1, 1, 1, 1],
    [None, 4, 4, 4],
    [None, None, 0, 0],
    [None, 2, None, None],
]
# Fourteen raters, ten subjects, five categories: the worked example of Fleiss' kappa, counts at each level.
FOURTEEN = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
]


def coefficients(found: ManyRaters) -> list[Estimate]:
    return [getattr(found, field.name) for field in fields(found) if field.name not in ("subjects", "ratings")]


@st.composite
def tables(draw: st.DrawFn) -> tuple[int, Ratings]:
    levels, raters = draw(st.integers(2, 5)), draw(st.integers(2, 4))
    cell = st.one_of(st.none(), st.integers(0, levels - 1), st.just(levels - 1))
    return levels, draw(st.lists(st.lists(cell, min_size=raters, max_size=raters), min_size=2, max_size=8))


def test_alpha_with_gaps_is_that_of_krippendorff() -> None:
    for levels, table, _, nominal, ordinal in numbers()["calibrations"]:
        own = many_raters(table, levels)
        assert near(own.alpha_nominal.value, nominal), table
        assert near(own.alpha_ordinal.value, ordinal), table


def test_fleiss_kappa_of_complete_tables_is_that_of_statsmodels() -> None:
    complete = [case for case in numbers()["calibrations"] if case[2] is not None]
    assert len(complete) > 200
    for levels, table, fleiss, *_ in complete:
        assert near(many_raters(table, levels).fleiss_kappa.value, fleiss), table


def test_gwets_coefficients_and_fleiss_kappa_with_gaps_are_those_of_irrcac_with_their_errors() -> None:
    assert len(irrcac()["calibrations"]) >= 300
    for levels, table, *said in irrcac()["calibrations"]:
        own = many_raters(table, levels)
        figures = (own.ac1, own.ac2_linear, own.ac2_quadratic, own.fleiss_kappa)
        for figure, numbers_said in zip(figures, said, strict=True):
            if numbers_said is None:
                assert figure.value is None, table
                continue
            coefficient, se, low, high = numbers_said
            assert near(figure.value, coefficient), table
            assert near(figure.se, se), table
            if figure.low is not None:
                assert near(figure.low, low, 1e-7), table
                assert near(figure.high, high, 1e-7), table


def test_krippendorffs_own_table_has_the_values_that_he_prints() -> None:
    own = many_raters(KRIPPENDORFF, 5)
    assert round(own.alpha_nominal.value or 0, 3) == 0.743
    assert round(own.alpha_ordinal.value or 0, 3) == 0.815
    assert (own.subjects, own.ratings) == (11, 41)


def test_gwets_coefficients_of_the_same_table_are_as_irrcac_prints_them() -> None:
    # The documentation of irrCAC 0.4.4, after Gwet 2014: AC1 0.77544 (0.14295), Fleiss' κ 0.76117 (0.15302).
    own = many_raters(KRIPPENDORFF, 5)
    assert (round(own.ac1.value or 0, 5), round(own.ac1.se or 0, 5)) == (0.77544, 0.14295)
    assert (round(own.fleiss_kappa.value or 0, 5), round(own.fleiss_kappa.se or 0, 5)) == (0.76117, 0.15302)


def test_fleiss_kappa_of_fourteen_raters_is_as_printed() -> None:
    table: Ratings = [[level for level, count in enumerate(row) for _ in range(count)] for row in FOURTEEN]
    assert round(many_raters(table, 5).fleiss_kappa.value or 0, 3) == 0.21


@settings(max_examples=150, deadline=None)
@given(tables())
def test_alpha_with_gaps_is_its_definition_written_out(drawn: tuple[int, Ratings]) -> None:
    levels, table = drawn
    own = many_raters(table, levels)
    if own.subjects < 2:
        return
    for figure, ordinal in ((own.alpha_nominal, False), (own.alpha_ordinal, True)):
        said = by_definition.alpha(table, ordinal=ordinal)
        assert near(figure.value, None if said is None else float(said), 1e-12)


@settings(max_examples=150, deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_neither_the_order_of_people_nor_of_vignettes_matters(drawn: tuple[int, Ratings], rng: object) -> None:
    levels, table = drawn
    mixed = [list(row) for row in table]
    for row in mixed:
        rng.shuffle(row)  # type: ignore[attr-defined]
    rng.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = many_raters(table, levels), many_raters(mixed, levels)
    for own, said in zip(coefficients(one), coefficients(other), strict=True):
        assert near(own.value, said.value, 1e-12)
        assert near(own.se, said.se)
        assert own.value is None or own.value <= 1 + 1e-12


@settings(max_examples=150, deadline=None)
@given(matrices(largest=4))
def test_two_raters_in_a_table_are_a_pairing(matrix: Matrix) -> None:
    pairs = by_definition.pairs_of(matrix)
    if len(pairs) < 2:
        return
    table: Ratings = [[i, j] for i, j in pairs]
    many, two = many_raters(table, len(matrix)), agreement(matrix)
    for name in ("ac1", "ac2_linear", "ac2_quadratic", "alpha_nominal", "alpha_ordinal"):
        assert near(getattr(many, name).value, getattr(two, name).value, 1e-12)
        assert near(getattr(many, name).se, getattr(two, name).se)


def test_one_vignette_has_a_spread_and_no_coefficient() -> None:
    own = many_raters([[0, 1, 1, 3, None]], 4)
    assert all(figure.value is None and figure.why for figure in coefficients(own))
    assert spread([0, 1, 1, 3, None], 4) == Spread(counts=(1, 2, 0, 1), ratings=4, lowest=0, middle=1.0, highest=3)
    assert spread([2, 3], 4).middle == 2.5
    assert spread([None, None], 4) == Spread((0, 0, 0, 0), 0, None, None, None)


def test_one_grade_by_everybody_leaves_fleiss_kappa_and_alpha_undefined_and_gwets_one() -> None:
    own = many_raters([[2, 2, 2]] * 5, 4, seed=1)
    for figure in (own.fleiss_kappa, own.alpha_nominal, own.alpha_ordinal):
        assert figure.value is None
        assert figure.why
    for figure in (own.ac1, own.ac2_linear, own.ac2_quadratic):
        assert (figure.value, figure.se, figure.low) == (1.0, 0.0, None)


def test_nobody_rating_gives_nothing_and_a_level_off_the_scale_is_refused() -> None:
    assert many_raters([], 4).ratings == 0
    assert many_raters([[None, None]] * 3, 4).subjects == 0
    assert many_raters([[0, 0]] * 3, 1).ac1.value is None
    for table in ([[0, 4]], [[-1, 2]]):
        with pytest.raises(ValueError, match="level"):
            many_raters(table, 4)


def test_alpha_is_bootstrapped_over_vignettes_when_a_seed_is_given() -> None:
    own = many_raters(KRIPPENDORFF, 5, seed=7, resamples=400)
    assert own == many_raters(KRIPPENDORFF, 5, seed=7, resamples=400)
    assert own.alpha_nominal.low is not None
    assert own.alpha_nominal.se == pytest.approx(0.14557, rel=0.15)  # irrCAC 0.4.4, krippendorff()
    assert many_raters(KRIPPENDORFF, 5).alpha_nominal.low is None
