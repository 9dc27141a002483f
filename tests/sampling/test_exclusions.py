"""Cases left out before the draw, each with its reason."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.sampling.exclusions import (
    ExclusionReason,
    audited_recently,
    by_hand,
    drawn_elsewhere,
    months_before,
    open_too_short,
    refusal_to_exclude,
    siblings,
    under_complaint,
    under_legal_hold,
)
from tests.sampling import make

TODAY = date(2026, 5, 31)


def test_a_case_audited_within_the_months_is_left_out() -> None:
    audited = {"1": date(2025, 12, 1), "2": date(2025, 11, 30), "3": None, "4": TODAY}
    assert [(one.reference, one.words) for one in audited_recently(audited, TODAY, 6)] == [
        ("1", "It was audited on 1 December 2025, within the last 6 months."),
        ("4", "It was audited on 31 May 2026, within the last 6 months."),
    ]


@pytest.mark.parametrize(
    ("months", "then"),
    [(0, date(2026, 5, 31)), (3, date(2026, 2, 28)), (5, date(2025, 12, 31)), (27, date(2024, 2, 29))],
)
def test_months_before_keep_the_day_or_take_the_last(months: int, then: date) -> None:
    assert months_before(TODAY, months) == then


def test_a_case_open_for_less_than_the_weeks_is_left_out() -> None:
    opened = {"1": date(2026, 5, 4), "2": date(2026, 5, 3), "3": None}
    assert [(one.reference, one.words) for one in open_too_short(opened, TODAY, 4)] == [
        ("1", "It was opened on 4 May 2026, less than 4 weeks ago.")
    ]


def test_complaints_holds_and_other_rounds_leave_a_case_out() -> None:
    found = [*under_complaint({"1"}), *under_legal_hold(["2", "2"]), *drawn_elsewhere({"3": "the May 2026 round"})]
    assert [(one.reference, one.reason, one.words) for one in found] == [
        ("1", ExclusionReason.COMPLAINT, "A complaint about it is open."),
        ("2", ExclusionReason.LEGAL_HOLD, "Its file is under a legal hold."),
        ("3", ExclusionReason.DRAWN_ELSEWHERE, "It was already drawn in the May 2026 round."),
    ]


def test_leaving_a_case_out_by_hand_needs_a_reason() -> None:
    assert refusal_to_exclude("  ") is not None
    assert refusal_to_exclude("Shown to the panel") is None
    with pytest.raises(ValueError, match="Say why"):
        by_hand("1", " ")
    assert by_hand("1", " Shown ").words == "Shown"


@settings(deadline=None)
@given(
    families=st.dictionaries(make.references, st.none() | st.sampled_from(["F1", "F2", "F3"]), max_size=20),
    seed=make.seeds,
    data=st.data(),
)
def test_one_case_of_each_family_is_kept(families: dict[str, str | None], seed: str, data: st.DataObject) -> None:
    left_out = data.draw(st.sets(st.sampled_from(sorted(families)))) if families else set()
    excluded = {one.reference for one in siblings(families, seed, left_out)}
    assert not excluded & left_out
    for family in {family for family in families.values() if family}:
        members = {one for one, its in families.items() if its == family} - left_out
        assert len(members - excluded) == min(1, len(members))
    assert all(families[reference] for reference in excluded)


def test_each_sibling_is_kept_about_as_often() -> None:
    kept = Counter[str]()
    for number in range(900):
        excluded = {one.reference for one in siblings(dict.fromkeys("abc", "F"), f"seed {number}")}
        kept.update(set("abc") - excluded)
    assert all(250 <= times <= 350 for times in kept.values())
