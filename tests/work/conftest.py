"""What the tests of long work share: an application whose work is done by workers, on each database."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from audit_app.db import db
from tests import make
from tests.work import labours

__all__ = ["gate", "labours", "owner", "worked_app"]


@pytest.fixture
def worked_app(either_app: Flask) -> Flask:
    """The application on each database in turn, leaving long work to a worker."""
    either_app.extensions["settings"] = replace(either_app.extensions["settings"], work="worker")
    return either_app


@pytest.fixture
def owner(worked_app: Flask) -> int:
    """Somebody who asks."""
    asks = make.authority().officer.id
    db.session.commit()
    return asks


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Path]:
    """A file at whose coming the work goes on."""
    place = tmp_path / "gate"
    yield place
    place.touch()
