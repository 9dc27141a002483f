"""Tests of the commands that check the history and take checkpoints."""

from pathlib import Path

import pytest
from flask import Flask

from audit_app.db import db
from audit_app.history.checkpoint import parse
from audit_app.history.operations import record
from audit_app.history.queries import checkpoint
from tests.history.samples import FOUND_ALONE, FOUND_OUTSIDE, Mutation
from tests.history.things import falsify, sealed


@pytest.fixture(autouse=True)
def five_entries(keeper: Flask) -> None:
    """A history of five entries."""
    for n in range(5):
        record("thing.made", subject=f"thing:{n}", body={"n": n}, by=1)
    db.session.commit()


def said(keeper: Flask, *arguments: str) -> tuple[int, str]:
    """What a command of the history answers, and what it ends with."""
    result = keeper.test_cli_runner().invoke(args=["history", *arguments])
    db.session.remove()  # a command that is run by itself ends with its own session
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def taken(keeper: Flask, place: Path) -> Path:
    """A file of checkpoints as it is kept elsewhere."""
    code, first = said(keeper, "checkpoint", "--origin", "northmere")
    assert code == 0
    record("thing.made")
    db.session.commit()
    code, second = said(keeper, "checkpoint", "--origin", "northmere")
    assert code == 0
    file = place / "checkpoints.txt"
    file.write_text(first + second, encoding="utf-8")
    return file


def test_a_true_history_is_said_to_be_so(keeper: Flask) -> None:
    code, words = said(keeper, "verify")
    assert code == 0
    assert words.startswith("Checked 5 entries, 5 payloads (0 more were erased")
    assert f"Size 5, root {checkpoint().root}" in words
    assert "No problems." in words
    assert "cannot show that the whole history was rewritten" in words


def test_checkpoints_can_be_collected_in_one_file_and_checked(keeper: Flask, tmp_path: Path) -> None:
    file = taken(keeper, tmp_path)
    assert [(one.origin, one.size) for one in parse(file.read_text("utf-8"))] == [("northmere", 5), ("northmere", 6)]
    code, words = said(keeper, "verify", "--checkpoints", str(file))
    assert code == 0
    assert "2 outside checkpoints" in words
    assert "rewritten" not in words


def test_a_problem_is_named_and_ends_with_one(keeper: Flask) -> None:
    falsify(*FOUND_ALONE["edit actor"](sealed(), 3))
    code, words = said(keeper, "verify")
    assert code == 1
    assert "Problem: entry 3 was changed" in words
    assert "No problems" not in words


def test_a_rewritten_history_is_found_with_the_file(keeper: Flask, tmp_path: Path) -> None:
    file = taken(keeper, tmp_path)
    rewritten: Mutation = FOUND_OUTSIDE["edit payload and commitment, chain and head anew"]
    falsify(*rewritten(sealed(), 3))
    assert said(keeper, "verify")[0] == 0
    code, words = said(keeper, "verify", "--checkpoints", str(file))
    assert code == 1
    assert "the first 5 entries are not those of the checkpoint of size 5" in words


def test_problems_past_a_thousand_are_counted(keeper: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit_app.history.verification.LISTED", 2)
    falsify([entry._replace(actor_id=99) for entry in sealed()], (5, sealed()[-1].hash))
    code, words = said(keeper, "verify")
    assert code == 1
    assert words.count("Problem:") == 2
    assert "And 3 more problems." in words


def test_a_file_that_holds_no_checkpoints_is_refused(keeper: Flask, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear all", encoding="utf-8")
    code, words = said(keeper, "verify", "--checkpoints", str(file))
    assert code == 2
    assert "checkpoint 1 is not four lines" in words
    assert said(keeper, "verify", "--checkpoints", str(tmp_path / "none.txt"))[0] == 2


def test_the_origin_comes_from_the_environment_or_a_default(keeper: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(keeper, "checkpoint")[1].startswith("case-audit-history\n5\n")
    monkeypatch.setenv("HISTORY_ORIGIN", "audits.northmere")
    assert said(keeper, "checkpoint")[1].startswith("audits.northmere\n5\n")
    assert said(keeper, "checkpoint", "--origin", " ")[0] == 2
