"""Tests of reading history: what happened to a thing, and what proves it."""

import datetime as dt

import pytest
from sqlalchemy import event

from audit_app.db import db, reading
from audit_app.history.operations import erase, record
from audit_app.history.queries import checkpoint, entries_of, last_of, receipt
from audit_app.history.tree import included
from tests.history.samples import root_of
from tests.history.things import sealed

pytestmark = pytest.mark.usefixtures("keeper")


def happen() -> None:
    """Six things, four of them to one audit."""
    for n, kind in enumerate(("allocated", "opened", "submitted", "opened")):
        record(f"audit.{kind}", subject="audit:1", body={"n": n}, by=n + 1)
    record("audit.allocated", subject="audit:11")
    record("keys.turned")  # nobody listens to it
    db.session.commit()


def test_what_happened_to_a_thing_is_told_newest_first() -> None:
    happen()
    told = entries_of("audit:1")
    assert [entry.idx for entry in told] == [3, 2, 1, 0]
    newest = told[0]
    assert (newest.kind, newest.subject, newest.actor_id, newest.body) == ("audit.opened", "audit:1", 4, {"n": 3})
    assert newest.at.tzinfo == dt.UTC
    assert not newest.erased
    assert entries_of("audit:2") == []


def test_the_telling_can_be_cut_short_and_continued() -> None:
    happen()
    assert [entry.idx for entry in entries_of("audit:1", limit=2)] == [3, 2]
    assert [entry.idx for entry in entries_of("audit:1", limit=2, before=2)] == [1, 0]
    assert [entry.idx for entry in entries_of("audit:1", kinds=("audit.opened",))] == [3, 1]
    assert entries_of("audit:1", kinds=()) == []


def test_whoever_may_not_read_bodies_is_given_none_and_none_is_fetched() -> None:
    happen()
    said: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda c, cur, statement, *rest: said.append(statement))
    assert [entry.body for entry in entries_of("audit:1", bodies=False)] == [None] * 4
    assert "body" not in said[-1]


def test_the_last_time_something_happened_is_found() -> None:
    happen()
    last = last_of("audit:1", "audit.opened")
    assert last is not None
    assert last.idx == 3
    assert last_of("audit:1", "audit.voided") is None


def test_an_erased_body_is_not_an_empty_one() -> None:
    happen()
    erase([0], reason="retention", by=1)
    db.session.commit()
    first = entries_of("audit:1")[-1]
    empty = entries_of("audit:11")[0]
    assert (first.body, first.erased) == (None, True)
    assert (empty.body, empty.erased) == (None, False)


def test_the_checkpoint_of_an_empty_history_is_the_hash_of_nothing() -> None:
    assert checkpoint() == (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")


def test_the_checkpoint_is_size_and_root_and_a_reader_may_take_it() -> None:
    happen()
    with reading():
        size, root = checkpoint()
    assert (size, root) == (6, root_of(sealed()))


def test_a_receipt_proves_each_entry_and_says_nothing_of_bodies_or_of_others() -> None:
    happen()
    proof = receipt("audit:1")
    assert (proof.subject, proof.size, proof.root) == ("audit:1", *checkpoint())
    assert [entry.idx for entry in proof.entries] == [0, 1, 2, 3]
    for entry in proof.entries:
        assert entry.subject == "audit:1"
        assert included(bytes.fromhex(entry.hash), entry.idx, proof.size, entry.path, proof.root)
    bodies = [str(entry.body) for entry in sealed()] + [str(entry.salt) for entry in sealed()]
    assert not any(body in repr(proof) for body in bodies if body != "null")
    assert receipt("audit:2").entries == ()
