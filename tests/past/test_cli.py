"""Importing past audits by command."""

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from audit_app.db import db
from audit_app.past.model import PastAudit, StagedPast
from tests import make
from tests.past.sheets import csv_of, line

COLUMNS = {
    "name": "Tracker",
    "columns": {"Month": "day", "Overall Grade": "grade", "Case Ref": "reference", "Moderated Grade": "moderated"},
}


@pytest.fixture
def made(app: Flask) -> make.Authority:
    return make.authority()


def said(app: Flask, made: make.Authority, *more: str) -> tuple[int, str]:
    """What the command answers, and what it ends with."""
    arguments = ["past", "import", *more, "--scale", made.tool.tool.scale.key]
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def put(place: Path, content: bytes, name: str = "tracker.csv") -> str:
    (place / name).write_bytes(content)
    return str(place / name)


def audits() -> int:
    return db.session.execute(select(func.count()).select_from(PastAudit)).scalar_one()


def test_columns_that_nobody_explained_are_guessed_for_the_mapping(
    app: Flask, made: make.Authority, tmp_path: Path
) -> None:
    code, words = said(app, made, put(tmp_path, csv_of(line())), "--json")
    assert code == 3
    assert json.loads(words)["guess"]["columns"]["Overall Grade"] == "grade"


def test_a_preview_in_json_stores_nothing(app: Flask, made: make.Authority, tmp_path: Path) -> None:
    mapping = put(tmp_path, json.dumps(COLUMNS).encode(), "columns.json")
    file = put(tmp_path, csv_of(line("1"), line("2", grade="Goodish")))
    code, words = said(app, made, file, "--preview", "--json", "--mapping", mapping)
    told = json.loads(words)
    assert code == 0
    assert (told["new"], told["preview"], told["rows"], told["refused"]) == (True, True, 1, 1)
    assert told["unknown_words"] == [["Goodish", 1]]
    assert audits() == 0
    assert db.session.execute(select(func.count()).select_from(StagedPast)).scalar_one() == 0


def test_a_file_is_imported_once_and_its_mapping_is_remembered(
    app: Flask, made: make.Authority, tmp_path: Path
) -> None:
    mapping = put(tmp_path, json.dumps(COLUMNS).encode(), "columns.json")
    code, words = said(app, made, put(tmp_path, csv_of(line("1"), line("2"))), "--mapping", mapping)
    assert (code, words) == (0, "2 past audits were imported, 0 rows were refused.\n")
    assert audits() == 2
    code, words = said(app, made, put(tmp_path, csv_of(line("1"), line("2"))))
    assert code == 0
    assert "Nothing changed." in words
    code, words = said(app, made, put(tmp_path, csv_of(line("3")), "next.csv"))
    assert code == 0
    assert audits() == 3


def test_a_hostile_file_is_refused_in_a_sentence(app: Flask, made: make.Authority, tmp_path: Path) -> None:
    code, words = said(app, made, put(tmp_path, b"PK\x03\x04nothing", "tracker.xlsx"), "--json")
    assert code == 1
    assert json.loads(words)["error"]
    assert audits() == 0
