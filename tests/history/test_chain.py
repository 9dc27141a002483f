"""Tests of the form of entries. The values here are the format: they may never change."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.history.chain import (
    Sealed,
    body_text,
    canonical,
    commitment,
    entry_hash,
    happening,
    seal,
    written,
)
from audit_app.history.tree import Tree
from tests.history.samples import START, chain

MOMENT = dt.datetime(2026, 4, 1, 9, 30, 0, 123456, tzinfo=dt.UTC)
BODY = '{"grade":"good","note":"Zo\\u00eb \\u2014 \\u201cyes\\u201d\\n"}'
COMMITMENTS = [
    "67d563b6b92f6367eadaf5c5d5f23e0ebba23f09bc2575d1506ac207839243b1",
    "f10321444808771b32854c7b1450545361c7b464690f6e1c9d8c64cb0943cc01",
]
HASHES = [
    "38e2e7cf8f5b38b7e09b7f204542727451c230913536ef8b424ce728e60f6353",
    "1fd53739a1663e8225e4c220548caf450aca0596bf016fb5b8db308a78f5694c",
]


def test_entries_have_the_form_that_is_published() -> None:
    first = happening("audit.submitted", "audit:12", {"note": "Zoë — “yes”\n", "grade": "good"}, 7, MOMENT)
    second = happening("round.opened", None, None, None, MOMENT + dt.timedelta(seconds=1))
    salts = iter(["00" * 32, "11" * 32])
    at = "2026-04-01T09:30:00.123456Z", "2026-04-01T09:30:01.123456Z"
    assert seal([first, second], 0, "", lambda: next(salts)) == [
        Sealed(0, "audit:12", "audit.submitted", 7, at[0], COMMITMENTS[0], "", HASHES[0], "00" * 32, BODY),
        Sealed(1, None, "round.opened", None, at[1], COMMITMENTS[1], HASHES[0], HASHES[1], "11" * 32, "null"),
    ]


def test_the_root_over_the_published_entries_is_the_published_one() -> None:
    tree = Tree()
    for own in HASHES:
        tree.add(bytes.fromhex(own))
    assert tree.root() == "bc309f628d2536e76e37b8f379c94dc997113023d576bb658138faed42a2bcb9"


def test_the_canonical_form_is_an_ascii_array_without_spaces() -> None:
    assert canonical("entry1", 3, None, 'a"b\\c/é\x7f\n') == b'["entry1",3,null,"a\\"b\\\\c/\\u00e9\\u007f\\n"]'


def test_no_two_ways_of_cutting_the_same_words_give_one_form() -> None:
    assert canonical("ab", "c") != canonical("a", "bc")
    assert entry_hash(1, "a:1", "x.y", 1, "t", "c", "p") != entry_hash(1, "a:1", "x.y", None, "t", "c", "p")


def test_equal_bodies_are_committed_to_differently() -> None:
    assert commitment("00" * 32, BODY) != commitment("11" * 32, BODY)


def test_a_commitment_cannot_be_taken_for_an_entry_hash() -> None:
    assert commitment("a", "b") not in {
        entry_hash(0, "a", "b", None, "", "", ""),
        entry_hash(0, None, "", 0, "", "", ""),
    }


def test_entries_hang_on_the_ones_before_them() -> None:
    entries = chain(5)
    assert [entry.idx for entry in entries] == [0, 1, 2, 3, 4]
    assert [entry.prev for entry in entries] == ["", *(entry.hash for entry in entries[:-1])]


def test_moments_are_written_in_utc_with_microseconds() -> None:
    summer = dt.timezone(dt.timedelta(hours=1))
    assert written(dt.datetime(2026, 7, 1, 0, 30, tzinfo=summer)) == "2026-06-30T23:30:00.000000Z"
    with pytest.raises(ValueError, match="time zone"):
        written(dt.datetime(2026, 7, 1))  # noqa: DTZ001


@pytest.mark.parametrize("kind", ["audit.submitted", "person.role_given", "payload.erased", "a.b.c"])
def test_words_with_dots_are_kinds(kind: str) -> None:
    assert happening(kind, None, None, None, START).kind == kind


@pytest.mark.parametrize(
    "kind", ["", "audit", "Audit.submitted", "audit.", ".x", "a..b", "a.b1", "a.b ", "a.b\n", "a._b"]
)
def test_anything_else_is_no_kind(kind: str) -> None:
    with pytest.raises(ValueError, match="kind"):
        happening(kind, None, None, None, START)


@pytest.mark.parametrize("subject", ["audit:12", "case:0007-A", "unit:1/4/9", "round:2026.04"])
def test_things_are_named_by_kind_and_number(subject: str) -> None:
    assert happening("audit.opened", subject, None, None, START).subject == subject


@pytest.mark.parametrize("subject", ["", "audit 12", "audit:None", "person:a@example.org", "audit:é", "a\n", "x" * 201])
def test_a_name_that_could_not_stay_for_good_is_refused(subject: str) -> None:
    with pytest.raises(ValueError, match="subject"):
        happening("audit.opened", subject, None, None, START)


@pytest.mark.parametrize("actor", [True, "7", 7.0])
def test_an_actor_is_a_number(actor: object) -> None:
    with pytest.raises(TypeError, match="actor"):
        happening("audit.opened", None, None, actor, START)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "body",
    [
        {"x": float("nan")},
        {"x": float("inf")},
        {"x": {1, 2}},
        {"x": b"bytes"},
        {"x": START},
        {1: "x"},
        {"x": [{"y": {2: 3}}]},
        ["x"],
        "x",
    ],
    ids=repr,
)
def test_a_body_that_json_cannot_hold_exactly_is_refused(body: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        body_text(body)  # type: ignore[arg-type]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), JSON, max_size=4))
def test_a_body_comes_back_as_it_went_in(body: dict[str, object]) -> None:
    text = body_text(body)
    assert text.isascii()
    assert "\x00" not in text  # PostgreSQL holds no such character
    assert json.loads(text) == body
    assert body_text(dict(reversed(body.items()))) == text
