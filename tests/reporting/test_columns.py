"""How wide the columns of a table stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.reporting.columns import fitted


def test_columns_have_their_shares_where_their_words_fit() -> None:
    assert fitted([1, 3], [10, 10], 100) == pytest.approx([25, 75])


def test_a_column_is_never_narrower_than_its_longest_word() -> None:
    assert fitted([0.5, 3], [30, 10], 100)[0] >= 30


@given(st.lists(st.tuples(st.floats(0, 9), st.floats(0.1, 300)), min_size=1, max_size=12))
def test_columns_fill_the_room_and_no_more(asked: list[tuple[float, float]]) -> None:
    widths = fitted([share for share, _ in asked], [word for _, word in asked], 200)
    assert sum(widths) == pytest.approx(200)
    assert min(widths) > 0
