"""Tests that the published format is true: the checker on the page, which shares no code with the service, agrees."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from audit_app.db import db
from audit_app.history.operations import erase, record, verify
from audit_app.history.queries import checkpoint
from tests.history.samples import FOUND_ALONE, FOUND_OUTSIDE, NEVER_FOUND, places
from tests.history.test_chain import BODY, COMMITMENTS, HASHES
from tests.history.things import falsify, sealed

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "history.md").read_text("utf-8")

Check = Callable[[str], tuple[int, str, list[str]]]


@pytest.fixture
def check() -> Check:
    """The checker as it is printed on the page."""
    printed = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert printed is not None
    named: dict[str, Any] = {"__name__": "checker"}
    exec(printed.group(1), named)
    return named["check"]  # type: ignore[no-any-return]


@pytest.mark.parametrize("keeper", ["sqlite"], indirect=True)
def test_the_published_checker_agrees_on_a_true_history(keeper: Flask, check: Check, tmp_path: Path) -> None:
    file = str(tmp_path / "history.sqlite3")
    assert check(file) == (0, checkpoint().root, [])
    db.session.rollback()
    for n in range(13):
        record("audit.submitted", subject=f"audit:{n}", body={"grade": "good", "note": "Zoë\x7f\t“ok”\\"}, by=n or None)
    record("keys.turned")
    db.session.commit()
    erase([3, 4], reason="retention", by=1)
    db.session.commit()
    assert check(file) == (*checkpoint(), [])


@pytest.mark.parametrize("keeper", ["sqlite"], indirect=True)
def test_the_published_checker_agrees_on_falsified_histories(keeper: Flask, check: Check, tmp_path: Path) -> None:
    for n in range(12):
        record("audit.submitted", subject=f"audit:{n}", body={"n": n}, by=1)
    db.session.commit()
    entries = sealed()
    for name, mutation in (FOUND_ALONE | FOUND_OUTSIDE | NEVER_FOUND).items():
        falsify(*mutation(entries, places(1, 12, name)[0]))
        _, _, found = check(str(tmp_path / "history.sqlite3"))
        assert bool(found) == bool(verify()) == (name in FOUND_ALONE), name


def test_the_page_prints_the_values_that_the_tests_hold_fast() -> None:
    for value in (*COMMITMENTS, *HASHES, BODY):
        assert value in PAGE
