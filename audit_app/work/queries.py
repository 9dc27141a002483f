"""What is asked of long work: one's own job, what waits, what was lost with its worker, who lives."""

import datetime as dt
import os
import platform
import secrets
import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from typing import cast

from flask import Flask, abort, current_app
from sqlalchemy import make_url, select

from audit_app.access.actor import Actor
from audit_app.clock import now
from audit_app.db import db
from audit_app.work.kinds import KINDS, PERIODIC, Periodic
from audit_app.work.liveness import lives, name_of
from audit_app.work.model import Job, State, Timetable
from audit_app.work.model.switchboard import Switchboard, on_file, on_postgres
from audit_app.work.times import Tried, due

FILE = "work.sqlite3"
LINE = "work.switchboard"
_making = threading.Lock()


def switchboard() -> Switchboard:
    """The line between the pages and the workers of this installation, made when it is first needed."""
    lines = current_app.extensions
    with _making:
        if LINE not in lines:
            lines[LINE] = _line()
        return cast(Switchboard, lines[LINE])


def hang_up(app: Flask) -> None:
    """Close an application's line, if it was ever opened."""
    if LINE in app.extensions:
        cast(Switchboard, app.extensions[LINE]).hang_up()


def _line() -> Switchboard:
    settings = current_app.extensions["settings"]
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        return on_file(settings.instance / FILE)
    return on_postgres(url.set(drivername="postgresql").render_as_string(hide_password=False))


def me() -> str:
    """This process as a worker."""
    return _name(os.getpid())


@cache
def _name(process: int) -> str:
    return name_of(platform.node(), process, secrets.token_hex(4))


def living() -> list[str]:
    """The workers that live."""
    signs = switchboard().signs()
    return [one for one in signs if _lives(one, signs, now())]


def _lives(worker: str, signs: dict[str, dt.datetime], moment: dt.datetime) -> bool:
    return lives(worker, signs, moment, machine=platform.node(), is_running=_is_running)


def _is_running(process: int) -> bool:
    with suppress(ProcessLookupError):
        try:
            os.kill(process, 0)
        except PermissionError:  # somebody else's: it runs
            return True
        return True
    return False


def job_or_404(job_id: int, actor: Actor) -> Job:
    """A job of one's own; everybody else's is not there."""
    job = db.session.get(Job, job_id)
    if job is None or job.owner_id != actor.id:
        abort(404)
    return job


def jobs(most: int = 30) -> Sequence[Job]:
    """The newest jobs, newest first."""
    return db.session.scalars(select(Job).order_by(Job.id.desc()).limit(most)).all()


def going_on(actor: Actor) -> Sequence[Job]:
    """What somebody asked for and that has not ended yet, newest first."""
    mine = select(Job).where(Job.owner_id == actor.id, Job.state.in_((State.WAITING, State.RUNNING)))
    return db.session.scalars(mine.order_by(Job.id.desc())).all()


def waiting() -> Sequence[int]:
    """The jobs that wait for a worker and that this program knows how to carry out, oldest first."""
    found = select(Job.id).where(Job.state == State.WAITING, Job.kind.in_(list(KINDS))).order_by(Job.id)
    return db.session.scalars(found).all()


def lost(in_hand: frozenset[str]) -> Sequence[Job]:
    """The jobs that are said to be running but whose worker lives no more, or knows nothing of them."""
    running = db.session.scalars(select(Job).where(Job.state == State.RUNNING).order_by(Job.id)).all()
    if not running:
        return []
    signs, moment, mine = switchboard().signs(), now(), me()
    return [
        job
        for job in running
        if (job.run not in in_hand if job.worker == mine else not _lives(job.worker or "::", signs, moment))
    ]


def timetable(name: str) -> Timetable | None:
    """When a periodic work was last done."""
    return db.session.get(Timetable, name)


def tried(name: str) -> Tried | None:
    """What came of a periodic work's times so far."""
    row = timetable(name)
    return Tried(row.done, row.tried, row.tries, row.failed_at) if row else None


def overdue() -> list[Periodic]:
    """The periodic works whose time has come, or that nobody has seen yet."""
    moment = now()
    return [one for one in PERIODIC.values() if not (seen := tried(one.name)) or due(one.times, seen, moment)]


def anything_to_do(in_hand: frozenset[str]) -> bool:
    """Whether a worker should look."""
    return bool(waiting() or overdue() or lost(in_hand))
