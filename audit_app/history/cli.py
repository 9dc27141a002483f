"""Commands that check the history, and that take a checkpoint to be kept where the database's owner cannot reach."""

from pathlib import Path

import click
from flask.cli import AppGroup

from audit_app.clock import now
from audit_app.db import reading
from audit_app.history import checkpoint, operations, queries

ORIGIN = "case-audit-history"

history = AppGroup("history", help="Check the record of what happened, and take checkpoints of it.")


@history.command("verify")
@click.option(
    "--checkpoints",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of checkpoints that was kept outside the database.",
)
def verify(checkpoints: Path | None) -> None:
    """Check every entry from the first to the last; ends with 1 when something is wrong."""
    try:
        kept = checkpoint.parse(checkpoints.read_text("utf-8")) if checkpoints else []
    except ValueError as wrong:
        raise click.BadParameter(str(wrong), param_hint="--checkpoints") from wrong
    findings = operations.examine(kept)
    click.echo(
        f"Checked {findings.entries:,} entries, {findings.payloads:,} payloads ({findings.erased:,} more were erased,"
        f" with an entry that says so) and {findings.checkpoints:,} outside checkpoints."
    )
    click.echo(f"Size {findings.entries}, root {findings.root}")
    for problem in findings.problems:
        click.echo(f"Problem: {problem}")
    if findings.unlisted:
        click.echo(f"And {findings.unlisted:,} more problems.")
    if findings.problems:
        raise SystemExit(1)
    click.echo("No problems.")
    if not kept:
        click.echo("Without outside checkpoints this cannot show that the whole history was rewritten.")


@history.command("checkpoint")
@click.option("--origin", envvar="HISTORY_ORIGIN", default=ORIGIN, show_default=True, help="Whose history this is.")
def take(origin: str) -> None:
    """Print a checkpoint (unsigned). Send it out of the database: a copy kept beside it proves nothing."""
    with reading():
        size, root = queries.checkpoint()
    try:
        click.echo(checkpoint.take(origin, size, root, now()))
    except ValueError as wrong:
        raise click.BadParameter(str(wrong), param_hint="--origin") from wrong
