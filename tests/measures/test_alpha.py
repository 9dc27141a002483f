"""Krippendorff's alpha resampled: the same for the same seed, near its large-sample error, audits kept whole."""

from dataclasses import replace

import pytest

from audit_app.measures.statistics import agreement, alpha_over_audits
from tests.measures.generating import CARCINOMA


def test_alpha_has_an_interval_only_when_a_seed_is_given_and_the_same_one_for_the_same_seed() -> None:
    assert agreement(CARCINOMA).alpha_ordinal.low is None
    one, again, other = (agreement(CARCINOMA, seed=seed, resamples=300) for seed in (1, 1, 2))
    assert one == again
    assert one.alpha_ordinal.se != other.alpha_ordinal.se
    assert replace(one, alpha_nominal=other.alpha_nominal, alpha_ordinal=other.alpha_ordinal) == other


def test_the_bootstrapped_error_of_alpha_is_near_its_large_sample_error() -> None:
    # irrCAC 0.4.4, krippendorff(): nominal se 0.06385 for these 118 slides; resampling scatters by a few per cent.
    own = agreement(CARCINOMA, seed=3, resamples=2000).alpha_nominal
    assert own.se == pytest.approx(0.06385, rel=0.06)
    assert own.low is not None
    assert own.low < (own.value or 0) < (own.high or 0)


def test_many_pairs_are_resampled_cell_by_cell_with_the_same_spread() -> None:
    large = [[count * 100 for count in row] for row in CARCINOMA]
    assert agreement(large, seed=3, resamples=400).alpha_nominal.se == pytest.approx(0.006385, rel=0.12)


def test_nearly_all_one_grade_is_too_uniform_to_resample() -> None:
    own = agreement([[0, 1], [0, 30]], seed=1).alpha_nominal
    assert own.value is not None
    assert own.low is None
    assert own.why


def test_alpha_over_audits_is_the_same_value_with_an_interval_that_keeps_audits_whole() -> None:
    firm = [[(2, 2)] * 8, [(1, 1)] * 8, [(0, 0)] * 8, [(2, 1)] * 8] * 6
    loose = [[pair] for audit in firm for pair in audit]
    whole = alpha_over_audits(firm, 3, seed=1, resamples=400)
    apart = alpha_over_audits(loose, 3, seed=1, resamples=400)
    assert [figure.value for figure in whole] == pytest.approx([figure.value for figure in apart])
    assert (whole[0].se or 0) > 2 * (apart[0].se or 0)
    assert alpha_over_audits([], 3, seed=1)[0].value is None
