"""Handing back, giving to others, and the pages of auditors, in the browser."""

import datetime as dt
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from audit_app.auditing.model import Audit
from audit_app.clock import today
from audit_app.db import db
from audit_app.identity import operations as identity
from audit_app.identity.absences import Away
from audit_app.sampling import operations
from tests import make
from tests.browsing import send, token_of
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


def choices(page: TestResponse) -> dict[int, tuple[int, list[int]]]:
    """What each list of a proposal has chosen, and what it offers."""
    found = {}
    for select in re.findall(r'<select class="govuk-select[^>]*name="given".*?</select>', page.text, re.DOTALL):
        values = [tuple(map(int, value.split(":"))) for value in re.findall(r'value="(\d+:\d+)"', select)]
        chosen = re.findall(r'value="\d+:(\d+)" selected', select)
        found[values[0][0]] = (int(chosen[0]) if chosen else 0, [to for _, to in values])
    return found


def given(page: TestResponse, **changes: int) -> list[str]:
    """The lists of a proposal as they stand, with some changed (by case or audit, written k12)."""
    changed = {int(key[1:]): to for key, to in changes.items()}
    return [f"{key}:{changed.get(key, chosen)}" for key, (chosen, _) in choices(page).items()]


def look(officer: FlaskClient, made: Authority) -> TestResponse:
    """The proposal for the three team managers."""
    return send(officer, at(made, "/allocate"), auditors=managers(made), seed="a seed", cap="")


# A proposal changed by hand


def test_a_proposal_is_changed_looked_at_and_given_out(officer: FlaskClient, made: Authority) -> None:
    drawn(made)
    page = look(officer, made)
    case_id, (chosen, offered) = next((key, one) for key, one in choices(page).items() if len(one[1]) > 2)
    other = next(one for one in offered if one not in (0, chosen))
    after = post(officer, at(made, "/allocate/adjust"), page, given=given(page, **{f"k{case_id}": other}))
    assert after.status_code == 200 and choices(after)[case_id][0] == other and count_of(Audit) == 0
    unchanged = {key: one[0] for key, one in choices(page).items() if key != case_id}
    assert {key: one[0] for key, one in choices(after).items() if key != case_id} == unchanged
    answer = post(officer, at(made, "/allocate/issue"), after, given=given(after))
    assert answer.status_code == 302 and count_of(Audit) == 8
    audit = db.session.execute(db.select(Audit).filter_by(case_id=case_id)).scalar_one()
    assert audit.auditor_id == other


def test_a_choice_that_no_rule_allows_is_refused_beside_its_case_and_stays_to_be_seen(
    officer: FlaskClient, made: Authority
) -> None:
    sample = drawn(made)
    mine = next(one.case_id for one in sample.cases if one.case.unit_id == made.teams[0].id)
    page = look(officer, made)
    changed = given(page, **{f"k{mine}": made.manager.id})
    for step in ("adjust", "issue"):
        answer = post(officer, at(made, f"/allocate/{step}"), page, given=changed)
        assert answer.status_code == 422 and "own team" in words(answer) and count_of(Audit) == 0
        assert choices(answer)[mine][0] == made.manager.id and f'id="wrong-{mine}"' in answer.text
    right = given(answer, **{f"k{mine}": made.far_manager.id})
    assert post(officer, at(made, "/allocate/issue"), answer, given=right).status_code == 302
    assert count_of(Audit) == 8


def test_a_change_survives_when_the_round_changed_meanwhile(officer: FlaskClient, made: Authority) -> None:
    drawn(made)
    page = look(officer, made)
    case_id = next(iter(choices(page)))
    identity.record_away(made.far_manager, Away(today(), made.round.due_on), by=made.officer.id)
    db.session.commit()
    answer = post(officer, at(made, "/allocate/issue"), page, given=given(page, **{f"k{case_id}": 0}))
    assert answer.status_code == 409 and "changed after you looked" in words(answer) and count_of(Audit) == 0
    assert choices(answer)[case_id][0] == 0 and "Away" in words(answer)
    assert post(officer, at(made, "/allocate/issue"), answer, given=given(answer)).status_code == 302
    assert count_of(Audit) == len([one for one in choices(answer).values() if one[0]])


def test_choices_of_a_proposal_that_no_page_sends_are_not_read(officer: FlaskClient, made: Authority) -> None:
    drawn(made)
    page = look(officer, made)
    for step in ("adjust", "issue"):
        for sent in (["x"], ["1:2", "1:3"]):
            assert post(officer, at(made, f"/allocate/{step}"), page, given=sent).status_code == 400


def test_whoever_is_away_is_not_chosen_and_the_page_says_when(officer: FlaskClient, made: Authority) -> None:
    drawn(made)
    identity.record_away(made.far_manager, Away(today(), made.round.due_on), by=made.officer.id)
    db.session.commit()
    page = officer.get(at(made, "/allocate"))
    ticked = re.findall(r'value="(\d+)"[^>]* checked', page.text)
    assert sorted(ticked) == sorted([str(made.manager.id), str(made.other_manager.id)])
    assert "for more than half of the working days left" in words(page)


# Handing back


def test_an_auditor_hands_an_audit_back_and_the_officer_gives_it_to_somebody_else(
    app: Flask, officer: FlaskClient, made: Authority
) -> None:
    audit = make.audit(made)
    manager = make.client_of(app, made.manager)
    assert "Hand this audit back" in manager.get(f"/audits/{audit.id}/edit").text
    page = manager.get(f"/audits/{audit.id}/hand-back")
    version = re.findall(r'name="version" value="(\d+)"', page.text)[0]
    assert send(manager, f"/audits/{audit.id}/hand-back", version=version).status_code == 422
    untold = send(manager, f"/audits/{audit.id}/hand-back", version=version, because="other", words="")
    assert untold.status_code == 422 and "Say why you hand this audit back" in words(untold)
    answer = send(manager, f"/audits/{audit.id}/hand-back", version=version, because="connected", words="")
    assert answer.status_code == 302 and "is handed back" in manager.get(answer.location).text
    assert manager.get(f"/audits/{audit.id}/edit").status_code == 404
    board = officer.get(at(made))
    assert "1 audit was handed back" in words(board)
    waiting = officer.get(at(made, "/handed-back"))
    assert "knows the family" in words(waiting) and audit.case.reference in words(waiting)
    left = officer.post(
        at(made, f"/audits/{audit.id}/leave"),
        data={"csrf_token": token_of(waiting.text), "version": str(int(version) + 1)},
    )
    assert left.status_code == 422 and "worked on it" in words(left)
    stale = officer.post(
        at(made, f"/audits/{audit.id}/leave"), data={"csrf_token": token_of(waiting.text), "version": version}
    )
    assert stale.status_code == 409
    given_on = send(
        officer,
        at(made, f"/audits/{audit.id}/reallocate"),
        version=str(int(version) + 1),
        auditor=str(made.far_manager.id),
    )
    assert given_on.status_code == 302 and "No audit waits here" in words(officer.get(at(made, "/handed-back")))


def test_an_audit_that_the_auditor_can_do_after_all_is_left_with_them(
    app: Flask, officer: FlaskClient, made: Authority
) -> None:
    audit = make.audit(made)
    from_page = make.client_of(app, made.manager)
    version = str(audit.version_id)
    back = send(from_page, f"/audits/{audit.id}/hand-back", version=version, because="no_time", words="")
    assert back.status_code == 302
    page = officer.get(at(made, "/handed-back"))
    answer = post(officer, at(made, f"/audits/{audit.id}/leave"), page)
    assert answer.status_code == 302 and "stays with Manager One" in officer.get(answer.location).text
    assert from_page.get(f"/audits/{audit.id}/edit").status_code == 200


def test_nobody_hands_back_the_audit_of_somebody_else(app: Flask, made: Authority) -> None:
    audit = make.audit(made)
    for who in (made.far_manager, made.head):
        assert make.client_of(app, who).get(f"/audits/{audit.id}/hand-back").status_code == 404


# Several audits of one person


def test_the_audits_of_somebody_who_is_off_are_given_to_others_after_a_look(
    officer: FlaskClient, made: Authority
) -> None:
    audits = [make.audit(made, team=made.teams[2]) for _ in range(2)]
    started, done = make.written(made), make.handed_in(made)
    address = f"/auditors/{made.manager.id}/reallocate"
    page = officer.get(address)
    assert done.case.reference not in page.text
    assert re.findall(r'name="audits"[^>]*value="(\d+)"[^>]* checked', page.text) == [str(one.id) for one in audits]
    fields: dict[str, Any] = {"audits": [str(one.id) for one in audits], "seed": "a seed"}
    proposal = send(officer, address, **fields)
    assert proposal.status_code == 200 and "2 audits would go to others" in words(proposal)
    assert set(choices(proposal)) == {one.id for one in audits}
    answer = post(officer, f"{address}/issue", proposal, given=given(proposal))
    assert answer.status_code == 302
    assert "2 audits of Manager One are with somebody else now" in officer.get(answer.location).text
    db.session.expire_all()
    assert {one.auditor_id for one in audits} == {made.other_manager.id, made.far_manager.id}
    assert started.auditor_id == made.manager.id
    again = post(officer, f"{address}/issue", proposal, given=given(proposal))
    assert again.status_code in (409, 422)


def test_a_started_audit_goes_with_its_drafts_where_it_is_chosen(officer: FlaskClient, made: Authority) -> None:
    started = make.written(made)
    address = f"/auditors/{made.manager.id}/reallocate"
    proposal = send(officer, address, started=[str(started.id)], seed="a seed")
    assert "They go on with what is written" in words(proposal)
    assert post(officer, f"{address}/issue", proposal, given=given(proposal)).status_code == 302
    db.session.expire_all()
    assert started.auditor_id == made.far_manager.id


def test_a_proposal_is_shown_again_when_one_of_its_audits_is_gone_or_the_auditors_changed(
    officer: FlaskClient, made: Authority
) -> None:
    audits = [make.audit(made, team=made.teams[2]) for _ in range(2)]
    address = f"/auditors/{made.manager.id}/reallocate"
    fields: dict[str, Any] = {"audits": [str(one.id) for one in audits], "seed": "a seed"}
    proposal = send(officer, address, **fields)
    identity.record_away(made.far_manager, Away(today(), made.round.due_on), by=made.officer.id)
    db.session.commit()
    stale = post(officer, f"{address}/issue", proposal, given=given(proposal))
    assert stale.status_code == 409 and "Nothing changed hands" in words(stale)
    operations.reallocate(made.round, audits[0], made.other_manager, by=made.officer.id)
    db.session.commit()
    gone = post(officer, f"{address}/issue", stale, given=given(stale))
    assert gone.status_code == 409 and "changed after you looked" in words(gone)
    db.session.expire_all()
    assert audits[1].auditor_id == made.manager.id


def test_a_choice_against_the_rules_is_refused_and_another_is_taken(officer: FlaskClient, made: Authority) -> None:
    audit = make.audit(made)
    address = f"/auditors/{made.manager.id}/reallocate"
    proposal = send(officer, address, audits=[str(audit.id)], seed="a seed")
    wrong = given(proposal, **{f"k{audit.id}": made.other_manager.id})
    for step in ("adjust", "issue"):
        answer = post(officer, f"{address}/{step}", proposal, given=wrong)
        assert answer.status_code == 422 and "own team" in words(answer)
    assert post(officer, f"{address}/adjust", proposal, given=["x"]).status_code == 400
    right = given(answer, **{f"k{audit.id}": made.senior.id})
    assert post(officer, f"{address}/issue", answer, given=right).status_code == 302
    db.session.expire_all()
    assert audit.auditor_id == made.senior.id


def test_one_started_audit_is_given_on_once_it_is_confirmed(officer: FlaskClient, made: Authority) -> None:
    audit = make.written(made)
    address = at(made, f"/audits/{audit.id}/reallocate")
    fields = {"version": str(audit.version_id), "auditor": str(made.far_manager.id)}
    assert "has been started" in words(send(officer, address, **fields))
    assert send(officer, address, **fields, started="y").status_code == 302


# The page of an auditor


def test_the_officer_records_days_away_capacity_names_and_cases(officer: FlaskClient, made: Authority) -> None:
    address, day = f"/auditors/{made.manager.id}", today() + dt.timedelta(days=7)
    case = make.case(made, made.teams[2])
    db.session.commit()
    assert "Manager One" in words(officer.get("/auditors?q=one"))
    typed = [str(day.day), str(day.month), str(day.year)]
    sent: dict[str, tuple[dict[str, Any], str]] = {
        "absence/add": ({"first": typed, "last": typed}, "is recorded as away"),
        "capacity/set": ({"version": "0", "at_once": "3", "a_month": ""}, "takes on is saved"),
        "names/add": ({"label": "One, Manager", "authority": str(made.root.id)}, "are never given to Manager One"),
        "cases/add": ({"reference": case.reference}, "is never given to Manager One"),
    }
    for step, (fields, said) in sent.items():
        answer = send(officer, f"{address}/{step}", page=address, **fields)
        assert answer.status_code == 302 and said in officer.get(answer.location).text
    page = words(officer.get(address))
    assert "3 audits at once" in page and "one, manager" in page and case.reference in page
    for step in re.findall(rf'action="({address}/\S+/(?:take-back|remove))"', officer.get(address).text):
        assert officer.post(step, data={"csrf_token": token_of(officer.get(address).text)}).status_code == 302
    officer.get(address)  # says what was done, once
    page = words(officer.get(address))
    assert "No days away are recorded" in page and "one, manager" not in page and case.reference not in page


def test_what_cannot_be_recorded_is_said_at_its_field(officer: FlaskClient, made: Authority) -> None:
    address, day = f"/auditors/{made.manager.id}", today()
    typed, before = ([str(one.day), str(one.month), str(one.year)] for one in (day, day - dt.timedelta(days=3)))
    wrong: dict[str, tuple[dict[str, Any], str]] = {
        "absence/add": ({"first": typed, "last": before}, "same as the first day, or later"),
        "capacity/set": ({"version": "0", "at_once": "1000", "a_month": ""}, "from 1 to 100"),
        "names/add": ({"label": "manager one", "authority": str(made.root.id)}, "recognised already"),
        "cases/add": ({"reference": "no such case"}, "No case of yours has this reference"),
    }
    for step, (fields, said) in wrong.items():
        answer = send(officer, f"{address}/{step}", page=address, **fields)
        assert answer.status_code == 422 and said in words(answer) and "There is a problem" in words(answer)
    stale = send(officer, f"{address}/capacity/set", page=address, version="7", at_once="3", a_month="")
    assert stale.status_code == 409 and "after you opened it" in words(stale)


def test_people_of_another_authority_are_nobody(officer: FlaskClient, made: Authority) -> None:
    other = make.authority()
    assert officer.get(f"/auditors/{other.manager.id}").status_code == 404
    assert officer.get(f"/auditors/{made.board.id}").status_code == 404
