"""What tests share: a migrated application on either database, and people signed in to it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from flask.testing import FlaskClient

from werkzeug.test import TestResponse

from audit_app import create_app
from audit_app.db import db, only_read
from config import Settings

pytest_plugins = [
    "tests.plugins.chromium",
    "tests.plugins.clean_environment",
    "tests.plugins.kinds",
    "tests.plugins.no_silent_skips",
    "tests.postgres",
]


def settings_of(instance: Path, url: str) -> Settings:
    """Settings for a test: cheap passwords, everything else as in production."""
    return Settings(
        environment="test",
        instance=instance,
        secret_key="a secret that only tests use, long enough",
        database_url=url,
        council_name="Northmere Council",
        secure_cookies=False,
        argon2_memory_kib=64,
        argon2_rounds=1,
    )


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


class Browser(FlaskClient):
    """A test client whose every request is on its own, as in service: nothing of the test's context reaches it."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Keep what the test made, then ask."""
        db.session.commit()
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        only_read(False)
        return response


def _serve(instance: Path, url: str) -> Iterator[Flask]:
    app = create_app(settings_of(instance, url))
    app.test_client_class = Browser
    with app.app_context():
        only_read(False)
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def sqlite_app(tmp_path: Path, migrated_file: Path) -> Iterator[Flask]:
    """The application on an SQLite database of this test's own, within its context."""
    file = tmp_path / "audits.sqlite3"
    shutil.copy(migrated_file, file)
    yield from _serve(tmp_path, f"sqlite:///{file}")


@pytest.fixture
def postgres_app(tmp_path: Path, postgres_url: str) -> Iterator[Flask]:
    """The application on a PostgreSQL database of this test's own, within its context."""
    yield from _serve(tmp_path, postgres_url)


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """The application, on the default database."""
    return sqlite_app


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def either_app(request: pytest.FixtureRequest) -> Flask:
    """The application on each database in turn: for what locks, races, counts or constrains."""
    found: Flask = request.getfixturevalue(f"{request.param}_app")
    return found


