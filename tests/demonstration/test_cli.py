"""Tests of the commands of the demonstration."""

from dataclasses import replace

import pytest
from flask import Flask

from audit_app.access.table import Role
from audit_app.db import db
from audit_app.identity.queries import FICTIONAL_PASSWORD


def said(app: Flask, *arguments: str) -> tuple[int, str]:
    """What a command of the demonstration answers, and what it ends with."""
    result = app.test_cli_runner().invoke(args=["demo", *arguments])
    db.session.remove()
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def test_loading_again_says_that_nothing_was_changed(demonstration: Flask) -> None:
    code, words = said(demonstration, "load")
    assert code == 0
    assert "is there already. Nothing was changed." in words


def test_the_command_says_where_to_sign_in_and_as_whom_in_each_role(demonstration: Flask) -> None:
    code, words = said(demonstration, "people", "--port", "8123")
    assert code == 0
    assert "http://127.0.0.1:8123" in words
    assert FICTIONAL_PASSWORD in words
    for role in Role:
        assert f"  {role.words} " in words
    assert "team.manager.ash@northmere.example" in words


def test_there_is_nobody_to_sign_in_as_before_the_demonstration_is_loaded(app: Flask) -> None:
    code, words = said(app, "people")
    assert code == 1
    assert "flask demo load" in words


@pytest.mark.parametrize("command", ["load", "people"])
def test_a_production_installation_has_no_demonstration(app: Flask, command: str) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], environment="production")
    code, words = said(app, command)
    assert code == 1
    assert "production" in words
