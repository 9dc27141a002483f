"""The page of the record: for those who check it, without a word of what was said."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from audit_app.db import db
from audit_app.history.model import HEADS
from audit_app.history.operations import record
from audit_app.history.queries import checkpoint, entries_page
from tests import make
from tests.browsing import send
from tests.history.things import falsify, kinds, sealed
from tests.web.markup import one, read, text, with_class


@pytest.fixture
def made(app: Flask) -> make.Authority:
    return make.authority()


def words(answer: TestResponse) -> str:
    return text(one(read(answer.text), ".//main"))


def check(client: FlaskClient) -> TestResponse:
    return send(client, "/record")


@pytest.mark.parametrize("person", ["officer", "head", "admin"])
def test_the_record_says_how_long_it_is_and_its_root(app: Flask, made: make.Authority, person: str) -> None:
    client = make.client_of(app, made.people[person])
    page = words(client.get("/record"))
    size, root = checkpoint()
    assert f"Entries {size}" in page
    assert root in page
    assert "Never yet" in page


def test_nobody_else_reads_the_record(app: Flask, made: make.Authority) -> None:
    for person in ("manager", "senior", "external", "board"):
        client = make.client_of(app, made.people[person])
        assert client.get("/record").status_code == 403
        assert send(client, "/record", page="/").status_code == 403


def test_a_check_says_what_was_checked_and_is_an_entry_itself(app: Flask, made: make.Authority) -> None:
    client = make.client_of(app, made.admin)
    size = checkpoint().size
    answer = check(client)
    assert answer.status_code == 200
    assert "No problem." in words(answer)
    assert f"Entries checked {size}" in words(answer)
    assert kinds()[-1] == "history.checked"
    later = words(client.get("/record"))
    assert "by Admin One" in later
    assert "History: checked" in later


def test_a_change_of_the_record_is_found_and_said(app: Flask, made: make.Authority) -> None:
    entries = sealed()
    head = db.session.execute(select(HEADS.c.size, HEADS.c.hash)).one()
    db.session.rollback()
    falsify([entries[0]._replace(body='{"name":"Somewhere"}'), *entries[1:]], (head.size, head.hash))
    answer = check(make.client_of(app, made.officer))
    assert "1 problem. Tell whoever runs this service now" in words(answer)
    assert "Payload 0 was changed" in words(answer)


def test_a_record_without_its_head_is_found_too(app: Flask, made: make.Authority) -> None:
    client = make.client_of(app, made.officer)
    page = client.get("/record")
    entries = sealed()
    falsify(entries, (3, entries[2].hash))
    answer = client.post("/record", data={"csrf_token": token(page.text)})
    assert answer.status_code == 200
    assert "The head says 3 entries" in words(answer)


def token(page: str) -> str:
    found = one(read(page), ".//form[@action='/record']/input")
    return found.get("value", "")


def test_no_page_of_the_record_shows_what_was_said(app: Flask, made: make.Authority) -> None:
    record("audit.voided", subject="audit:1", body={"reason": "a telling reason"}, by=made.head.id)
    db.session.commit()
    client = make.client_of(app, made.officer)
    for answer in (client.get("/record"), check(client)):
        assert "Audit: voided" in words(answer)
        assert "Head One" in words(answer)
        assert "telling" not in answer.text
        assert "audit:1" not in answer.text


def test_the_newest_entries_come_first_a_page_at_a_time(app: Flask, made: make.Authority) -> None:
    for number in range(60):
        record("thing.made", subject=f"thing:{number}")
    db.session.commit()
    size = checkpoint().size
    first = entries_page(after="", before="")
    assert [entry.idx for entry in first.items] == list(range(size - 1, size - 26, -1))
    second = entries_page(after=first.older or "", before="")
    assert [entry.idx for entry in second.items] == list(range(size - 26, size - 51, -1))
    tree = read(make.client_of(app, made.officer).get("/record").text)
    assert text(with_class(tree, "govuk-pagination__next")[0]).startswith("Older")


def test_older_entries_can_be_reached_from_a_check(app: Flask, made: make.Authority) -> None:
    client = make.client_of(app, made.officer)
    link = with_class(read(check(client).text), "govuk-pagination__link")[0].get("href", "")
    assert client.get(f"/record{link}").status_code == 200
