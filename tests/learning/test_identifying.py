"""What in an officer's words could tell who somebody is."""

import pytest

from audit_app.learning.identifying import A_NAME, A_REFERENCE, A_TEAM, Known, telling_in, tokens_in

KNOWN = Known(frozenset({"00123", "AB-7/2"}), frozenset({"Team Manager Ash", "Worker C14"}), frozenset({"Team 11"}))


@pytest.mark.parametrize(
    ("text", "what", "words"),
    [
        ("As in case 00123, look again.", "00123", A_REFERENCE),
        ("See AB-7/2.", "AB-7/2", A_REFERENCE),
        ("We liked how team manager ash wrote it.", "team manager ash", A_NAME),
        ("The audit by Ash was short.", "Ash", A_NAME),
        ("Ask worker C14 about it.", "worker C14", A_NAME),
        ("Most of it came from Team 11.", "Team 11", A_TEAM),
    ],
)
def test_cases_people_and_small_teams_that_are_known_are_found(text: str, what: str, words: str) -> None:
    assert [(one.what, one.words) for one in telling_in(text, KNOWN)] == [(what, words)]


@pytest.mark.parametrize(
    "text",
    [
        "Say what came of the work for the child.",
        "In 12 audits the plan was told, not weighed.",
        "Ash trees are not people.",  # how a sentence starts is no name on its own
        "A case 001234 that nobody has.",
        "Team 110 and ashes.",
    ],
)
def test_ordinary_words_and_numbers_are_left_alone(text: str) -> None:
    assert telling_in(text, KNOWN) == ()


def test_what_looks_like_a_person_is_found_too_and_no_place_is_named_twice() -> None:
    found = telling_in("Mrs Okafor rang 00123 twice, said Team Manager Ash.", KNOWN)
    assert [one.what for one in found] == ["Mrs Okafor", "00123", "Team Manager Ash"]


def test_every_piece_that_could_be_a_reference_is_asked_for() -> None:
    assert {"00123", "AB-7/2", "x"} <= tokens_in(["00123, AB-7/2.", "x-"])
