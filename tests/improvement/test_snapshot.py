"""Frozen contents."""

from decimal import Decimal

from audit_app.improvement.published import hidden_rows, is_hidden
from audit_app.improvement.snapshot import audits_in, frozen, hash_of, thawed
from audit_app.improvement.wording import Amount

CONTENTS = {"plans": [{"recommendations": [{"indicators": [{"audits": [3, 1]}, {"audits": []}]}]}], "board": "Łukasz"}


def test_the_same_contents_give_the_same_bytes_in_whatever_order_they_were_written() -> None:
    text = frozen(CONTENTS)
    assert frozen(dict(reversed(CONTENTS.items()))) == text
    assert hash_of(text) == hash_of(frozen({k: v for k, v in thawed(text).items() if k != "format"}))
    assert "Łukasz" in text


def test_every_audit_behind_frozen_figures_is_known() -> None:
    assert audits_in(CONTENTS) == {1, 3}
    assert audits_in({"plans": []}) == set()


def test_a_share_of_few_is_not_published_and_neither_is_a_row_that_gives_it_away() -> None:
    assert is_hidden(Amount(None, 3, 4))
    assert is_hidden(Amount(None, 3, 60))
    assert is_hidden(Amount(None, 57, 60))
    assert not is_hidden(Amount(None, 6, 12))
    assert not is_hidden(Amount(None, 0, 12))
    assert not is_hidden(Amount(Decimal(3)))
    rows = [Amount(None, 20, 40), Amount(None, 2, 30), Amount(Decimal(85)), Amount(None, 15, 50)]
    assert hidden_rows(rows) == {0, 1}
    assert hidden_rows([Amount(None, 20, 40), Amount(None, 15, 50)]) == frozenset()
