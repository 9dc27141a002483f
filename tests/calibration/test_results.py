"""What a calibration says of its grades."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.calibration.results import FEWEST, agreement_on, compared, distance_words, interval_words, lie_of
from audit_app.frameworks.content import Level, Scale
from audit_app.measures.estimate import Estimate
from audit_app.measures.many_raters import many_raters

KEYS = ("inadequate", "requires_improvement", "good", "outstanding")
SCALE = Scale("four", "Four levels", tuple(Level(k, k, k[0], n > 1, "") for n, k in enumerate(KEYS)))
grades = st.sampled_from(KEYS)


def test_how_grades_lie_about_the_reference() -> None:
    lie = lie_of(["good", "good", "good", "outstanding", "inadequate", "requires_improvement"], "good", SCALE)
    assert lie.counts == (1, 1, 3, 1)
    assert (lie.lowest, lie.highest) == ("inadequate", "outstanding")
    assert (lie.on_reference, lie.within_one) == (3, 5)
    assert lie.distance == pytest.approx(-2 / 6)


def test_of_fewer_than_five_nothing_is_known_but_their_number() -> None:
    lie = lie_of(["good"] * (FEWEST - 1), "good", SCALE)
    assert not lie.shown and lie.ratings == 4
    assert lie.counts == () and not lie.lowest and lie.on_reference == 0


@given(st.lists(grades, min_size=FEWEST, max_size=30), grades)
def test_the_counts_add_up_and_the_distance_keeps_within_the_range(given_grades: list[str], reference: str) -> None:
    lie = lie_of(given_grades, reference, SCALE)
    assert sum(lie.counts) == lie.ratings == len(given_grades)
    assert lie.on_reference <= lie.within_one <= lie.ratings
    middle = SCALE.index(reference)
    assert SCALE.index(lie.lowest) - middle <= lie.distance + 1e-12
    assert lie.distance <= SCALE.index(lie.highest) - middle + 1e-12


def test_only_grades_with_a_reference_are_compared() -> None:
    own = {"a": "good", "b": "outstanding", "c": "inadequate"}
    assert compared(own, {"a": "good", "b": "inadequate"}, SCALE) == (2, 1)
    assert compared({}, {"a": "good"}, SCALE) == (0, 0)


def test_agreement_takes_each_vignette_as_a_subject_and_a_missing_grade_as_a_gap() -> None:
    first = {1: "good", 2: "good", 3: "outstanding", 4: "good", 5: "good"}
    second = {1: "inadequate", 2: "inadequate", 3: "inadequate", 5: "requires_improvement"}
    found = agreement_on("overall", [first, second], SCALE, seed=7)
    assert found.shown and found.people == 5
    table: list[list[int | None]] = [[2, 2, 3, 2, 2], [0, 0, 0, None, 1]]
    assert found.found == many_raters(table, 4, seed=7)
    assert found.found.subjects == 2 and found.found.ratings == 9
    assert found.headline.value is not None and 0.5 < found.headline.value < 1


def test_one_vignette_has_no_coefficient() -> None:
    found = agreement_on("overall", [{1: "good", 2: "good"}], SCALE, seed=7)
    assert found.headline.value is None and not found.shown


def test_an_interval_that_says_nothing_is_not_printed() -> None:
    assert interval_words(Estimate(0.9, 0.4, -4.2, 1.0)) == "too few vignettes for an interval"
    assert interval_words(Estimate(0.8, 0.1, 0.61, 0.99)) == "likely between 0.61 and 0.99"
    assert interval_words(Estimate(None, why="no pairs")) == "no pairs"


def test_differences_are_said_in_words() -> None:
    assert distance_words(0.0) == "None"
    assert distance_words(0.4) == "0.40 higher"
    assert distance_words(-1.25) == "1.25 lower"
