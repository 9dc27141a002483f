"""How migrations run: by command only, one at a time, never at the start of the application."""

from alembic import context
from flask import current_app
from sqlalchemy import text

from audit_app.db import Moment, db
from audit_app.improvement.model.indicators import Exact

ONE_AT_A_TIME = 7_266_001


def render(kind: str, value: object, autogen: object) -> str | bool:
    """Write our own column types as what they are in the database, so that old migrations need no code of ours."""
    if kind == "type" and isinstance(value, Exact):
        return "sa.BigInteger()"
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(value, Moment) else False


def concerns(name: str | None, kind: str, parents: object) -> bool:
    """Whether a table is the migrations' concern; the worker's queue looks after its own."""
    return not (kind == "table" and (name or "").startswith("queue_"))


def run() -> None:
    """Run the migrations asked for, in one transaction, while nobody else can."""
    with db.engine.connect() as connection:
        postgres = connection.dialect.name == "postgresql"
        if postgres:
            connection.execute(text(f"SELECT pg_advisory_lock({ONE_AT_A_TIME})"))
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=render,
            include_name=concerns,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
