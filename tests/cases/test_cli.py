"""Loading a case list by command."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from audit_app.cases.model import CaseList, CaseRecord
from audit_app.clock import today
from audit_app.db import db
from tests import make
from tests.cases.books import line_6
from tests.cases.loading import book, generated, lines


@pytest.fixture
def made(app: Flask) -> make.Authority:
    return make.authority()


def said(app: Flask, file: Path, authority: int, *more: str, day: str = "2026-06-01") -> tuple[int, str]:
    """What the command answers, and what it ends with."""
    arguments = ["cases", "import", str(file), "--authority", str(authority), "--taken-on", day, *more]
    result = app.test_cli_runner().invoke(args=arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def put(place: Path, content: bytes, name: str = "list.xlsx") -> Path:
    file = place / name
    file.write_bytes(content)
    return file


def cases() -> int:
    return db.session.execute(select(func.count()).select_from(CaseRecord)).scalar_one()


def test_a_case_list_is_loaded_by_command(app: Flask, made: make.Authority, tmp_path: Path) -> None:
    code, words = said(app, put(tmp_path, generated(made, size=40)), made.root.id)
    assert code == 0
    assert "40 cases read, 0 rows held, 0 refused." in words
    assert cases() == 40


def test_the_answer_can_be_had_in_json(app: Flask, made: make.Authority, tmp_path: Path) -> None:
    file = put(tmp_path, book(*lines(made, "1"), line_6("2", Allocated_Team="Hub")))
    code, words = said(app, file, made.root.id, "--json")
    told = json.loads(words)
    assert code == 0
    assert {name: told[name] for name in ("new", "read", "held", "refused")} == {
        "new": True,
        "read": 1,
        "held": 1,
        "refused": 0,
    }
    assert json.loads(said(app, file, made.root.id, "--json")[1])["new"] is False


def test_the_same_file_again_changes_nothing_and_says_so(app: Flask, made: make.Authority, tmp_path: Path) -> None:
    file = put(tmp_path, book(*lines(made, "1")))
    said(app, file, made.root.id)
    code, words = said(app, file, made.root.id)
    assert code == 0
    assert "This file was loaded before" in words
    assert db.session.execute(select(func.count()).select_from(CaseList)).scalar_one() == 1


def test_a_file_that_cannot_be_read_ends_with_the_reason(app: Flask, made: make.Authority, tmp_path: Path) -> None:
    code, words = said(app, put(tmp_path, b"%PDF-1.4\n", "list.xlsx"), made.root.id)
    assert code == 1
    assert "not a workbook" in words
    assert cases() == 0


def test_only_an_authority_and_a_day_that_has_come_are_taken(app: Flask, made: make.Authority, tmp_path: Path) -> None:
    file = put(tmp_path, book(*lines(made, "1")))
    assert said(app, file, made.teams[0].id)[0] == 2
    assert said(app, file, 9999)[0] == 2
    tomorrow = (today() + timedelta(days=1)).isoformat()
    assert said(app, file, made.root.id, day=tomorrow)[0] == 2
    assert cases() == 0
