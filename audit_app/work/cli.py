"""Commands for whoever looks after the service: carry out long work, and see what waits."""

import click
from flask import current_app
from flask.cli import AppGroup

from audit_app.clock import LONDON, now
from audit_app.db import reading
from audit_app.work import queries
from audit_app.work.kinds import PERIODIC
from audit_app.work.model import Job, State, Timetable
from audit_app.work.operations.worker import run, usual_threads

work = AppGroup("work", help="Carry out long work (imports, reports, mail), and see how it stands.")


@work.command("run")
@click.option("--threads", type=click.IntRange(1, 16), help="How many jobs at once. Usually 1 on SQLite, else 2.")
def run_worker(threads: int | None) -> None:
    """Be a worker until told to end (Ctrl-C, SIGTERM); the job at hand is put back."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    run(app, threads or usual_threads())


@work.command("list")
@click.option("--most", type=click.IntRange(1, 1000), default=30, show_default=True, help="How many jobs to show.")
def show(most: int) -> None:
    """List workers, the newest jobs, and when periodic work was last done."""
    with reading():
        workers = queries.living()
        click.echo(f"Workers: {', '.join(sorted(workers)) or 'none. Start one: flask work run'}")
        found = queries.jobs(most)
        click.echo("\nJobs, newest first:" if found else "\nNo jobs yet.")
        for job in found:
            click.echo(f"  {job.id:>6}  {_when(job):<16}  {_state(job)}  {job.title} ({job.kind})")
        click.echo("\nPeriodic work:" if PERIODIC else "\nNo periodic work.")
        for name, one in sorted(PERIODIC.items()):
            click.echo(f"  {name}, {one.times.words}: {_last(queries.timetable(name))}")


def _when(job: Job) -> str:
    return f"{job.asked_at.astimezone(LONDON):%Y-%m-%d %H:%M}"


def _state(job: Job) -> str:
    position = queries.switchboard().position(job.id) if job.state == State.RUNNING else None
    words = [job.state, f"({position.words})" if position else "", f"[{job.reference}]" if job.reference else ""]
    return " ".join(word for word in words if word)


def _last(row: Timetable | None) -> str:
    if row is None or row.ended_at is None:
        last = "not done yet"
    else:
        last = f"last done {row.ended_at.astimezone(LONDON):%Y-%m-%d %H:%M}"
    if row is not None and row.reference and row.failed_at and row.failed_at <= now():
        last += f"; failed {row.failed_at.astimezone(LONDON):%Y-%m-%d %H:%M}, reference {row.reference}"
    return last
