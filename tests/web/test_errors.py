"""What people see when something goes wrong, and what the log is told."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, text
from werkzeug.test import TestResponse

from audit_app.db import db, waiting_at_most
from audit_app.web.errors import AUTOSAVE
from audit_app.web.headers import HEADERS
from tests.web.laboratory import ERRORS, SECRET, laboratory
from tests.web.markup import one, read

JSON = {"X-Requested-With": AUTOSAVE}
CODES = {
    "refused": 422,
    "stale": 409,
    "stale-data": 409,
    "integrity": 409,
    "data": 400,
    "operational": 503,
    "interface": 503,
    "programming": 500,
    "no-connection": 503,
    "overflow": 400,
    "unicode": 400,
    "recursion": 400,
    "lookup": 500,
    "os": 500,
}


def is_a_page(answer: TestResponse) -> bool:
    """Whether an answer is a whole page of ours, with its headers."""
    page = read(answer.text)
    assert one(page, ".//h1") is not None
    assert one(page, ".//title") is not None
    assert one(page, ".//main") is not None
    assert all(answer.headers.get(name) == value for name, value in HEADERS.items())
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.mimetype == "text/html"


def somebody(app: Flask) -> FlaskClient:
    """A browser that says that it is signed in; whether it is, only the database knows."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "a token"
    return client


def test_every_error_has_its_code_and_its_page(lab: Flask) -> None:
    assert set(CODES) == set(ERRORS)
    for kind, code in CODES.items():
        answer = lab.test_client().post(f"/lab/raise/{kind}")
        assert (kind, answer.status_code) == (kind, code)
        assert is_a_page(answer)
        assert SECRET not in answer.text
    assert "not today" in lab.test_client().post("/lab/raise/refused").text
    assert "this unit" in lab.test_client().post("/lab/raise/stale").text


def test_the_pages_own_script_is_answered_in_json(lab: Flask) -> None:
    for kind, code in CODES.items():
        answer = lab.test_client().post(f"/lab/raise/{kind}", headers=JSON)
        assert (kind, answer.status_code, answer.mimetype) == (kind, code, "application/json")
        assert answer.get_json()["error"] == code
        assert SECRET not in answer.text
    refused = lab.test_client().post("/lab/raise/refused", headers=JSON).get_json()
    assert refused == {"error": 422, "reason": "not today"}


def test_the_log_is_told_where_and_what_kind_and_no_words_of_anybody(
    lab: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    typed = {"evidence": "words that somebody typed"}
    with caplog.at_level(logging.DEBUG):
        for kind in ERRORS:
            lab.test_client().post(f"/lab/raise/{kind}?q=asked", data=typed)
        lab.test_client().post("/lab/put-off/200?breaks=yes", data=typed)
        lab.test_client().post("/lab/commit-fails", data=typed)
    assert "unexpected LookupError at lab.raised" in caplog.text
    assert "raise ERRORS[kind]() from ValueError(SECRET)" in caplog.text  # where: the line of the program
    assert "ValueError" in caplog.text  # and what it came from
    for words in (SECRET, "words that somebody typed", "asked"):
        assert words not in caplog.text


def test_what_breaks_after_the_answer_is_a_page_as_well(lab: Flask) -> None:
    answer = lab.test_client().post("/lab/put-off/200?breaks=yes")
    assert answer.status_code == 500
    assert SECRET not in answer.text


def test_a_code_without_a_page_of_its_own_gets_the_nearest(lab: Flask) -> None:
    for code, words in ((406, "could not be read"), (418, "could not be read"), (502, "went wrong")):
        answer = lab.test_client().post(f"/lab/abort/{code}")
        assert answer.status_code == code
        assert words in answer.text
        assert is_a_page(answer)


def test_what_was_typed_is_shown_again_so_that_it_is_not_lost(lab: Flask) -> None:
    typed = {"evidence": "two hours of <careful> words", "password": "three unrelated words", "csrf_token": "a b"}
    for kind in ("refused", "stale", "operational", "lookup", "data"):
        answer = lab.test_client().post(f"/lab/raise/{kind}", data=typed).text
        assert "two hours of &lt;careful&gt; words" in answer
        assert "three unrelated words" not in answer
    for code in (403, 404, 405):  # taken away, or forbidden, while somebody wrote
        answer = lab.test_client().post(f"/lab/abort/{code}", data=typed).text
        assert "two hours of &lt;careful&gt; words" in answer
        assert "three unrelated words" not in answer


def test_a_page_that_is_not_there_and_a_method_that_is_not_meant(lab: Flask) -> None:
    client = lab.test_client()
    missing = client.get("/nowhere")
    assert missing.status_code == 404 and is_a_page(missing)
    wrong = client.post("/lab/writes")
    assert wrong.status_code == 405 and is_a_page(wrong)
    assert set(wrong.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert client.get("/nowhere", headers=JSON).get_json()["error"] == 404


@pytest.mark.parametrize("kind", ["lookup", "operational"])
def test_the_pages_of_a_broken_service_ask_the_database_nothing(sqlite_lab: Flask, kind: str) -> None:
    asked: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        asked.append(statement)

    with sqlite_lab.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    assert somebody(sqlite_lab).get(f"/lab/raise-at-once/{kind}").status_code >= 500
    assert asked == []
    somebody(sqlite_lab).get("/lab/raise-at-once/refused")  # the control: this page says who is signed in
    assert asked != []


@contextmanager
def broken(place: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database that is not there, or that nobody has migrated."""
    urls = {
        "no file": f"sqlite:///{tmp_path / 'missing' / 'audits.sqlite3'}",
        "empty file": f"sqlite:///{tmp_path / 'empty.sqlite3'}",
        "no server": "postgresql+psycopg://nobody@127.0.0.1:1/nothing",
    }
    url = request.getfixturevalue("empty_postgres_url") if place == "empty server" else urls[place]
    with laboratory(tmp_path, url) as app:
        yield app


PLACES = ["no file", "empty file", "no server", pytest.param("empty server", marks=pytest.mark.postgres)]


@pytest.mark.parametrize("place", PLACES)
def test_without_its_database_the_service_says_so_everywhere(
    place: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    with broken(place, request, tmp_path) as app:
        for path in ("/", "/audits", "/nowhere", "/people/1", "/lab/raise-at-once/refused", "/lab/ask/unit"):
            answer = somebody(app).get(path)
            assert (path, answer.status_code) == (path, 503)
            assert "not available" in answer.text
            assert is_a_page(answer)
            assert somebody(app).get(path, headers=JSON).get_json()["error"] in (503, 404, 422)
        typed = somebody(app).post("/audits/1/sections/one", data={"evidence": "some words"})
        assert typed.status_code == 503 and "some words" in typed.text
        credentials = {"email": "a@b.test", "password": "three unrelated words", "next": "", "kept": ""}
        assert app.test_client().post("/sign-in", data=credentials).status_code == 503
        health = app.test_client().get("/healthcheck")
        assert (health.status_code, health.get_json()["status"]) == (503, "unavailable")
        assert app.test_client().get("/sign-in").status_code == 200
        with app.test_client().get("/static/app.css") as sheet:
            assert sheet.status_code == 200


def test_when_the_database_is_back_so_is_the_service(tmp_path: Path, migrated_file: Path) -> None:
    place = tmp_path / "mounted later"
    with laboratory(tmp_path, f"sqlite:///{place / 'audits.sqlite3'}") as app:
        assert app.test_client().get("/healthcheck").status_code == 503
        place.mkdir()
        (place / "audits.sqlite3").write_bytes(migrated_file.read_bytes())
        assert app.test_client().get("/healthcheck").status_code == 200
        assert app.test_client().post("/lab/answer/200").status_code == 200


@pytest.mark.postgres
def test_a_database_that_goes_away_in_the_middle_is_unavailable_and_then_back(postgres_lab: Flask) -> None:
    for _ in range(2):
        answer = postgres_lab.test_client().post("/lab/lose-the-database")
        assert answer.status_code == 503
        assert is_a_page(answer)
    assert postgres_lab.test_client().post("/lab/answer/200").status_code == 200
    with postgres_lab.app_context():
        assert db.session.execute(text("select count(*) from unit")).scalar_one() == 1


def test_a_busy_database_is_unavailable_and_not_broken(sqlite_lab: Flask) -> None:
    writes, done = threading.Event(), threading.Event()

    def hold() -> None:
        with sqlite_lab.app_context():
            db.session.execute(text("select 1"))
            writes.set()
            done.wait(20)
            db.session.rollback()

    holder = threading.Thread(target=hold)
    holder.start()
    writes.wait(20)
    try:
        with waiting_at_most(0.05):
            assert sqlite_lab.test_client().post("/lab/answer/200").status_code == 503
            assert sqlite_lab.test_client().get("/lab/ask/unit").status_code == 200
    finally:
        done.set()
        holder.join(20)
    assert sqlite_lab.test_client().post("/lab/answer/200").status_code == 200


def test_a_host_that_is_not_ours_is_not_answered(tmp_path: Path, migrated_file: Path) -> None:
    (tmp_path / "audits.sqlite3").write_bytes(migrated_file.read_bytes())
    with laboratory(tmp_path, f"sqlite:///{tmp_path / 'audits.sqlite3'}", hosts=("audit.test",)) as app:
        assert app.test_client().get("/sign-in", headers={"Host": "audit.test"}).status_code == 200
        for path in ("/sign-in", "/", "/nowhere", "/static/app.css"):
            answer = app.test_client().get(path, headers={"Host": "evil.test"})
            assert answer.status_code == 400
            assert "evil.test" not in answer.text
            assert "Content-Security-Policy" in answer.headers


def test_a_test_sees_what_broke_as_it_is(tmp_path: Path, migrated_file: Path) -> None:
    (tmp_path / "audits.sqlite3").write_bytes(migrated_file.read_bytes())
    with laboratory(tmp_path, f"sqlite:///{tmp_path / 'audits.sqlite3'}", environment="test") as app:
        with pytest.raises(LookupError, match=SECRET):
            app.test_client().post("/lab/raise/lookup")
        assert app.test_client().post("/lab/raise/refused").status_code == 422
