"""The application with views that go wrong, on either database."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.web.laboratory import laboratory


@pytest.fixture
def sqlite_lab(tmp_path: Path, migrated_file: Path) -> Iterator[Flask]:
    file = tmp_path / "audits.sqlite3"
    shutil.copy(migrated_file, file)
    with laboratory(tmp_path, f"sqlite:///{file}") as app:
        yield app


@pytest.fixture
def postgres_lab(tmp_path: Path, postgres_url: str) -> Iterator[Flask]:
    with laboratory(tmp_path, postgres_url) as app:
        yield app


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def lab(request: pytest.FixtureRequest) -> Flask:
    """On each database in turn; outside its context, as a server is between two requests."""
    found: Flask = request.getfixturevalue(f"{request.param}_lab")
    return found
