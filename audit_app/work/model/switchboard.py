"""The line between the pages and the workers: a bell, positions, wishes to cancel, signs of life. It may be lost.

It stands beside the database, never in the work's own transaction: on SQLite in a file of its own, on PostgreSQL in
tables of its own, over a connection of its own.
"""

import contextlib
import datetime as dt
import json
import logging
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
from huey.api import Huey
from huey.constants import EmptyData
from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import PostgresStorage, SqliteStorage

from audit_app.work.progress import Position

log = logging.getLogger("audit_app.work")
TABLES = "queue"  # the tables on PostgreSQL begin with it; migrations leave them alone
OUT_OF_ORDER = (sqlite3.Error, psycopg.Error, OSError)


class PlainSerializer(Serializer):
    """Messages as JSON: who can write to the queue must not be able to run code in the worker."""

    def _serialize(self, message: Any) -> bytes:
        return json.dumps(message).encode()

    def _deserialize(self, text: bytes) -> Any:
        told = json.loads(bytes(text))
        return Message(*told) if isinstance(told, list) else told


class Switchboard:
    """What pages and workers tell each other; a line that is out of order is noted and stops nothing."""

    def __init__(self, huey: Huey) -> None:
        self.huey = huey
        self._bell: Callable[[], object] = huey.task(name="look")(self._answer)
        self._answerer: Callable[[], object] | None = None

    def answer_with(self, answerer: Callable[[], object]) -> None:
        """What a worker does when the bell rings."""
        self._answerer = answerer

    def _answer(self) -> None:
        if self._answerer:
            self._answerer()

    def ring(self) -> None:
        """Tell the workers that something waits; one ring that nobody has heard yet is enough."""
        with _noted("ring"):
            if self.huey.storage.queue_size() == 0:
                self._bell()

    def note(self, job: int, position: Position) -> None:
        """Note how far a job has come."""
        self._put(f"job:{job}", [position.done, position.total, position.doing])

    def position(self, job: int) -> Position | None:
        """How far a job has come, if it said so."""
        told = self._get(f"job:{job}")
        return Position(*told) if told else None

    def wish(self, job: int) -> bool:
        """Note that a job shall be cancelled; whether it could be noted."""
        return self._put(f"cancel:{job}", True)

    def is_wished(self, job: int) -> bool:
        """Whether a job shall be cancelled."""
        return bool(self._get(f"cancel:{job}"))

    def forget(self, job: int) -> None:
        """Forget what was noted about a job."""
        with _noted("forget"):
            for key in (f"job:{job}", f"cancel:{job}"):
                self.huey.storage.pop_data(key)

    def give_sign(self, worker: str, now: dt.datetime) -> None:
        """Note that a worker lives."""
        self._put(f"worker:{worker}", now.isoformat())

    def leave(self, worker: str) -> None:
        """Note that a worker has ended."""
        with _noted("leave"):
            self.huey.storage.pop_data(f"worker:{worker}")

    def signs(self) -> dict[str, dt.datetime]:
        """Each worker's last sign of life."""
        found: dict[str, Any] = {}
        with _noted("signs"):
            found = self.huey.storage.result_items()
        return {
            key.removeprefix("worker:"): dt.datetime.fromisoformat(json.loads(bytes(value)))
            for key, value in found.items()
            if key.startswith("worker:")
        }

    def hang_up(self) -> None:
        """Close the connection; it opens by itself when it is next needed."""
        self.huey.storage.close()

    def _put(self, key: str, value: object) -> bool:
        try:
            self.huey.storage.put_data(key, json.dumps(value).encode())
        except OUT_OF_ORDER as error:
            _complain(key, error)
            return False
        return True

    def _get(self, key: str) -> Any:
        found = EmptyData
        with _noted(key):
            found = self.huey.storage.peek_data(key)
        return None if found is EmptyData else json.loads(bytes(found))


@contextlib.contextmanager
def _noted(what: str) -> Iterator[None]:
    try:
        yield
    except OUT_OF_ORDER as error:
        _complain(what, error)


def _complain(what: str, error: Exception) -> None:
    log.warning("the line to the workers is out of order (%s): %s", what.partition(":")[0], type(error).__name__)


def on_file(file: Path) -> Switchboard:
    """The line of an installation on SQLite: a file beside the database, for its owner only."""
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    return Switchboard(_huey(SqliteStorage, filename=str(file), cache_mb=1))


def on_postgres(address: str) -> Switchboard:
    """The line of an installation on PostgreSQL: a few tables of its own, and their notifications."""
    options = {"dsn": address, "table_prefix": TABLES, "connect_timeout": 5, "application_name": "audits work"}
    try:
        return Switchboard(_huey(PostgresStorage, **options))
    except psycopg.errors.UniqueViolation:  # another process made the tables at the same moment
        return Switchboard(_huey(PostgresStorage, **options))


def _huey(storage: type, **options: Any) -> Huey:
    return Huey("audits", results=False, serializer=PlainSerializer(), storage_class=storage, **options)
