"""The commands of reminders and letters."""

from pathlib import Path

from flask import Flask

from audit_app.db import db
from audit_app.notices.wording import OWN, SHIPPED
from tests import make
from tests.notices.make import DUE, FIRST, on, with_post
from tests.notices.server import free_port, serving

LATE = DUE.replace(day=DUE.day + 1)


def said(app: Flask, *words: str) -> tuple[int, str]:
    """What a command answers, and what it ends with."""
    result = app.test_cli_runner().invoke(args=["notices", *words])
    db.session.remove()
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def late_audit() -> None:
    """An audit that is late on the day after its due day."""
    with on(FIRST):
        make.audit(make.authority())


def test_reminders_are_counted_and_not_repeated(app: Flask) -> None:
    late_audit()
    with on(LATE):
        assert said(app, "remind") == (0, "Reminders: 1 overdue.\n")
        assert said(app, "remind") == (0, "Reminders: none.\n")


def test_letters_are_sent_and_counted(app: Flask) -> None:
    late_audit()
    with serving() as (server, port), on(LATE):
        with_post(app, port)
        said(app, "remind")
        assert "1 waiting" in said(app, "status")[1]
        assert said(app, "send") == (0, "Letters: 1 sent.\n")
        assert "1 sent" in said(app, "status")[1]
    assert len(server.taken) == 1


def test_without_a_server_the_command_says_so(app: Flask) -> None:
    assert "No mail server is set" in said(app, "send")[1]
    assert "No mail server is set" in said(app, "status")[1]


def test_a_server_that_is_down_is_said_and_the_letter_waits(app: Flask) -> None:
    late_audit()
    with_post(app, free_port())
    with on(LATE):
        said(app, "remind")
        code, words = said(app, "send")
        assert code == 1 and "no connection" in words
        assert "last problem: no connection" in said(app, "status")[1]


def test_words_are_checked_before_they_are_used(app: Flask, tmp_path: Path) -> None:
    assert said(app, "words", str(SHIPPED))[0] == 0
    wrong = tmp_path / OWN
    wrong.write_text(SHIPPED.read_text(encoding="utf-8").replace("{days} overdue", "{grade}"), encoding="utf-8")
    code, words = said(app, "words", str(wrong))
    assert code == 1 and "{grade} is not known here." in words
