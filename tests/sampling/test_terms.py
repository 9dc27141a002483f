"""The terms of a draw: what the method does not use is left alone, and every case left out has its reason."""

from datetime import date

import pytest

from audit_app.sampling.describing import described, team_names
from audit_app.sampling.policy import Method, Policy
from audit_app.sampling.terms import DrawTerms, Known, exclusions_of, references_in, refusal_to_follow

TODAY = date(2026, 6, 17)


def test_what_a_method_does_not_use_is_left_alone() -> None:
    assert DrawTerms("simple", 5, "s", ("team",), 2).policy == Policy(Method.SIMPLE, 5)
    assert DrawTerms("proportional", 5, "s", ("team",), 2).policy == Policy(Method.PROPORTIONAL, 5, strata=("team",))
    minimum = Policy(Method.MINIMUM, 5, strata=("team",), minimum=2)
    assert DrawTerms("minimum", 5, "s", ("team",), 2).policy == minimum


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (DrawTerms("proportional", 5, "s"), "Name at least one attribute"),
        (DrawTerms("minimum", 5, "s", ("team",), 0), "The minimum for each stratum"),
        (DrawTerms("by whim", 5, "s"), "Choose how the sample is drawn"),
        (DrawTerms("simple", 5, "s", references=("1",), because=" "), "Say why the case is left out"),
    ],
)
def test_terms_that_cannot_be_followed_say_why(terms: DrawTerms, words: str) -> None:
    refusal = refusal_to_follow(terms)
    assert refusal is not None and refusal.reason.startswith(words)


def test_each_case_is_left_out_with_every_reason_it_has() -> None:
    known = Known(
        closed=frozenset({"1"}),
        in_round=frozenset({"1", "2"}),
        last_audited={"3": date(2026, 5, 1), "4": date(2025, 1, 1)},
        elsewhere={"5": "Pre-proceedings, May 2026"},
    )
    found = exclusions_of(DrawTerms("simple", 5, "s", references=("6",), because="Complaint"), known, TODAY)
    assert [(one.reference, one.reason.value) for one in found] == [
        ("1", "closed"),
        ("1", "in_round"),
        ("2", "in_round"),
        ("3", "audited"),
        ("5", "drawn_elsewhere"),
        ("6", "by_hand"),
    ]
    without = exclusions_of(DrawTerms("simple", 5, "s", months=0, elsewhere=False), known, TODAY)
    assert {one.reason.value for one in without} == {"closed", "in_round"}


def test_references_are_read_from_lines_and_commas_with_their_zeros() -> None:
    assert references_in(" 00123\n00124, 00123;A 7\n\n") == ("00123", "00124", "A 7")


def test_a_case_is_described_in_words_and_groups_and_unknown_codes_stand_as_they_are() -> None:
    said = {"ethnicity": "APKN", "gender": "male", "disability": "", "school": "kept out"}
    assert described("Ash", "looked_after", said) == {
        "team": "Ash",
        "category": "Looked after child",
        "gender": "Male",
        "ethnicity": "Asian",
    }
    assert described("Ash", "newer", {"ethnicity": "ZZZZ"}) == {"team": "Ash", "category": "newer", "ethnicity": "ZZZZ"}


def test_no_two_teams_are_called_the_same() -> None:
    assert team_names({1: "Ash", 2: "Birch"}, {}) == {1: "Ash", 2: "Birch"}
    assert team_names({1: "Ash", 2: "Ash"}, {1: "North", 2: "South"}) == {1: "Ash (North)", 2: "Ash (South)"}
    assert team_names({1: "Ash", 2: "Ash"}, {1: "North", 2: "North"}) == {1: "Ash (North) (1)", 2: "Ash (North) (2)"}
