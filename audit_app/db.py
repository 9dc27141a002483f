"""The database handle: one session a request, writers in a fair queue, readers that cannot write."""

import datetime as dt
import fcntl
import os
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
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


class Queue:
    """One SQLite writer at a time, in order of arrival, in this process and beside other processes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._holder: int | None = None
        self._file: int | None = None

    def take(self) -> None:
        """Wait for one's turn; a caller that waits too long is told that the database is busy."""
        me, until = threading.get_ident(), time.monotonic() + WRITER_WAITS_SECONDS
        if self._holder == me:
            raise RuntimeError("this thread already writes: finish that transaction first")
        mine = threading.Event()
        with self._mutex:
            free = self._holder is None
            if free:
                self._holder = me
            else:
                self._waiting.append(mine)
        if not free and not mine.wait(WRITER_WAITS_SECONDS):
            with self._mutex:
                if not mine.is_set():
                    self._waiting.remove(mine)
                    raise OperationalError("BEGIN IMMEDIATE", None, TimeoutError("the database is busy"))
        self._holder = me
        try:
            self._lock_file(until)
        except BaseException:
            self.give()
            raise

    def _lock_file(self, until: float) -> None:
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._file = handle
                return
            except BlockingIOError:
                if time.monotonic() > until:
                    os.close(handle)
                    raise OperationalError("BEGIN IMMEDIATE", None, TimeoutError("the database is busy")) from None
                time.sleep(0.005)

    def give(self) -> None:
        """Let the next writer in."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
        with self._mutex:
            if self._waiting:
                self._holder = -1
                self._waiting.popleft().set()
            else:
                self._holder = None


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
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 10, "check_same_thread": False}}
    settings = "-c statement_timeout=60000 -c lock_timeout=15000 -c idle_in_transaction_session_timeout=60000"
    return {
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
            connection.exec_driver_sql("PRAGMA query_only=ON")
            connection.exec_driver_sql("BEGIN")
            return
        if not connection.info.get("turn"):
            queue.take()
            connection.info["turn"] = True
        connection.exec_driver_sql("PRAGMA query_only=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(engine, "checkin")
    def _hand_on(connection: Any, record: Any) -> None:
        # Only here is the transaction truly over; the commit event comes before the commit.
        if record.info.pop("turn", None):
            queue.give()


def _prepare_postgres(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _check(connection: Any, record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            if cursor.fetchone()[0] == "off" and not os.environ.get("AUDIT_UNSAFE_POSTGRES"):
                raise RuntimeError("PostgreSQL must run with synchronous_commit=on")
        connection.rollback()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if _reading.get():
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
