"""Putting many rows into a database as quickly as it takes them: triggers and indexes stand aside meanwhile."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

import psycopg
from psycopg import sql
from sqlalchemy import make_url

Row = Sequence[object]


class Sink(Protocol):
    """Where rows are poured."""

    def pour(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Put rows into a table."""


class Sqlite:
    """An SQLite file that nobody else has open."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def pour(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Put rows into a table."""
        marks = ", ".join("?" * len(columns))
        self._connection.executemany(f"insert into {table} ({', '.join(columns)}) values ({marks})", rows)


class Postgres:
    """A PostgreSQL database, by COPY."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def pour(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Put rows into a table."""
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        words = sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(table), names)
        with self._connection.cursor() as cursor, cursor.copy(words) as copy:
            for row in rows:
                copy.write_row(row)


@contextmanager
def sink(url: str, tables: Sequence[str]) -> Iterator[Sink]:
    """Within it, rows may be poured into some tables; afterwards they are as they were, but for the rows."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        with _sqlite(str(address.database), tables) as found:
            yield found
    else:
        with _postgres(address.set(drivername="postgresql").render_as_string(hide_password=False), tables) as copied:
            yield copied


@contextmanager
def _sqlite(file: str, tables: Sequence[str]) -> Iterator[Sqlite]:
    connection = sqlite3.connect(file, isolation_level=None)
    try:
        # Stopped in the middle, the file is of no use: so nothing needs to be taken back.
        for setting in ("journal_mode=off", "synchronous=off", "foreign_keys=off", "cache_size=-200000"):
            connection.execute(f"pragma {setting}")
        marks = ", ".join("?" * len(tables))
        aside = connection.execute(
            "select type, name, sql from sqlite_master where type in ('index', 'trigger') and sql is not null"
            f" and tbl_name in ({marks})",
            tables,
        ).fetchall()
        connection.execute("begin")
        for kind, name, _ in aside:
            connection.execute(f"drop {kind} {name}")
        yield Sqlite(connection)
        for _, _, words in sorted(aside):  # indexes first
            connection.execute(words)
        connection.execute("commit")
        connection.execute("pragma journal_mode=wal")
    finally:
        connection.close()


@contextmanager
def _postgres(address: str, tables: Sequence[str]) -> Iterator[Postgres]:
    with psycopg.connect(address) as connection:
        for setting in ("session_replication_role = replica", "timezone = 'UTC'", "maintenance_work_mem = '512MB'"):
            connection.execute(f"set {setting}".encode())
        aside = connection.execute(
            "select indexname, indexdef from pg_indexes where tablename = any(%s) and indexname like 'ix\\_%%'",
            (list(tables),),
        ).fetchall()
        for name, _ in aside:
            connection.execute(sql.SQL("drop index {}").format(sql.Identifier(name)))
        yield Postgres(connection)
        for _, words in aside:
            connection.execute(words.encode())
        for table in tables:
            _go_on_counting(connection, table)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("vacuum analyze")


def _go_on_counting(connection: psycopg.Connection, table: str) -> None:
    found = connection.execute(
        "select column_name from information_schema.columns"
        " where table_name = %s and column_name = 'id' and column_default like 'nextval%%'",
        (table,),
    ).fetchone()
    if found is not None:
        words = sql.SQL("select setval(pg_get_serial_sequence({}, 'id'), (select max(id) from {}))")
        connection.execute(words.format(sql.Literal(table), sql.Identifier(table)))
