"""The database handle: what is set on every connection, readers that cannot write, and turns that always end."""

import datetime as dt
import gc
import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import Column, MetaData, Table, event, insert, literal, select, text
from sqlalchemy.exc import DBAPIError, OperationalError, StatementError

from audit_app import db as database
from audit_app.db import SQLITE_PRAGMAS, Moment, db, only_read, reading, waiting_at_most
from tests.ground.conftest import grounded
from tests.postgres import Server

postgres = pytest.mark.postgres
INSERT = text("insert into thing (words) values (:words)")


def write(words: str = "more") -> None:
    if db.engine.dialect.name == "postgresql":
        number = db.session.execute(text("select coalesce(max(id), 0) + 1 from thing")).scalar_one()
        db.session.execute(text("insert into thing values (:id, :words)"), {"id": number, "words": words})
    else:
        db.session.execute(INSERT, {"words": words})


def count() -> int:
    found: int = db.session.execute(text("select count(*) from thing")).scalar_one()
    db.session.rollback()
    return found


def elsewhere(app: Flask, do: Callable[[], object]) -> list[BaseException]:
    """Do something in another thread, with a session of its own; what went wrong there."""
    wrong: list[BaseException] = []

    def run() -> None:
        try:
            with app.app_context():
                do()
        except BaseException as error:  # noqa: BLE001 (the test looks at it)
            wrong.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)
    assert not thread.is_alive()
    return wrong


def write_and_keep() -> None:
    with waiting_at_most(5):
        write()
        db.session.commit()


def somebody_else_can_write(app: Flask) -> bool:
    """Whether the turn is free: another thread writes, and so does this one."""
    before = count()
    assert elsewhere(app, write_and_keep) == []
    write_and_keep()
    return count() == before + 2


def test_every_connection_has_the_settings_that_keep_work_safe(on_sqlite: Flask) -> None:
    with db.engine.connect() as one, db.engine.connect() as other:
        for connection in (one.connection, other.connection):
            cursor = connection.cursor()
            found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in SQLITE_PRAGMAS}
            assert found == SQLITE_PRAGMAS
    assert SQLITE_PRAGMAS["journal_mode"] == "wal"
    assert SQLITE_PRAGMAS["synchronous"] == 2


def test_a_setting_that_does_not_take_stops_everything(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SQLITE_PRAGMAS, "page_count", 7)  # a pragma that only tells
    with pytest.raises(RuntimeError, match="page_count"), grounded(f"sqlite:///{file}"):
        pass


def test_the_database_and_all_that_lies_beside_it_is_for_its_owners_eyes_only(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with grounded(f"sqlite:///{tmp_path / 'audits.sqlite3'}"):
            write()
            modes = {one.name: one.stat().st_mode & 0o777 for one in tmp_path.iterdir()}
            db.session.commit()
    finally:
        os.umask(before)
    assert {"audits.sqlite3", "audits.sqlite3-wal", "audits.sqlite3.turn"} <= set(modes)
    assert set(modes.values()) == {0o600}


def test_a_database_that_was_open_to_others_is_closed_to_them(file: Path) -> None:
    file.touch(mode=0o644)
    file.chmod(0o644)
    with grounded(f"sqlite:///{file}"):
        assert file.stat().st_mode & 0o777 == 0o600


def test_a_database_without_a_place_is_unavailable_and_comes_back_without_a_restart(tmp_path: Path) -> None:
    app, folder = Flask("ground"), tmp_path / "mounted later"
    url = f"sqlite:///{folder / 'audits.sqlite3'}"
    app.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(url))
    database.connect(app)
    with app.app_context():
        with pytest.raises(OperationalError):
            db.session.execute(text("select 1"))
        db.session.rollback()
        folder.mkdir()
        assert db.session.execute(text("select 1")).scalar_one() == 1
        db.session.remove()
        db.engine.dispose()


def test_a_reader_is_refused_every_write_by_the_database_itself(on_either: Flask) -> None:
    with reading():
        assert count() == 0
        for statement in ("insert into thing values (1, 'x')", "delete from thing", "drop table thing"):
            with pytest.raises(DBAPIError, match=r"readonly|read-only"):
                db.session.execute(text(statement))
            db.session.rollback()
    write_and_keep()
    assert count() == 1


def test_a_connection_that_was_read_with_is_written_with_next(on_either: Flask) -> None:
    for _ in range(3):
        with reading():
            count()
        write_and_keep()
    assert count() == 3


def test_a_reader_does_not_wait_for_a_writer(on_either: Flask) -> None:
    write()

    def read() -> None:
        with reading():
            assert count() == 0

    assert elsewhere(on_either, read) == []
    db.session.rollback()


def test_whether_one_may_write_is_each_threads_own_matter(on_either: Flask) -> None:
    with reading():
        assert elsewhere(on_either, write_and_keep) == []
        with pytest.raises(DBAPIError):
            write()
        db.session.rollback()
    only_read(True)
    try:
        assert elsewhere(on_either, write_and_keep) == []
    finally:
        only_read(False)


def test_eight_writers_at_once_lose_nothing_and_meet_no_lock(on_either: Flask) -> None:
    wrong: list[BaseException] = []
    together = threading.Barrier(8)

    def work(number: int) -> None:
        try:
            with on_either.app_context():
                together.wait()
                for n in range(12):
                    db.session.execute(text("select count(*) from thing")).scalar_one()
                    values = {"id": 1000 * number + n, "words": f"{number}-{n}"}
                    db.session.execute(text("insert into thing values (:id, :words)"), values)
                    if n % 4 == 3:
                        db.session.rollback()
                    else:
                        db.session.commit()
        except BaseException as error:  # noqa: BLE001 (the test looks at it)
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []
    assert count() == 8 * 9


def test_without_the_queue_and_its_immediate_beginning_the_same_work_meets_a_lock(file: Path) -> None:
    one, other = (sqlite3.connect(file, timeout=0.05, isolation_level=None) for _ in range(2))
    one.execute("pragma journal_mode=wal")
    one.execute("create table thing (words)")
    for connection in (one, other):
        connection.execute("begin")
        connection.execute("select count(*) from thing").fetchall()
    one.execute("insert into thing values ('kept')")
    one.execute("commit")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("insert into thing values ('lost')")
    one.close()
    other.close()


def fail_in_the_middle() -> None:
    write()
    raise LookupError


def leak() -> None:
    """Begin to write, and go away without a word."""
    connection = db.engine.connect()
    connection.execute(INSERT, {"words": "leaked"})
    del connection
    gc.collect()


def invalidate() -> None:
    write()
    db.session.connection().invalidate()
    db.session.rollback()


def break_a_statement() -> None:
    write()
    db.session.execute(text("insert into no_such_table values (1)"))


def end_the_thread() -> None:
    write()
    raise SystemExit


@pytest.mark.parametrize("ending", [fail_in_the_middle, leak, invalidate, break_a_statement, end_the_thread])
def test_the_turn_ends_however_its_writer_ends(on_sqlite: Flask, ending: Callable[[], None]) -> None:
    elsewhere(on_sqlite, ending)
    assert somebody_else_can_write(on_sqlite)


def test_the_turn_ends_when_the_database_does_not_let_the_writer_begin(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SQLITE_PRAGMAS, "busy_timeout", 30)
    with grounded(f"sqlite:///{file}") as app:
        stranger = sqlite3.connect(file, isolation_level=None)  # a program that knows nothing of the queue
        stranger.execute("begin exclusive")
        with pytest.raises(OperationalError, match="locked"):
            write()
        db.session.rollback()
        stranger.execute("rollback")
        stranger.close()
        assert somebody_else_can_write(app)


def test_the_turn_ends_when_keeping_fails(on_sqlite: Flask) -> None:
    @event.listens_for(db.engine, "commit")
    def _fail(connection: Any) -> None:
        raise LookupError

    write()
    with pytest.raises(LookupError):
        db.session.commit()
    db.session.rollback()
    event.remove(db.engine, "commit", _fail)
    assert count() == 0
    assert somebody_else_can_write(on_sqlite)


def test_a_full_disk_is_an_unavailable_database_that_comes_back(on_sqlite: Flask) -> None:
    with db.engine.connect() as connection:
        pages = connection.exec_driver_sql("pragma page_count").scalar_one()
        connection.exec_driver_sql(f"pragma max_page_count={pages}")
        with pytest.raises(OperationalError, match="full"):
            connection.execute(INSERT, {"words": "x" * 100_000})
        connection.rollback()
        connection.exec_driver_sql("pragma max_page_count=1000000")
    assert somebody_else_can_write(on_sqlite)


def test_what_was_asked_with_is_not_in_the_words_of_an_error(on_either: Flask) -> None:
    with pytest.raises(DBAPIError) as caught:
        db.session.execute(text("insert into nowhere values (:words)"), {"words": "a child's story"})
    db.session.rollback()
    assert "a child's story" not in str(caught.value)
    assert "hidden" in str(caught.value)


@postgres
def test_postgresql_that_confirms_before_it_has_written_is_refused(
    on_postgres: Flask, postgres_server: Server, empty_postgres_url: str
) -> None:
    name = empty_postgres_url.split("/")[-1].split("?")[0]
    postgres_server.say("ALTER DATABASE {name} SET synchronous_commit = off", name=name)
    db.session.remove()
    db.engine.dispose()
    with pytest.raises(RuntimeError, match="synchronous_commit"):
        db.session.execute(text("select 1"))
    postgres_server.say("ALTER DATABASE {name} RESET synchronous_commit", name=name)
    assert db.session.execute(text("select 1")).scalar_one() == 1


@postgres
def test_no_statement_and_no_lock_of_postgresql_holds_a_thread_for_ever(on_postgres: Flask) -> None:
    shown = {
        name: db.session.execute(text(f"show {name}")).scalar_one()
        for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    }
    assert "0" not in shown.values()
    db.session.execute(text("set local statement_timeout = '50ms'"))
    with pytest.raises(OperationalError):
        db.session.execute(text("select pg_sleep(5)"))


@postgres
def test_a_connection_that_the_server_ended_is_replaced_by_the_next_request(on_postgres: Flask) -> None:
    backend = db.session.execute(text("select pg_backend_pid()")).scalar_one()
    db.session.remove()
    url = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as other:
        other.execute("select pg_terminate_backend(%s)", (backend,))
    assert db.session.execute(text("select 1")).scalar_one() == 1


MOMENT = dt.datetime(2026, 6, 14, 1, 30, 0, 123456, tzinfo=dt.timezone(dt.timedelta(hours=1)))


def test_a_moment_comes_back_as_the_same_moment_in_utc(on_either: Flask) -> None:
    moments = Table("moment", MetaData(), Column("at", Moment()))
    moments.create(db.session.connection())
    db.session.execute(insert(moments).values(at=MOMENT))
    found = db.session.execute(select(moments.c.at)).scalar_one()
    assert (found, found.tzinfo) == (MOMENT, dt.UTC)
    db.session.execute(insert(moments).values(at=None))
    assert db.session.execute(select(moments.c.at).where(moments.c.at.is_(None))).scalar_one() is None
    db.session.rollback()


def test_a_moment_without_a_time_zone_is_refused(on_either: Flask) -> None:
    with pytest.raises(StatementError, match="time zone"):
        db.session.execute(select(literal(dt.datetime(2026, 6, 14), Moment())))  # noqa: DTZ001 (that is the point)
    db.session.rollback()


def test_the_queue_costs_no_thread_its_turn_when_the_engine_is_disposed_of(on_sqlite: Flask) -> None:
    write()
    db.engine.dispose()
    db.session.rollback()
    assert somebody_else_can_write(on_sqlite)
