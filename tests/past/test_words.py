"""What a spreadsheet calls a grade."""

import pytest

from audit_app.past.words import guess, levels_meant
from tests.past.sheets import SCALE


@pytest.mark.parametrize("word", ["Good", "good", "  GOOD ", "G"])
def test_a_scales_own_words_are_known(word: str) -> None:
    assert levels_meant(SCALE, {})[" ".join(word.split()).casefold()] == "good"


def test_what_somebody_said_comes_before_the_scales_own_words() -> None:
    assert levels_meant(SCALE, {"o": "good", "n/k": None}) | {} == levels_meant(SCALE, {}) | {"o": "good", "n/k": None}


@pytest.mark.parametrize(
    ("word", "level"),
    [
        ("Requires Improvement", "requires_improvement"),
        ("RIG", None),
        ("RITBG", "requires_improvement"),
        ("Good with outstanding features", "good"),
        ("Outstand", "outstanding"),
        ("Poor", None),
        ("", None),
    ],
)
def test_a_likely_meaning_is_offered_where_there_is_one(word: str, level: str | None) -> None:
    assert guess(word, SCALE) == level
