"""The pages of somebody who leaves: what they hold, who sees how much of it, and how it goes to others."""

import re

import pytest
from flask import Flask

from audit_app.access.table import Role
from audit_app.auditing.model import Audit
from audit_app.clock import today
from audit_app.db import db
from audit_app.handover.holdings import Work
from audit_app.handover.queries import held_by, left_behind
from audit_app.history.queries import entries_of
from audit_app.identity import operations as identity
from audit_app.improvement import operations as improvement
from audit_app.improvement.queries import formers_of
from audit_app.improvement.written import Update
from audit_app.notices.operations import shown
from audit_app.notices.queries import new_notices
from audit_app.refusal import Refused
from tests import make
from tests.actions import doing as children
from tests.improvement import doing as plans
from tests.moderation.doing import given
from tests.notices.make import told


@pytest.fixture(autouse=True)
def without_tokens(app: Flask) -> None:
    """That every form needs its token is proved in tests/web."""
    app.config["WTF_CSRF_ENABLED"] = False


def loaded() -> tuple[make.Authority, Audit]:
    """A senior manager with an audit to write and two moderations, one of which is blind."""
    made = make.authority()
    audit = make.audit(made, made.senior, made.teams[1])
    given(make.handed_in(made), made.senior, made.officer)
    given(make.handed_in(made), made.senior, made.officer, blind=True)
    return made, audit


def test_the_officer_finds_everything_and_an_administrator_only_how_much(app: Flask) -> None:
    made, audit = loaded()
    path = f"/people/{made.senior.id}/holds"
    officers, admins = (make.client_of(app, one).get(path).text for one in (made.officer, made.admin))
    assert audit.case.reference in officers and "Give these moderations to others" in officers
    assert "1 audit to write" in admins and "2 moderations or validations" in admins
    assert audit.case.reference not in admins and not re.search(r"Case \S*\d", admins)
    assert make.client_of(app, made.manager).get(path).status_code == 403


def test_an_account_with_work_left_does_not_end_and_leads_to_where_it_is_moved(app: Flask) -> None:
    made, _ = loaded()
    client = make.client_of(app, made.admin)
    page = client.get(f"/people/{made.senior.id}/end").text
    assert f'href="/people/{made.senior.id}/holds"' in page and "2 moderations or validations" in page
    answer = client.post(f"/people/{made.senior.id}/end", data={"because": ""})
    assert answer.status_code == 422 and "Senior One still has 1 audit to write" in answer.text
    db.session.expire_all()
    assert made.senior.active


def test_an_administrator_asks_the_officer_who_is_told_who_it_is_about(app: Flask) -> None:
    made, _ = loaded()
    client = make.client_of(app, made.admin)
    assert client.post(f"/people/{made.senior.id}/holds/ask").status_code == 302
    assert told(made.officer) == ["leaves"]
    (notice,) = new_notices(make.actor(made.officer), 3)
    assert shown(notice).words == "Senior One leaves. Give their work to others before their account ends."
    assert f'href="/people/{made.senior.id}/holds"' in make.client_of(app, made.officer).get("/notices").text
    assert client.post(f"/people/{made.board.id}/holds/ask").status_code == 422


def test_somebody_is_locked_out_at_once_and_what_they_left_is_listed_to_the_officer(app: Flask) -> None:
    made, _ = loaded()
    theirs, client = make.client_of(app, made.senior), make.client_of(app, made.admin)
    assert theirs.get("/").status_code == 200
    assert client.post(f"/people/{made.senior.id}/end", data={"because": "Locked out today"}).status_code == 302
    assert theirs.get("/").status_code == 302
    (ended,) = entries_of(f"person:{made.senior.id}", kinds=("person.ended",))
    assert ended.body == {"because": "Locked out today", "held": {"audit": 1, "moderation": 2}}
    assert told(made.officer) == ["account_ended"]
    home = make.client_of(app, made.officer).get("/").text
    assert "The account of Senior One has ended with 3 pieces of work left." in home
    assert [(person.name, count) for person, count in left_behind(make.actor(made.officer))] == [("Senior One", 3)]
    officer = make.client_of(app, made.officer)
    for path in ("holds", "moderations/pass-on"):
        assert officer.get(f"/people/{made.senior.id}/{path}").status_code == 200
    assert officer.get(f"/auditors/{made.senior.id}/reallocate").status_code == 200


def test_everything_is_moved_and_then_the_account_ends_without_a_word(app: Flask) -> None:
    made, audit = loaded()
    make.person("Senior Three", Role.SENIOR_MANAGER, made.services[0])
    officer = make.client_of(app, made.officer)
    page = officer.get(f"/people/{made.senior.id}/moderations/pass-on").text
    (fingerprint,) = re.findall(r'name="fingerprint" value="(\w+)"', page)
    fields = {"reason": "They leave.", "fingerprint": fingerprint}
    assert officer.post(f"/people/{made.senior.id}/moderations/pass-on", data={"reason": ""}).status_code == 422
    stale = officer.post(f"/people/{made.senior.id}/moderations/pass-on", data=fields | {"fingerprint": "x"})
    assert stale.status_code == 409 and "They leave." in stale.text
    answer = officer.post(f"/people/{made.senior.id}/moderations/pass-on", data=fields, follow_redirects=True)
    assert "2 moderations are given to others." in answer.text
    assert [one.work for one in held_by(made.senior.id)] == [Work.AUDIT]
    with pytest.raises(Refused):
        identity.end_account(made.senior, by=made.admin.id)
    form = {"auditor": str(made.far_manager.id), "version": str(audit.version_id)}
    assert officer.post(f"/rounds/{made.round.id}/audits/{audit.id}/reallocate", data=form).status_code == 302
    db.session.expire_all()
    identity.end_account(made.senior, by=made.admin.id)
    assert not made.senior.active and told(made.officer) == []


def test_what_lies_outside_an_officers_rounds_is_not_there_for_them(app: Flask) -> None:
    made, _ = loaded()
    other = make.authority()
    assert make.client_of(app, other.officer).get(f"/people/{made.senior.id}/holds").status_code == 404
    assert make.client_of(app, other.admin).get(f"/people/{made.senior.id}/holds").status_code == 404


def test_what_somebody_leads_in_a_plan_goes_to_one_person_and_the_former_lead_stays_to_be_read(app: Flask) -> None:
    made = make.authority()
    plan = plans.plan(made, made.senior.email)
    db.session.commit()
    officer = make.client_of(app, made.officer)
    page = officer.get(f"/people/{made.senior.id}/holds").text
    assert "Action 1a: Read every plan" in page and "Give these actions to them" in page
    with pytest.raises(Refused):
        identity.end_account(made.senior, by=made.admin.id)
    path = f"/people/{made.senior.id}/leads/pass-on"
    refused = officer.post(path, data={"lead": str(made.head.id), "why": ""})
    assert refused.status_code == 422 and "Say why they change hands" in refused.text
    assert officer.post(path, data={"lead": str(made.senior.id), "why": "They leave."}).status_code == 422
    answer = officer.post(path, data={"lead": str(made.head.id), "why": "They leave."}, follow_redirects=True)
    assert "1 action of a plan is led by Head One now." in answer.text
    db.session.expire_all()
    assert held_by(made.senior.id) == []
    assert [one.work for one in held_by(made.head.id)] == [Work.PLAN_ACTION]
    kinds = [entry.kind for entry in entries_of(f"plan:{plan.id}")]
    assert {"plan.lead_changed", "plan.changed"} <= set(kinds)
    assert formers_of(plan, [f"plan_action:{plans.action(plan, '1a').id}"])[0].words["lead_id"] == made.senior.id
    identity.end_account(made.senior, by=made.admin.id)


def test_a_finished_action_of_a_plan_is_no_work_that_is_left(app: Flask) -> None:
    made = make.authority()
    action = plans.action(plans.plan(made, made.senior.email), "1a")
    assert [one.work for one in held_by(made.senior.id)] == [Work.PLAN_ACTION]
    improvement.tell(action, Update(today(), "All are read.", "", "completed"), by=made.senior.id)
    assert held_by(made.senior.id) == []


def test_every_action_of_a_leaver_goes_to_whoever_looks_after_its_child(app: Flask) -> None:
    made = make.authority()
    worker = children.practitioner(made)
    two = [children.given(made, worker) for _ in range(2)]
    path = f"/people/{worker.id}/actions/pass-on"
    assert make.client_of(app, make.authority().officer).post(path, data={"reason": "x"}).status_code == 404
    officer = make.client_of(app, made.officer)
    assert officer.post(path, data={"reason": ""}).status_code == 422
    answer = officer.post(path, data={"reason": "They leave."}, follow_redirects=True)
    assert "2 actions are given to whoever looks after the child." in answer.text
    db.session.expire_all()
    assert held_by(worker.id) == []
    assert {one.owner_id for one in two} == {made.other_manager.id}
    assert "action_given" in told(made.other_manager)
