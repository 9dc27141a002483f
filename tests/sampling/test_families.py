"""Brothers and sisters: one of each family by lot, whatever the order of the rows, with the chance that this leaves."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from fractions import Fraction
from math import sqrt
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.sampling.exclusions import by_hand, siblings
from audit_app.sampling.explanation import explain
from audit_app.sampling.frame import Frame, FrameCase
from audit_app.sampling.policy import Method, Policy
from audit_app.sampling.selection import Drawn, chance_of, draw, refusal_to_draw, replace
from tests.sampling import make
from tests.sampling.make import POLICIES, small_frame

DRAWS = 10_000
# Families within a team: two in A, three in B, two in C; in the second list they reach across teams and categories.
WITHIN = {"000": "F1", "001": "F1", "007": "F2", "008": "F2", "009": "F2", "011": "F3", "012": "F3"}
# With fewer places a small group may get none, and then its cases have no chance to weigh by.
EVERY_GROUP = {**POLICIES, "proportional": Policy(Method.PROPORTIONAL, 8, strata=("team",))}
ACROSS = {"000": "F1", "008": "F1", "013": "F1", "005": "F2", "012": "F2"}


def drawn_with(frame: Frame, policy: Policy, seed: str, families: Mapping[str, str]) -> Drawn:
    """A sample in which one of each family takes part."""
    return draw(frame, policy, seed, siblings(families, seed))


@settings(deadline=None)
@given(frame=make.frames(least=3), seed=make.seeds, data=st.data(), shuffle=st.randoms(use_true_random=False))
def test_no_two_of_a_family_are_drawn_and_the_order_of_the_rows_is_irrelevant(
    frame: Frame, seed: str, data: st.DataObject, shuffle: Random
) -> None:
    policy = data.draw(make.policies())
    listed = sorted(frame.references())
    families = data.draw(st.dictionaries(st.sampled_from(listed), st.sampled_from(["F1", "F2", "F3"]), max_size=12))
    if refusal_to_draw(frame, policy, seed, siblings(families, seed)) is not None:
        return
    one = drawn_with(frame, policy, seed, families)
    for family in set(families.values()):
        members = {reference for reference, its in families.items() if its == family}
        waiting = {reference for order in one.reserves.values() for reference in order}
        assert len(members & (set(one.references) | waiting)) == 1
    cases, turned = list(frame.cases), list(families.items())
    shuffle.shuffle(cases)
    shuffle.shuffle(turned)
    other = drawn_with(Frame(tuple(cases)), policy, seed, dict(turned))
    assert (one.cases, one.exclusions, one.reserves) == (other.cases, other.exclusions, other.reserves)


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES.keys())
def test_a_case_kept_out_of_its_family_is_drawn_as_often_as_its_stored_chance_says(policy: Policy) -> None:
    # Families lie within a team here; for the weighted draw their cases weigh the same as well.
    frame = alike(small_frame()) if policy.weights else small_frame()
    times, stored = Counter[str](), dict[str, Fraction]()
    for number in range(DRAWS):
        drawn = drawn_with(frame, policy, f"draw {number}", WITHIN)
        times.update(drawn.references)
        for one in drawn.cases:
            assert stored.setdefault(one.reference, one.inclusion_probability) == one.inclusion_probability
    for case in frame.cases:
        chance = float(stored[case.reference])
        assert abs(times[case.reference] - DRAWS * chance) <= 4 * sqrt(DRAWS * chance * (1 - chance)), case


def alike(frame: Frame) -> Frame:
    """The list with one category in each team, so that whoever shares a family weighs the same."""
    of_team = {"A": "Child in need plan", "B": "Child protection plan", "C": "Looked after child"}
    said = {one.reference: {**one.attributes, "category": of_team[one.value("team")]} for one in frame.cases}
    return Frame(tuple(FrameCase(reference, attributes) for reference, attributes in said.items()))


@pytest.mark.parametrize("policy", EVERY_GROUP.values(), ids=EVERY_GROUP.keys())
def test_weighing_each_case_by_its_stored_chance_gives_every_case_its_due_also_across_groups(policy: Policy) -> None:
    # Which brother or sister is kept changes how large the groups are, so the chance differs from seed to seed. What
    # holds is that one over the stored chance, counted when the case is drawn, comes to 1 on average.
    frame = small_frame()
    sums, squares = defaultdict[str, float](float), defaultdict[str, float](float)
    for number in range(DRAWS):
        for one in drawn_with(frame, policy, f"draw {number}", ACROSS).cases:
            worth = float(1 / one.inclusion_probability)
            sums[one.reference] += worth
            squares[one.reference] += worth * worth
    for case in frame.cases:
        mean = sums[case.reference] / DRAWS
        spread = sqrt(max(0.0, squares[case.reference] / DRAWS - mean * mean) / DRAWS)
        assert abs(mean - 1) <= 4 * spread + 1e-9, case


def test_who_is_left_out_for_another_reason_takes_no_part_in_the_lottery() -> None:
    out = [by_hand("000", "Shown to the panel")]
    drawn = draw(small_frame(), POLICIES["simple"], "seed", [*out, *siblings(WITHIN, "seed", {"000"})])
    assert drawn.lots.get("001") is None
    assert sorted(drawn.lots.values()) == [Fraction(1, 3), Fraction(1, 2)]


def test_a_case_kept_out_of_its_family_says_so_and_so_do_its_brothers_and_sisters() -> None:
    drawn = drawn_with(small_frame(), POLICIES["proportional"], "November 2026", WITHIN)
    (kept,) = {"007", "008", "009"} - drawn.left_out
    others = sorted({"007", "008", "009"} - {kept})
    said = " ".join(explain(drawn, kept))
    assert f"It has the same family reference as cases {others[0]} and {others[1]}." in said
    assert "The seed kept one of the 3 before the draw, each with the same chance; with that, its chance was" in said
    assert chance_of(drawn, kept) == Fraction(1, 3) * next(
        one.expected / one.eligible for one in drawn.strata if one.key == ("B",)
    )
    assert explain(drawn, others[0])[:2] == (
        f"Case {others[0]} was left out before the draw.",
        f"It has the same family reference as case {kept}, which was kept at random from 3 cases.",
    )


def test_a_replacement_that_was_kept_out_of_its_family_counts_that_lot_too() -> None:
    for number in range(50):
        drawn = drawn_with(small_frame(), POLICIES["proportional"], f"seed {number}", WITHIN)
        stratum = next(key for key, waiting in drawn.reserves.items() if waiting)
        out = next(one.reference for one in drawn.cases if one.stratum == stratum)
        after = replace(drawn, out, "Moved away")
        come = next(one for one in after.cases if one.replaces == out)
        assert come.inclusion_probability == chance_of(drawn, come.reference)
        if come.reference in drawn.lots:
            return
    raise AssertionError("no reserve of a family came up in fifty draws")
