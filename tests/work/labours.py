"""Kinds of work that only tests ask for, and a real worker process that knows them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import text

from audit_app.db import db, only_read, reading
from audit_app.organisation import operations as organisation
from audit_app.organisation.model import Unit
from audit_app.refusal import Refusal, Refused
from audit_app.work.model import Job
from audit_app.work.operations import carries_out, periodic
from audit_app.work.progress import Progress
from tests.house.rooms import ROOT

PATIENCE_SECONDS = 60.0
OUR_OWN_WORDS = "words that no log may repeat"


class TooOdd(Exception):
    """A refusal of a kind's own."""


@carries_out("tests.count", refusals=(TooOdd,))
def count(
    progress: Progress, *, name: str, to: int, pause: float = 0.0, odd: bool = False, gate: str = ""
) -> dict[str, Any]:
    """Make a unit, then count; wait at the gate, if there is one, until its file is there."""
    organisation.add(name, "authority", None, by=None)
    for number in range(to):
        progress.step(number, to, "rows")
        time.sleep(pause)
        while gate and not Path(gate).exists():
            progress.step(number, to, "rows")
            time.sleep(0.05)
    if odd:
        raise TooOdd("That number is odd.")
    return {"go_to": "organisation.index", "said": f"{name} is there."}


@carries_out("tests.once", repeatable=False)
def once(progress: Progress, *, name: str, to: int, gate: str = "") -> None:
    """The same, but nobody may simply start it again."""
    count(progress, name=name, to=to, gate=gate)


@carries_out("tests.refuse")
def refuse(progress: Progress, *, name: str) -> None:
    """Do half of it, then say no."""
    organisation.add(name, "authority", None, by=None)
    raise Refused(Refusal("The list is from the future."))


@carries_out("tests.fail")
def fail(progress: Progress, *, name: str) -> None:
    """Do half of it, then break."""
    organisation.add(name, "authority", None, by=None)
    raise ValueError(OUR_OWN_WORDS)


@carries_out("tests.lose_the_database")
def lose_the_database(progress: Progress, *, mark: str) -> None:
    """The first time, lose the connection in the middle (PostgreSQL only)."""
    organisation.add("Lost and found", "authority", None, by=None)
    if not Path(mark).exists():
        Path(mark).touch()
        db.session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))


MARKS = Path(os.environ.get("TESTS_WORK_MARKS", "/nonexistent"))


@periodic("tests.beat", minutes=1)
def beat() -> None:
    """Add a unit every minute, if this test wants it."""
    if (MARKS / "beat").exists():
        organisation.add("Beat", "authority", None, by=None)


def units(name: str) -> int:
    """How many units of a name there are."""
    with db.session.no_autoflush:
        found = len(db.session.scalars(db.select(Unit.id).where(Unit.name == name)).all())
    db.session.rollback()
    return found


def state_of(job_id: int) -> str:
    """Where a job stands now."""
    with reading():
        found: str = db.session.scalars(db.select(Job.state).where(Job.id == job_id)).one()
        db.session.rollback()
    only_read(False)
    return found


def until(true: Callable[[], object], what: str) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < end, f"waited in vain until {what}"
        time.sleep(0.05)


def environment_of(app: Flask, **more: str) -> dict[str, str]:
    """The settings of an application, for a process beside it."""
    settings = app.extensions["settings"]
    return os.environ | {
        "AUDIT_ENVIRONMENT": "test",
        "DATABASE_URL": settings.database_url,
        "INSTANCE": str(settings.instance),
        "WORK": "worker",
        "PYTHONPATH": str(ROOT),
        **more,
    }


@contextmanager
def worker(app: Flask, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process, ended when the test ends; what it says is kept in the instance folder."""
    said = (Path(app.extensions["settings"].instance) / "worker.log").open("ab")
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "tests.work.serving", "work", "run"],
        cwd=ROOT,
        env=environment_of(app, **more),
        stdout=said,
        stderr=said,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        said.close()


def said_by_worker(app: Flask) -> str:
    """What workers wrote to their log."""
    return (Path(app.extensions["settings"].instance) / "worker.log").read_text()
