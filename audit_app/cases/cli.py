"""Commands that load case lists, for a machine that does it every month."""

import json
from datetime import datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from audit_app.cases import operations
from audit_app.cases.container import Unreadable
from audit_app.clock import today
from audit_app.db import db
from audit_app.organisation.model import Kind, Unit
from audit_app.refusal import Refused

cases = AppGroup("cases", help="Load case lists.")


@cases.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--authority", "authority_id", type=int, required=True, help="The number of the authority’s unit.")
@click.option("--taken-on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="When the list was taken.")
@click.option("--json", "as_json", is_flag=True, help="Say what was read in JSON.")
def load(file: Path, authority_id: int, taken_on: datetime, as_json: bool) -> None:
    """Load a case list; ends with 1 when it cannot be read. The same file twice changes nothing."""
    authority = db.session.get(Unit, authority_id)
    if authority is None or authority.kind != Kind.AUTHORITY:
        raise click.BadParameter(f"Unit {authority_id} is not an authority.", param_hint="--authority")
    if taken_on.date() > today():
        raise click.BadParameter("The day must be today or in the past.", param_hint="--taken-on")
    db.session.rollback()  # nobody should wait while the file is read
    most = current_app.extensions["settings"].upload_megabytes * 1024 * 1024
    try:
        with file.open("rb") as source:
            taken = operations.take(source, file.name, taken_on.date(), most_bytes=most)
        kept, is_new = operations.load(taken, authority, by=None)
    except (Unreadable, Refused) as refusal:
        raise click.ClickException(str(refusal)) from refusal
    db.session.commit()
    if as_json:
        told = {"list": kept.id, "new": is_new, "read": kept.read, "held": kept.held, "refused": kept.refused}
        click.echo(json.dumps({**told, "difference": kept.summary["difference"], "notes": kept.summary["notes"]}))
        return
    if not is_new:
        click.echo(f"This file was loaded before, as list {kept.id}. Nothing was changed.")
    click.echo(f"List {kept.id}: {kept.read:,} cases read, {kept.held:,} rows held, {kept.refused:,} refused.")
    for note in kept.summary["notes"]:
        click.echo(note)
