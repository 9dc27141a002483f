"""A report to a committee: written, kept in versions, made final, read by the board."""

import datetime as dt

import pytest
import time_machine
from flask import Flask

from audit_app.clock import now
from audit_app.db import db
from audit_app.improvement.model import Meeting
from audit_app.reporting.queries.committee import find_report
from tests import make
from tests.improvement import doing
from tests.reporting.committee import words


@pytest.fixture
def held(app: Flask) -> tuple[make.Authority, Meeting]:
    app.config["WTF_CSRF_ENABLED"] = False
    made = make.authority()
    meeting = doing.frozen(made, doing.plan(made))
    db.session.commit()
    return made, meeting


def typed(version: int, **changes: str) -> dict[str, object]:
    sent = {f"words_{key}": value for key, value in words(**changes).items()}
    return {"version": version, "title": "Progress", "marking": "OPEN", **sent}


def test_a_report_is_written_finalised_and_then_read_by_the_board_as_it_was(
    app: Flask, held: tuple[make.Authority, Meeting]
) -> None:
    made, meeting = held
    home = f"/boards/{meeting.board_id}/meetings/{meeting.id}/report"
    officer, board = make.client_of(app, made.officer), make.client_of(app, made.board)
    assert officer.get(home).status_code == 404
    assert officer.post(f"{home}/write", data=typed(0, contact="")).status_code == 302
    assert board.get(home).status_code == 404
    assert "Progress" not in board.get("/reports").text
    refused = officer.post(home, data={"version": 1})
    assert refused.status_code == 422
    assert "Write these sections first: Contact officer." in refused.text
    assert officer.post(f"{home}/write", data=typed(1, background="<b>Since then</b>")).status_code == 302
    assert "Version 1, until" in officer.get(home).text
    stale = officer.post(f"{home}/write", data=typed(1, background="Mine"))
    assert stale.status_code == 409
    assert "&lt;b&gt;Since then&lt;/b&gt;" in stale.text
    assert "Mine" in stale.text
    assert officer.post(home, data={"version": 1}).status_code == 409
    assert officer.post(home, data={"version": 2}).status_code == 302
    page = board.get(home).text
    assert "&lt;b&gt;Since then&lt;/b&gt;" in page
    assert "70.2%" in page
    assert "Progress" in board.get("/reports").text
    assert f'href="{home}"' in board.get(home.removesuffix("/report")).text
    forms = ("pdf", "docx", "xlsx", "ods")
    before = [board.get(f"{home}.{form}").data for form in forms]
    again = officer.post(f"{home}/write", data=typed(3))
    assert again.status_code == 422
    assert "This report is final" in again.text
    with time_machine.travel(now() + dt.timedelta(days=400), tick=False):
        later = make.client_of(app, made.board)
        assert [later.get(f"{home}.{form}").data for form in forms] == before
    report = find_report(meeting)
    assert report is not None
    assert [one.number for one in report.formers] == [1]
    first, *others = report.sections
    report.sections = [{**first, "heading": "As it was called then"}, *others]
    db.session.commit()
    assert "As it was called then" in board.get(home).text


def test_a_report_needs_a_title_and_keeps_what_was_typed(app: Flask, held: tuple[make.Authority, Meeting]) -> None:
    made, meeting = held
    home = f"/boards/{meeting.board_id}/meetings/{meeting.id}/report"
    sent = make.client_of(app, made.officer).post(f"{home}/write", data={**typed(0), "title": ""})
    assert sent.status_code == 422
    assert "Enter the title of the report" in sent.text
    assert "Words of purpose." in sent.text
    assert make.client_of(app, made.manager).get(f"{home}/write").status_code == 403
