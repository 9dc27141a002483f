"""A table that stands for whatever the rooms above change, and ways to look at it and at the history beside it."""

from sqlalchemy import Table, func, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from audit_app.db import db, reading
from audit_app.history import triggers
from audit_app.history.chain import Sealed
from audit_app.history.model import ENTRIES, HEADS, PAYLOADS


class Other(DeclarativeBase):
    """Tables that are no part of the application."""


class Thing(Other):
    """Something that a person changes."""

    __tablename__ = "thing"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


things: Table = Other.metadata.tables["thing"]


def number_of(table: Table) -> int:
    """How many rows a table has for everybody, read beside any open transaction."""
    with reading(), db.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def sealed() -> list[Sealed]:
    """The whole history as it is stored."""
    joined = select(*(getattr(ENTRIES.c, name) for name in Sealed._fields[:8]), PAYLOADS.c.salt, PAYLOADS.c.body)
    with reading(), db.engine.connect() as connection:
        return [
            Sealed._make(row)
            for row in connection.execute(joined.outerjoin_from(ENTRIES, PAYLOADS).order_by(ENTRIES.c.idx))
        ]


def falsify(entries: list[Sealed], head: tuple[int, str]) -> None:
    """Put another history in the place of the true one, as somebody who owns the database can do."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA ignore_check_constraints=ON")
        for statement in triggers.down(connection.dialect.name):
            connection.execute(text(statement))
        for table in (PAYLOADS, ENTRIES, HEADS):
            connection.execute(table.delete())
        for entry in entries:
            row = entry._asdict()
            payload = {"salt": row.pop("salt"), "body": row.pop("body"), "idx": row["idx"]}
            connection.execute(ENTRIES.insert().values(row))
            if entry.body is not None:
                connection.execute(PAYLOADS.insert().values(payload))
        connection.execute(HEADS.insert().values(id=1, size=head[0], hash=head[1]))
        connection.commit()


def kinds() -> list[str]:
    """What happened, in order."""
    return [entry.kind for entry in sealed()]
