"""Commands of programmes: for a timetable of the machine, and for whoever works without the pages."""

import json

import click
from flask.cli import AppGroup

from audit_app.db import db
from audit_app.programmes.operations import Due, open_what_is_due
from audit_app.web.formats import day, month

programmes = AppGroup("programmes", help="Programmes of audits and their rounds.")


@programmes.command("open")
@click.option("--json", "as_json", is_flag=True, help="Say what was done in JSON.")
def open_rounds(as_json: bool) -> None:
    """Open this month’s round of each programme that opens by itself; safe to repeat, such as every morning."""
    done = open_what_is_due()
    said = [_as_data(one) for one in done] if as_json else [_words(one) for one in done]
    db.session.commit()
    if as_json:
        click.echo(json.dumps(said, ensure_ascii=False))
    else:
        click.echo("\n".join(str(line) for line in said) or "No round is due to open by itself.")


def _words(one: Due) -> str:
    if one.round is None:
        return f"{one.programme.name}, {month(one.month)}: not opened. {one.why}"
    return f"{one.programme.name}, {month(one.month)}: open. Audits fall due on {day(one.round.due_on)}."


def _as_data(one: Due) -> dict[str, object]:
    return {
        "programme": one.programme.id,
        "name": one.programme.name,
        "month": one.month.isoformat(),
        "round": one.round.id if one.round else None,
        "due_on": one.round.due_on.isoformat() if one.round else None,
        "why_not": one.why or None,
    }
