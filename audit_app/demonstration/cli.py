"""Commands of the demonstration: load it, and say who may be signed in as."""

import time

import click
from flask import current_app
from flask.cli import AppGroup

from audit_app.clock import today
from audit_app.db import db, reading
from audit_app.demonstration import operations
from audit_app.identity.queries import fictional_people
from audit_app.measures.operations import fold_all
from audit_app.refusal import Refused

demo = AppGroup("demo", help="The demonstration authority: plainly fictional, never in production.")


def _refuse_production() -> None:
    if current_app.extensions["settings"].environment == "production":
        raise click.ClickException("This is a production installation: it has no demonstration.")


@demo.command("load")
def load() -> None:
    """Load the demonstration authority, unless it is there already."""
    _refuse_production()
    began = time.monotonic()
    try:
        with click.progressbar(length=operations.STEPS, label="Loading the demonstration authority") as bar:
            new = operations.load(today(), on_step=lambda: bar.update(1))
            db.session.commit()
        fold_all()
    except Refused as refused:
        raise click.ClickException(refused.refusal.reason) from refused
    if new:
        click.echo(f"The demonstration authority was loaded in {time.monotonic() - began:.0f} seconds.")
    else:
        click.echo("The demonstration authority is there already. Nothing was changed.")


@demo.command("people")
@click.option("--port", envvar="PORT", default=8000, show_default=True, help="The port that the service answers on.")
def people(port: int) -> None:
    """Say whom a visitor may sign in as."""
    _refuse_production()
    with reading():
        found = fictional_people()
    if not found:
        raise click.ClickException("The demonstration is not loaded. Run `flask demo load`.")
    click.echo(f"Sign in at http://127.0.0.1:{port} as one of these fictional people.")
    click.echo(f"The password of each is {found[0].password}\n")
    role, name = (max(len(getattr(one, field)) for one in found) for field in ("role", "name"))
    for one in found:
        click.echo(f"  {one.role:{role}}  {one.name:{name}}  {one.email}")
    click.echo()
