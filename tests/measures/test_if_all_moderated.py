"""Estimated good or better, had every audit been moderated."""

import random
from datetime import date
from math import exp, log, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.measures.statistics import GoodIfAllModerated, Stratum, good_or_better_if_all_moderated

Z = 1.959963984540054


def month(number: int) -> date:
    """The first of a month of the financial year that starts in April 2024."""
    return date(2024 + (number + 3) // 12, (number + 3) % 12 + 1, 1)


APRIL, MAY, JUNE, JULY, AUGUST = (month(number) for number in range(5))


def sizes(found: GoodIfAllModerated) -> list[tuple[int, date, date, int, int]]:
    return [(s.grade, s.first, s.last, s.audits, s.moderated) for s in found.strata]


def test_the_estimate_its_variance_and_its_logit_interval_by_hand() -> None:
    found = good_or_better_if_all_moderated([Stratum(APRIL, 1, 30, 5, 1), Stratum(APRIL, 2, 70, 10, 8)])
    share = 0.3 * 1 / 5 + 0.7 * 8 / 10
    low_grade, high_grade = 1.5 / 6, 8.5 / 11
    variance = 0.3**2 * (1 - 5 / 30) * low_grade * (1 - low_grade) / 4
    variance += 0.7**2 * (1 - 10 / 70) * high_grade * (1 - high_grade) / 9
    reach = Z * sqrt(variance) / (share * (1 - share))
    assert found.estimate.value == pytest.approx(share)
    assert found.estimate.se == pytest.approx(sqrt(variance))
    assert found.estimate.low == pytest.approx(1 / (1 + exp(-(log(share / (1 - share)) - reach))))
    assert found.estimate.high == pytest.approx(1 / (1 + exp(-(log(share / (1 - share)) + reach))))
    assert (found.audits, found.moderated) == (100, 15)
    assert (found.least, found.most) == (0.09, 0.94)


def test_everything_moderated_is_the_plain_share_and_the_interval_closes() -> None:
    found = good_or_better_if_all_moderated([Stratum(APRIL, 1, 4, 4, 1), Stratum(MAY, 2, 6, 6, 5)])
    assert found.estimate.value == pytest.approx(0.6)
    assert (found.estimate.se, found.estimate.low, found.estimate.high) == (0.0, *[found.estimate.value] * 2)
    assert found.least == found.most == 0.6


def test_practice_in_general_adds_the_first_phases_variance() -> None:
    strata = [Stratum(APRIL, 1, 30, 5, 1), Stratum(APRIL, 2, 70, 10, 8)]
    these, general = good_or_better_if_all_moderated(strata), good_or_better_if_all_moderated(strata, open_ended=True)
    share = these.estimate.value
    assert share is not None
    assert general.open_ended
    assert general.estimate.value == share
    assert general.estimate.se == pytest.approx(sqrt((these.estimate.se or 0) ** 2 + share * (1 - share) / 100))
    complete = good_or_better_if_all_moderated([Stratum(APRIL, 1, 50, 50, 30)], open_ended=True).estimate
    assert complete.se == pytest.approx(sqrt(0.6 * 0.4 / 50))
    assert complete.low is not None
    assert complete.low < 0.6


def test_all_found_good_still_leaves_doubt_about_those_not_looked_at() -> None:
    every = good_or_better_if_all_moderated([Stratum(APRIL, 2, 40, 8, 8)]).estimate
    assert (every.value, every.high) == (1.0, 1.0)
    assert 0.4 < (every.low or 0) < 1
    none = good_or_better_if_all_moderated([Stratum(APRIL, 2, 40, 8, 0)]).estimate
    assert (none.value, none.low) == (0.0, 0.0)
    assert none.high == pytest.approx(1 - (every.low or 0))


def test_a_thin_round_joins_the_next_round_of_its_grade() -> None:
    found = good_or_better_if_all_moderated(
        [Stratum(APRIL, 2, 4, 1, 1), Stratum(MAY, 2, 6, 3, 2), Stratum(JUNE, 2, 5, 2, 1)]
    )
    assert sizes(found) == [(2, APRIL, MAY, 10, 4), (2, JUNE, JUNE, 5, 2)]
    assert found.estimate.value == pytest.approx((10 * 3 / 4 + 5 * 1 / 2) / 15)


def test_the_last_thin_round_joins_the_one_before_it() -> None:
    found = good_or_better_if_all_moderated([Stratum(MAY, 2, 6, 3, 2), Stratum(JUNE, 2, 5, 0, 0)])
    assert sizes(found) == [(2, MAY, JUNE, 11, 3)]


def test_rounds_join_within_their_quarter_first_and_then_by_quarter() -> None:
    within = good_or_better_if_all_moderated(
        [Stratum(MAY, 2, 6, 3, 2), Stratum(JUNE, 2, 5, 1, 0), Stratum(JULY, 2, 9, 4, 3)]
    )
    assert sizes(within) == [(2, MAY, JUNE, 11, 4), (2, JULY, JULY, 9, 4)]
    across = good_or_better_if_all_moderated(
        [Stratum(MAY, 2, 6, 0, 0), Stratum(JUNE, 2, 5, 1, 0), Stratum(JULY, 2, 9, 4, 3), Stratum(AUGUST, 2, 3, 2, 2)]
    )
    assert sizes(across) == [(2, MAY, JULY, 20, 5), (2, AUGUST, AUGUST, 3, 2)]


def test_a_last_thin_round_goes_on_joining_while_it_is_thin() -> None:
    found = good_or_better_if_all_moderated(
        [Stratum(APRIL, 0, 1, 1, 0), Stratum(MAY, 0, 1, 1, 1), Stratum(JULY, 0, 1, 0, 0)]
    )
    assert sizes(found) == [(0, APRIL, JULY, 3, 2)]


def test_a_small_round_that_is_moderated_in_full_is_not_thin() -> None:
    found = good_or_better_if_all_moderated([Stratum(APRIL, 0, 1, 1, 0), Stratum(MAY, 0, 9, 3, 0)])
    assert sizes(found) == [(0, APRIL, APRIL, 1, 1), (0, MAY, MAY, 9, 3)]


def test_rounds_of_another_grade_never_help() -> None:
    found = good_or_better_if_all_moderated(
        [Stratum(APRIL, 0, 3, 0, 0), Stratum(MAY, 0, 2, 1, 0), Stratum(APRIL, 2, 40, 9, 7), Stratum(APRIL, 3, 5, 0, 0)]
    )
    assert found.estimate.value is None
    assert found.estimate.why
    assert found.grades_to_moderate == (0, 3)
    assert (found.least, found.most) == (7 / 50, 47 / 50)


def test_audits_moderated_by_another_route_are_known_and_stand_apart() -> None:
    found = good_or_better_if_all_moderated(
        [Stratum(APRIL, 1, 10, 1, 0), Stratum(APRIL, 1, 5, 5, 4, drawn=False), Stratum(MAY, 1, 10, 4, 2)]
    )
    assert sizes(found) == [(1, APRIL, MAY, 20, 5), (1, APRIL, APRIL, 5, 5)]
    assert found.estimate.value == pytest.approx((20 * 2 / 5 + 4) / 25)
    alone = good_or_better_if_all_moderated([Stratum(APRIL, 1, 10, 1, 0), Stratum(APRIL, 1, 5, 5, 4, drawn=False)])
    assert alone.grades_to_moderate == (1,)


def test_no_audits_give_no_estimate_and_impossible_strata_are_refused() -> None:
    assert good_or_better_if_all_moderated([]).estimate.value is None
    assert good_or_better_if_all_moderated([Stratum(APRIL, 1, 0, 0, 0)]).audits == 0
    for stratum in (
        Stratum(APRIL, 1, 2, 3, 1),
        Stratum(APRIL, 1, 3, 2, 3),
        Stratum(APRIL, 1, 3, 2, -1),
        Stratum(APRIL, 1, 3, 2, 1, drawn=False),
    ):
        with pytest.raises(ValueError, match="moderated"):
            good_or_better_if_all_moderated([stratum])


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    rng, held, times = random.Random(11), 0, 400
    for _ in range(times):
        strata, truly_good, audits = [], 0, 0
        for grade, chance in ((1, 0.15), (2, 0.75), (3, 0.95)):
            outcomes = [rng.random() < chance for _ in range(rng.randint(25, 60))]
            looked_at = rng.sample(outcomes, 12)
            strata.append(Stratum(APRIL, grade, len(outcomes), 12, sum(looked_at)))
            truly_good, audits = truly_good + sum(outcomes), audits + len(outcomes)
        estimate = good_or_better_if_all_moderated(strata).estimate
        held += (estimate.low or 0) <= truly_good / audits <= (estimate.high or 1)
    assert 0.92 <= held / times <= 0.99


def _stratum(drawn: tuple[int, int, int, int, int, bool]) -> Stratum:
    number, grade, audits, moderated, good, by_chance = drawn
    moderated = min(moderated, audits) if by_chance else audits
    return Stratum(month(number), grade, audits, moderated, min(good, moderated), drawn=by_chance)


COUNT = st.integers(0, 5)
STRATA = st.lists(
    st.tuples(st.integers(0, 14), st.integers(0, 2), COUNT, COUNT, COUNT, st.booleans()).map(_stratum), max_size=12
)


@settings(max_examples=250, deadline=None)
@given(STRATA, st.randoms(use_true_random=False), st.booleans())
def test_merging_loses_no_audit_and_does_not_depend_on_the_order_given(
    strata: list[Stratum], rng: object, open_ended: bool
) -> None:
    found = good_or_better_if_all_moderated(strata, open_ended=open_ended)
    mixed = list(strata)
    rng.shuffle(mixed)  # type: ignore[attr-defined]
    assert good_or_better_if_all_moderated(mixed, open_ended=open_ended) == found
    assert sum(s.audits for s in found.strata) == sum(s.audits for s in strata)
    assert sum(s.good for s in found.strata) == sum(s.good for s in strata)
    thin = {s.grade for s in found.strata if s.thin}
    assert thin == set(found.grades_to_moderate)
    for grade in thin:
        drawn = [s for s in strata if s.grade == grade and s.drawn]
        assert sum(s.moderated for s in drawn) < 2
    estimate = found.estimate
    assert (estimate.value is None) == bool(thin or not found.audits)
    if estimate.value is not None and estimate.low is not None and estimate.high is not None:
        assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1
        assert found.least is not None
        assert found.most is not None
        assert found.least - 1e-12 <= estimate.value <= found.most + 1e-12
