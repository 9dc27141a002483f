"""The history as it is stored: entries, what they say, and the head of the chain."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import Table

from audit_app.db import Model
from audit_app.history.triggers import FIRST_HEAD


class Entry(Model):
    """That something happened: what, to which thing, by whom, when; bound to its payload and to the entry before it."""

    __tablename__ = "entry"

    idx: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    subject: Mapped[str | None]
    actor_id: Mapped[int | None]  # no foreign key: people are a room above, and a person's row may go while this stays
    at: Mapped[str]
    commitment: Mapped[str]
    prev: Mapped[str]
    hash: Mapped[str]
    __table_args__ = (
        Index(None, "subject", "idx"),
        CheckConstraint("idx >= 0", name="idx"),
        CheckConstraint("length(commitment) = 64", name="commitment"),
        CheckConstraint("length(prev) = case when idx = 0 then 0 else 64 end", name="prev"),
        CheckConstraint("length(hash) = 64", name="hash"),
    )


class Payload(Model):
    """What an entry says, and the salt that keeps its commitment from being guessed; erased when retention ends."""

    __tablename__ = "payload"

    idx: Mapped[int] = mapped_column(ForeignKey("entry.idx"), primary_key=True, autoincrement=False)
    salt: Mapped[str]
    body: Mapped[str]
    __table_args__ = (CheckConstraint("length(salt) = 64", name="salt"),)


class Head(Model):
    """How many entries there are and the last one's hash: the one row that writers wait for."""

    __tablename__ = "history_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[int]
    hash: Mapped[str]
    __table_args__ = (
        CheckConstraint("id = 1", name="one"),
        CheckConstraint("size >= 0", name="size"),
    )


ENTRIES, PAYLOADS, HEADS = (Model.metadata.tables[name] for name in ("entry", "payload", "history_head"))


@event.listens_for(HEADS, "after_create")
def _first_head(table: Table, connection: Connection, **options: object) -> None:
    connection.exec_driver_sql(FIRST_HEAD)
