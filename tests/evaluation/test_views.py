"""The pages of self-evaluations, as an officer writes, a senior manager reads and a board member is shown them."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from audit_app.clock import today
from audit_app.db import db
from audit_app.evaluation.model import PublishedEvaluation, Statement
from tests import make
from tests.evaluation import doing
from tests.improvement import doing as planning


@pytest.fixture
def made(app: Flask) -> make.Authority:
    """A small authority whose forms need no token; that they do is proved in tests/web."""
    app.config["WTF_CSRF_ENABLED"] = False
    found = make.authority()
    make.handed_in(found)
    return found


@pytest.fixture
def officer(app: Flask, made: make.Authority) -> FlaskClient:
    """The audit officer's browser."""
    return make.client_of(app, made.officer)


def test_an_edition_is_written_with_evidence_that_goes_stale_and_is_published(
    app: Flask, made: make.Authority, officer: FlaskClient
) -> None:
    terms = {"unit": made.root.id, "first": today().replace(day=1).isoformat(), "months": 3}
    home = officer.post("/self-evaluation/new", data=terms).location
    assert officer.post("/self-evaluation/new", data=terms).status_code == 422
    area = f"{home}/areas/help_and_protection"
    assert officer.post(f"{area}/delivered/new", data={"version": 0, "words": ""}).status_code == 422
    assert officer.post(f"{area}/delivered/new", data={"version": 0, "words": doing.WORDS}).status_code == 302
    statement = db.session.execute(db.select(Statement)).scalar_one()
    place = f"{home}/statements/{statement.id}"
    figure = {"key": "good_as_audited", "unit": made.root.id, "months": 1, "programme": 0, "exercise": 0}
    sent = officer.post(f"{place}/evidence/figure", data=figure | {"tool": "", "category": "", "section": ""})
    assert sent.status_code == 302, sent.text
    assert officer.post(f"{place}/evidence/round", data={"round": made.round.id}).status_code == 302
    assert "Out of date" not in officer.get(area).text
    make.handed_in(made, grade="inadequate")
    page = officer.get(area).text
    assert "Out of date" in page
    assert "1 of 1 (100.0%)" in page
    assert "1 of 2 (50.0%)" in page
    assert "2 pieces of evidence have gone stale" in officer.get(home).text
    board, senior = make.client_of(app, made.board), make.client_of(app, made.senior)
    assert doing.WORDS in senior.get(area).text
    assert "Write a statement" not in senior.get(area).text
    assert board.get(home).status_code == 403
    check = officer.get(f"{home}/publish").text
    hidden = dict(re.findall(r'name="(version|seen)" value="([^"]*)"', check))
    assert officer.post(f"{home}/publish", data=hidden).status_code == 422  # not confirmed that all was read
    copy = officer.post(f"{home}/publish", data=hidden | {"read": "y"}).location
    shown = board.get(copy).text
    assert doing.WORDS in shown
    assert "100.0%" not in shown  # a share of one
    assert "The figure has moved since it was cited." in shown


def test_a_published_copy_is_the_same_bytes_whatever_is_written_after_it(
    app: Flask, made: make.Authority, officer: FlaskClient
) -> None:
    copy = doing.published(made, planning.plan(made))
    db.session.commit()
    board = make.client_of(app, made.board)
    place = f"/self-evaluation/published/{copy.id}"
    first = [board.get(f"{place}{form}").data for form in (".pdf", ".docx", ".xlsx", ".ods")]
    make.handed_in(made, grade="inadequate")
    doing.statement(made, db.session.get_one(PublishedEvaluation, copy.id).edition, "Another.")
    db.session.commit()
    assert [board.get(f"{place}{form}").data for form in (".pdf", ".docx", ".xlsx", ".ods")] == first


def test_two_people_who_change_a_statement_see_both_texts(made: make.Authority, officer: FlaskClient) -> None:
    said = doing.statement(made, doing.edition(made))
    db.session.commit()
    place = f"/self-evaluation/{said.edition_id}/statements/{said.id}/change"
    assert officer.post(place, data={"version": 1, "words": "Theirs."}).status_code == 302
    stale = officer.post(place, data={"version": 1, "words": "Mine."})
    assert stale.status_code == 409
    assert "Theirs." in stale.text
    assert "Mine." in stale.text
    assert officer.post(place, data={"version": 2, "words": "Mine."}).status_code == 302
    assert "What it said before (2)" in officer.get(place).text


def test_evidence_is_cited_anew_and_taken_out_and_says_why_it_cannot_be(
    made: make.Authority, officer: FlaskClient
) -> None:
    said = doing.statement(made, doing.edition(made))
    one = doing.figure(made, said)
    db.session.commit()
    place = f"/self-evaluation/{said.edition_id}/statements/{said.id}/evidence"
    assert officer.post(f"{place}/{one.id}/renew").status_code == 302
    again = officer.post(f"{place}/{one.id}/leave-out")
    assert again.status_code == 422
    assert "Nothing was changed" in again.text
    assert officer.post(f"{place}/{one.id + 1}/leave-out").status_code == 302
    nothing = officer.post(f"{place}/theme", data={"theme": "drift", "unit": made.root.id, "months": 1})
    assert nothing.status_code == 422
    assert "There is nothing to cite: no audit has themes." in nothing.text


def test_a_board_member_is_told_in_words_that_a_copy_was_taken_back(
    app: Flask, made: make.Authority, officer: FlaskClient
) -> None:
    copy = doing.published(made, planning.plan(made))
    db.session.commit()
    place, board = f"/self-evaluation/published/{copy.id}", make.client_of(app, made.board)
    assert "Take this version back" in officer.get(place).text
    assert "Take this version back" not in board.get(place).text
    assert officer.post(f"{place}/take-back", data={"because": ""}).status_code == 422
    assert officer.post(f"{place}/take-back", data={"because": "It names a school."}).location == place
    again = officer.post(f"{place}/take-back", data={"because": "Again"})
    assert (again.status_code, "It was taken back already" in again.text) == (422, True)
    page = board.get(place).text
    assert "This self-evaluation was taken back" in page
    assert "It names a school." in page
    assert made.officer.name in page
    assert doing.WORDS not in page
    for form in (".pdf", ".docx", ".xlsx", ".ods"):
        answer = board.get(f"{place}{form}")
        assert (answer.status_code, "was taken back" in answer.text) == (422, True)
    assert "Taken back" in board.get("/self-evaluation").text
    assert doing.WORDS in officer.get(place).text
    assert officer.get(f"{place}.pdf").status_code == 200
    assert "Board members read nothing of this edition" in officer.get(f"/self-evaluation/{copy.edition_id}").text
