"""Frozen contents."""

from audit_app.improvement.snapshot import audits_in, frozen, hash_of, thawed

CONTENTS = {"plans": [{"recommendations": [{"indicators": [{"audits": [3, 1]}, {"audits": []}]}]}], "board": "Łukasz"}


def test_the_same_contents_give_the_same_bytes_in_whatever_order_they_were_written() -> None:
    text = frozen(CONTENTS)
    assert frozen(dict(reversed(CONTENTS.items()))) == text
    assert hash_of(text) == hash_of(frozen({k: v for k, v in thawed(text).items() if k != "format"}))
    assert "Łukasz" in text


def test_every_audit_behind_frozen_figures_is_known() -> None:
    assert audits_in(CONTENTS) == {1, 3}
    assert audits_in({"plans": []}) == set()
