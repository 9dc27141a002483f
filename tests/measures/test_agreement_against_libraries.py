"""Agreement between two tiers against independent libraries, over thousands of generated matrices."""

from functools import cache

import pytest

from audit_app.measures.statistics import Agreement, agreement
from tests.measures import by_definition
from tests.measures.generating import Matrix, transposed
from tests.measures.oracles.committed import irrcac, near, numbers


@cache
def own_of_pairings() -> list[tuple[Matrix, Agreement]]:
    return [(matrix, agreement(matrix)) for matrix, *_ in numbers()["pairings"]]


def test_kappa_and_weighted_kappa_are_those_of_scikit_learn() -> None:
    for (matrix, own), (_, kappas, *_) in zip(own_of_pairings(), numbers()["pairings"], strict=True):
        for figure, said in zip((own.kappa, own.kappa_linear, own.kappa_quadratic), kappas, strict=True):
            assert near(figure.value, said), matrix


def test_the_standard_error_of_kappa_is_that_of_fleiss_cohen_and_everitt_as_statsmodels_has_it() -> None:
    for (matrix, own), (_, _, variances, *_) in zip(own_of_pairings(), numbers()["pairings"], strict=True):
        for power, (figure, said) in enumerate(
            zip((own.kappa, own.kappa_linear, own.kappa_quadratic), variances, strict=True)
        ):
            if said is None or figure.se is None:
                assert figure.value is None, matrix
            else:
                # statsmodels takes squares from squares and loses digits where chance agreement is nearly 1.
                lost = 2e-15 / own.n / chance_disagreement(matrix, power) ** 2
                assert figure.se**2 == pytest.approx(said, rel=1e-9, abs=max(1e-15, lost)), matrix


def chance_disagreement(matrix: Matrix, power: int) -> float:
    rows, columns, levels = [sum(row) for row in matrix], [sum(row) for row in transposed(matrix)], range(len(matrix))
    apart = sum(
        (1 - by_definition.weight(i, j, len(matrix), power)) * rows[i] * columns[j] for i in levels for j in levels
    )
    return float(apart) / sum(rows) ** 2


def test_alpha_is_that_of_krippendorff_nominal_and_ordinal() -> None:
    for (matrix, own), (*_, (nominal, ordinal), _) in zip(own_of_pairings(), numbers()["pairings"], strict=True):
        assert near(own.alpha_nominal.value, nominal), matrix
        assert near(own.alpha_ordinal.value, ordinal), matrix


def test_net_bias_and_its_t_interval_are_those_of_scipy() -> None:
    for (matrix, all_own), (*_, (mean, se, low, high)) in zip(own_of_pairings(), numbers()["pairings"], strict=True):
        own = all_own.bias
        assert near(own.value, mean), matrix
        if se is None:
            assert (own.low, own.high) == (None, None), matrix
        else:
            assert near(own.se, se), matrix
            assert near(own.low, low), matrix
            assert near(own.high, high), matrix


def test_gwets_coefficients_and_brennan_predigers_are_those_of_irrcac_with_their_errors() -> None:
    for matrix, *said in irrcac()["pairings"]:
        own = agreement(matrix)
        for figure, numbers_said in zip(
            (own.ac1, own.ac2_linear, own.ac2_quadratic, own.brennan_prediger), said, strict=True
        ):
            coefficient, se, low, high = numbers_said
            assert near(figure.value, coefficient), matrix
            assert near(figure.se, se), matrix
            if figure.low is not None and figure.high is not None:
                # irrCAC's old scipy has Student's t right to eight digits only.
                assert near(figure.low, low, 1e-7), matrix
                assert near(figure.high, high, 1e-7), matrix
            else:
                assert se == 0, matrix


def test_the_numbers_of_the_oracles_are_thousands_on_every_length_of_scale() -> None:
    pairings = numbers()["pairings"]
    assert len(pairings) >= 3000
    assert {len(matrix) for matrix, *_ in pairings} == {2, 3, 4, 5, 6, 7}
    assert sum(kappas[0] is None for _, kappas, *_ in pairings) > 50
    assert len(irrcac()["pairings"]) > 800
