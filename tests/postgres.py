"""A real PostgreSQL for the tests: one server for a whole run, shared by its workers; databases copied from a template.

Where it comes from: DATABASE_URL_TEST if set, else the server's programs of this machine, else those of a wheel.
"""

import fcntl
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import flask_migrate
import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from audit_app import create_app
from audit_app.db import db
from config import settings
from tools.setup.postgres import WHAT_TO_DO, programs

PLACE = "CASE_AUDIT_TEST_POSTGRES"
PREFIX = "case-audit-pg-"
# This server only has to be quick, not to survive a power cut. Commits stay synchronous, as the service asks.
QUICK = "-c fsync=off -c full_page_writes=off -c autovacuum=off -c max_connections=200 -c shared_buffers=64MB"
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Server:
    """A running server on which this test run may make and drop databases of its own."""

    url: str
    place: Path

    def named(self, database: str) -> str:
        """The address of one of its databases."""
        return make_url(self.url).set(database=database).render_as_string(hide_password=False)

    def say(self, command: str, **names: str) -> None:
        """Carry out one command on the server; names are quoted as names."""
        words = sql.SQL(command).format(**{key: sql.Identifier(name) for key, name in names.items()})
        with psycopg.connect(_for_psycopg(self.url), autocommit=True) as connection:
            connection.execute(words)

    def create(self, template: str = "template0") -> str:
        """Make a database that is a copy of another (by default empty); its address."""
        name = f"{self.place.name}-{os.getpid()}-{next(_numbers)}"
        self.say("CREATE DATABASE {name} TEMPLATE {template}", name=name, template=template)
        return self.named(name)

    def drop(self, url: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self.say("DROP DATABASE IF EXISTS {name} WITH (FORCE)", name=str(make_url(url).database))

    def template(self, label: str, prepare: Callable[[str], object]) -> str:
        """The name of a database that was prepared once in this run, to copy from; nobody may be connected to it."""
        name = f"{self.place.name}-{label}"
        done = self.place / f"{label}.prepared"
        with _alone(self.place / "lock"):
            if not done.exists():
                self.say("DROP DATABASE IF EXISTS {name} WITH (FORCE)", name=name)
                self.say("CREATE DATABASE {name} TEMPLATE template0", name=name)
                prepare(self.named(name))
                self.say("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false", name=name)
                done.touch()
        return name

    def forget(self) -> None:
        """Drop every database that this run made."""
        with psycopg.connect(_for_psycopg(self.url), autocommit=True) as connection:
            rows = connection.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE %s", (f"{self.place.name}-%",)
            )
            for (name,) in rows.fetchall():
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _for_psycopg(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Within it, no other worker of this run is inside."""
    with file.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _account() -> dict[str, Any]:
    """Whose process the server is: one's own, or, since it refuses to be root's, that of an account without rights."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    chosen = known.get("postgres") or known["nobody"]
    return {"user": chosen.pw_uid, "group": chosen.pw_gid, "extra_groups": []}


def _command(command: list[str], place: Path, account: dict[str, Any]) -> bool:
    """Whether a server's program does its work; what it says is kept beside the server's data."""
    with (place / "said").open("a") as said:
        ended = subprocess.run(
            command, cwd=place, stdin=subprocess.DEVNULL, stdout=said, stderr=said, timeout=120, **account
        )
    return ended.returncode == 0


def _within_reach(folder: Path, place: Path, account: dict[str, Any]) -> Path:
    """The server's programs where its account can run them: a wheel may lie in a folder that only root may enter."""
    try:
        if _command([str(folder / "initdb"), "--version"], place, account):
            return folder
    except OSError:
        pass
    copy = place / "programs"
    if not copy.exists():
        shutil.copytree(folder.parent, copy, symlinks=True)
    return copy / folder.name


def start(place: Path) -> str:
    """Start a server of this machine's programs in an empty place; its address."""
    found = programs()
    if found is None:
        raise RuntimeError(WHAT_TO_DO)
    account = _account()
    if account:
        os.chown(place, account["user"], account["group"])
    folder = _within_reach(found, place, account)
    data = place / "data"
    initdb = [
        str(folder / "initdb"),
        "-D",
        str(data),
        "-U",
        "tests",
        "-A",
        "trust",
        "-N",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    ]
    options = f"-h '' -k {place} {QUICK}"
    run = [str(folder / "pg_ctl"), "-D", str(data), "-w", "-s", "-l", str(place / "log"), "-o", options, "start"]
    for command in (initdb, run):
        if not _command(command, place, account):
            told = "\n".join(file.read_text() for file in (place / "said", place / "log") if file.exists())
            raise RuntimeError(f"PostgreSQL did not start.\n{told}\n{WHAT_TO_DO}")
    (place / "stop").write_text(str(folder / "pg_ctl"))
    return f"postgresql+psycopg://tests@/postgres?host={place}"


def stop(place: Path) -> None:
    """Stop the server that was started in a place, and leave nothing of it."""
    note = place / "stop"
    if note.exists():
        _command([note.read_text(), "-D", str(place / "data"), "-m", "immediate", "-s", "stop"], place, _account())
    shutil.rmtree(place, ignore_errors=True)


def _sweep() -> None:
    """Stop the servers of earlier runs that were ended before they could do it themselves."""
    for place in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = place.name.removeprefix(PREFIX).split("-")[0]
        if owner.isdecimal() and not Path(f"/proc/{owner}").exists() and Path("/proc/self").exists():
            stop(place)


def pytest_configure(config: pytest.Config) -> None:
    """Choose one place for the run's server; the workers are told through the environment."""
    if not hasattr(config, "workerinput"):
        _sweep()
        os.environ[PLACE] = tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server when the whole run has ended."""
    if not hasattr(config, "workerinput") and (given := os.environ.pop(PLACE, None)):
        place = Path(given)
        if os.environ.get("DATABASE_URL_TEST") and (place / "url").exists():
            Server((place / "url").read_text(), place).forget()
        stop(place)


@pytest.fixture(scope="session")
def postgres_server() -> Server:
    """The run's server, started by the first test that asks for it."""
    place = Path(os.environ[PLACE])
    note = place / "url"
    with _alone(place / "lock"):
        if not note.exists():
            note.write_text(os.environ.get("DATABASE_URL_TEST") or start(place))
    return Server(note.read_text(), place)


def migrate(url: str, instance: Path) -> None:
    """Bring an empty database to the newest schema, as `flask db upgrade` does."""
    environment = {"AUDIT_ENVIRONMENT": "test", "DATABASE_URL": url, "INSTANCE": str(instance)}
    app = create_app(settings(environment))
    with app.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of the migrated, empty database that tests get copies of."""
    instance = tmp_path_factory.mktemp("migrating")
    return postgres_server.template("migrated", lambda url: migrate(url, instance))


@pytest.fixture
def postgres_url(postgres_server: Server, postgres_template: str) -> Iterator[str]:
    """The address of a migrated database of this test's own."""
    url = postgres_server.create(postgres_template)
    yield url
    postgres_server.drop(url)


@pytest.fixture
def empty_postgres_url(postgres_server: Server) -> Iterator[str]:
    """The address of an empty database of this test's own, for tests of the migrations themselves."""
    url = postgres_server.create()
    yield url
    postgres_server.drop(url)
