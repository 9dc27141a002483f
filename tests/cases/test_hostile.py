"""Hostile workbooks (T18): refused in plain words within five seconds of processor time, with the service alive."""

import resource
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from audit_app.cases.container import Limits
from audit_app.cases.model import CaseList, CaseRecord, StagedList
from audit_app.cases.operations.taking import UPLOADS
from audit_app.db import db
from audit_app.work.model import Job, State
from tests import make
from tests.cases.books import HOSTILE
from tests.cases.handing import hand_over, upload
from tests.cases.loading import book, lines
from tests.web.markup import one, read, text

MET = (
    "billion laughs", "external entity", "entity in UTF-16", "a member of 512 MB", "120 MB of spaces", "sizes that lie",
    "one far cell", "two far cells", "300,000 rows", "macros by name", "macros inside", "macros in an older workbook",
    "a password", "names that point outside", "truncated", "a PDF", "a picture", "an empty file", "nested XML",
    "thousands of members", "a web page called Excel", "cells said 17 thousand million times", "no workbook inside",
)  # fmt: skip
MOST_SECONDS, A_START = Limits().cpu_seconds, 1.0  # the limit is on reading; to start a program costs something too


def spent() -> float:
    """The processor time that this process's children have had."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def kept() -> int:
    """How many cases and lists there are, waiting ones among them."""
    return sum(
        db.session.execute(select(func.count()).select_from(table)).scalar_one()
        for table in (CaseList, CaseRecord, StagedList)
    )


def test_the_reader_is_held_to_the_limits_that_are_promised() -> None:
    assert Limits().cpu_seconds <= 5
    assert Limits().memory_bytes <= 512 * 1024 * 1024


@pytest.mark.parametrize("case", MET)
def test_a_hostile_file_is_refused_on_the_page_and_the_service_goes_on(app: Flask, case: str) -> None:
    made = make.authority()
    officer = make.client_of(app, made.officer)
    name, content, reason = HOSTILE[case]
    before = spent()
    answer = hand_over(officer, content(), name)
    assert spent() - before <= MOST_SECONDS + A_START
    assert reason.lower() in text(one(read(answer.text), ".//main")).lower()
    assert answer.status_code in (200, 422)
    assert kept() == 0
    assert db.session.execute(select(Job.state)).scalars().all() in ([], [State.REFUSED])
    assert list((app.extensions["settings"].instance / UPLOADS).glob("*")) == []
    assert officer.get("/case-lists").status_code == 200


@pytest.mark.parametrize("case", MET)
def test_a_hostile_file_is_refused_by_command(app: Flask, case: str, tmp_path: Path) -> None:
    made = make.authority()
    name, content, reason = HOSTILE[case]
    file = tmp_path / name
    file.write_bytes(content())
    before = spent()
    arguments = ["cases", "import", str(file), "--authority", str(made.root.id), "--taken-on", "2026-06-01"]
    result = app.test_cli_runner().invoke(args=arguments)
    assert spent() - before <= MOST_SECONDS + A_START
    assert result.exit_code == 1
    assert reason.lower() in result.output.lower()
    assert kept() == 0


def test_an_honest_file_is_read_by_the_same_way(app: Flask) -> None:
    made = make.authority()
    answer = upload(make.client_of(app, made.officer), book(*lines(made, "1", "2")))
    assert answer.location.startswith("/case-lists/")
    assert kept() == 3


@pytest.mark.parametrize("name", ["../../etc/cron.d/x.xlsx", "C:\\evil\\..\\list.xlsx", "/etc/passwd.xlsx"])
def test_the_name_of_a_file_leads_nowhere(app: Flask, name: str) -> None:
    made = make.authority()
    upload(make.client_of(app, made.officer), book(*lines(made, "1")), name)
    shown = db.session.execute(select(CaseList.filename)).scalar_one()
    assert shown.endswith(".xlsx")
    assert not set("/\\") & set(shown)
