"""The page of a piece of long work: how far it is, cancel, what came of it, start again. Its owner's only."""

from flask import Blueprint, abort, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from audit_app.clock import now
from audit_app.refusal import Refused
from audit_app.web.guard import actor, reads_at_first, signed_in
from audit_app.work import operations, queries
from audit_app.work.forms import ButtonForm
from audit_app.work.kinds import KINDS
from audit_app.work.model import Job, State
from audit_app.work.progress import Position
from audit_app.work.situation import Seen, Situation, headline, situation

blueprint = Blueprint("work", __name__)
TOLD = "work.told"
TOLD_AT_MOST = 20


@blueprint.get("/jobs/<int(max=2147483647):job_id>")
@signed_in
def show(job_id: int) -> ResponseReturnValue:
    """How far a job is; once it is done, the page that shows what it made."""
    job = queries.job_or_404(job_id, actor())
    if job.state == State.DONE:
        _tell_once(job)
        return redirect(_leads_to(job), 303)
    return _page(job)


@blueprint.get("/jobs/<int(max=2147483647):job_id>/position")
@signed_in
def position(job_id: int) -> ResponseReturnValue:
    """How far a job is, for the page's script."""
    job = queries.job_or_404(job_id, actor())
    now_in, at = _situation(job), _position(job)
    return {
        "situation": now_in.value,
        "headline": headline(now_in, at),
        "done": at.done if at else 0,
        "total": at.total if at else None,
        "percent": at.percent if at else None,
        "words": at.words if at else "",
    }


@blueprint.post("/jobs/<int(max=2147483647):job_id>/cancel")
@signed_in
@reads_at_first
def cancel(job_id: int) -> ResponseReturnValue:
    """Cancel a job."""
    job = _confirmed(job_id)
    try:
        operations.cancel(job, by=actor().id)
    except Refused as refused:
        return _page(job, refused.refusal.reason), 422
    return redirect(url_for("work.show", job_id=job_id), 303)


@blueprint.post("/jobs/<int(max=2147483647):job_id>/start-again")
@signed_in
def start_again(job_id: int) -> ResponseReturnValue:
    """Start a job again that ended without being done."""
    job = _confirmed(job_id)
    try:
        operations.start_again(job, by=actor().id)
    except Refused as refused:
        return _page(job, refused.refusal.reason), 422
    return redirect(url_for("work.show", job_id=job_id), 303)


def _confirmed(job_id: int) -> Job:
    job = queries.job_or_404(job_id, actor())
    if not ButtonForm().validate():
        abort(400)
    return job


def _page(job: Job, refusal: str = "") -> str:
    now_in, at = _situation(job), _position(job)
    kind = KINDS.get(job.kind)
    return render_template(
        "work/show.html",
        job=job,
        now_in=now_in,
        at=at,
        headline=headline(now_in, at),
        repeatable=kind is not None and kind.repeatable and job.state != State.REFUSED,
        refusal=refusal,
    )


def _situation(job: Job) -> Situation:
    if State(job.state).ended:
        return Situation(job.state)
    workers = queries.living()
    return situation(
        Seen(
            state=job.state,
            waited_seconds=(now() - job.asked_at).total_seconds(),
            cancel_wished=queries.switchboard().is_wished(job.id),
            its_worker_lives=job.worker in workers,
            any_worker_lives=bool(workers),
        )
    )


def _position(job: Job) -> Position | None:
    return queries.switchboard().position(job.id) if job.state == State.RUNNING else None


def _tell_once(job: Job) -> None:
    """Say what came of it, but not again on every visit."""
    told = session.get(TOLD, [])
    if job.said and job.id not in told:
        flash(job.said)
        session[TOLD] = [*told, job.id][-TOLD_AT_MOST:]


def _leads_to(job: Job) -> str:
    if not job.go_to:
        return job.back
    return job.go_to if job.go_to.startswith("/") else url_for(job.go_to, **job.go_with)
