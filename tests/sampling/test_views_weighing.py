"""Weights, departures and cases left out, in the browser."""

import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from audit_app.cases.model import CaseListEntry, CaseRecord
from audit_app.db import db
from audit_app.programmes.policies import Policies
from audit_app.sampling import operations
from audit_app.sampling.model import Sample
from tests import make
from tests.browsing import send
from tests.make import Authority
from tests.sampling import listing
from tests.sampling.test_views import DRAW
from tests.sampling.visiting import at, count_of, post, words

WEIGHTED: dict[str, Any] = {**DRAW, "method": "weighted", "weigh_by": "category"}
KINDS = ["Looked after child", "Child protection plan", "Child in need plan"]


@pytest.fixture
def made(app: Flask) -> Authority:
    found = make.authority()
    listing.listed(found)
    return found


@pytest.fixture
def officer(app: Flask, made: Authority) -> FlaskClient:
    return make.client_of(app, made.officer)


def weigh(officer: FlaskClient, made: Authority, page: TestResponse, times: list[str]) -> TestResponse:
    """Type a number for each kind of case on the page of weights, and go on."""
    weighed = [json.dumps(["category", kind]) for kind in KINDS]
    return post(officer, at(made, "/draw/weigh"), page, weighed=weighed, times=times)


def test_weights_are_asked_for_each_value_and_their_chances_shown_before_anything_is_kept(
    officer: FlaskClient, made: Authority
) -> None:
    page = send(officer, at(made, "/draw"), **WEIGHTED)
    said = words(page)
    assert page.status_code == 200 and "twice as likely" in said
    assert all(f"{kind} ({count} cases on the list)" in said for kind, count in zip(KINDS, (4, 8, 8), strict=True))
    look = weigh(officer, made, page, ["20", "0.5", ""])
    said = words(look)
    assert "20 times as likely" in said and "Half as likely" in said and "100%: certain" in said
    assert "a case’s chance would pass 100%" in said and count_of(Sample) == 0
    answer = post(officer, at(made, "/draw/confirm"), look)
    assert answer.status_code == 302
    sample = db.session.execute(select(Sample)).scalar_one()
    weights = {"Looked after child": "20", "Child protection plan": "0.5", "Child in need plan": "1"}
    assert sample.policy == {"method": "weighted", "size": 8, "weights": {"category": weights}}
    said = words(officer.get(answer.location))
    assert "Chances by weight" in said and "Otherwise than the policy" in said and "Audited" in said
    case = sample.cases[0].case_id
    assert "Its weight in the draw was" in words(officer.get(f"/samples/{sample.id}/cases/{case}"))


def test_a_weight_that_is_no_number_is_answered_beside_it_and_the_others_stay(
    officer: FlaskClient, made: Authority
) -> None:
    answer = weigh(officer, made, send(officer, at(made, "/draw"), **WEIGHTED), ["2", "heavy", "0"])
    said = words(answer)
    assert answer.status_code == 422 and "There is a problem" in said
    assert "Case status, child protection plan: enter a number from 0.001 to 1,000" in said
    assert re.findall(r'name="times"[^>]* value="([^"]*)"', answer.text) == ["2", "heavy", "0"]


def test_weights_are_still_there_when_something_else_is_changed(officer: FlaskClient, made: Authority) -> None:
    page = send(officer, at(made, "/draw"), **WEIGHTED)
    look = weigh(officer, made, page, ["2", "3", "1"])
    back = post(officer, at(made, "/draw/change"), look)
    assert back.status_code == 200 and "Draw a sample" in words(back)
    weighed = [json.dumps(["category", kind]) for kind in KINDS]
    also = post(officer, at(made, "/draw/change"), page, weighed=weighed, times=["2", "3", "1"])
    for answer in (back, also):
        hidden = re.search(r'name="weights" value="([^"]*)"', answer.text)
        assert hidden is not None and "&#34;Child protection plan&#34;: &#34;3&#34;" in hidden[1]


def test_something_with_too_many_values_is_not_weighed_one_by_one(officer: FlaskClient, made: Authority) -> None:
    for place, entry in enumerate(db.session.execute(select(CaseListEntry)).scalars()):
        entry.attributes = {**entry.attributes, "School": f"School {place}"}
    listing_of_many(made)
    answer = send(officer, at(made, "/draw"), **{**WEIGHTED, "weigh_by": "School"})
    assert answer.status_code == 422 and "has 81 values on this list" in words(answer)


def listing_of_many(made: Authority) -> None:
    """Eighty more cases on the list, each of a school of its own."""
    for number in range(80):
        case = make.case(made, made.teams[0])
        said = {"School": f"Other school {number}"} if number else {}
        db.session.add(
            CaseListEntry(
                list_id=made.round.case_list_id,
                case_id=case.id,
                unit_id=case.unit_id,
                worker="",
                category=case.category,
                attributes=said,
            )
        )
    for entry in db.session.execute(select(CaseListEntry).order_by(CaseListEntry.case_id).limit(20)).scalars():
        entry.attributes = {**entry.attributes, "School": "One school"}
    db.session.commit()


def test_tampered_weights_are_no_weights(officer: FlaskClient, made: Authority) -> None:
    page = weigh(officer, made, send(officer, at(made, "/draw"), **WEIGHTED), ["2", "3", "1"])
    for weights in ("no json", "[1]", '{"category": 3}', '{"category": {"a": 1}}', '{"team": {"Team 11": "2"}}'):
        answer = post(officer, at(made, "/draw/confirm"), page, weights=weights)
        assert answer.status_code == 422 and "Give at least one weight" in words(answer)
    assert count_of(Sample) == 0


def test_the_page_of_a_draw_starts_from_the_policy_and_shows_what_departs_from_it(
    officer: FlaskClient, made: Authority
) -> None:
    made.round.programme.policies = Policies(
        method="proportional", sized_by="share", share="0.4", months_since_audit=9, weeks_open=2
    ).to_data()
    db.session.commit()
    page = officer.get(at(made, "/draw"))
    for shown in ('name="share" type="text" value="40"', 'value="proportional" checked', 'value="9"', 'value="2"'):
        assert shown in page.text
    look = send(officer, at(made, "/draw"), **DRAW)
    said = words(look)
    assert "Otherwise than the policy" in said and "8 cases" in said and "40% of the list" in said


def test_cases_left_out_are_listed_by_reason_with_a_page_for_each(officer: FlaskClient, made: Authority) -> None:
    shut = list(db.session.execute(select(CaseRecord).order_by(CaseRecord.id).limit(3)).scalars())
    for case in shut:
        case.closed = True
    db.session.commit()
    by_hand = db.session.execute(select(CaseRecord.reference).order_by(CaseRecord.id.desc())).scalars().first()
    terms = listing.terms(references=(by_hand,), because="Shown to the panel")
    sample = operations.draw(made.round, terms, by=made.officer.id)
    db.session.commit()
    assert "Closed : 3 cases" in words(officer.get(f"/samples/{sample.id}")).replace("Closed:", "Closed :")
    every = words(officer.get(f"/samples/{sample.id}/left-out"))
    assert "4 cases" in every and "Shown to the panel" in every
    closed = officer.get(f"/samples/{sample.id}/left-out?reason=closed")
    assert "3 cases" in words(closed) and str(by_hand) not in words(closed)
    assert f"/samples/{sample.id}/cases/{shut[0].id}" in closed.text
    for odd in ("?reason=nonsense", "?after=9999", "?before=x", "?after=²"):
        assert "4 cases" in words(officer.get(f"/samples/{sample.id}/left-out{odd}"))


def test_a_sample_that_left_nobody_out_says_so(officer: FlaskClient, made: Authority) -> None:
    sample = operations.draw(made.round, listing.terms(), by=made.officer.id)
    db.session.commit()
    assert "No case was left out" in words(officer.get(f"/samples/{sample.id}/left-out"))
