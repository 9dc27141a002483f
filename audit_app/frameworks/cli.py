"""Commands that keep frameworks and tools."""

import click
from flask.cli import AppGroup

from audit_app.db import db
from audit_app.frameworks.operations import load_shipped
from audit_app.frameworks.queries import frameworks as kept_frameworks
from audit_app.refusal import Refused

frameworks = AppGroup("frameworks", help="Keep frameworks and audit tools.")


@frameworks.command("load")
def load() -> None:
    """Keep everything of the shipped library that is not kept yet; what is kept stays as it is."""
    try:
        tools = load_shipped()
    except Refused as refused:
        raise click.ClickException(refused.refusal.reason) from refused
    db.session.commit()
    for kept in kept_frameworks():
        click.echo(f"Framework: {kept.name}, version {kept.version}")
    for tool in tools:
        click.echo(f"Tool: {tool.name}, version {tool.version}")
