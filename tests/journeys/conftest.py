"""What the journeys share: one prepared authority, a server for each story, and people in three ways of using it."""

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from audit_app import create_app
from audit_app.db import db, only_read
from tests.journeys.looking import Face, Watch
from tests.journeys.person import Cast, Way
from tests.journeys.serving import Served
from tests.journeys.world import World, build
from tests.serving import settings_of


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> World:
    """The authority of the journeys, in a file to copy from."""
    place = tmp_path_factory.mktemp("world")
    file = place / "audits.sqlite3"
    shutil.copy(migrated_file, file)
    app = create_app(settings_of(place, f"sqlite:///{file}"))
    with app.app_context():
        only_read(False)
        made = build(file)
        db.session.remove()
        db.engine.dispose()
    return made


@pytest.fixture
def served(tmp_path: Path, world: World) -> Iterator[Served]:
    """The service with a database of this story's own."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    file = tmp_path / "audits.sqlite3"
    shutil.copy(world.file, file)
    running = Served(create_app(settings_of(tmp_path, f"sqlite:///{file}")), world)
    yield running
    running.stop()
    assert running.broken == [], "\n".join(running.broken)


@pytest.fixture(params=list(Way), ids=lambda way: way.value)
def way(request: pytest.FixtureRequest) -> Way:
    """How the people of this story use the service."""
    chosen: Way = request.param
    return chosen


@pytest.fixture(scope="module")
def looked_at() -> dict[bool, set[Face]]:
    """The pages that were looked at in this story, with and without scripts: the same page needs no second look."""
    return {True: set(), False: set()}


@pytest.fixture
def cast(browser: Browser, served: Served, way: Way, looked_at: dict[bool, set[Face]]) -> Iterator[Cast]:
    """The people of this story; when it is over, everything that was wrong on any page is told."""
    watch = Watch(served.app, Axe(), looked_at[way is not Way.PLAIN])
    people = Cast(browser, way, watch, served.address, {key: email for key, (_, email) in served.world.people.items()})
    yield people
    people.go_home()
    watch.complain()
