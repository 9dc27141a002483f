"""Loading a case list by command."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from audit_app.cases import operations
from audit_app.cases.mapping import Mapping
from audit_app.cases.model import CaseList, CaseRecord
from audit_app.cases.ways import Way
from audit_app.clock import today
from audit_app.db import db
from tests import make
from tests.cases.books import LIST_6, line_6, xlsx
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


OWN = "Number;Sort;Crew\n00123;CIN;TEAM\n7;z;TEAM\n"
MEANS = {"columns": {"Number": "reference", "Sort": "category", "Crew": "team"}, "extras": {}}


def test_a_preview_says_everything_and_stores_nothing(app: Flask, made: make.Authority, tmp_path: Path) -> None:
    headings = (*LIST_6, "Child Forename")
    team = made.teams[0].name
    rows = ((*line_6("1", Allocated_Team=team), "Jayden"), (*line_6("2", Case_status="z", Allocated_Team=team), "Ada"))
    file = put(tmp_path, xlsx(headings, *rows))
    code, words = said(app, file, made.root.id, "--preview")
    assert code == 0
    assert "Preview, nothing is stored: 1 cases read, 1 rows held, 0 refused." in words
    assert "Left out: column “Child Forename”" in words
    assert "Held: sheet “List_6”, row 3, Case status: z. Expected: One of: Looked after child" in words
    assert "Jayden" not in words
    told = json.loads(said(app, file, made.root.id, "--preview", "--json")[1])
    (problem,) = told["problems"]
    assert (problem["outcome"], problem["row"], problem["column"], problem["value"]) == ("held", 3, "Case status", "z")
    assert (told["new"], told["list"], told["preview"], told["difference"]) == (True, None, True, None)
    assert cases() == 0


def test_what_a_command_loads_is_what_its_preview_said(app: Flask, made: make.Authority, tmp_path: Path) -> None:
    said(app, put(tmp_path, generated(made, size=30, seed=1), "first.xlsx"), made.root.id)
    file = put(tmp_path, generated(made, size=40, seed=2, dirty=True))
    shown = json.loads(said(app, file, made.root.id, "--preview", "--json", day="2026-06-02")[1])
    told = json.loads(said(app, file, made.root.id, "--json", day="2026-06-02")[1])
    for name in ("read", "held", "refused", "difference", "left_out", "warnings", "problems", "notes", "joined"):
        assert told[name] == shown[name], name
    assert "Nothing would change" in said(app, file, made.root.id, "--preview", day="2026-06-02")[1]


def test_unknown_columns_end_with_three_and_a_guess(app: Flask, made: make.Authority, tmp_path: Path) -> None:
    file = put(tmp_path, OWN.replace("TEAM", made.teams[0].name).encode(), "own.csv")
    code, words = said(app, file, made.root.id)
    assert code == 3
    assert "Columns: Number, Sort, Crew" in words
    assert "--mapping FILE.json" in words
    told = json.loads(said(app, file, made.root.id, "--json")[1])
    assert told["columns"] == ["Number", "Sort", "Crew"]
    assert set(told["guess"]) == {"sheet", "columns", "extras"}


def test_a_mapping_is_given_in_a_file_or_by_its_name(app: Flask, made: make.Authority, tmp_path: Path) -> None:
    file = put(tmp_path, OWN.replace("TEAM", made.teams[0].name).encode(), "own.csv")
    means = put(tmp_path, json.dumps(MEANS).encode(), "means.json")
    code, words = said(app, file, made.root.id, "--preview", "--mapping", str(means))
    assert (code, "1 cases read, 1 rows held" in words) == (0, True)
    way = Way("list", Mapping.restored(MEANS), "Our report")
    operations.remember(made.root, "Our report", way, ["Number", "Sort", "Crew"], by=made.officer.id)
    db.session.commit()
    code, words = said(app, file, made.root.id, "--mapping", "Our report")
    assert (code, cases()) == (0, 1)
    assert "The columns were read as “Our report”." in words
    assert "This file was loaded before" in said(app, file, made.root.id)[1]


@pytest.mark.parametrize("content", [b"not JSON", b"[]", b'{"columns": 3}', b"null"])
def test_a_mapping_that_is_none_is_refused(app: Flask, made: make.Authority, tmp_path: Path, content: bytes) -> None:
    file = put(tmp_path, OWN.encode(), "own.csv")
    means = put(tmp_path, content, "means.json")
    assert said(app, file, made.root.id, "--mapping", str(means))[0] in (1, 2)
    assert said(app, file, made.root.id, "--mapping", "Nothing of the kind")[0] == 2
    assert cases() == 0
