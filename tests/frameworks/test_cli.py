"""Keeping the shipped library by command."""

from flask import Flask

from audit_app.db import db
from audit_app.frameworks import queries


def test_the_shipped_library_is_kept_by_command_and_again_changes_nothing(app: Flask) -> None:
    for _ in range(2):
        result = app.test_cli_runner().invoke(args=["frameworks", "load"])
        assert result.exit_code == 0, result.output
        assert "Tool: Case file audit, version 1" in result.output
        assert result.output.count("Framework: ") == 2
        db.session.remove()
    assert len(queries.tools()) == 8


def test_the_record_is_checked_by_command(app: Flask) -> None:
    app.test_cli_runner().invoke(args=["frameworks", "load"])
    result = app.test_cli_runner().invoke(args=["history", "verify"])
    assert result.exit_code == 0, result.output
    assert "No problems." in result.output
