"""A file of readings, from the officer's hands to the plan: explained once, shown, taken whole or not at all."""

import io
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from audit_app.clock import today
from audit_app.db import db
from audit_app.improvement import operations as improvement
from audit_app.improvement.model import Plan, Reading, ReadingColumns, ReadingsFile
from audit_app.improvement.operations import reading_files
from audit_app.improvement.wording import Amount
from audit_app.improvement.written import Finding
from audit_app.web.formats import day
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


def table(*rows: str) -> bytes:
    """A council's table of readings."""
    return "\n".join(("KPI,As at,Team,Actual,n,Denominator", *rows)).encode()


def send(officer: FlaskClient, plan: Plan, body: bytes) -> str:
    """Send a file in, and give where it is shown."""
    answer = officer.post(f"/plans/{plan.id}/readings/new", data={"file": (io.BytesIO(body), "report.csv")})
    assert answer.status_code == 302, answer.text
    return answer.location


def said(version: int = 1) -> dict[str, object]:
    """What the columns hold, as the form says it."""
    fields = ("indicator", "day", "row", "figure", "count", "total")
    columns = {f"column-{place}": field for place, field in enumerate(fields)}
    return {"version": version, "called": "Report", **columns}


def mark(page: str) -> str:
    """What the page's yes is a yes to."""
    return page.partition('name="mark"')[2].partition('value="')[2].partition('"')[0]


def counted() -> int:
    return db.session.query(Reading).count()


def test_a_file_is_explained_once_and_the_same_file_again_changes_nothing(
    made: make.Authority, officer: FlaskClient
) -> None:
    plan = doing.plan(made)
    db.session.commit()
    before, now = counted(), day(today())
    body = table(f"1.1,{now},,,33,47", f"1.1,{now},Ash,80,,", f"New carers,{now},,7,,", f"9.9,{now},,1,,")
    place = send(officer, plan, body)
    columns = officer.get(place)
    assert columns.location == f"{place}/columns/0"
    guessed = officer.get(columns.location).text.partition('name="column-0"')[2].partition("</select>")[0]
    assert '<option value="indicator" selected>' in guessed
    assert officer.post(columns.location, data=said(9)).status_code == 409
    assert officer.post(columns.location, data=said() | {"column-1": ""}).status_code == 422
    assert officer.post(columns.location, data=said()).location == place
    page = officer.get(place).text
    assert "2 new readings" in page
    assert "70.2% (33 of 47); Ash: 80%" in page
    assert "9.9 (1)" in page
    assert counted() == before
    assert officer.post(place, data={"mark": mark(page)}).status_code == 302
    assert counted() == before + 2
    assert "70.2% (33 of 47)" in officer.get(f"/plans/{plan.id}").text
    assert officer.get(place).status_code == 404
    again = send(officer, plan, body)
    assert "This file changes nothing" in officer.get(again).text
    assert officer.post(again, data={"mark": "x"}).status_code == 422
    assert officer.post(f"{again}/cancel").status_code == 302
    assert (counted(), db.session.query(ReadingsFile).count()) == (before + 2, 0)
    assert db.session.query(ReadingColumns).count() == 1


def test_a_file_with_a_mistake_is_told_cell_by_cell_and_nothing_is_kept(
    made: make.Authority, officer: FlaskClient
) -> None:
    plan = doing.plan(made)
    db.session.commit()
    before = counted()
    place = send(officer, plan, table(f"1.1,{day(today())},,80,,", "2.1,soon,,5,,"))
    officer.post(f"{place}/columns/0", data=said())
    page = officer.get(place)
    assert "What is wrong with this file" in page.text
    assert "soon" in page.text
    assert officer.post(place, data={"mark": "x"}).status_code == 422
    assert counted() == before
    for body in (b"PK", b"only one cell"):
        wrong = officer.post(f"/plans/{plan.id}/readings/new", data={"file": (io.BytesIO(body), "r.xlsx")})
        assert wrong.status_code == 422


def test_a_yes_to_what_was_shown_is_no_yes_to_something_else(made: make.Authority, officer: FlaskClient) -> None:
    plan = doing.plan(made)
    db.session.commit()
    place = send(officer, plan, table(f"1.1,{day(today())},,80,,"))
    officer.post(f"{place}/columns/0", data=said())
    seen = mark(officer.get(place).text)
    reading = Finding(today(), Amount(Decimal(79)))
    improvement.read(doing.indicator(db.session.get_one(Plan, plan.id), "1.1"), reading, by=made.officer.id)
    db.session.commit()
    stale = officer.post(place, data={"mark": seen})
    assert stale.status_code == 409
    assert "Somebody changed this plan" in stale.text
    assert officer.post(place, data={"mark": mark(stale.text)}).status_code == 302


def test_a_file_is_its_senders_alone_and_is_erased_after_a_day(
    app: Flask, made: make.Authority, officer: FlaskClient
) -> None:
    plan = doing.plan(made)
    db.session.commit()
    place = send(officer, plan, table(f"1.1,{day(today())},,80,,"))
    assert make.client_of(app, made.head).get(place).status_code == 404
    assert make.client_of(app, made.manager).get(place).status_code == 403
    kept = db.session.execute(db.select(ReadingsFile)).scalar_one()
    kept.expires_at -= 2 * reading_files.KEPT
    db.session.commit()
    assert officer.get(place).status_code == 404
    reading_files.sweep()
    assert db.session.query(ReadingsFile).count() == 0


def test_a_counted_reading_is_not_corrected_by_a_file(made: make.Authority, officer: FlaskClient) -> None:
    plan = doing.plan(made)
    doing.live(made, plan)
    db.session.commit()
    place = send(officer, plan, table(f"1.1,{day(today())},,80,,"))
    officer.post(f"{place}/columns/0", data=said())
    assert "1.1, counted here (1)" in officer.get(place).text
    assert "This file changes nothing" in officer.get(place).text
