"""Commands for what people are told: the day's reminders, letters that wait, and how both stand."""

from pathlib import Path

import click
from flask.cli import AppGroup

from audit_app.db import db, reading
from audit_app.notices import operations, queries
from audit_app.notices.kinds import Kind
from audit_app.notices.model import State
from audit_app.notices.wording import Unusable, read_words
from audit_app.web.formats import moment, plural

notices = AppGroup("notices", help="Reminders and letters: what people are told, and what waits to be sent.")
STATES = {
    State.WAITING: "waiting",
    State.SENT: "sent",
    State.REFUSED: "refused by the mail server",
    State.GIVEN_UP: "given up",
    State.NOT_NEEDED: "no longer needed",
}


@notices.command("remind")
def remind() -> None:
    """Make the reminders and escalations that are due today. To run it again, or late, does no harm."""
    made = operations.remind()
    db.session.commit()
    said = [
        plural(made[kind], kind.value.replace("_", " "), kind.value.replace("_", " ")) for kind in Kind if made[kind]
    ]
    click.echo(f"Reminders: {', '.join(said) or 'none'}.")


@notices.command("send")
def send() -> None:
    """Send the letters whose time has come. Ends with 1 where the mail server could not be used."""
    if not operations.mail_is_on():
        click.echo("No mail server is set (SMTP_HOST or NOTIFY_API_KEY), so people are told in the service only.")
        return
    run = operations.send_waiting()
    click.echo(f"Letters: {', '.join(f'{count:,} {what}' for what, count in sorted(run.counts.items())) or 'none'}.")
    if run.trouble:
        raise click.ClickException(
            f"The mail server could not be used: {run.trouble}. Letters wait and are tried again."
        )


@notices.command("forget")
def forget() -> None:
    """Erase what people were told once it is long over, and letters long sent, as the file of words says."""
    told, letters = operations.forget()
    db.session.commit()
    click.echo(f"Erased: {plural(told, 'message')}, {plural(letters, 'letter')}.")


@notices.command("status")
def status() -> None:
    """Say how many letters stand where, and since when the oldest waits."""
    click.echo("Letters are sent." if operations.mail_is_on() else "No mail server is set: nothing is sent by e-mail.")
    with reading():
        for state, count in sorted(queries.counts_of_letters().items()):
            click.echo(f"{count:>7,} {STATES[state]}")
        oldest = queries.oldest_waiting()
        if oldest is not None:
            problem = f", last problem: {oldest.last_problem}" if oldest.last_problem else ""
            tries = plural(oldest.tries, "try", "tries")
            click.echo(f"The oldest that waits is of {moment(oldest.made_at)} ({tries}{problem}).")


@notices.command("words")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def words(file: Path) -> None:
    """Check a file of words for letters before it is put into the instance folder as letters.yaml."""
    try:
        read_words(file.read_text(encoding="utf-8"))
    except (Unusable, UnicodeDecodeError) as error:
        problems = error.problems if isinstance(error, Unusable) else ["The file is not text."]
        raise click.ClickException("\n".join(problems)) from error
    click.echo("These words can be used.")
