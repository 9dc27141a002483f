"""Agreement between two tiers: against published tables, the definitions written out, and itself."""

from collections.abc import Iterator
from dataclasses import FrozenInstanceError, astuple, fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.measures.statistics import Agreement, Estimate, agreement
from tests.measures import by_definition
from tests.measures.generating import CARCINOMA, Matrix, matrices, merged, permuted, transposed
from tests.measures.oracles.committed import near

COEFFICIENTS = (
    "kappa",
    "kappa_linear",
    "kappa_quadratic",
    "ac1",
    "ac2_linear",
    "ac2_quadratic",
    "alpha_nominal",
    "alpha_ordinal",
    "brennan_prediger",
)
NEED_SPREAD = ("kappa", "kappa_linear", "kappa_quadratic", "alpha_nominal", "alpha_ordinal")
NOMINAL = ("kappa", "ac1", "alpha_nominal", "brennan_prediger")


def coefficients(found: Agreement) -> dict[str, Estimate]:
    return {name: getattr(found, name) for name in COEFFICIENTS}


def figures(found: Agreement) -> Iterator[Estimate]:
    for field in fields(found):
        figure = getattr(found, field.name)
        if isinstance(figure, Estimate):
            yield figure


def value(figure: Estimate) -> float:
    assert figure.value is not None
    return figure.value


# Published tables


def test_kappa_of_the_carcinoma_slides_is_as_agresti_prints_it() -> None:
    own = agreement(CARCINOMA)
    assert round(value(own.kappa), 3) == 0.493
    assert round(own.kappa.se or 0, 3) == 0.057
    assert round(value(own.exact), 3) == 0.636


def test_kappa_of_husbands_and_wives_is_as_meyer_and_others_print_it() -> None:
    # Hout, Duncan and Sobel 1987, 91 couples; R's vcd (Meyer, Zeileis and Hornik) prints these for SexualFun.
    own = agreement([[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]])
    assert (round(value(own.kappa), 4), round(own.kappa.se or 0, 5)) == (0.1293, 0.0686)
    assert (round(value(own.kappa_linear), 4), round(own.kappa_linear.se or 0, 5)) == (0.2374, 0.07832)


def test_kappa_collapses_and_ac1_does_not_when_nearly_all_grades_are_the_same() -> None:
    # Gwet 2002, "Kappa statistic is not satisfactory", table 1.
    own = agreement([[118, 5], [2, 0]])
    assert round(value(own.kappa), 4) == -0.0234
    assert round(value(own.ac1), 4) == 0.9408
    assert round(value(own.exact), 3) == 0.944


# By the definitions


@settings(max_examples=150, deadline=None)
@given(matrices(largest=2))
def test_every_coefficient_is_its_definition_written_out_in_fractions(matrix: Matrix) -> None:
    own = agreement(matrix)
    pairs = by_definition.pairs_of(matrix)
    expected = {
        "kappa": by_definition.kappa(matrix, 0),
        "kappa_linear": by_definition.kappa(matrix, 1),
        "kappa_quadratic": by_definition.kappa(matrix, 2),
        "ac1": by_definition.gwet(matrix, 0),
        "ac2_linear": by_definition.gwet(matrix, 1),
        "ac2_quadratic": by_definition.gwet(matrix, 2),
        "alpha_nominal": by_definition.alpha(pairs, ordinal=False),
        "alpha_ordinal": by_definition.alpha(pairs, ordinal=True),
        "brennan_prediger": by_definition.brennan_prediger(matrix),
    }
    for name, said in expected.items():
        assert near(getattr(own, name).value, None if said is None else float(said), 1e-12), name


@settings(max_examples=150, deadline=None)
@given(matrices())
def test_the_plain_counts_are_those_of_the_pairs_and_leave_none_out(matrix: Matrix) -> None:
    own, pairs = agreement(matrix), by_definition.pairs_of(matrix)
    assert own.n == len(pairs) == own.agreed + own.over + own.under
    assert own.agreed == sum(i == j for i, j in pairs)
    assert own.near == sum(abs(i - j) <= 1 for i, j in pairs)
    assert own.over == sum(i > j for i, j in pairs)
    if pairs:
        assert near(own.exact.value, own.agreed / own.n)
        assert near(own.within_one.value, own.near / own.n)
        assert near(own.bias.value, sum(i - j for i, j in pairs) / len(pairs))


@settings(max_examples=60, deadline=None)
@given(matrices(largest=4))
def test_each_standard_error_is_its_formula_written_out_in_fractions(matrix: Matrix) -> None:
    own = agreement(matrix)
    for power, name in enumerate(("kappa", "kappa_linear", "kappa_quadratic")):
        said = by_definition.kappa_variance(matrix, power)
        assert near(getattr(own, name).se, None if said is None else float(said) ** 0.5), name
    for power, name in enumerate(("ac1", "ac2_linear", "ac2_quadratic")):
        said = by_definition.gwet_variance(matrix, power)
        assert near(getattr(own, name).se, None if said is None else float(said) ** 0.5), name


# Properties


@settings(max_examples=200, deadline=None)
@given(matrices())
def test_no_figure_leaves_its_bounds_and_intervals_hold_their_values(matrix: Matrix) -> None:
    own = agreement(matrix)
    for figure in figures(own):
        if figure.value is None:
            assert figure.why
            assert (figure.se, figure.low, figure.high) == (None, None, None)
        if figure.low is not None and figure.high is not None:
            assert figure.low <= value(figure) <= figure.high
        assert (figure.low is None) == (figure.high is None)
        assert figure.low is not None or figure.why
        assert figure.se is None or figure.se >= 0
    for name, figure in coefficients(own).items():
        assert figure.value is None or figure.value <= 1
        assert figure.value is None or figure.value >= -1 or name.startswith("ac2")


@settings(max_examples=200, deadline=None)
@given(matrices())
def test_a_coefficient_is_one_exactly_when_every_pair_agrees(matrix: Matrix) -> None:
    own = agreement(matrix)
    for figure in coefficients(own).values():
        if figure.value is not None:
            assert (figure.value == 1) == (own.agreed == own.n)


@settings(max_examples=200, deadline=None)
@given(matrices())
def test_changing_the_tiers_about_changes_only_the_side_of_the_bias(matrix: Matrix) -> None:
    one, other = agreement(matrix), agreement(transposed(matrix))
    assert (one.over, one.under) == (other.under, other.over)
    assert near(one.bias.value, None if other.bias.value is None else -other.bias.value)
    for name in COEFFICIENTS:
        assert_alike(getattr(one, name), getattr(other, name))


@settings(max_examples=200, deadline=None)
@given(matrices())
def test_reading_the_scale_from_the_other_end_changes_only_the_side_of_the_bias(matrix: Matrix) -> None:
    one, other = agreement(matrix), agreement(permuted(matrix, list(reversed(range(len(matrix))))))
    assert (one.over, one.under) == (other.under, other.over)
    for name in COEFFICIENTS:
        assert_alike(getattr(one, name), getattr(other, name))


@settings(max_examples=150, deadline=None)
@given(matrices(), st.randoms(use_true_random=False))
def test_unweighted_coefficients_do_not_care_for_the_order_of_the_levels(matrix: Matrix, rng: object) -> None:
    order = list(range(len(matrix)))
    rng.shuffle(order)  # type: ignore[attr-defined]
    one, other = agreement(matrix), agreement(permuted(matrix, order))
    for name in NOMINAL:
        assert_alike(getattr(one, name), getattr(other, name))


@settings(max_examples=150, deadline=None)
@given(matrices(levels=(3, 7)), st.integers(0, 5))
def test_merging_two_neighbouring_levels_never_lowers_the_plain_rates(matrix: Matrix, level: int) -> None:
    fewer = merged(matrix, min(level, len(matrix) - 2))
    one, other = agreement(matrix), agreement(fewer)
    assert one.n == other.n
    assert one.agreed <= other.agreed
    assert one.near <= other.near
    assert one.over >= other.over
    assert one.under >= other.under


@settings(max_examples=150, deadline=None)
@given(matrices(), st.integers(2, 50))
def test_the_same_pairs_many_times_over_say_the_same_more_firmly(matrix: Matrix, times: int) -> None:
    one, other = agreement(matrix), agreement([[count * times for count in row] for row in matrix])
    for name in (name for name in COEFFICIENTS if not name.startswith("alpha")):
        few, many = getattr(one, name), getattr(other, name)
        assert near(few.value, many.value)
        if name.startswith("kappa") and few.se is not None:
            assert many.se == pytest.approx(few.se / times**0.5, rel=1e-9, abs=1e-12)


@settings(max_examples=150, deadline=None)
@given(matrices(levels=(2, 6)))
def test_a_level_nobody_uses_moves_only_what_counts_the_full_scale(matrix: Matrix) -> None:
    wider = [[*row, 0] for row in matrix] + [[0] * (len(matrix) + 1)]
    one, other = agreement(matrix), agreement(wider)
    for name in NEED_SPREAD:
        assert_alike(getattr(one, name), getattr(other, name))
    if one.n and one.agreed < one.n:
        assert value(other.brennan_prediger) > value(one.brennan_prediger)


@settings(max_examples=150, deadline=None)
@given(matrices())
def test_nominal_alpha_is_scotts_pi_put_right_for_small_numbers(matrix: Matrix) -> None:
    # Krippendorff 2004, chapter 11: for two raters α = 1 − (1 − π)(1 − 1/2n).
    own, pairs = agreement(matrix), by_definition.pairs_of(matrix)
    given_grades = [grade for pair in pairs for grade in pair]
    chance = sum((given_grades.count(level) / (2 * own.n)) ** 2 for level in range(len(matrix))) if pairs else 1
    if own.alpha_nominal.value is not None:
        pi = (own.agreed / own.n - chance) / (1 - chance)
        assert near(own.alpha_nominal.value, 1 - (1 - pi) * (1 - 1 / (2 * own.n)), 1e-12)


def assert_alike(one: Estimate, other: Estimate) -> None:
    for own, said in zip(astuple(one)[:4], astuple(other)[:4], strict=True):
        assert near(own, said, 1e-12)


# What does not exist


def test_no_pairs_give_no_figures_and_say_so() -> None:
    own = agreement([[0] * 4 for _ in range(4)])
    assert (own.n, own.agreed, own.near, own.over, own.under) == (0, 0, 0, 0, 0)
    assert all(figure.value is None and figure.why for figure in figures(own))


@pytest.mark.parametrize("levels", range(2, 8))
def test_one_grade_throughout_leaves_kappa_and_alpha_undefined_and_the_others_one(levels: int) -> None:
    for level in range(levels):
        matrix = [[0] * levels for _ in range(levels)]
        matrix[level][level] = 25
        own = coefficients(agreement(matrix, seed=1))
        for name in COEFFICIENTS:
            assert own[name].value == (None if name in NEED_SPREAD else 1.0)
            assert own[name].why


def test_a_scale_of_one_level_has_rates_and_no_coefficients() -> None:
    own = agreement([[7]])
    assert own.exact.value == 1.0
    assert all(figure.value is None and figure.why for figure in coefficients(own).values())


def test_one_tier_with_one_grade_against_a_varied_other_is_no_better_than_chance() -> None:
    own = agreement([[0, 0, 0], [3, 9, 4], [0, 0, 0]])
    assert own.kappa.value == own.kappa_linear.value == own.kappa_quadratic.value == 0.0


def test_full_agreement_over_several_grades_claims_no_interval() -> None:
    own = agreement([[4, 0], [0, 9]])
    for figure in (own.kappa, own.ac1, own.brennan_prediger):
        assert (figure.value, figure.se, figure.low, figure.high) == (1.0, 0.0, None, None)
        assert figure.why == "there is no spread to reckon an interval from"


def test_bias_has_a_t_interval_from_ten_pairs_on_and_none_below() -> None:
    assert agreement([[3, 2], [4, 0]]).bias.low is None
    ten = agreement([[3, 2], [5, 0]]).bias
    assert ten.low is not None
    assert value(ten) == pytest.approx(0.3)


def test_bias_is_positive_where_the_earlier_tier_graded_higher() -> None:
    own = agreement([[0, 0, 0], [6, 0, 0], [5, 1, 0]])
    assert (own.over, own.under) == (12, 0)
    assert value(own.bias) == pytest.approx((6 * 1 + 5 * 2 + 1) / 12)


def test_one_pair_has_no_standard_error_for_the_coefficients_that_count_one_less() -> None:
    own = agreement([[0, 1], [0, 0]])
    assert own.ac1.se is own.brennan_prediger.se is own.bias.se is None
    assert own.alpha_nominal.value == 0.0


@pytest.mark.parametrize("matrix", [[], [[1, 2]], [[1, 2], [3]], [[1, -1], [0, 2]], [[1.5, 0], [0, 2]]])
def test_what_is_no_square_of_counts_is_refused(matrix: Matrix) -> None:
    with pytest.raises(ValueError, match=r"matrix|count"):
        agreement(matrix)


def test_the_answer_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        agreement(CARCINOMA).n = 3  # type: ignore[misc]
