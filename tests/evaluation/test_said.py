"""What evidence says, for colleagues and for a board."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.evaluation.said import Said
from audit_app.measures.suppression import HIDDEN


def test_a_share_is_said_with_its_n_and_its_interval() -> None:
    said = Said(count=30, total=40, value=0.75, low=0.6, high=0.86, state="Open")
    assert said.words == "30 of 40 (75.0%). Likely between 60.0% and 86.0%. Open"


def test_a_share_without_an_interval_says_why() -> None:
    assert Said(count=3, total=4, value=0.75, why="too few to compare").words == "3 of 4 (75.0%). Too few to compare"


@pytest.mark.parametrize(("count", "total"), [(1, 40), (5, 40), (35, 40), (39, 40), (4, 4), (0, 3)])
def test_a_board_reads_no_share_from_which_a_small_number_follows(count: int, total: int) -> None:
    said = Said("In words", count=count, total=total, value=count / total, low=0.1, high=0.9, state="Closed")
    assert said.published == f"{HIDDEN}. Closed"


@given(total=st.integers(6, 500), data=st.data())
def test_a_board_reads_every_other_share_as_it_is(total: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, total))
    said = Said(count=count, total=total, value=count / total)
    small = 1 <= count <= 5 or 1 <= total - count <= 5
    assert (said.published == said.words) is not small


def test_what_is_kept_comes_back_as_it_was() -> None:
    said = Said("Words", 3, 4, 0.75, 0.1, 0.9, "why", "Open", "2026-01-01", True)
    assert Said.kept(said.as_kept) == said
