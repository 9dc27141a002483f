"""What is asked of the database while something is done."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from audit_app.db import db

FRAMES = ("BEGIN", "PRAGMA", "SET ", "SHOW ")


@contextmanager
def statements() -> Iterator[list[str]]:
    """Within it, every statement is noted, without those that only begin a transaction."""
    said: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.startswith(FRAMES):
            said.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
