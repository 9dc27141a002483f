"""Carrying long work out: claimed once, done in one transaction with the note that it is done, or not at all."""

import logging
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask import current_app
from sqlalchemy import event, text, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session, SessionTransaction

from audit_app.clock import now
from audit_app.db import db, only_read, reading, waiting_at_most
from audit_app.refusal import Refused, Stale
from audit_app.web.errors import where_it_broke
from audit_app.work import queries
from audit_app.work.kinds import KINDS, Kind
from audit_app.work.model import Job, State
from audit_app.work.progress import Cancelled, Interrupted, Position, Progress, PutBack

log = logging.getLogger("audit_app.work")
MOST_TRIES = 3
WRITER_WAITS_SECONDS = 120.0  # work is patient; people are not
LOST = "The computer that did this stopped in the middle. Nothing was changed."
LOST_OFTEN = f"This was started {MOST_TRIES} times, and its computer stopped each time. Nothing was changed."
MAYBE_DONE = "The computer that did this stopped in the middle. Some of it may have been done."
FAILED = "A fault of the service ended this. Nothing was changed."
UNAVAILABLE = "The database was not available for long enough. Nothing was changed."
_in_hand: set[str] = set()
Stopping = Callable[[], bool]


class Overtaken(Exception):
    """Another worker was given this job meanwhile: what was done here must not be kept."""


def in_hand() -> frozenset[str]:
    """The tries that this process is at."""
    return frozenset(_in_hand)


def never() -> bool:
    """A worker that never has to end."""
    return False


def carry_out_waiting(stopping: Stopping = never) -> int:
    """Carry out what waits, oldest first, until nothing waits or this worker has to end; how many it took up.

    Outside a request, call it with no transaction open.
    """
    count = 0
    while not stopping() and carry_out_next(stopping):
        count += 1
    return count


def carry_out_next(stopping: Stopping = never) -> bool:
    """Carry out the oldest job that waits and that nobody else takes up; whether there was one."""
    with current_app.app_context(), reading():
        found = queries.waiting()
    return any(carry_out(job_id, stopping) for job_id in found)


def carry_out(job_id: int, stopping: Stopping = never) -> bool:
    """Carry one job out, if nobody else has taken it up; it keeps all of its work or nothing."""
    run = secrets.token_hex(8)
    _in_hand.add(run)
    try:
        with writing():
            claimed = _claim(job_id, run)
        if claimed is not None:
            kind, given, owner = claimed
            line = queries.switchboard()
            progress = Progress(
                lambda position: _tell(job_id, position), lambda: _why_to_end(job_id, stopping), owner=owner
            )
            line.give_sign(queries.me(), now())
            _try(job_id, run, kind, given, progress)
            line.forget(job_id)
        return claimed is not None
    finally:
        _in_hand.discard(run)


def _tell(job_id: int, position: Position) -> None:
    line = queries.switchboard()
    line.note(job_id, position)
    line.give_sign(queries.me(), now())


def _why_to_end(job_id: int, stopping: Stopping) -> type[Interrupted] | None:
    if queries.switchboard().is_wished(job_id):
        return Cancelled
    return PutBack if stopping() else None


@contextmanager
def writing() -> Iterator[Session]:
    """A transaction of its own, in a session of its own."""
    with current_app.app_context():
        only_read(False)
        session = db.session()
        event.listen(session, "after_begin", _without_limit)
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise


def _without_limit(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    # A person's request may not sit on its locks for a minute; work that reckons between two statements may.
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))


def _claim(job_id: int, run: str) -> tuple[Kind, dict[str, Any], int] | None:
    """Take a job up, unless somebody else did; a wish to cancel that came first is carried out instead."""
    wished = queries.switchboard().is_wished(job_id)
    found = db.session.execute(
        update(Job)
        .where(Job.id == job_id, Job.state == State.WAITING, Job.kind.in_(list(KINDS)))
        .values(
            {"state": State.CANCELLED, "ended_at": now()}
            if wished
            else {
                "state": State.RUNNING,
                "started_at": now(),
                "worker": queries.me(),
                "run": run,
                "tries": Job.tries + 1,
            }
        )
        .returning(Job.kind, Job.given, Job.owner_id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return None if found is None or wished else (KINDS[found.kind], found.given, found.owner_id)


def _try(job_id: int, run: str, kind: Kind, given: Mapping[str, Any], progress: Progress) -> None:
    try:
        with waiting_at_most(WRITER_WAITS_SECONDS), writing():
            progress.end_if_asked()
            outcome = kind.function(progress, **given) or {}
            progress.end_if_asked()
            _finish(job_id, run, outcome)
    except Cancelled:
        _end(job_id, run, State.CANCELLED)
    except PutBack:
        _end(job_id, run, State.WAITING, tries=Job.tries - 1)
    except Overtaken:
        log.warning("job %s was taken up by another worker; nothing of this try was kept", job_id)
    except Exception as error:  # noqa: BLE001  whatever the work raises ends the job, and only the job
        if isinstance(error, (Refused, Stale, *kind.refusals)):
            _end(job_id, run, State.REFUSED, said=str(error))
        elif _is_unavailable(error):
            log.error("job %s: the database is not available: %s", job_id, type(error).__name__)
            _put_back(job_id, run, UNAVAILABLE)
        else:
            reference = secrets.token_hex(4).upper()
            log.error("job %s failed, reference %s\n%s", job_id, reference, where_it_broke(error))
            _end(job_id, run, State.FAILED, said=FAILED, reference=reference)


def _is_unavailable(error: Exception) -> bool:
    return isinstance(error, OperationalError | InterfaceError) or (
        isinstance(error, DBAPIError) and error.connection_invalidated
    )


def _finish(job_id: int, run: str, outcome: Mapping[str, Any]) -> None:
    """Note with the work itself that it is done, and where that can be seen: a path, or an endpoint with its values."""
    if (go_to := str(outcome.get("go_to", ""))) and not go_to.startswith("/"):
        current_app.url_map.bind("localhost").build(go_to, outcome.get("with", {}))  # a page that is none is a fault
    values = {
        "said": str(outcome.get("said", "")),
        "go_to": go_to,
        "go_with": dict(outcome.get("with", {})),
    }
    if not _note(job_id, run, State.DONE, **values):
        raise Overtaken


def _note(job_id: int, run: str, state: State, **values: Any) -> bool:
    """Write how a try ended, if it is still this try's to say."""
    ended = {"worker": None, "run": None} if state is State.WAITING else {"ended_at": now()}
    done = db.session.execute(
        update(Job)
        .where(Job.id == job_id, Job.run == run, Job.state == State.RUNNING)
        .values(state=state, **ended, **values)
        .execution_options(synchronize_session=False)
    )
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]


def _end(job_id: int, run: str, state: State, **values: Any) -> None:
    """Write how a try ended, in a transaction of its own; what cannot be written now is found lost later."""
    try:
        with writing():
            _note(job_id, run, state, **values)
    except SQLAlchemyError as error:
        log.error("how job %s ended could not be noted: %s", job_id, type(error).__name__)


def _put_back(job_id: int, run: str, reason: str) -> None:
    """Let a job begin again by itself where that is safe and has not failed too often; else it stops, and says why."""
    try:
        with writing() as session:
            job = session.get(Job, job_id)
            if job is None or job.run != run or job.state != State.RUNNING:
                return
            kind = KINDS.get(job.kind)
            if queries.switchboard().is_wished(job_id):
                _note(job_id, run, State.CANCELLED)
            elif kind is None or not kind.repeatable:
                _note(job_id, run, State.STOPPED, said=MAYBE_DONE)
            elif job.tries < MOST_TRIES:
                _note(job_id, run, State.WAITING)
            else:
                _note(job_id, run, State.STOPPED, said=LOST_OFTEN if reason == LOST else reason)
    except SQLAlchemyError as error:
        log.error("job %s could not be put back: %s", job_id, type(error).__name__)


def put_back_lost() -> None:
    """Put back what was running when its worker ended."""
    with current_app.app_context(), reading():
        found = [(job.id, job.run or "") for job in queries.lost(in_hand())]
    for job_id, run in found:
        log.warning("job %s lost its worker", job_id)
        _put_back(job_id, run, LOST)
