"""Tests of erasing what entries say, when the law says that its time is over."""

import pytest

from audit_app.db import db
from audit_app.history.model import ENTRIES, PAYLOADS
from audit_app.history.operations import erase, record, verify
from audit_app.history.queries import checkpoint, entries_of
from tests.history.things import kinds, number_of, sealed

pytestmark = pytest.mark.usefixtures("keeper")


def test_what_entries_say_can_be_erased_and_the_erasure_stays() -> None:
    for n in range(4):
        record("thing.made", subject="thing:1", body={"n": n}, by=1)
    db.session.commit()
    before = checkpoint()
    assert erase([2, 1, 2], reason="kept for six years", by=9) == [1, 2]
    db.session.commit()
    assert verify() == []
    assert number_of(PAYLOADS) == 3
    assert [entry.erased for entry in entries_of("thing:1")] == [False, True, True, False]
    assert sealed()[4].body == '{"indices":[1,2],"reason":"kept for six years"}'
    assert sealed()[4].actor_id == 9
    assert [entry.hash for entry in sealed()[:4]][-1] == sealed()[4].prev
    assert before.size == 4


def test_what_was_erased_is_not_erased_twice() -> None:
    record("thing.made")
    record("thing.made")
    db.session.commit()
    assert erase([0], reason="retention", by=None) == [0]
    db.session.commit()
    assert erase([0], reason="retention", by=None) == []
    assert erase([0, 1], reason="retention", by=None) == [1]
    db.session.commit()
    assert kinds() == ["thing.made", "thing.made", "payload.erased", "payload.erased"]
    assert verify() == []


def test_an_erasure_that_is_rolled_back_erases_nothing() -> None:
    record("thing.made")
    db.session.commit()
    erase([0], reason="retention", by=1)
    db.session.rollback()
    assert (number_of(PAYLOADS), number_of(ENTRIES)) == (1, 1)


def test_an_erasure_needs_a_reason_and_entries_that_may_be_erased() -> None:
    record("thing.made")
    db.session.commit()
    erase([0], reason="retention", by=1)
    db.session.commit()
    with pytest.raises(ValueError, match="needs a reason"):
        erase([0], reason=" ", by=1)
    with pytest.raises(ValueError, match=r"no entries \[2\]"):
        erase([0, 2], reason="retention", by=1)
    with pytest.raises(ValueError, match=r"entries \[1\] say what was erased"):
        erase([1], reason="retention", by=1)


def test_a_payload_deleted_silently_is_found() -> None:
    record("thing.made")
    record("thing.made")
    db.session.commit()
    with db.engine.begin() as connection:
        connection.execute(PAYLOADS.delete().where(PAYLOADS.c.idx == 1))
    assert verify() == ["payload 1 is missing and no entry says that it was erased"]


def test_many_payloads_are_erased_at_once() -> None:
    for n in range(2500):
        record("thing.made", subject=f"thing:{n}")
    db.session.commit()
    assert erase(range(2400), reason="retention", by=1) == list(range(2400))
    db.session.commit()
    assert number_of(PAYLOADS) == 101
    assert verify() == []
