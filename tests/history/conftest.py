"""A small application around the history alone, on SQLite and on PostgreSQL."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from audit_app import db as database
from audit_app.db import db
from audit_app.history import operations, triggers
from audit_app.history.cli import history
from audit_app.history.model import ENTRIES, HEADS, PAYLOADS
from tests.history.things import things


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def keeper(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An application that keeps a history and one table of things; every test has a database of its own."""
    # Rooms that another test's application connected would ask for tables that are not here.
    monkeypatch.setattr(operations.recorded, "receivers", {})
    monkeypatch.setattr(operations.recorded, "_by_sender", defaultdict(set))
    monkeypatch.setattr(operations.recorded, "_by_receiver", defaultdict(set))
    on_sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'history.sqlite3'}" if on_sqlite else request.getfixturevalue("empty_postgres_url")
    app = Flask(__name__)
    app.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(url))
    app.cli.add_command(history)
    database.connect(app)
    operations.connect()
    with app.app_context():
        with db.engine.begin() as connection:
            db.metadata.create_all(connection, tables=[ENTRIES, PAYLOADS, HEADS])
            things.create(connection)
            for statement in triggers.up(connection.dialect.name):
                connection.exec_driver_sql(statement)
        yield app
        db.session.remove()
        db.engine.dispose()
