"""The database handle: one session a request, writers in a fair queue, readers that cannot write."""

import datetime as dt
import fcntl
import os
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, MetaData, event
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
WRITER_WAITS_SECONDS = 15.0
LOOKS_AGAIN_SECONDS = 0.002
SQLITE_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: with NORMAL a power cut loses acknowledged work
    "foreign_keys": 1,
    "trusted_schema": 0,
    "secure_delete": 1,
    "busy_timeout": 10_000,
}


class Moment(TypeDecorator[dt.datetime]):
    """An aware moment, kept in UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Refuse a moment without a time zone: it would mean two things."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Give the moment back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Declared(DeclarativeBase):
    """What every table is declared on."""

    registry = registry(metadata=MetaData(naming_convention=NAMES), type_annotation_map={dt.datetime: Moment()})


db = SQLAlchemy(model_class=Declared)

if TYPE_CHECKING:

    class Model(Declared):
        """A table's class, as the type checker sees it."""

        __abstract__ = True
else:
    Model = db.Model

_reading: ContextVar[bool] = ContextVar("reading", default=False)
_patience: ContextVar[float] = ContextVar("patience", default=WRITER_WAITS_SECONDS)


@contextmanager
def reading() -> Iterator[None]:
    """Within it, transactions may only read: the database itself refuses writes."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def only_read(yes: bool) -> None:
    """Say whether the transactions of this request may only read."""
    _reading.set(yes)


@contextmanager
def waiting_at_most(seconds: float) -> Iterator[None]:
    """Within it, a writer gives up its place in the queue after so many seconds: for what can be left undone."""
    token = _patience.set(seconds)
    try:
        yield
    finally:
        _patience.reset(token)


def _busy(why: BaseException) -> OperationalError:
    return OperationalError("BEGIN IMMEDIATE", None, why)


class Queue:
    """One SQLite writer at a time, in order of arrival, in this process and beside other processes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._gate = path.with_name(path.name + "-next")
        self._mutex = threading.RLock()  # a collected connection may hand its turn on while this thread is in here
        self._waiting: deque[threading.Event] = deque()
        self._holder: int | None = None
        self._file: int | None = None

    @property
    def waiting(self) -> int:
        """How many writers of this process wait for their turn."""
        return len(self._waiting)

    def take(self) -> None:
        """Wait for one's turn; a caller that waits too long is told that the database is busy."""
        me, until = threading.get_ident(), time.monotonic() + _patience.get()
        if self._holder == me:
            raise RuntimeError("this thread already writes: finish that transaction first")
        self._line_up(me, until)
        try:
            # Whoever waits holds the gate meanwhile, so that a busy process cannot overtake it at every turn.
            gate = _locked(self._gate, until)
            try:
                self._file = _locked(self._path, until)
            finally:
                _unlock(gate)
        except OSError as why:
            self.give()
            raise _busy(why) from why
        except BaseException:
            self.give()
            raise

    def _line_up(self, me: int, until: float) -> None:
        mine = threading.Event()
        with self._mutex:
            if self._holder is None:
                self._holder = me
                return
            self._waiting.append(mine)
        try:
            called = mine.wait(max(0.0, until - time.monotonic()))
        except BaseException:
            if not self._leave(mine):
                self.give()  # called at the very moment: the next one must not wait for a writer that is gone
            raise
        if not called and self._leave(mine):
            raise _busy(TimeoutError("the database is busy"))
        self._holder = me

    def _leave(self, mine: threading.Event) -> bool:
        with self._mutex, suppress(ValueError):
            self._waiting.remove(mine)
            return True
        return False

    def give(self) -> None:
        """Let the next writer in."""
        file, self._file = self._file, None
        try:
            if file is not None:
                _unlock(file)
        finally:
            with self._mutex:
                if self._waiting:
                    self._holder = -1
                    self._waiting.popleft().set()
                else:
                    self._holder = None


def _locked(path: Path, until: float) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while True:
            with suppress(BlockingIOError):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return handle
            if time.monotonic() > until:
                raise TimeoutError("the database is busy")
            time.sleep(LOOKS_AGAIN_SECONDS)
    except BaseException:
        os.close(handle)
        raise


def _unlock(handle: int) -> None:
    # Unlocked by name: a copy of the handle in a process that was forked meanwhile must not keep the lock.
    try:
        fcntl.flock(handle, fcntl.LOCK_UN)
    finally:
        os.close(handle)


def connect(app: Flask) -> None:
    """Bind the database to the application and teach its engine how to begin."""
    db.init_app(app)
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    else:
        _prepare_postgres(engine)


def engine_options(url: str) -> dict[str, Any]:
    """How connections are made, by kind of database."""
    quiet = {"hide_parameters": True}  # an error must not tell the log what people typed
    if url.startswith("sqlite"):
        return quiet | {"connect_args": {"timeout": 10, "check_same_thread": False}}
    settings = "-c statement_timeout=60000 -c lock_timeout=15000 -c idle_in_transaction_session_timeout=60000"
    return quiet | {
        "pool_pre_ping": True,
        "pool_size": 20,
        "max_overflow": 20,
        "connect_args": {
            "connect_timeout": 5,
            "tcp_user_timeout": 8000,
            "keepalives_idle": 5,
            "options": settings,
        },
    }


def _prepare_sqlite(engine: Engine) -> None:
    file = Path(str(engine.url.database)).resolve()
    queue = Queue(file.with_name(file.name + ".turn"))

    @event.listens_for(engine, "do_connect")
    def _keep_private(dialect: Dialect, record: Any, arguments: Any, options: Any) -> None:
        # Made before SQLite makes it: SQLite gives its other files the same mode.
        try:
            os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
            if file.stat().st_mode & 0o077:
                file.chmod(0o600)
        except OSError as why:
            raise OperationalError("open", None, why) from why

    @event.listens_for(engine, "connect")
    def _set_pragmas(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        for name, value in SQLITE_PRAGMAS.items():
            connection.execute(f"PRAGMA {name}={value}")
            if connection.execute(f"PRAGMA {name}").fetchone()[0] != value:
                raise RuntimeError(f"SQLite did not accept PRAGMA {name}={value}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if _reading.get():
            _refuse_writes(connection, True)
            connection.exec_driver_sql("BEGIN")
            return
        if not connection.info.get("turn"):
            queue.take()
            connection.info["turn"] = True
        _refuse_writes(connection, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(engine, "checkin")
    def _hand_on(connection: Any, record: Any) -> None:
        # Only here is the transaction truly over; the commit event comes before the commit.
        if record.info.pop("turn", None):
            queue.give()


def _refuse_writes(connection: Connection, yes: bool) -> None:
    """Say so only where it changes: after this pragma SQLite prepares every statement of the connection anew."""
    if connection.info.get("refuses_writes") is not yes:
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if yes else 'OFF'}")
        connection.info["refuses_writes"] = yes


def _prepare_postgres(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _check(connection: Any, record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            if cursor.fetchone()[0] == "off":
                raise RuntimeError("PostgreSQL must run with synchronous_commit=on")
        connection.rollback()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if _reading.get():
            # As on SQLite: whatever a page asks, all its answers are of one moment.
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
