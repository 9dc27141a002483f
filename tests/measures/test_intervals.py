"""Shares, differences of shares and net bias: against scipy and statsmodels, and against published tables."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.measures.statistics import (
    Estimate,
    mean_bias,
    newcombe,
    newcombe_paired,
    ratio_clustered,
    ratio_from_sums,
    sign_test,
    weighted_ratio_clustered,
    weighted_share,
    wilson,
)
from tests.measures.oracles.committed import near, numbers

COUNTED = st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def rounded(figure: Estimate, digits: int = 4) -> tuple[float, float]:
    assert figure.low is not None
    assert figure.high is not None
    return round(figure.low, digits), round(figure.high, digits)


# Wilson


def test_wilsons_interval_is_that_of_scipy() -> None:
    for k, n, low, high, _ in numbers()["shares"]:
        own = wilson(k, n)
        assert near(own.value, k / n)
        assert near(own.low, low), (k, n)
        assert near(own.high, high), (k, n)


@pytest.mark.parametrize(
    ("k", "n", "printed"),
    [(81, 263, (0.2553, 0.3662)), (15, 148, (0.0624, 0.1605)), (0, 20, (0.0, 0.1611)), (1, 29, (0.0061, 0.1718))],
)
def test_wilsons_interval_is_as_newcombe_prints_it(k: int, n: int, printed: tuple[float, float]) -> None:
    # Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3.
    assert rounded(wilson(k, n)) == printed


def test_two_inspections_of_the_same_providers_agreed_in_22_of_24() -> None:
    own = wilson(22, 24)
    assert round(own.value or 0, 2) == 0.92
    assert rounded(own, 3) == (0.742, 0.977)


def test_nothing_counted_is_no_share_at_all() -> None:
    assert wilson(0, 0) == Estimate(None, why="nothing to count")


def test_none_and_all_close_on_their_own_side_only() -> None:
    none, every = wilson(0, 12), wilson(12, 12)
    assert (none.value, none.low) == (0.0, 0.0)
    assert (every.value, every.high) == (1.0, 1.0)
    assert (none.high or 0) > 0
    assert (every.low or 1) < 1


@settings(max_examples=200, deadline=None)
@given(COUNTED)
def test_wilsons_interval_holds_the_share_and_mirrors_its_complement(counted: tuple[int, int]) -> None:
    k, n = counted
    own, other = wilson(k, n), wilson(n - k, n)
    if own.value is not None and own.low is not None and own.high is not None:
        assert 0 <= own.low <= own.value <= own.high <= 1
        assert near(own.low, 1 - (other.high or 0), 1e-12)


@pytest.mark.parametrize(("k", "n"), [(-1, 3), (4, 3), (0, -1)])
def test_a_share_that_cannot_be_is_refused(k: int, n: int) -> None:
    with pytest.raises(ValueError, match=r"share|count"):
        wilson(k, n)


# Newcombe, independent (method 10)


def test_newcombes_interval_for_two_disjoint_sets_is_that_of_statsmodels() -> None:
    for k1, n1, k2, n2, low, high in numbers()["differences"]:
        own = newcombe(k1, n1, k2, n2)
        assert near(own.value, k1 / n1 - k2 / n2)
        assert near(own.low, low), (k1, n1, k2, n2)
        assert near(own.high, high), (k1, n1, k2, n2)


@pytest.mark.parametrize(
    ("counts", "printed"),
    [
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.1705, 0.8090)),
        ((0, 10, 0, 20), (-0.1611, 0.2775)),
        ((10, 10, 0, 20), (0.6791, 1.0)),
    ],
)
def test_newcombes_interval_is_as_he_prints_it(counts: tuple[int, int, int, int], printed: tuple[float, float]) -> None:
    # Newcombe 1998, Statistics in Medicine 17:873-890, table II, method 10.
    assert rounded(newcombe(*counts)) == printed


@settings(max_examples=200, deadline=None)
@given(COUNTED, COUNTED)
def test_changing_the_two_sets_about_turns_the_difference_round(one: tuple[int, int], other: tuple[int, int]) -> None:
    there, back = newcombe(*one, *other), newcombe(*other, *one)
    if there.value is None or there.low is None or there.high is None:
        assert 0 in (one[1], other[1])
        return
    assert there.low <= there.value <= there.high
    assert near(there.low, -(back.high or 0), 1e-12)
    assert near(there.se, back.se, 1e-12)


# Newcombe, paired (method 10): the inflation gap


@pytest.mark.parametrize(
    ("table", "printed"),
    [
        ((59, 6, 16, 80), (-0.1186, -0.0046)),
        ((1, 1, 7, 12), (-0.5069, -0.0256)),
        ((36, 12, 2, 0), (0.0569, 0.3404)),
    ],
)
def test_the_paired_interval_is_as_it_is_printed(
    table: tuple[int, int, int, int], printed: tuple[float, float]
) -> None:
    # Fagerland, Lydersen and Laake, Statistical Analysis of Contingency Tables, 2017, chapter 8 (complete response
    # before and after consolidation; airway responsiveness before and after transplantation); Newcombe 1998,
    # Statistics in Medicine 17:2635-2650, table II.
    assert rounded(newcombe_paired(*table)) == printed


def test_the_inflation_gap_is_as_audited_less_after_moderation() -> None:
    own = newcombe_paired(both=10, first_only=5, second_only=1, neither=4)
    assert own.value == pytest.approx(15 / 20 - 11 / 20)
    assert own.se == pytest.approx(((6 - 16 / 20) ** 0.5) / 20)


@settings(max_examples=200, deadline=None)
@given(st.tuples(*[st.integers(0, 60)] * 4))
def test_the_paired_difference_turns_round_with_its_two_occasions(table: tuple[int, int, int, int]) -> None:
    both, first, second, neither = table
    there, back = newcombe_paired(*table), newcombe_paired(both, second, first, neither)
    if there.value is None or there.low is None or there.high is None:
        assert sum(table) == 0
        return
    assert -1 <= there.low <= there.value <= there.high <= 1
    assert near(there.low, -(back.high or 0), 1e-12)


# The exact sign test


def test_the_sign_test_is_the_exact_binomial_one_of_scipy() -> None:
    for k, n, _, _, p in numbers()["shares"]:
        assert near(sign_test(k, n - k), p), (k, n)


def test_the_sign_test_of_small_numbers_by_hand() -> None:
    assert sign_test(5, 0) == pytest.approx(2 / 32)
    assert sign_test(8, 2) == pytest.approx(2 * (1 + 10 + 45) / 1024)
    assert sign_test(3, 3) == 1.0
    assert sign_test(0, 0) is None


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 3000), st.integers(0, 3000))
def test_a_more_uneven_split_is_never_likelier(over: int, under: int) -> None:
    p = sign_test(over, under)
    assert p == sign_test(under, over)
    if p is not None:
        assert 0 <= p <= 1
        if over > under > 0:
            assert (sign_test(over + 1, under - 1) or 0) <= p * (1 + 1e-9)


def test_a_million_pairs_are_no_trouble_to_the_sign_test() -> None:
    p = sign_test(501_000, 499_000)
    assert p == pytest.approx(0.0456, abs=0.0002)


# Net bias


def test_net_bias_by_hand_with_its_t_interval() -> None:
    # Ten pairs: seven one grade over, three equal; mean 0.7, sd √(0.21·10/9), t with 9 degrees of freedom 2.262157.
    own = mean_bias([[3, 0], [7, 0]])
    se = (0.21 / 9) ** 0.5
    assert own.value == pytest.approx(0.7)
    assert own.se == pytest.approx(se)
    assert own.low == pytest.approx(0.7 - 2.2621571628 * se)
    assert own.high == pytest.approx(0.7 + 2.2621571628 * se)


def test_net_bias_without_spread_or_with_few_pairs_has_no_interval() -> None:
    assert mean_bias([[0, 0], [0, 0]]).value is None
    assert mean_bias([[0, 0], [1, 0]]) == Estimate(1.0, why="one pair only")
    assert mean_bias([[3, 0], [6, 0]]).low is None
    alike = mean_bias([[30, 0], [0, 6]])
    assert (alike.value, alike.se, alike.low) == (0.0, 0.0, None)


# The ratio estimator clustered by audit


def test_the_clustered_ratio_is_that_of_statsmodels_with_errors_clustered_by_audit() -> None:
    for audits, share, se, low, high in numbers()["clusters"]:
        own = ratio_clustered(map(tuple, audits))
        assert near(own.value, share)
        assert near(own.se, se)
        assert near(own.low, max(0.0, low))
        assert near(own.high, min(1.0, high))


def test_the_clustered_ratio_from_sums_is_the_same_and_the_sums_add_up() -> None:
    one, other = [(3, 5), (0, 4), (6, 6), (2, 7), (5, 5)], [(1, 3), (4, 4), (0, 2), (7, 9), (3, 3), (2, 6)]

    def sums(audits: list[tuple[int, int]]) -> list[int]:
        ys, xs = zip(*audits, strict=True)
        squares = [sum(a * b for a, b in zip(c, d, strict=True)) for c, d in ((ys, ys), (ys, xs), (xs, xs))]
        return [len(audits), sum(ys), sum(xs), *squares]

    together = [a + b for a, b in zip(sums(one), sums(other), strict=True)]
    assert ratio_from_sums(*together) == ratio_clustered(one + other)


def test_the_clustered_ratio_has_no_interval_under_ten_audits() -> None:
    assert ratio_clustered([(1, 2)] * 4 + [(2, 2)] * 5).low is None
    assert ratio_clustered([(1, 2)] * 4 + [(2, 2)] * 6).low is not None
    assert ratio_clustered([]).value is None
    assert ratio_clustered([(0, 0)] * 12).value is None
    assert ratio_clustered([(3, 4)]).se is None


def test_the_clustered_ratio_leaves_out_audits_without_pairs_and_claims_nothing_from_audits_all_alike() -> None:
    assert ratio_clustered([(1, 2)] * 9 + [(0, 0)] * 5).low is None
    own = ratio_clustered([(2, 4)] * 6 + [(3, 6)] * 6)
    assert (own.value, own.se, own.low) == (0.5, 0.0, None)
    with pytest.raises(ValueError, match="audit"):
        ratio_clustered([(3, 2)])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.booleans(), min_size=10, max_size=60).filter(lambda outcomes: len(set(outcomes)) == 2))
def test_one_pair_an_audit_makes_the_clustered_ratio_the_plain_share(outcomes: list[bool]) -> None:
    own = ratio_clustered([(int(outcome), 1) for outcome in outcomes])
    plain, n = wilson(sum(outcomes), len(outcomes)), len(outcomes)
    assert own.value == plain.value
    assert own.se == pytest.approx((plain.se or 0) * (n / (n - 1)) ** 0.5)


# Unequal draws


@settings(max_examples=100, deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=60), st.floats(0.01, 1))
def test_equal_chances_of_being_drawn_make_the_weighted_share_wilsons(outcomes: list[bool], chance: float) -> None:
    own, plain = weighted_share((outcome, chance) for outcome in outcomes), wilson(sum(outcomes), len(outcomes))
    for figure, said in ((own.value, plain.value), (own.se, plain.se), (own.low, plain.low), (own.high, plain.high)):
        assert near(figure, said)


def test_a_draw_that_had_half_the_chance_counts_for_two() -> None:
    own = weighted_share([(True, 0.5), (False, 1.0), (False, 1.0), (True, 1.0)])
    assert own.value == pytest.approx(3 / 5)
    assert own.se == pytest.approx((4 * 0.16 + 0.16 + 2 * 0.36) ** 0.5 / 5)
    effective = 25 / 7
    square = 1.959963984540054**2
    middle = (0.6 + square / (2 * effective)) / (1 + square / effective)
    assert ((own.low or 0) + (own.high or 0)) / 2 == pytest.approx(middle)


AUDITS = st.lists(st.integers(0, 6).flatmap(lambda x: st.tuples(st.integers(0, x), st.just(x))), max_size=30)


@settings(max_examples=100, deadline=None)
@given(AUDITS, st.floats(0.01, 1))
def test_equal_chances_make_the_weighted_clustered_ratio_the_plain_one(
    audits: list[tuple[int, int]], chance: float
) -> None:
    own, plain = weighted_ratio_clustered((y, x, chance) for y, x in audits), ratio_clustered(audits)
    assert own.why == plain.why
    for figure, said in ((own.value, plain.value), (own.se, plain.se), (own.low, plain.low), (own.high, plain.high)):
        assert figure == said or figure == pytest.approx(said, abs=1e-7)


def test_an_audit_that_had_half_the_chance_counts_its_sections_twice() -> None:
    own = weighted_ratio_clustered([(1, 2, 0.5), (3, 3, 1.0), (0, 4, 1.0)])
    assert own.value == pytest.approx((2 * 1 + 3 + 0) / (2 * 2 + 3 + 4))
    assert own.low is None
    assert weighted_ratio_clustered([(1, 2, 0.3)] * 6 + [(2, 2, 0.9)] * 6).low is not None


def test_no_draws_give_no_weighted_share_and_an_impossible_chance_is_refused() -> None:
    assert weighted_share([]).value is None
    assert weighted_share([(True, 0.2), (True, 0.9)]).value == 1.0
    for chance in (0.0, -0.5, 1.5):
        with pytest.raises(ValueError, match="probability"):
            weighted_share([(True, chance)])
