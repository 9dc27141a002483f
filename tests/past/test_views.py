"""The pages of past audits, as the audit officer goes through them and as others do not."""

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from audit_app.access.table import Role
from audit_app.cases.forms import ColumnFields
from audit_app.db import db
from audit_app.past.forms import field_of
from audit_app.past.model import PastAudit, StagedPast
from audit_app.past.queries import scales
from tests import make
from tests.browsing import hidden_of, send
from tests.cases.handing import carried_out
from tests.past.sheets import csv_of, line
from tests.web.markup import one, read, text

CHOSEN = re.compile(r'<select[^>]*name="([^"]+)"(?:(?!</select>).)*?value="([^"]+)" selected', re.DOTALL)
WAITING = re.compile(r"/past-audits/waiting/\d+")


@pytest.fixture
def made(app: Flask) -> make.Authority:
    return make.authority()


@pytest.fixture
def officer(app: Flask, made: make.Authority) -> FlaskClient:
    return make.client_of(app, made.officer)


def main_of(answer: TestResponse) -> str:
    return text(one(read(answer.text), ".//main"))


def hand_over(client: FlaskClient, made: make.Authority, content: bytes, name: str = "tracker.csv") -> TestResponse:
    scale = next(scale.key for scale in scales() if scale == made.tool.tool.scale)
    db.session.rollback()
    file = FileStorage(io.BytesIO(content), name)
    return carried_out(client, send(client, "/past-audits/new", file=file, scale=scale))


def waiting(client: FlaskClient, made: make.Authority, *lines: tuple[object, ...]) -> str:
    """The address where a file waits, its columns said as they are guessed."""
    answer = hand_over(client, made, csv_of(*lines))  # type: ignore[arg-type]
    found = WAITING.match(answer.location or "")
    assert found, answer.text
    if answer.location.endswith("/columns"):
        page = f"{found[0]}/columns/0"
        shown = client.get(page).text
        said = dict(
            re.findall(r'<select[^>]*name="([^"]+)"(?:(?!</select>).)*?value="([^"]+)" selected', shown, re.DOTALL)
        )
        version = hidden_of(shown)["version"]
        answer = send(client, page, page=page, **{"version": version, "called": "Tracker", **said})
        assert answer.status_code == 302, answer.text
    return found[0]


def posted(client: FlaskClient, address: str, page: str, **fields: str) -> TestResponse:
    return send(client, address, page=page, **{"version": hidden_of(client.get(page).text)["version"], **fields})


def count(table: type[PastAudit | StagedPast]) -> int:
    return db.session.execute(select(func.count()).select_from(table)).scalar_one()


def test_past_audits_are_read_explained_looked_at_and_imported(officer: FlaskClient, made: make.Authority) -> None:
    address = waiting(officer, made, line("1"), line("2", grade="Goodish"), line("3", month="soon"))
    shown = main_of(officer.get(address))
    assert "Would be imported 1 past audit" in shown
    assert "“Goodish” (1)" in shown
    assert "A month or a date that has come" in shown
    posted(officer, f"{address}/words", f"{address}/words", **{field_of("word", "Goodish"): "good"})
    assert "Would be imported 2 past audits" in main_of(officer.get(address))
    answer = posted(officer, f"{address}/import", address)
    shown = main_of(officer.get(answer.location))
    assert "May 2026" in shown
    assert "this service knows nothing of how the audits were drawn" in shown.lower()
    assert count(PastAudit) == 2
    assert "tracker.csv" in main_of(officer.get("/past-audits"))


def test_a_grade_word_that_is_left_undecided_stays_refused(officer: FlaskClient, made: make.Authority) -> None:
    address = waiting(officer, made, line("1"), line("2", grade="Splendid"))
    posted(officer, f"{address}/words", f"{address}/words")
    assert "Would be refused 1 row" in main_of(officer.get(address))


def test_columns_are_asked_for_with_what_is_wrong_and_what_was_chosen(
    officer: FlaskClient, made: make.Authority
) -> None:
    answer = hand_over(officer, made, csv_of(("a", "b", "c"), headings=("Alpha", "Beta", "Gamma")))
    page = f"{answer.location}/0"
    sent = posted(officer, page, page, called="Ours", **{ColumnFields.of(0).holds: "team"})
    assert sent.status_code == 422
    assert "Say which column holds the month or date of the audit." in sent.text
    assert "Say which column holds the overall grade as audited." in sent.text
    assert 'value="team" selected' in re.sub(r"\s+", " ", sent.text)


def test_a_file_that_is_no_spreadsheet_is_refused_at_its_field(officer: FlaskClient, made: make.Authority) -> None:
    answer = hand_over(officer, made, b"%PDF-1.7 nothing", "tracker.pdf")
    assert answer.status_code == 422
    assert count(StagedPast) == 0


def test_a_preview_of_another_window_is_not_imported_unseen(officer: FlaskClient, made: make.Authority) -> None:
    address = waiting(officer, made, line("1"), line("2", grade="Goodish"))
    version = hidden_of(officer.get(address).text)["version"]
    posted(officer, f"{address}/words", f"{address}/words", **{field_of("word", "Goodish"): "good"})
    answer = send(officer, f"{address}/import", page=address, version=version)
    assert answer.status_code == 409
    assert "Nothing was imported" in answer.text
    assert count(PastAudit) == 0


def test_an_import_is_taken_back_after_it_was_said_what_that_does(officer: FlaskClient, made: make.Authority) -> None:
    address = waiting(officer, made, line("1"))
    kept = posted(officer, f"{address}/import", address).location
    page = f"{kept}/taking-back"
    assert "1 past audit is erased" in main_of(officer.get(page))
    posted(officer, page, page)
    assert count(PastAudit) == 0
    assert "Taken back" in main_of(officer.get("/past-audits"))
    again = posted(officer, page, page)
    assert again.status_code == 422
    assert "taken back already" in again.text


def test_a_no_erases_what_was_read(officer: FlaskClient, made: make.Authority) -> None:
    address = waiting(officer, made, line("1"))
    send(officer, f"{address}/cancel", page=address)
    assert count(StagedPast) == 0
    assert officer.get(address).status_code == 404


def test_every_refused_row_can_be_downloaded(officer: FlaskClient, made: make.Authority) -> None:
    address = waiting(officer, made, line("1", month="=cmd|' /C calc'!A0"))
    answer = officer.get(f"{address}/problems.csv")
    assert "'=cmd" in answer.text
    assert "A month or a date that has come" in answer.text


def test_what_waits_is_for_its_owner_alone(app: Flask, officer: FlaskClient, made: make.Authority) -> None:
    address = waiting(officer, made, line("1"))
    other = make.client_of(app, make.person("Officer Two", Role.AUDIT_OFFICER, made.root))
    assert other.get(address).status_code == 404
    assert other.get(f"{address}/words").status_code == 404
