"""Giving cases out in the browser: evenly and at random, by hand, and never twice."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from audit_app.auditing.model import Audit
from audit_app.cases.model import CaseRecord
from audit_app.db import db
from audit_app.sampling import operations
from audit_app.sampling.model import SampledCase
from tests import make
from tests.browsing import send
from tests.make import Authority
from tests.sampling import listing
from tests.sampling.visiting import at, count_of, drawn, managers, post, words


@pytest.fixture
def made(app: Flask) -> Authority:
    found = make.authority()
    listing.listed(found)
    return found


@pytest.fixture
def officer(app: Flask, made: Authority) -> FlaskClient:
    return make.client_of(app, made.officer)


def test_cases_are_shared_out_after_a_look(officer: FlaskClient, made: Authority) -> None:
    drawn(made)
    look = send(officer, at(made, "/allocate"), auditors=managers(made), seed="a seed", cap="")
    assert "8 cases would go to 3 auditors" in words(look) and count_of(Audit) == 0
    answer = post(officer, at(made, "/allocate/issue"), look)
    assert answer.status_code == 302 and count_of(Audit) == 8
    assert "8 audits are with 3 auditors." in words(officer.get(answer.location))


def test_sending_an_allocation_twice_makes_no_second_audit_and_says_so(officer: FlaskClient, made: Authority) -> None:
    drawn(made)
    look = send(officer, at(made, "/allocate"), auditors=managers(made), seed="a seed", cap="")
    assert post(officer, at(made, "/allocate/issue"), look).status_code == 302
    again = post(officer, at(made, "/allocate/issue"), look)
    assert again.status_code == 422 and "has been given to an auditor" in words(again) and count_of(Audit) == 8


def test_an_allocation_that_no_longer_fits_is_shown_anew(officer: FlaskClient, made: Authority) -> None:
    sample = drawn(made)
    look = send(officer, at(made, "/allocate"), auditors=managers(made), seed="a seed", cap="4")
    operations.replace_case(sample, sample.cases[0].case_id, "Moved away", by=made.officer.id)
    answer = post(officer, at(made, "/allocate/issue"), look)
    assert answer.status_code == 409 and "The round changed after you looked" in words(answer)
    assert count_of(Audit) == 0
    assert post(officer, at(made, "/allocate/issue"), answer).status_code == 302 and count_of(Audit) == 8


def test_cases_that_nobody_may_audit_are_left_over_with_the_reason(officer: FlaskClient, made: Authority) -> None:
    drawn(made)
    look = send(officer, at(made, "/allocate"), auditors=[str(made.manager.id)], seed="a seed", cap="")
    page = words(look)
    assert "would be left over" in page and "nobody to go to" in page
    assert post(officer, at(made, "/allocate/issue"), look).status_code == 302
    assert "no auditor yet" in words(officer.get(at(made)))
    change = post(officer, at(made, "/allocate/change"), look)
    assert change.status_code == 200 and 'value="a seed"' in change.text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"auditors": []}, "Choose at least one auditor"),
        ({"seed": ""}, "Give the seed of the allocation"),
        ({"cap": "0"}, "Enter the most for each auditor"),
        ({"auditors": ["999999"]}, "not a valid choice"),
    ],
)
def test_an_allocation_that_cannot_be_made_is_answered_at_its_field(
    officer: FlaskClient, made: Authority, fields: dict[str, Any], said: str
) -> None:
    drawn(made)
    answer = send(officer, at(made, "/allocate"), **{"auditors": managers(made), "seed": "s", "cap": "", **fields})
    assert answer.status_code == 422 and said in words(answer)


def test_auditors_are_chosen_by_hand_among_those_who_may(officer: FlaskClient, made: Authority) -> None:
    sample = drawn(made)
    page = officer.get(at(made, "/allocate/by-hand"))
    assert "belongs to their own team" in words(page)
    mine = next(one for one in sample.cases if one.case.unit_id == made.teams[0].id)
    options = re.findall(rf'value="{mine.case_id}:(\d+)"', page.text)
    assert str(made.manager.id) not in options and str(made.far_manager.id) in options
    pairs = ["", f"{mine.case_id}:{made.far_manager.id}"]
    answer = post(officer, at(made, "/allocate/by-hand"), page, given=pairs)
    assert answer.status_code == 302 and count_of(Audit) == 1
    again = post(officer, at(made, "/allocate/by-hand"), page, given=pairs)
    assert again.status_code == 422 and "Nothing was given out a second time" in words(again) and count_of(Audit) == 1
    other = next(one for one in sample.cases if one.case.unit_id == made.teams[1].id)
    own = post(officer, at(made, "/allocate/by-hand"), page, given=[f"{other.case_id}:{made.other_manager.id}"])
    assert own.status_code == 422 and "own team" in words(own) and count_of(Audit) == 1
    assert post(officer, at(made, "/allocate/by-hand"), page, given=[""]).status_code == 422


def test_choices_that_no_page_offers_are_not_read(officer: FlaskClient, made: Authority) -> None:
    drawn(made)
    page = officer.get(at(made, "/allocate/by-hand"))
    for given in (["x"], ["1:"], ["1:2:3"], ["1:2", "1:3"], ["9999999999:1"]):
        assert post(officer, at(made, "/allocate/by-hand"), page, given=given).status_code == 400


def test_a_case_that_was_not_drawn_is_found_and_given_out_with_a_reason(officer: FlaskClient, made: Authority) -> None:
    drawn(made)
    sampled = select(SampledCase.case_id)
    case = db.session.execute(
        select(CaseRecord).where(CaseRecord.unit_id == made.teams[0].id, CaseRecord.id.not_in(sampled)).limit(1)
    ).scalar_one()
    found = officer.get(at(made, f"/cases?q={case.reference}"))
    assert "1 case beginning with" in words(found)
    address = at(made, f"/cases/{case.id}/allocate")
    fields = {"auditor": str(made.far_manager.id)}
    refused = send(officer, address, **fields, reason="")
    assert refused.status_code == 422 and "although it was not drawn" in words(refused)
    answer = send(officer, address, **fields, reason="A complaint")
    assert answer.status_code == 302 and "is with Manager Three" in words(officer.get(answer.location))
    assert "is with an auditor in this round already" in words(officer.get(address))
    assert "A complaint" in words(officer.get(at(made)))
    assert "No case of the list begins" in words(officer.get(at(made, "/cases?q=zzz")))


def test_an_audit_that_was_not_started_is_given_to_somebody_else(officer: FlaskClient, made: Authority) -> None:
    audit = make.audit(made)
    address = at(made, f"/audits/{audit.id}/reallocate")
    page = officer.get(address)
    version = re.findall(r'name="version" value="(\d+)"', page.text)[0]
    assert "belongs to their own team" in words(page)
    stale = send(officer, address, version="99", auditor=str(made.far_manager.id))
    assert stale.status_code == 409
    answer = send(officer, address, version=version, auditor=str(made.far_manager.id))
    assert answer.status_code == 302 and "is now with Manager Three" in words(officer.get(answer.location))
    db.session.refresh(audit)
    assert audit.auditor_id == made.far_manager.id


def test_nobody_outside_the_offered_auditors_is_given_an_audit(officer: FlaskClient, made: Authority) -> None:
    audit = make.audit(made)
    address = at(made, f"/audits/{audit.id}/reallocate")
    answer = send(officer, address, version=str(audit.version_id), auditor=str(made.other_manager.id))
    assert answer.status_code == 422
    db.session.refresh(audit)
    assert audit.auditor_id == made.manager.id
