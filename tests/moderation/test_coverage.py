"""How far moderation is against the target: by tier, route and auditor."""

import pytest

from audit_app.moderation.coverage import AuditorStanding, Cell, Standing, of_auditors, of_tier

CELLS = [
    Cell(1, "random", "done", 2),
    Cell(1, None, "none", 3),
    Cell(2, "grade", "in_hand", 1),
    Cell(2, "random", "waiting", 1),
    Cell(3, None, "none", 3),
]


def test_a_tier_is_counted_against_its_share() -> None:
    one = of_tier("senior", 50, CELLS)
    assert (one.counted, one.all, one.aimed, one.missing, one.share) == (10, Standing(2, 1, 1), 5, 1, 0.2)
    assert one.routes == {"random": Standing(2, 0, 1), "grade": Standing(0, 1, 0)}


def test_where_nothing_was_handed_in_there_is_no_share() -> None:
    one = of_tier("senior", 50, [])
    assert (one.share, one.aimed, one.missing) == (None, 0, 0)


def test_each_auditor_stands_by_themselves_with_those_who_handed_nothing_in() -> None:
    found = {one.auditor_id: one for one in of_auditors(CELLS, [3, 4])}
    assert [found[key].words for key in (1, 2, 3, 4)] == [
        "Covered",
        "With a moderator",
        "Not covered yet",
        "Nothing handed in",
    ]
    assert [found[key].uncovered for key in (1, 2, 3, 4)] == [False, False, True, False]


@pytest.mark.parametrize(
    ("standing", "words", "tone"),
    [
        (Standing(1, 1, 1), "Covered", "good"),
        (Standing(0, 1, 1), "With a moderator", "info"),
        (Standing(0, 0, 1), "Waits for a moderator", "attention"),
        (Standing(), "Not covered yet", "attention"),
    ],
)
def test_what_is_furthest_says_whether_an_auditor_is_covered(standing: Standing, words: str, tone: str) -> None:
    one = AuditorStanding(1, 5, standing)
    assert (one.words, one.tone) == (words, tone)
