"""Commands for accounts: the first administrator, before anybody can invite anybody."""

import click
from flask import current_app, url_for
from flask.cli import AppGroup
from sqlalchemy import select

from audit_app.access.table import Role
from audit_app.db import db
from audit_app.identity import operations
from audit_app.organisation import operations as organisation
from audit_app.organisation.model import Kind, Unit
from audit_app.refusal import Refused

people = AppGroup("people", help="Accounts: make the first administrator.")


def _unit(name: str) -> Unit:
    """The unit of this name; where there is no unit at all, an authority of this name is founded."""
    units = list(db.session.execute(select(Unit).order_by(Unit.path)).scalars())
    if not units:
        return organisation.add(name, Kind.AUTHORITY.value, None, by=None)
    found = [unit for unit in units if unit.name.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    problem = "There are several units" if found else "There is no unit"
    roots = ", ".join(f"“{unit.name}”" for unit in units if unit.parent_id is None)
    raise click.BadParameter(f"{problem} called “{name}”. At the top of the tree: {roots}.", param_hint="--unit")


@people.command("create-admin")
@click.option("--email", required=True, help="Their e-mail address, which they sign in with.")
@click.option("--name", required=True, help="Their name.")
@click.option("--unit", required=True, help="The authority’s name. It is founded if nothing is there yet.")
@click.option("--address", default="http://127.0.0.1:8000", show_default=True, help="Where people reach the service.")
def create_admin(email: str, name: str, unit: str, address: str) -> None:
    """Make an administrator, and print the one-time link with which they choose their password."""
    email, name, unit = email.strip(), name.strip(), unit.strip()
    for option, said in (("--name", name), ("--unit", unit)):
        if not said:
            raise click.BadParameter("Say something here.", param_hint=option)
    if email.count("@") != 1 or email.startswith("@") or email.endswith("@") or " " in email:
        raise click.BadParameter(f"“{email}” is not an e-mail address.", param_hint="--email")
    if not address.startswith(("http://", "https://")):
        raise click.BadParameter("The address must begin with https:// (or http://).", param_hint="--address")
    where = _unit(unit)
    try:
        made, token = operations.invite(email, name, "", None, by=None)
        operations.grant(made, Role.ADMINISTRATOR, where, None, by=None)
    except Refused as refused:
        raise click.ClickException(refused.refusal.reason) from refused
    db.session.commit()
    with current_app.test_request_context(base_url=address):
        link = url_for("identity.link", token=token, _external=True)
    hours = current_app.extensions["settings"].link_hours
    click.echo(f"{made.name} is an administrator of {where.name}.")
    click.echo(f"Send them this link, by a safe way. It works once, and for {hours} hours:\n{link}")
