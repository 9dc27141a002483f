"""How was this case chosen? Every case has an answer in plain sentences."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.sampling.exclusions import (
    by_hand,
    under_complaint,
)
from audit_app.sampling.explanation import chance_words, explain
from audit_app.sampling.frame import Frame
from audit_app.sampling.policy import Policy
from audit_app.sampling.selection import (
    draw,
    replace,
)
from tests.sampling import make
from tests.sampling.make import POLICIES, drawable, small_frame


@settings(deadline=None)
@given(data=st.data(), frame=make.frames(), policy=make.policies(), seed=make.seeds)
def test_every_case_can_be_explained(data: st.DataObject, frame: Frame, policy: Policy, seed: str) -> None:
    drawn = drawable(frame, policy, seed, data.draw(make.exclusions_from(frame)))
    if len(drawn.cases) > 1:
        drawn = replace(drawn, drawn.cases[0].reference, "The family moved away")
    for case in frame.cases:
        sentences = explain(drawn, case.reference)
        assert sentences[0].startswith(f"Case {case.reference} ")
        assert all(sentence.endswith(".") for sentence in sentences)


def test_a_drawn_case_says_how_it_was_chosen() -> None:
    drawn = draw(small_frame(), POLICIES["proportional"], "November 2026", [by_hand("000", "Shown to the panel")])
    case = next(case for case in drawn.cases if case.stratum == ("A",))
    assert explain(drawn, case.reference) == (
        f"Case {case.reference} was drawn.",
        f"The list has 14 cases (fingerprint {drawn.frame_hash[:12]}).",
        "1 was left out before the draw, so 13 could be drawn.",
        "The policy asks for 5 cases, in proportion by team.",
        "The seed “November 2026” and a case's own reference gave each case its place in a random order "
        "(method sha256-order-1). Nobody could choose the place, and anyone can work it out again.",
        "This case came 1 of 6 in its group (A).",
        "The first 2 were drawn.",
        "Its chance of being drawn was 33.3%.",
    )


def test_a_case_left_out_says_every_reason() -> None:
    out = [by_hand("003", "Shown to the panel."), *under_complaint(["003"])]
    drawn = draw(small_frame(), POLICIES["simple"], "seed", out)
    sentences = explain(drawn, "003")
    assert sentences[0] == "Case 003 was left out before the draw."
    assert {"Shown to the panel.", "A complaint about it is open."} <= set(sentences)


def test_a_case_that_is_not_on_the_list_says_so() -> None:
    drawn = draw(small_frame(), POLICIES["simple"], "seed")
    assert explain(drawn, "999") == ("Case 999 is not on the list that this sample was drawn from.",)


def test_a_replaced_case_and_its_replacement_name_each_other() -> None:
    first = draw(small_frame(), POLICIES["simple"], "seed")
    out, came = first.references[0], first.reserves[()][0]
    drawn = replace(first, out, "The file is with the court")
    assert explain(drawn, out)[0] == f"Case {out} was drawn, and later taken out of the sample."
    assert explain(drawn, out)[-2:] == (
        "It was taken out: The file is with the court.",
        f"Case {came} took its place.",
    )
    assert explain(drawn, came)[0] == f"Case {came} is in the sample. It took the place of case {out}."
    assert explain(drawn, came)[-2:] == (
        f"Case {out} was taken out: The file is with the court.",
        "This case was next among those not drawn.",
    )


def test_a_weighted_case_says_what_it_weighed() -> None:
    drawn = draw(small_frame(), POLICIES["weighted"], "seed")
    assert "Its weight in the draw was 3 (case status Child protection plan: 3); the usual weight is 1." in explain(
        drawn, "001"
    )
    assert "Cases of its weight were certain to be drawn." in explain(drawn, "011")


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (Fraction(0), "0%"),
        (Fraction(1), "100%"),
        (Fraction(1, 10_000), "under 0.1%"),
        (Fraction(9_999, 10_000), "over 99.9%"),
        (Fraction(1, 8), "12.5%"),
        (Fraction(1, 2000), "0.1%"),
    ],
)
def test_a_chance_is_never_rounded_to_none_or_certain(chance: Fraction, words: str) -> None:
    assert chance_words(chance) == words
