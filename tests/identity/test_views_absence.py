"""Saying that one is away, by oneself."""

import datetime as dt

import pytest
from flask import Flask
from flask.testing import FlaskClient

from audit_app.clock import today
from audit_app.db import db
from audit_app.history.queries import entries_of
from audit_app.identity import operations
from audit_app.identity.absences import Away
from audit_app.identity.queries import absences_of, away_between
from tests import make
from tests.browsing import send, token_of
from tests.make import Authority


@pytest.fixture
def made(app: Flask) -> Authority:
    return make.authority()


@pytest.fixture
def manager(app: Flask, made: Authority) -> FlaskClient:
    return make.client_of(app, made.manager)


def typed(first: dt.date, last: dt.date) -> dict[str, list[str]]:
    """Two dates as their boxes send them."""
    return {name: [str(day.day), str(day.month), str(day.year)] for name, day in (("first", first), ("last", last))}


def test_days_away_are_told_seen_and_taken_back(manager: FlaskClient, made: Authority) -> None:
    first = today() + dt.timedelta(days=3)
    days = Away(first, first + dt.timedelta(days=4))
    answer = send(manager, "/absence/add", page="/absence", **typed(days.first, days.last))
    assert answer.status_code == 302
    page = manager.get("/absence").text
    assert days.words in page
    (told,) = absences_of(made.manager.id, today())
    assert entries_of(f"person:{made.manager.id}")[0].kind == "person.away_recorded"
    taken = manager.post(f"/absence/{told.id}/take-back", data={"csrf_token": token_of(page)})
    assert taken.status_code == 302
    assert absences_of(made.manager.id, today()) == []
    assert entries_of(f"person:{made.manager.id}")[0].kind == "person.away_taken_back"
    assert manager.post(f"/absence/{told.id}/take-back", data={"csrf_token": token_of(page)}).status_code == 404


def test_days_that_cannot_be_stay_typed_beside_why(manager: FlaskClient) -> None:
    first = today() + dt.timedelta(days=3)
    answer = send(manager, "/absence/add", page="/absence", **typed(first, first - dt.timedelta(days=2)))
    assert answer.status_code == 422
    assert "same as the first day, or later" in answer.text and f'value="{first.year}"' in answer.text
    empty = send(manager, "/absence/add", page="/absence", first=["", "", ""], last=["", "", ""])
    assert empty.status_code == 422 and "Enter the first day away" in empty.text


def test_nobody_takes_back_the_days_of_somebody_else(app: Flask, manager: FlaskClient, made: Authority) -> None:
    told = operations.record_away(made.senior, Away(today(), today()), by=made.officer.id)
    db.session.commit()
    token = token_of(manager.get("/absence").text)
    assert manager.post(f"/absence/{told.id}/take-back", data={"csrf_token": token}).status_code == 404


def test_only_who_audits_or_moderates_is_asked(app: Flask, made: Authority) -> None:
    assert make.client_of(app, made.board).get("/absence").status_code == 403
    assert make.client_of(app, made.external).get("/absence").status_code == 200


def test_absences_between_two_days_are_found_on_either_database(either_app: Flask) -> None:
    made = make.authority()
    day = today()
    far = Away(day + dt.timedelta(days=40), day + dt.timedelta(days=44))
    near = Away(day + dt.timedelta(days=1), day + dt.timedelta(days=2))
    for who, days in ((made.manager, far), (made.manager, near), (made.senior, near)):
        operations.record_away(who, days, by=None)
    gone = operations.record_away(made.head, near, by=None)
    operations.take_back_away(gone, by=made.head.id)
    db.session.commit()
    ids = [made.manager.id, made.senior.id, made.head.id]
    assert away_between(ids, day, day + dt.timedelta(days=10)) == {made.manager.id: (near,), made.senior.id: (near,)}
    assert away_between(ids, day, far.first) == {made.manager.id: (near, far), made.senior.id: (near,)}
    assert away_between(ids, day, day) == {}
