"""The groups of a sample as they are shown, and the picture of its comparison."""

from fractions import Fraction

from audit_app.sampling.coverage import coverage
from audit_app.sampling.coverage_scene import coverage_scene
from audit_app.sampling.exclusions import by_hand
from audit_app.sampling.groups import groups_of
from audit_app.sampling.policy import Method, Policy
from audit_app.sampling.selection import chance_of, draw, replace
from tests.sampling.make import POLICIES, small_frame


def test_strata_say_what_is_on_the_list_drawn_and_audited() -> None:
    drawn = draw(small_frame(), POLICIES["proportional"], "seed", [by_hand("000", "Shown")])
    audited = {drawn.references[0], "000"}
    groups = groups_of(drawn, audited)
    assert [(one.name, one.listed, one.eligible) for one in groups] == [("A", 7, 6), ("B", 4, 4), ("C", 3, 3)]
    assert [one.drawn for one in groups] == [one.drawn for one in drawn.strata]
    assert sum(one.audited for one in groups) == 1
    assert all(one.chance == Fraction(one.drawn, one.eligible) and not one.certain for one in groups)


def test_a_replaced_case_is_no_longer_counted() -> None:
    drawn = draw(small_frame(), POLICIES["proportional"], "seed")
    out = drawn.references[0]
    after = replace(drawn, out, "Moved away")
    assert sum(one.audited for one in groups_of(after, {out})) == 0


def test_weights_say_their_chance_and_which_cases_are_certain() -> None:
    drawn = draw(small_frame(), POLICIES["weighted"], "seed")
    groups = groups_of(drawn)
    assert [one.weight for one in groups][-1] == "as likely as usual"
    assert sum(one.drawn for one in groups) == len(drawn.cases) == 5
    assert sum(one.chance * one.eligible for one in groups) == 5
    assert any(one.certain and one.drawn == one.eligible for one in groups)
    by_weight = {chance_of(drawn, case.reference) for case in drawn.frame.cases}
    assert by_weight == {one.chance for one in groups}


def test_many_kinds_of_one_weight_are_named_as_far_as_there_is_room() -> None:
    policy = Policy(Method.WEIGHTED, 2, weights={"team": {"A": 1}, "category": {"Looked after child": 1}})  # type: ignore[dict-item]
    (one,) = groups_of(draw(small_frame(), policy, "seed"))
    assert one.name.endswith("; 5 more kinds")


def test_the_picture_says_in_words_what_it_shows() -> None:
    drawn = draw(small_frame(), POLICIES["proportional"], "seed")
    (table,) = coverage(drawn.frame, drawn.references, ["team"])
    scene = coverage_scene(table, "Teams")
    assert scene is not None
    assert scene.description == "A: list 50%, sample 60%; B: list 29%, sample 20%; C: list 21%, sample 20%."


def test_one_value_alone_is_no_picture() -> None:
    drawn = draw(small_frame(), POLICIES["simple"], "seed")
    (table,) = coverage(drawn.frame, drawn.references, ["gender"])
    assert coverage_scene(table, "Gender") is None
