"""The commands of long work, and the bar of those that work by themselves."""

import click
from click.testing import CliRunner
from flask import Flask

from audit_app.clock import now
from audit_app.work import queries
from audit_app.work.bar import bar
from audit_app.work.operations.timetable import carry_out_overdue
from tests.work.asking import asked, looked


def said(app: Flask, *words: str) -> str:
    """What a command says."""
    ran = app.test_cli_runner().invoke(args=["work", *words])
    assert ran.exit_code == 0, ran.output
    return ran.output


def test_the_list_says_what_to_do_when_no_worker_runs(worked_app: Flask) -> None:
    told = said(worked_app, "list")
    assert "none. Start one: flask work run" in told
    assert "No jobs yet." in told
    assert "tests.beat, every minute: not done yet" in told


def test_the_list_shows_workers_jobs_and_periodic_work(worked_app: Flask, owner: int) -> None:
    queries.switchboard().give_sign(queries.me(), now())
    failed = looked(worked_app, asked("tests.fail", {"name": "Half"}, owner)).reference
    asked("tests.count", {"name": "Next", "to": 1}, owner)
    carry_out_overdue()
    told = said(worked_app, "list")
    assert queries.me() in told
    assert f"failed [{failed}]  Count the rows (tests.fail)" in told
    assert "waiting  Count the rows (tests.count)" in told


def test_a_command_shows_a_bar_while_it_works() -> None:
    @click.command()
    def count() -> None:
        with bar("Counting") as progress:
            for number in range(5):
                progress.step(number, 5, "rows")
        click.echo("counted")

    ran = CliRunner().invoke(count)
    assert (ran.exit_code, ran.stdout) == (0, "counted\n")
    assert "Counting" in ran.stderr
