"""Pages of a list that is at hand already."""

import pytest

from audit_app.sampling.queries.leafing import leaf

ROWS = list(range(10))


def test_pages_lead_from_one_to_the_next_and_back() -> None:
    first = leaf(ROWS, size=4)
    assert (first.items, first.newer, first.older, first.first) == ([0, 1, 2, 3], None, "4", True)
    second = leaf(ROWS, after=first.older or "", size=4)
    assert (second.items, second.newer, second.older, second.first) == ([4, 5, 6, 7], "4", "8", False)
    assert leaf(ROWS, before=second.newer or "", size=4).items == first.items


@pytest.mark.parametrize("place", ["-1", "words", "²", "1.5", "11", "9" * 25, "9" * 5000])
def test_a_place_that_is_none_or_lies_beyond_shows_the_first_page(place: str) -> None:
    assert leaf(ROWS, after=place, size=4).items == ROWS[:4]
