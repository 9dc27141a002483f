"""Where generated authorities are kept: SQLite files and a PostgreSQL server of our own, in one folder."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import flask_migrate
import psycopg
from flask import Flask
from psycopg import sql

from audit_app import create_app
from audit_app.db import db
from benchmarks.authority import generate
from config import settings
from tools.setup.postgres import programs

OPTIONS = "-c shared_buffers=256MB -c max_connections=60 -c max_wal_size=4GB"


def account() -> dict[str, Any]:
    """Whose process the server is: it refuses to be root's."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    chosen = known.get("postgres") or known["nobody"]
    return {"user": chosen.pw_uid, "group": chosen.pw_gid, "extra_groups": []}


class Places:
    """A folder of generated authorities, each made when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server: Path | None = None

    def app(self, audits: int, *, postgres: bool = False) -> Flask:
        """The application on an authority of so many audits."""
        place = self._folder / f"{'postgres' if postgres else 'sqlite'}-{audits}"
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        app = create_app(settings(self.environment(place, postgres=postgres)))
        done = place / "generated"
        if not done.exists():
            with app.app_context():
                flask_migrate.upgrade()
            generate(app, audits)
            done.touch()
        return app

    def environment(self, place: Path, *, postgres: bool = False) -> dict[str, str]:
        """The settings of the application in a place."""
        given = {"AUDIT_ENVIRONMENT": "demonstration", "INSTANCE": str(place)}  # as served, unlike a test
        return given | ({"DATABASE_URL": self._database(place.name)} if postgres else {})

    def fresh(self, audits: int, name: str, *, postgres: bool = False) -> Flask:
        """The application on a copy of such an authority, to be written to."""
        with self.app(audits, postgres=postgres).app_context():
            db.session.remove()
            db.engine.dispose()
        kind = "postgres" if postgres else "sqlite"
        place, of = self._folder / f"{kind}-{name}", self._folder / f"{kind}-{audits}"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(mode=0o700)
        if postgres:
            self._say("drop database if exists {} with (force)", place.name)
            self._say("create database {} template {} strategy file_copy", place.name, of.name)
        else:
            shutil.copy(of / "audits.sqlite3", place / "audits.sqlite3")
        return create_app(settings(self.environment(place, postgres=postgres)))

    @property
    def has_postgres(self) -> bool:
        """Whether this machine has a PostgreSQL server's programs."""
        return programs() is not None

    def _database(self, name: str) -> str:
        socket = self._start()
        with psycopg.connect(f"postgresql://bench@/postgres?host={socket}", autocommit=True) as connection:
            there = connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone()
        if there is None:
            self._say("create database {} template template0", name)
        return f"postgresql+psycopg://bench@/{name}?host={socket}"

    def _say(self, words: str, *names: str) -> None:
        with psycopg.connect(f"postgresql://bench@/postgres?host={self._start()}", autocommit=True) as connection:
            connection.execute(sql.SQL(words).format(*map(sql.Identifier, names)))

    def _start(self) -> Path:
        if self._server is None:
            found = programs()
            if found is None:
                raise SystemExit("There is no PostgreSQL server's programs on this machine.")
            place = self._folder / "server"
            place.mkdir(exist_ok=True)
            self._folder.chmod(0o711)
            if given := account():
                os.chown(place, given["user"], given["group"])
            data = place / "data"
            if not data.exists():
                self._run([str(found / "initdb"), "-D", str(data), "-U", "bench", "-A", "trust", "--locale=C.UTF-8"])
            control = [str(found / "pg_ctl"), "-D", str(data), "-w", "-s"]
            if not self._runs([*control, "status"]):  # a run that was broken off may have left it
                self._run([*control, "-l", str(place / "log"), "-o", f"-h '' -k {place} {OPTIONS}", "start"])
            self._server = place
        return self._server

    def _run(self, command: list[str]) -> None:
        if not self._runs(command):
            raise SystemExit(f"PostgreSQL did not do its work; {self._folder / 'server'} says why.")

    def _runs(self, command: list[str]) -> bool:
        place = self._folder / "server"
        with (place / "said").open("a") as said:
            return subprocess.run(command, cwd=place, stdout=said, stderr=said, **account()).returncode == 0

    def end(self) -> None:
        """Stop the server, if it was started."""
        found = programs()
        if self._server is not None and found is not None:
            self._run([str(found / "pg_ctl"), "-D", str(self._server / "data"), "-m", "fast", "-s", "-w", "stop"])
            self._server = None


@contextmanager
def places(kept: Path | None) -> Iterator[Places]:
    """Within it, authorities can be had; afterwards they are gone, unless a folder to keep them in was named."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        found = Places(kept.resolve())
        try:
            yield found
        finally:
            found.end()
        return
    with tempfile.TemporaryDirectory(prefix="case-audit-bench-") as folder:
        found = Places(Path(folder))
        try:
            yield found
        finally:
            found.end()
