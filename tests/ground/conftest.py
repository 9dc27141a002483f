"""A small application around the database handle alone, with one table of things."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from audit_app import db as database
from audit_app.db import db, only_read

SEED = text("create table thing (id integer primary key, words varchar not null)")


@contextmanager
def grounded(url: str) -> Iterator[Flask]:
    """The application within its context, on a database that has the table."""
    app = Flask("ground")
    app.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(url))
    database.connect(app)
    with app.app_context():
        only_read(False)
        db.session.execute(SEED)
        db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "audits.sqlite3"


@pytest.fixture
def on_sqlite(file: Path) -> Iterator[Flask]:
    with grounded(f"sqlite:///{file}") as app:
        yield app


@pytest.fixture
def on_postgres(empty_postgres_url: str) -> Iterator[Flask]:
    with grounded(empty_postgres_url) as app:
        yield app


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def on_either(request: pytest.FixtureRequest) -> Flask:
    found: Flask = request.getfixturevalue(f"on_{request.param}")
    return found


def until(condition: Callable[[], bool]) -> None:
    """Wait for something that another thread is about to do."""
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.001)
