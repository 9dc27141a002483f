"""Asking for long work, cancelling it, and starting it again."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, has_request_context
from sqlalchemy import event, update
from sqlalchemy.orm import Session, SessionTransaction

from audit_app.clock import now
from audit_app.db import db, only_read
from audit_app.refusal import Refusal, Refused
from audit_app.web.transaction import afterwards
from audit_app.work.kinds import KINDS, carries_out, periodic
from audit_app.work.model import Job, State
from audit_app.work.operations.carrying_out import carry_out_waiting
from audit_app.work.operations.tidying import tidy
from audit_app.work.queries import switchboard

__all__ = ["ask", "cancel", "carries_out", "carry_out_waiting", "periodic", "start_again", "tidy"]
ASKED = "work.asked"


def connect() -> None:
    """Ring for a worker whenever a transaction has ended in which work was asked for; harmless when said again."""
    if not event.contains(db.session, "after_transaction_end", _ring_when_kept):
        event.listen(db.session, "after_transaction_end", _ring_when_kept)


def _ring_when_kept(session: Session, ended: SessionTransaction) -> None:
    if ended.parent is None and session.info.pop(ASKED, None):
        switchboard().ring()  # also after a rollback: a worker that finds nothing sleeps on


def ask(kind: str, given: Mapping[str, Any], *, title: str, back: str, owner: int) -> Job:
    """Ask for long work, within the transaction at hand: it begins once that is kept, or never.

    `given` are the keywords of the function that carries it out, as JSON. `title` says what is done ("Load the case
    list of June"), `back` is the path of the page it was asked on. Send the person to `work.show` with the job's id.
    """
    if kind not in KINDS:
        raise LookupError(f"nothing carries out {kind}")
    job = Job(kind=kind, title=title, given=dict(given), back=_local(back), owner_id=owner, asked_at=now())
    db.session.add(job)
    db.session.flush()
    _begin_when_kept()
    return job


def _begin_when_kept() -> None:
    if not current_app.extensions["settings"].works_at_once:
        db.session().info[ASKED] = True
    elif has_request_context():
        afterwards(_carry_out_now)


def _carry_out_now() -> None:
    carry_out_waiting()


def cancel(job: Job, *, by: int) -> None:
    """Cancel a job: one that waits ends now; one that runs ends at its next step, and keeps nothing.

    Called with nothing written yet: a job that runs may hold the only writer, and nobody can wait for it here.
    """
    job_id, state = job.id, State(job.state)
    refuse_foreign(job, by)
    if state.ended:
        raise Refused(Refusal("It had ended before it could be cancelled."))
    noted = switchboard().wish(job_id)
    if state is State.WAITING:
        db.session.rollback()
        only_read(False)
        db.session.execute(
            update(Job)
            .where(Job.id == job_id, Job.state == State.WAITING)
            .values(state=State.CANCELLED, ended_at=now())
            .execution_options(synchronize_session=False)
        )
    elif not noted:
        raise Refused(Refusal("The worker could not be reached, so this was not cancelled. Try again in a minute."))


def start_again(job: Job, *, by: int) -> None:
    """Start a job again that ended without being done: from its beginning, since it kept nothing."""
    refuse_foreign(job, by)
    kind = KINDS.get(job.kind)
    if kind is None or not kind.repeatable:
        raise Refused(Refusal("This cannot simply be started again. Go back and check what was done first."))
    if job.state == State.REFUSED:
        raise Refused(Refusal("It would be refused again. Go back, put right what it says, and ask for it anew."))
    if not State(job.state).ended or job.state == State.DONE:
        raise Refused(Refusal("It was started again already, or it is done."))
    switchboard().forget(job.id)
    job.state, job.tries, job.asked_at = State.WAITING, 0, now()
    job.started_at = job.ended_at = job.worker = job.run = None
    job.said = job.reference = ""
    db.session.flush()
    _begin_when_kept()


def refuse_foreign(job: Job, by: int) -> None:
    """Only who asked for a job decides about it."""
    if job.owner_id != by:
        raise Refused(Refusal("Somebody else asked for this."))


def _local(path: str) -> str:
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError(f"{path!r} is not a path of this service")
    return path
