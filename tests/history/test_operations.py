"""Tests of writing history: with the change it belongs to or not at all."""

import datetime as dt
import re

import pytest
from sqlalchemy import event, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from audit_app.db import db, reading
from audit_app.history import operations
from audit_app.history.chain import commitment
from audit_app.history.model import ENTRIES, HEADS
from audit_app.history.operations import HeadMissing, record, record_now, recorded, verify
from tests.history.things import Thing, falsify, kinds, number_of, sealed, things

pytestmark = pytest.mark.usefixtures("keeper")


def test_what_was_recorded_is_written_with_the_change() -> None:
    before = dt.datetime.now(dt.UTC)
    db.session.add(Thing(id=1, name="one"))
    record("thing.made", subject="thing:1", body={"name": "one"}, by=7)
    assert number_of(ENTRIES) == 0
    db.session.commit()
    (entry,) = sealed()
    assert (entry.idx, entry.kind, entry.subject, entry.actor_id) == (0, "thing.made", "thing:1", 7)
    assert entry.body == '{"name":"one"}'
    assert before <= dt.datetime.fromisoformat(entry.at) <= dt.datetime.now(dt.UTC)
    assert number_of(things) == 1
    assert verify() == []


def test_what_is_rolled_back_leaves_no_history() -> None:
    db.session.add(Thing(id=1, name="one"))
    record("thing.made")
    db.session.rollback()
    db.session.commit()
    assert (number_of(things), number_of(ENTRIES)) == (0, 0)


@pytest.mark.parametrize("end", ["rollback", "close", "reset", "remove", "invalidate"])
def test_what_was_recorded_before_the_database_was_asked_does_not_reach_the_next_transaction(end: str) -> None:
    record("thing.made")
    getattr(db.session, end)() if end in ("rollback", "close", "remove") else getattr(db.session(), end)()
    record("thing.kept")
    db.session.commit()
    assert kinds() == ["thing.kept"]


def test_a_change_without_history_writes_none() -> None:
    db.session.add(Thing(id=1, name="one"))
    db.session.commit()
    assert number_of(ENTRIES) == 0


def test_history_is_the_last_thing_that_a_transaction_writes() -> None:
    said: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda c, cur, statement, *rest: said.append(statement))
    record("thing.made")
    db.session.add(Thing(id=1, name="one"))
    db.session.commit()
    touched = [statement for statement in said if re.search("thing|history_head|entry|payload", statement)]
    assert [" ".join(statement.replace("(", " ").split()[:3]) for statement in touched] == [
        "INSERT INTO thing",
        "SELECT history_head.size, history_head.hash",
        "INSERT INTO entry",
        "INSERT INTO payload",
        "UPDATE history_head SET",
    ]


def test_when_history_cannot_be_written_nothing_is_kept() -> None:
    falsify([], (0, ""))
    with db.engine.begin() as connection:
        connection.execute(HEADS.delete())
    db.session.add(Thing(id=1, name="one"))
    record("thing.made")
    for _ in range(2):  # whoever tries again without rolling back fails again
        with pytest.raises(HeadMissing, match="flask history verify"):
            db.session.commit()
    db.session.rollback()
    assert number_of(things) == 0


def test_when_somebody_cut_the_head_nothing_more_is_kept() -> None:
    for n in range(3):
        record("thing.made", subject=f"thing:{n}")
    db.session.commit()
    falsify(sealed(), (2, sealed()[1].hash))
    db.session.add(Thing(id=1, name="one"))
    record("thing.made")
    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()
    assert number_of(things) == 0


def test_when_the_change_fails_there_is_no_history_of_it() -> None:
    db.session.add(Thing(id=1, name="one"))
    db.session.commit()
    db.session.add(Thing(id=2, name="one"))
    record("thing.made")
    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()
    assert number_of(ENTRIES) == 0


def test_a_reader_cannot_write_history() -> None:
    with reading():
        record("thing.seen")
        with pytest.raises(DBAPIError):
            db.session.commit()
        db.session.rollback()
    assert number_of(ENTRIES) == 0


def test_refused_access_is_written_even_when_the_request_only_reads() -> None:
    with reading():
        db.session.execute(select(things))
        db.session.rollback()
        record_now("access.refused", subject="page:auditing.show", body={"page": "x"}, by=3)
        record("thing.seen")
        with pytest.raises(DBAPIError):
            db.session.commit()
        db.session.rollback()
    assert kinds() == ["access.refused"]
    assert verify() == []


def test_what_is_written_at_once_stays_out_of_the_sessions_transaction() -> None:
    record("thing.made")
    db.session.rollback()
    record_now("access.refused")
    db.session.rollback()
    assert kinds() == ["access.refused"]


def test_many_entries_of_one_transaction_go_in_a_handful_of_statements() -> None:
    said: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda c, cur, statement, *rest: said.append(statement))
    for n in range(500):
        record("keys.turned", subject=f"audit:{n}", body={"to": n}, by=1)
    db.session.commit()
    assert len(said) <= 8
    assert [entry.idx for entry in sealed()] == list(range(500))
    assert verify() == []


def test_equal_bodies_cannot_be_told_apart_or_guessed() -> None:
    for _ in range(4):
        record("audit.graded", subject="audit:1", body={"grade": "good"}, by=1)
    db.session.commit()
    entries = sealed()
    assert len({entry.commitment for entry in entries}) == 4
    assert len({entry.salt for entry in entries}) == 4
    assert all(len(bytes.fromhex(str(entry.salt))) == 32 for entry in entries)
    guesses = {commitment(salt, '{"grade":"good"}') for salt in ("", "0", "0" * 64)}
    assert not guesses & {entry.commitment for entry in entries}


def test_what_happens_is_announced_at_once_and_may_be_answered_in_the_same_transaction() -> None:
    heard: list[tuple[str, object]] = []

    def answer(kind: str, **about: object) -> None:
        heard.append((kind, about))
        db.session.execute(insert(things).values(name=f"because of {kind}"))

    with recorded.connected_to(answer):
        record("thing.made", subject="thing:1", body={"a": 1}, by=2)
        assert heard == [("thing.made", {"subject": "thing:1", "body": {"a": 1}, "by": 2})]
        db.session.rollback()
        assert number_of(things) == 0
        record("thing.made")
        db.session.commit()
    assert (number_of(things), number_of(ENTRIES)) == (1, 1)


def test_a_listener_may_ask_for_one_kind_only() -> None:
    heard: list[str] = []

    def answer(kind: str, **about: object) -> None:
        heard.append(kind)

    recorded.connect(answer, sender="thing.made")
    for kind in ("thing.seen", "thing.made"):
        record(kind)
    recorded.disconnect(answer, sender="thing.made")
    assert heard == ["thing.made"]


def test_what_the_chain_could_not_hold_is_refused_before_anything_is_collected() -> None:
    for wrong in ({"kind": "nonsense"}, {"kind": "a.b", "subject": "audit:None"}, {"kind": "a.b", "body": {"x": {1}}}):
        with pytest.raises((ValueError, TypeError)):
            record(**wrong)
    db.session.commit()
    assert number_of(ENTRIES) == 0


def test_connecting_again_writes_nothing_twice() -> None:
    operations.connect()
    operations.connect()
    record("thing.made")
    db.session.commit()
    assert kinds() == ["thing.made"]
