"""The few distributions: against scipy, and against themselves."""

from math import comb, isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.measures.distributions import beta_tails, binomial_cdf, binomial_pmf, normal_quantile, t_quantile
from audit_app.measures.estimate import Z95
from tests.measures.oracles.committed import numbers


def test_students_t_is_that_of_scipy() -> None:
    for p, freedom, said in numbers()["distributions"]["t"]:
        assert t_quantile(p, freedom) == pytest.approx(said, rel=1e-10), (p, freedom)


def test_binomial_tails_are_those_of_scipy_up_to_a_million() -> None:
    for k, n, p, said in numbers()["distributions"]["cdf"]:
        assert binomial_cdf(k, n, p) == pytest.approx(said, rel=1e-9, abs=1e-12), (k, n, p)


def test_binomial_chances_are_those_of_scipy_up_to_a_million() -> None:
    for k, n, p, said in numbers()["distributions"]["pmf"]:
        assert binomial_pmf(k, n, p) == pytest.approx(said, rel=1e-9), (k, n, p)


def test_the_multiplier_of_every_normal_interval_is_the_normal_quantile() -> None:
    assert normal_quantile(0.975) == pytest.approx(Z95, rel=1e-15)


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 60), st.floats(0.001, 0.999))
def test_binomial_chances_are_those_of_counting(n: int, p: float) -> None:
    exact = [comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
    for k in range(n + 1):
        assert isclose(binomial_pmf(k, n, p), exact[k], rel_tol=1e-11)
        assert isclose(binomial_cdf(k, n, p), min(1, sum(exact[: k + 1])), rel_tol=1e-10)


@settings(max_examples=150, deadline=None)
@given(st.floats(0.001, 0.999), st.floats(0.1, 500), st.floats(0.1, 500))
def test_the_two_tails_of_the_beta_function_make_one(x: float, a: float, b: float) -> None:
    below, above = beta_tails(x, a, b)
    assert below + above == pytest.approx(1, abs=1e-14)
    assert beta_tails(1 - x, b, a)[0] == pytest.approx(above, abs=1e-10)


@pytest.mark.parametrize("p", [0.0, 1.0])
def test_a_certain_chance_falls_in_one_place(p: float) -> None:
    sure = round(5 * p)
    assert [binomial_pmf(k, 5, p) for k in range(6)] == [float(k == sure) for k in range(6)]
    assert [binomial_cdf(k, 5, p) for k in range(-1, 6)] == [float(k >= sure) for k in range(-1, 6)]
    assert binomial_pmf(-1, 5, 0.5) == binomial_pmf(6, 5, 0.5) == 0.0
