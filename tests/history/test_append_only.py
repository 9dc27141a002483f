"""Tests of the walls in the database: what has happened cannot be changed with the service's own rights."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from audit_app.db import db
from audit_app.history import triggers
from audit_app.history.model import ENTRIES
from audit_app.history.operations import record, verify
from tests.history.things import number_of, things

CHANGES = [
    "UPDATE entry SET actor_id = 2 WHERE idx = 1",
    "UPDATE entry SET idx = 7 WHERE idx = 1",
    "DELETE FROM entry WHERE idx = 1",
    "DELETE FROM entry",
    "UPDATE payload SET body = 'null' WHERE idx = 1",
    "UPDATE payload SET salt = body",
    "DELETE FROM history_head",
    "UPDATE history_head SET size = 1",
    "UPDATE history_head SET size = size, hash = ''",
    "UPDATE history_head SET id = 2, size = 9",
    "INSERT INTO history_head (id, size, hash) VALUES (2, 0, '')",
]
OF_SQLITE = [
    "INSERT OR REPLACE INTO entry SELECT 1, kind, subject, 99, at, commitment, prev, hash FROM entry WHERE idx = 1",
    "REPLACE INTO payload (idx, salt, body) SELECT idx, salt, 'null' FROM payload",
    "REPLACE INTO history_head (id, size, hash) VALUES (1, 0, '')",
    "INSERT INTO payload (idx, salt, body) SELECT idx, salt, '1' FROM payload WHERE true"
    " ON CONFLICT (idx) DO UPDATE SET body = excluded.body",
]
OF_POSTGRESQL = [
    "TRUNCATE entry CASCADE",
    "TRUNCATE payload",
    "TRUNCATE history_head",
    "INSERT INTO payload (idx, salt, body) SELECT idx, salt, '1' FROM payload"
    " ON CONFLICT (idx) DO UPDATE SET body = excluded.body",
]


@pytest.fixture(autouse=True)
def three_entries(keeper: Flask) -> Iterator[None]:
    """A history of three entries."""
    for n in range(3):
        record("thing.made", subject=f"thing:{n}", body={"n": n}, by=1)
    db.session.commit()
    yield


def say(*statements: str) -> None:
    """Carry out statements with the service's own rights."""
    with db.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_what_has_happened_cannot_be_changed() -> None:
    of_this = OF_SQLITE if db.engine.dialect.name == "sqlite" else OF_POSTGRESQL
    for change in CHANGES + of_this:
        with pytest.raises(IntegrityError):
            say(change)
    assert verify() == []


def test_the_refusal_names_the_table() -> None:
    with pytest.raises(IntegrityError, match="entry is append-only"):
        say("DELETE FROM entry")
    with pytest.raises(IntegrityError, match="history_head only goes forward"):
        say("UPDATE history_head SET size = 0")


def test_without_the_walls_those_changes_go_through_and_are_found() -> None:
    say(*triggers.down(db.engine.dialect.name))
    say("UPDATE entry SET actor_id = 2 WHERE idx = 1")
    assert verify() == ["entry 1 was changed: its contents do not give its hash"]


def test_walls_can_be_put_up_again_and_keep_the_head() -> None:
    dialect = db.engine.dialect.name
    say(*triggers.down(dialect), *triggers.up(dialect), *triggers.up(dialect))
    with pytest.raises(IntegrityError):
        say("DELETE FROM entry")
    record("thing.made")
    db.session.commit()
    assert verify() == []
    assert number_of(ENTRIES) == 4


def test_any_table_can_be_made_append_only() -> None:
    dialect = db.engine.dialect.name
    say("INSERT INTO thing (id, name) VALUES (70, 'one')", *triggers.append_only("thing", dialect))
    say("INSERT INTO thing (name) VALUES ('two')", "INSERT INTO thing (id, name) VALUES (7, 'seven')")
    for change in ("UPDATE thing SET name = 'x' WHERE id = 70", "DELETE FROM thing WHERE id = 70"):
        with pytest.raises(IntegrityError, match="thing is append-only"):
            say(change)
    say(*triggers.not_append_only("thing", dialect), "DELETE FROM thing")
    assert number_of(things) == 0


def test_some_columns_of_a_table_can_be_fixed_and_others_left_free() -> None:
    dialect = db.engine.dialect.name
    say("INSERT INTO thing (id, name) VALUES (1, 'one')", *triggers.append_only("thing", dialect, ("id",)))
    say("UPDATE thing SET name = 'two'")
    for change in ("UPDATE thing SET id = 2", "DELETE FROM thing"):
        with pytest.raises(IntegrityError, match="thing is append-only"):
            say(change)


def test_a_table_can_let_rows_go_but_not_change() -> None:
    dialect = db.engine.dialect.name
    say("INSERT INTO thing (id, name) VALUES (1, 'one')", *triggers.append_only("thing", dialect, deletable=True))
    with pytest.raises(IntegrityError, match="thing is append-only"):
        say("UPDATE thing SET name = 'two'")
    say("DELETE FROM thing")
    assert number_of(things) == 0


def test_no_walls_are_promised_for_a_database_that_was_not_tried() -> None:
    with pytest.raises(ValueError, match="no walls for oracle"):
        triggers.up("oracle")
