"""Commands for the counts that are kept: take in what changed, make them anew, check them against the ledger."""

import click
from flask.cli import AppGroup

from audit_app.db import db, reading
from audit_app.measures import operations
from audit_app.measures.queries.facts import unfolded
from audit_app.web.formats import plural
from audit_app.work.bar import bar

SHOWN = 20

measures = AppGroup("measures", help="The counts that the pages of figures are made from.")


@measures.command("fold")
def fold() -> None:
    """Take what changed into the counts now; the worker does so every minute. To run it again does no harm."""
    count = len(unfolded())
    db.session.rollback()
    operations.fold_all()
    click.echo(f"Taken in: {plural(count, 'audit')}.")


@measures.command("rebuild")
def rebuild() -> None:
    """Make the counts anew from the ledger while people work. May be stopped and run again."""
    with bar("Counting anew") as progress:
        mended = operations.rebuild(progress)
    click.echo(f"Counted anew. {plural(mended, 'audit was', 'audits were')} counted otherwise before.")


@measures.command("verify")
def verify() -> None:
    """Recount everything from the ledger; ends with 1 when the counts say something else."""
    with reading(), bar("Recounting") as progress:
        found = list(operations.verify(progress))
        waiting = len(unfolded())
        db.session.rollback()
    for one in found[:SHOWN]:
        click.echo(f"Difference: {one.where}: kept {one.kept}, counted {one.counted}")
    if len(found) > SHOWN:
        click.echo(f"And {len(found) - SHOWN:,} more differences.")
    if waiting:
        click.echo(f"Not taken in yet: {plural(waiting, 'audit')}. Figures count them all the same.")
    if found:
        click.echo("Make the counts anew: flask measures rebuild")
        raise SystemExit(1)
    click.echo("No differences.")
