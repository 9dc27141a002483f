"""The pages of kinds, policies, calendar and exemptions, as the audit officer sees them."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from audit_app.clock import today
from audit_app.db import db
from audit_app.frameworks import operations as frameworks
from audit_app.notices.rules import Chasing, chasing_from
from audit_app.programmes import operations, queries
from audit_app.programmes.model import Exemption, Programme
from audit_app.programmes.months import month_after
from audit_app.programmes.operations import Terms
from audit_app.programmes.planning import State
from audit_app.programmes.policies import Policies
from audit_app.web.formats import month
from tests import make
from tests.browsing import hidden_of, send
from tests.statements import statements
from tests.web.markup import one, read, text, with_class

HERE = today().replace(day=1)
NEXT = month_after(HERE, 1)


@pytest.fixture
def made(app: Flask) -> make.Authority:
    return make.authority()


@pytest.fixture
def officer(app: Flask, made: make.Authority) -> FlaskClient:
    return make.client_of(app, made.officer)


@pytest.fixture
def programme(made: make.Authority) -> Programme:
    terms = Terms("Dip sample", 10, "monthly", HERE)
    kept = operations.make_programme(made.root, made.tool.key, terms, by=made.officer.id)
    db.session.commit()
    return kept


def words(answer: TestResponse) -> str:
    return text(one(read(answer.text), ".//main"))


def faults(answer: TestResponse) -> str:
    return text(with_class(read(answer.text), "govuk-error-summary")[0])


def filled(page: str) -> dict[str, Any]:
    """What a form would send as it stands."""
    tree, found = read(page), dict[str, Any]()
    for box in tree.findall(".//main//form//input"):
        name, kind = box.get("name") or "", box.get("type")
        if name != "csrf_token" and (kind not in ("radio", "checkbox") or box.get("checked") is not None):
            found.setdefault(name, []).append(box.get("value") or "")
    for area in tree.findall(".//main//form//textarea"):
        found[area.get("name") or ""] = [(area.text or "").lstrip("\n")]
    return found


def test_a_kind_is_chosen_and_fills_in_the_programme(officer: FlaskClient, made: make.Authority) -> None:
    page = officer.get("/programmes/new")
    assert "Senior managers’ dip sample" in words(page)
    form = officer.get("/programmes/new?kind=dip-sample")
    tree = read(form.text)
    assert one(tree, ".//input[@id='name']").get("value") == "Senior managers’ dip sample"
    assert one(tree, ".//select[@id='frequency']/option[@selected]").get("value") == "monthly"
    assert one(tree, ".//select[@id='tool_key']/option[@selected]").get("value") == "case-file"
    assert "3 for each auditor" in words(form)
    answer = send(
        officer,
        "/programmes/new?kind=dip-sample",
        kind="dip-sample",
        name="Three files each",
        unit=str(made.root.id),
        tool_key="case-file",
        due_working_days="20",
        frequency="monthly",
        first_month=f"{HERE:%Y-%m}",
        page="/programmes/new?kind=dip-sample",
    )
    assert answer.status_code == 302
    kept = db.session.execute(select(Programme).filter_by(name="Three files each")).scalar_one()
    assert (kept.kind, kept.policy.per_auditor, kept.policy.auditors) == ("dip-sample", 3, ("senior_manager",))


def test_a_kind_whose_tool_is_not_on_offer_says_so(officer: FlaskClient, made: make.Authority) -> None:
    frameworks.retire(made.tool, by=made.officer.id)
    db.session.commit()
    assert "Its tool is not on offer" in words(officer.get("/programmes/new"))
    assert "is not on offer" in words(officer.get("/programmes/new?kind=dip-sample"))


def test_the_calendar_of_a_programme_opens_a_round_with_one_click(officer: FlaskClient, programme: Programme) -> None:
    address = f"/programmes/{programme.id}"
    page = words(officer.get(address))
    assert f"{month(HERE)}To open now" in page
    answer = send(officer, f"{address}/open-planned", month=f"{HERE:%Y-%m}", page=address)
    opened = queries.last_rounds_of([programme])[programme.id][0]
    assert answer.location == f"/rounds/{opened.id}"
    assert "Choose a case list: none was taken lately." in words(officer.get(answer.location))
    again = send(officer, f"{address}/open-planned", month=f"{HERE:%Y-%m}", page=address)
    assert again.status_code == 422
    assert "has its round already" in faults(again)
    never = send(officer, f"{address}/open-planned", month="1999-01", page=address)
    assert "Choose a month of the calendar." in faults(never)


def test_a_month_is_skipped_and_planned_again_in_the_browser(officer: FlaskClient, programme: Programme) -> None:
    address, month_of = f"/programmes/{programme.id}", f"{NEXT:%Y-%m}"
    form = officer.get(f"{address}/skip-month?month={month_of}")
    assert one(read(form.text), ".//option[@selected]").get("value") == month_of
    bare = send(officer, f"{address}/skip-month", month=month_of, reason=" ")
    assert bare.status_code == 422
    assert "Enter the reason" in faults(bare)
    assert send(officer, f"{address}/skip-month", month=month_of, reason="An inspection").location == address
    assert "An inspection" in words(officer.get(address))
    assert "An inspection" in words(officer.get("/programmes/calendar"))
    assert send(officer, f"{address}/plan-again", month=month_of, page=address).location == address
    twice = send(officer, f"{address}/plan-again", month=month_of, page=address)
    assert "This month is not skipped." in faults(twice)
    assert State.SKIPPED not in {one.state for one in queries.calendar_of(programme)}


def test_policies_saved_as_they_are_shown_stay_as_they_are(officer: FlaskClient, programme: Programme) -> None:
    before, address = programme.policy, f"/programmes/{programme.id}/change-policies"
    assert send(officer, address, **filled(officer.get(address).text)).status_code == 302
    db.session.expire_all()
    assert programme.policy == before


def test_policies_are_changed_in_the_browser_and_read_in_words(officer: FlaskClient, programme: Programme) -> None:
    address = f"/programmes/{programme.id}/change-policies"
    kept = filled(officer.get(address).text)
    changed = {
        "method": "weighted",
        "weights": "Case status: Child protection plan: 2\nTeam: North: 0.5",
        "sized_by": "share",
        "share": "12.5%",
        "strata": ["team", "gender"],
        "other_strata": "Locality",
        "senior_share": "35",
        "always_senior": ["inadequate"],
        "blind": ["senior"],
        "auditors": ["team_manager", "head_of_service"],
        "leave_out": ["leave_out_complaints"],
    }
    assert send(officer, address, **{**kept, **changed}).status_code == 302
    db.session.expire_all()
    policy = programme.policy
    assert policy.weights == {"category": {"Child protection plan": "2"}, "team": {"North": "0.5"}}
    assert (policy.share, policy.strata, policy.one_of_a_family) == ("0.125", ("team", "gender", "Locality"), False)
    assert (programme.moderation_percent, programme.blind) == (35, True)
    page = words(officer.get(f"/programmes/{programme.id}/policies"))
    for said in ("12.5% of the list", "35% of all audits", "Audits graded Inadequate", "Heads of service"):
        assert said in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"size": "0"}, "from 1 to 1,000,000"),
        ({"size": "many"}, "from 1 to 1,000,000"),
        ({"minimum": ""}, "from 1 to 1,000"),
        ({"sized_by": "share"}, "Enter a percentage"),
        ({"share": "101"}, "Enter a percentage"),
        ({"share": "NaN"}, "Enter a percentage"),
        ({"share": "half"}, "Enter a percentage"),
        ({"sized_by": "per_auditor"}, "how many audits each auditor does"),
        ({"strata": []}, "at least one thing to group"),
        ({"other_strata": "team"}, "Name each column once"),
        ({"method": "weighted"}, "at least one weight"),
        ({"weights": "North twice"}, "Write each weight"),
        ({"weights": "Team: North: lots"}, "Write each weight"),
        ({"auditors": []}, "at least one role"),
        ({"per_auditor": "3", "cap": "2"}, "cannot be less"),
        ({"senior_share": "101"}, "from 0 to 100"),
        ({"chase_before": "3 or 4"}, "with commas between them"),
        ({"chase_before": "61"}, "whole numbers from 0 to 60"),
        ({"chase_first_after": "0"}, "from 1 to 60"),
        ({"chase_head": "soon"}, "from 1 to 60"),
    ],
)
def test_policies_with_faults_are_not_kept(
    officer: FlaskClient, programme: Programme, fields: dict[str, Any], said: str
) -> None:
    before, address = programme.policy, f"/programmes/{programme.id}/change-policies"
    answer = send(officer, address, **{**filled(officer.get(address).text), **fields})
    assert answer.status_code == 422
    assert said in faults(answer)
    db.session.expire_all()
    assert programme.policy == before


def test_the_second_save_of_policies_shows_both(officer: FlaskClient, programme: Programme) -> None:
    address = f"/programmes/{programme.id}/change-policies"
    kept = filled(officer.get(address).text)
    assert send(officer, address, **{**kept, "senior_share": "30"}).status_code == 302
    late = send(officer, address, **{**kept, "senior_share": "40"})
    assert late.status_code == 409
    row = text(with_class(read(late.text), "govuk-table__body")[0])
    assert row.index("30% of all audits") < row.index("40% of all audits")
    fresh = {**kept, "version": hidden_of(late.text)["version"], "senior_share": "40"}
    assert send(officer, address, **fresh).status_code == 302
    db.session.expire_all()
    assert programme.moderation_percent == 40


def exemption(made: make.Authority, **fields: str) -> dict[str, str]:
    usual = {
        "person": str(made.manager.id),
        "from_month": f"{HERE:%Y-%m}",
        "to_month": f"{NEXT:%Y-%m}",
        "reason": "New in post",
        "approver": str(made.head.id),
    }
    return {**usual, **fields}


def test_an_exemption_is_recorded_and_ended_in_the_browser(officer: FlaskClient, made: make.Authority) -> None:
    address = f"/programmes/{made.round.programme_id}"
    assert "Nobody was ever exempt" in words(officer.get(f"{address}/exemptions"))
    answer = send(officer, f"{address}/exempt", **exemption(made))
    assert answer.location == f"{address}/exemptions"
    page = words(officer.get(answer.location))
    for said in ("Manager One", "New in post", "Head One", "1 of them is exempt"):
        assert said in page
    kept = db.session.execute(select(Exemption)).scalar_one()
    end = f"{address}/exemptions/{kept.id}/end"
    version = hidden_of(officer.get(end).text)["version"]
    assert send(officer, end, month=f"{HERE:%Y-%m}", version=version).location == answer.location
    assert "Taken back" in words(officer.get(answer.location))
    late = send(officer, end, month=f"{HERE:%Y-%m}", version=version, page="/programmes/new?kind=other")
    assert late.status_code == 409
    assert "Somebody changed this exemption" in faults(late)
    assert "has ended" in words(officer.get(end))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reason": ""}, "Enter the reason"),
        ({"to_month": f"{month_after(HERE, -1):%Y-%m}"}, "must not come before"),
        ({"approver": "999999"}, "Not a valid choice"),
        ({"person": "999999"}, "Not a valid choice"),
    ],
)
def test_an_exemption_with_faults_is_not_recorded(
    officer: FlaskClient, made: make.Authority, fields: dict[str, str], said: str
) -> None:
    answer = send(officer, f"/programmes/{made.round.programme_id}/exempt", **exemption(made, **fields))
    assert answer.status_code == 422
    assert said in faults(answer)
    assert db.session.execute(select(Exemption)).scalars().all() == []


def test_a_calendar_without_any_plan_says_what_to_do(officer: FlaskClient, made: make.Authority) -> None:
    page = words(officer.get("/programmes/calendar"))
    assert "Monthly case-file audit" in page
    assert "Without a calendar, opened when needed" in page


def test_a_missed_month_stands_on_the_first_page(officer: FlaskClient, programme: Programme) -> None:
    programme.first_month = month_after(HERE, -1)
    db.session.commit()
    page = words(officer.get("/programmes"))
    assert "Planned and not open yet" in page
    assert month(month_after(HERE, -1)) in page


def test_pages_ask_as_much_of_many_programmes_as_of_few(officer: FlaskClient, made: make.Authority) -> None:
    asked: dict[str, list[int]] = {"/programmes": [], "/programmes/calendar": []}
    for number in (1, 12):
        for place in range(number):
            terms, policies = Terms(f"Programme {number}.{place}", 10, "monthly", HERE), Policies(per_auditor=2)
            operations.make_programme(made.root, made.tool.key, terms, policies, by=made.officer.id)
        db.session.commit()
        for address, counts in asked.items():
            officer.get(address)
            with statements() as said:
                assert officer.get(address).status_code == 200
            counts.append(len(said))
    assert {address: counts for address, counts in asked.items() if counts[0] != counts[1]} == {}


def test_reminders_of_a_programme_are_set_in_working_days_and_are_usual_again_when_left_empty(
    officer: FlaskClient, programme: Programme
) -> None:
    address = f"/programmes/{programme.id}/change-policies"
    kept = filled(officer.get(address).text)
    changed = {"chase_before": "2, 5", "chase_first_after": "2", "chase_every": "0", "chase_senior": "7"}
    assert send(officer, address, **{**kept, **changed}).status_code == 302
    db.session.expire_all()
    chasing = {"before": [2, 5], "first_after": 2, "every": 0, "escalate": {"senior_manager": 7}}
    assert programme.policy.chasing == chasing
    assert chasing_from(programme.policy.chasing) == Chasing((2, 5), 2, 0, {"senior_manager": 7})
    page = words(officer.get(f"/programmes/{programme.id}/policies"))
    assert "5, 2 working days before" in page and "7 working days after the due day" in page and "Not told" in page
    kept = filled(officer.get(address).text)
    assert kept["chase_before"] == ["2, 5"]
    assert send(officer, address, **{**kept, **dict.fromkeys(changed, "")}).status_code == 302
    db.session.expire_all()
    assert programme.policy.chasing == {}


def test_that_nobody_hears_of_late_audits_is_kept_by_the_form(officer: FlaskClient, programme: Programme) -> None:
    programme.policies = {**programme.policies, "chasing": {"before": [], "escalate": {}}}
    db.session.commit()
    address = f"/programmes/{programme.id}/change-policies"
    assert send(officer, address, **filled(officer.get(address).text)).status_code == 302
    db.session.expire_all()
    assert programme.policy.chasing == {"before": [], "escalate": {}}
