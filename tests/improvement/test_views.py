"""The pages of plans, as an officer, a lead person and a board member walk through them."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient

from audit_app.cases.workbook import sheets_of
from audit_app.clock import today
from audit_app.db import db
from audit_app.improvement.model import Meeting, Plan
from audit_app.improvement.operations import boards
from audit_app.improvement.queries.boards import due_for
from audit_app.improvement.snapshot import hash_of
from audit_app.improvement.writing import plan_file, template
from audit_app.refusal import Refused, Stale
from tests import make
from tests.improvement import doing


@pytest.fixture
def made(app: Flask) -> make.Authority:
    """A small authority whose forms need no token; that they do is proved in tests/web."""
    app.config["WTF_CSRF_ENABLED"] = False
    return make.authority()


@pytest.fixture
def officer(app: Flask, made: make.Authority) -> FlaskClient:
    """The audit officer's browser."""
    return make.client_of(app, made.officer)


def days() -> list[str]:
    return [str(today().day), str(today().month), str(today().year)]


def test_an_officer_takes_a_plan_from_its_file(made: make.Authority, officer: FlaskClient) -> None:
    assert officer.get("/plans/files/template.xlsx").data == template()
    body = plan_file(doing.written())
    sent = officer.post("/plans/files/new", data={"unit": made.root.id, "file": (io.BytesIO(body), "plan.xlsx")})
    assert sent.status_code == 302, sent.text
    assert "Update of 1a" in officer.get(sent.location).text
    taken = officer.post(sent.location)
    page = officer.get(taken.location).text
    assert "On track to achieve target" in page
    assert "What comes out: Below target" in page
    again = officer.post("/plans/files/new", data={"unit": made.root.id, "file": (io.BytesIO(body), "plan.xlsx")})
    assert "This file changes nothing" in officer.get(again.location).text
    assert officer.post(again.location).status_code == 422
    plan = db.session.execute(db.select(Plan)).scalar_one()
    assert officer.get(f"/plans/{plan.id}/plan.xlsx").data == body


def test_a_file_with_mistakes_is_told_cell_by_cell_and_nothing_is_kept(
    made: make.Authority, officer: FlaskClient
) -> None:
    lead = plan_file(doing.written("nobody@example.test"))
    for body, words in ((template(), "the plan’s name"), (lead, "the address of somebody here")):
        sent = officer.post("/plans/files/new", data={"unit": made.root.id, "file": (io.BytesIO(body), "p.xlsx")})
        assert words in officer.get(sent.location).text
        assert officer.post(sent.location).status_code == 422
    broken = officer.post("/plans/files/new", data={"unit": made.root.id, "file": (io.BytesIO(b"PK"), "p.xlsx")})
    assert broken.status_code == 422
    assert db.session.query(Plan).count() == 0


def test_a_plan_is_written_by_hand_and_a_stale_save_shows_both(made: make.Authority, officer: FlaskClient) -> None:
    terms = {"version": 0, "unit": made.root.id, "name": "By hand", "starts_on": days(), "ends_on": days(), "board": 0}
    home = officer.post("/plans/new", data=terms).location
    advice = {"version": 0, "ref": "1", "wording": "Plans are good"}
    assert officer.post(f"{home}/recommendations/new", data=advice).status_code == 302
    measure = {"version": 0, "ref": "1.1", "recommendation": "1", "name": "Good plans", "counted_in": "percent"}
    made_here = officer.post(f"{home}/indicators/new", data=measure | {"kind": "entered"})
    kept = made_here.location
    row = {"by_1": "September 2030", "how_1": "over", "amount_1": "80"}
    rest = {f"how_{n}": "at_least" for n in range(2, 7)}
    assert officer.post(f"{kept}/targets", data=row | rest | {"version": 1}).status_code == 302
    reading = {"read_on": days(), "figure": "80", "judged": ""}
    assert "Below target" in officer.get(officer.post(f"{kept}/read", data=reading).location).text
    wrong = officer.post(f"{kept}/read", data=reading | {"figure": "most", "rows": "Team 11"})
    assert wrong.status_code == 422
    assert "Enter a number such as 86" in wrong.text
    act = {"version": 0, "ref": "1a", "recommendation": "1", "wording": "Read plans", "lead": made.manager.id}
    action = officer.post(f"{home}/actions/new", data=act | {"due": "March 2030"}).location
    stale = officer.post(f"{action}/change", data=act | {"due": "May 2030", "version": 9})
    assert stale.status_code == 409
    assert "March 2030" in stale.text
    assert "May 2030" in stale.text


def test_a_lead_person_says_how_far_it_is_and_a_board_member_only_reads(app: Flask, made: make.Authority) -> None:
    plan = doing.plan(made)
    action = doing.action(plan, "1a")
    db.session.commit()
    lead, board = make.client_of(app, made.manager), make.client_of(app, made.board)
    assert "Action 1a: Read every plan" in lead.get("/").text
    place = f"/plans/{plan.id}/actions/{action.id}"
    said = {"told_on": days(), "delivery": "completed", "words": "All are read."}
    assert board.post(place, data=said).status_code == 422
    assert lead.post(place, data=said).status_code == 302
    assert "Action 1a: Read every plan" not in lead.get("/").text
    assert "All are read." in board.get(f"/plans/{plan.id}").text
    assert "Say how far it is" not in board.get(place).text


def test_a_board_member_reads_no_small_number_on_a_plan_nor_in_its_file(app: Flask, made: make.Authority) -> None:
    plan = doing.plan(made)
    indicator = next(one for part in plan.recommendations for one in part.indicators if one.counted_in == "percent")
    db.session.commit()
    place = f"/plans/{plan.id}"
    entered = {"read_on": days(), "figure": "3/40", "rows": "Team North: 3/20\nTeam South: 0/20", "judged": ""}
    officer, board = make.client_of(app, made.officer), make.client_of(app, made.board)
    kept = officer.post(f"{place}/indicators/{indicator.id}/read", data=entered)
    assert kept.status_code == 302, kept.text
    for page in (place, f"{place}/indicators/{indicator.id}"):
        assert "7.5% (3 of 40)" in officer.get(page).text
        read = board.get(page).text
        assert "of 40)" not in read
        assert "of 20)" not in read
        assert "is not published" in read
    sheets = sheets_of(officer.get(f"{place}/plan.xlsx").data, "plan.xlsx")
    told = sheets_of(board.get(f"{place}/plan.xlsx").data, "plan.xlsx")
    assert "3/40" in str(sheets)
    assert "3/40" not in str(told)
    assert "3/20" not in str(told)


def test_a_meeting_asks_for_what_is_due_and_is_shown_the_same_for_ever(
    made: make.Authority, officer: FlaskClient
) -> None:
    plan = doing.plan(made)
    meeting = doing.meeting(made, plan)
    due = due_for(meeting)
    assert [one.ref for _, one in due.actions] == ["2a"]
    assert [one.ref for _, one in due.indicators] == []
    db.session.commit()
    place = f"/boards/{meeting.board_id}/meetings/{meeting.id}"
    assert "Who has not updated" in officer.get(place).text
    with pytest.raises(Stale):
        boards.freeze(meeting, 9, by=None)
    assert officer.post(f"{place}/freeze", data={"version": meeting.version_id}).status_code == 302
    shown, page = db.session.get_one(Meeting, meeting.id).contents, officer.get(place).text
    decision = {"recommendation": f"{plan.id}:1", "ref": "1b", "words": "Ask the teams", "lead": 0, "due": ""}
    decided = officer.post(f"{place}/decisions/new", data=decision)
    assert decided.status_code == 302
    db.session.expire_all()
    kept = db.session.get_one(Meeting, meeting.id)
    assert kept.contents == shown
    assert kept.contents_hash == hash_of(shown)
    assert "Ask the teams" not in page
    assert "1b" in officer.get(f"/plans/{plan.id}").text
    with pytest.raises(Refused, match="frozen already"):
        boards.freeze(kept, kept.version_id, by=None)
