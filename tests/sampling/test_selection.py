"""The seeded sample: no case twice, as many as asked for, whatever the order of the rows, and replaced in order."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.sampling.exclusions import (
    by_hand,
)
from audit_app.sampling.explanation import explain
from audit_app.sampling.frame import Frame
from audit_app.sampling.policy import Method, Policy
from audit_app.sampling.selection import (
    chance_of,
    draw,
    positions,
    refusal_to_draw,
    refusal_to_replace,
    replace,
)
from tests.sampling import make
from tests.sampling.make import POLICIES, drawable, small_frame

EQUAL_CHANCE = (Method.SIMPLE, Method.PROPORTIONAL, Method.MINIMUM)


@settings(deadline=None)
@given(data=st.data(), frame=make.frames(), policy=make.policies(), seed=make.seeds)
def test_no_case_is_drawn_twice_and_none_that_was_left_out(
    data: st.DataObject, frame: Frame, policy: Policy, seed: str
) -> None:
    exclusions = data.draw(make.exclusions_from(frame))
    drawn = drawable(frame, policy, seed, exclusions)
    waiting = [reference for order in drawn.reserves.values() for reference in order]
    everyone = [*drawn.references, *waiting]
    assert len(everyone) == len(set(everyone))
    assert set(everyone) == frame.references() - drawn.left_out


@settings(deadline=None)
@given(data=st.data(), frame=make.frames(), policy=make.policies(), seed=make.seeds)
def test_as_many_cases_are_drawn_as_asked_for_or_as_there_are(
    data: st.DataObject, frame: Frame, policy: Policy, seed: str
) -> None:
    drawn = drawable(frame, policy, seed, data.draw(make.exclusions_from(frame)))
    eligible = len(frame.cases) - len(drawn.left_out)
    assert len(drawn.cases) == min(policy.asked(len(frame.cases)), eligible)
    assert sum(chance_of(drawn, case.reference) for case in frame.cases) == len(drawn.cases)


@settings(deadline=None)
@given(frame=make.frames(), policy=make.policies(), seed=make.seeds, shuffle=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_is_irrelevant(frame: Frame, policy: Policy, seed: str, shuffle: Random) -> None:
    cases = list(frame.cases)
    shuffle.shuffle(cases)
    one, other = drawable(frame, policy, seed), drawable(Frame(tuple(cases)), policy, seed)
    assert one.cases == other.cases
    assert one.strata == other.strata
    assert one.reserves == other.reserves
    assert one.frame_hash == other.frame_hash


@settings(deadline=None)
@given(frame=make.frames(), policy=make.policies(), seed=make.seeds)
def test_positions_are_places_in_the_seeded_order(frame: Frame, policy: Policy, seed: str) -> None:
    drawn = drawable(frame, policy, seed)
    order = positions(drawn)
    assert sorted(order.values()) == list(range(1, len(frame.cases) + 1))
    assert [case.position for case in drawn.cases] == sorted(case.position for case in drawn.cases)
    assert all(case.position == order[case.reference] for case in drawn.cases)


@settings(deadline=None)
@given(frame=make.frames(least=2), policy=make.policies(EQUAL_CHANCE), seed=make.seeds, data=st.data())
def test_replacing_takes_the_next_of_the_stratum_and_leaves_the_others(
    frame: Frame, policy: Policy, seed: str, data: st.DataObject
) -> None:
    drawn = drawable(frame, policy, seed)
    out = data.draw(st.sampled_from(drawn.cases))
    after = replace(drawn, out.reference, "Its file is being redacted")
    kept = set(drawn.references) - {out.reference}
    assert kept <= set(after.references)
    came = set(after.references) - kept
    waiting = drawn.reserves[out.stratum]
    assert came == set(waiting[:1])
    assert after.replacements[-1].added == (waiting[0] if waiting else None)
    assert [one.drawn for one in after.strata] == [
        sum(case.stratum == one.key for case in after.cases) for one in after.strata
    ]


@settings(deadline=None)
@given(frame=make.frames(least=3), size=st.integers(1, 10), seed=make.seeds, data=st.data())
def test_replacing_gives_the_sample_that_leaving_out_would_have_given(
    frame: Frame, size: int, seed: str, data: st.DataObject
) -> None:
    policy = Policy(Method.SIMPLE, min(size, len(frame.cases) - 1))
    drawn = draw(frame, policy, seed)
    out = data.draw(st.sampled_from(drawn.references))
    without = draw(frame, policy, seed, [by_hand(out, "Its file is being redacted")])
    assert replace(drawn, out, "Its file is being redacted").references == without.references


@settings(deadline=None)
@given(frame=make.frames(least=2, most=12), policy=make.policies(), seed=make.seeds)
def test_cases_can_be_replaced_until_none_is_left(frame: Frame, policy: Policy, seed: str) -> None:
    drawn = drawable(frame, policy, seed)
    gone: list[str] = []
    while drawn.cases:
        gone.append(drawn.cases[0].reference)
        drawn = replace(drawn, gone[-1], "Closed")
        assert not set(gone) & set(drawn.references)
    assert len(gone) == len(set(gone)) == len(drawn.replacements)
    assert all(one.drawn == 0 for one in drawn.strata)


def test_a_replacement_needs_a_reason_and_a_case_in_the_sample() -> None:
    drawn = draw(small_frame(), POLICIES["simple"], "seed")
    inside = drawn.references[0]
    outside = drawn.reserves[()][0]
    no_reason, not_drawn = refusal_to_replace(drawn, inside, " "), refusal_to_replace(drawn, outside, "Closed")
    assert no_reason is not None
    assert no_reason.reason == "Say why the case is replaced."
    assert not_drawn is not None
    assert not_drawn.reason == f"Case {outside} is not in the sample."
    with pytest.raises(ValueError, match="Say why"):
        replace(drawn, inside, "")
    assert refusal_to_replace(drawn, inside, "Closed") is None


def test_what_can_not_be_drawn_is_refused_with_why() -> None:
    frame, policy = small_frame(), POLICIES["simple"]
    everything = [by_hand(case.reference, "Shown") for case in frame.cases]
    refusals = [
        refusal_to_draw(frame, policy, " "),
        refusal_to_draw(frame, policy, "a\nb"),
        refusal_to_draw(Frame(()), policy, "seed"),
        refusal_to_draw(frame, policy, "seed", everything),
        refusal_to_draw(frame, policy, "seed", [by_hand("999", "Shown")]),
        refusal_to_draw(frame, Policy(Method.MINIMUM, 5, strata=("team",), minimum=3), "seed"),
    ]
    assert [refusal.reason if refusal else None for refusal in refusals] == [
        "Give the seed of the draw.",
        "The seed must be letters, numbers, spaces and punctuation.",
        "No case can be drawn: the list is empty.",
        "No case can be drawn: all of them are left out.",
        "Case 999 can't be left out: it is not on the list.",
        "A minimum of 3 in each of 3 strata needs 9 cases, but only 5 are to be drawn. "
        "Draw more cases, lower the minimum or use fewer strata.",
    ]
    with pytest.raises(ValueError, match="Give the seed"):
        draw(frame, policy, "")


def test_more_cases_than_there_are_gives_all_of_them() -> None:
    drawn = draw(small_frame(), Policy(Method.SIMPLE, 100), "seed")
    assert (drawn.asked, len(drawn.cases)) == (100, 14)
    assert "Fewer than that could be drawn, so every one of them was." in explain(drawn, "000")
