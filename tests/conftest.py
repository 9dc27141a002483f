"""What tests share: a migrated application on either database, and people signed in to it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import hypothesis
import pytest
from flask import Flask

from audit_app import create_app
from audit_app.db import db
from tests.serving import serve, settings_of

pytest_plugins = [
    "tests.plugins.chromium",
    "tests.plugins.clean_environment",
    "tests.plugins.demonstration",
    "tests.plugins.kinds",
    "tests.plugins.no_silent_skips",
    "tests.postgres",
]


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the newest schema and nothing in it, to copy from."""
    place = tmp_path_factory.mktemp("migrated")
    file = place / "audits.sqlite3"
    app = create_app(settings_of(place, f"sqlite:///{file}"))
    with app.app_context():
        flask_migrate.upgrade()
        db.session.remove()
        db.engine.dispose()
    return file


@pytest.fixture
def sqlite_app(tmp_path: Path, migrated_file: Path) -> Iterator[Flask]:
    """The application on an SQLite database of this test's own, within its context."""
    file = tmp_path / "audits.sqlite3"
    shutil.copy(migrated_file, file)
    with serve(tmp_path, f"sqlite:///{file}") as served:
        yield served


@pytest.fixture
def postgres_app(tmp_path: Path, postgres_url: str) -> Iterator[Flask]:
    """The application on a PostgreSQL database of this test's own, within its context."""
    with serve(tmp_path, postgres_url) as served:
        yield served


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """The application, on the default database."""
    return sqlite_app


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def either_app(request: pytest.FixtureRequest) -> Flask:
    """The application on each database in turn: for what locks, races, counts or constrains."""
    found: Flask = request.getfixturevalue(f"{request.param}_app")
    return found


# A busy machine is slow, not wrong: no test is judged by the clock.
hypothesis.settings.register_profile("steady", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("steady")
