"""A meeting's action plan in every form: for whom it exists, that it stays the same, that taking it is recorded."""

import io

import openpyxl
import pytest
from flask import Flask

from audit_app.db import db
from audit_app.history.queries import entries_of
from audit_app.improvement import operations
from audit_app.improvement.model import Meeting
from tests import make
from tests.improvement import doing

FORMS = ("pdf", "docx", "xlsx", "ods")


@pytest.fixture
def held(app: Flask) -> tuple[make.Authority, Meeting]:
    made = make.authority()
    return made, doing.frozen(made, doing.plan(made))


def address(meeting: Meeting, form: str = "") -> str:
    return f"/boards/{meeting.board_id}/meetings/{meeting.id}/paper{form}"


def test_a_frozen_paper_is_the_same_bytes_whatever_is_said_since(
    app: Flask, held: tuple[make.Authority, Meeting]
) -> None:
    made, meeting = held
    board = make.client_of(app, made.board)
    before = [board.get(address(meeting, f".{form}")).data for form in FORMS]
    plan = meeting.board.plans[0]
    measure = doing.indicator(plan, "1.1")
    doing.live(made, plan)
    operations.read(measure, doing.written().measures[0].findings[0], by=made.officer.id)
    db.session.commit()
    assert [board.get(address(meeting, f".{form}")).data for form in FORMS] == before
    assert before[0].startswith(b"%PDF")
    book = openpyxl.load_workbook(io.BytesIO(before[2]))
    assert "Position and progress of recomm" in book.sheetnames
    taken = [one for one in entries_of(meeting.board.subject) if one.kind == "board.paper_downloaded"]
    assert len(taken) == 2 * len(FORMS)


def test_the_page_and_the_paper_say_the_same_and_a_draft_says_that_it_is_one(
    app: Flask, held: tuple[make.Authority, Meeting]
) -> None:
    made, meeting = held
    board = make.client_of(app, made.board)
    page, paper = (
        board.get(f"/boards/{meeting.board_id}/meetings/{meeting.id}").text,
        board.get(address(meeting)).text,
    )
    for words in ("70.2%", "On track to achieve target", "Everything is in place since last week."):
        assert words in page
        assert words in paper
    assert "OFFICIAL</strong> · Final" in paper
    assert "OPEN</strong>" in board.get(address(meeting) + "?for=public").text
    coming = doing.meeting(made, meeting.board.plans[0], in_days=9)
    db.session.commit()
    assert "Not frozen yet" in board.get(address(coming)).text
