"""The demonstration authority for tests: loaded once a run, then copied for each test that asks for it."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from audit_app.clock import today
from audit_app.db import db
from audit_app.demonstration import operations
from audit_app.measures.operations import fold_all
from tests.serving import serve


@pytest.fixture(scope="session")
def demonstration_file(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Path:
    """An SQLite file in which the demonstration is loaded, shared by the workers of a run."""
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demonstration"
    place.mkdir(exist_ok=True)
    file = place / "audits.sqlite3"
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            loading = place / "loading.sqlite3"
            shutil.copy(migrated_file, loading)
            with serve(place, f"sqlite:///{loading}"):
                operations.load(today())
                db.session.commit()
                fold_all()
            loading.rename(file)
    return file


@pytest.fixture
def demonstration(tmp_path: Path, demonstration_file: Path) -> Iterator[Flask]:
    """The application on a copy of the demonstration of this test's own, within its context."""
    file = tmp_path / "audits.sqlite3"
    shutil.copy(demonstration_file, file)
    with serve(tmp_path, f"sqlite:///{file}") as served:
        yield served
