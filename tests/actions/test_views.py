"""The pages of actions: written, owned, done, answered for, found; and the paper for supervision."""

import datetime as dt

import pytest
from flask import Flask

from audit_app.access.table import Role
from audit_app.actions.model import ChildAction
from audit_app.actions.workflow import State
from audit_app.clock import today
from audit_app.db import db
from audit_app.history.queries import entries_of
from audit_app.identity.model import Person
from audit_app.programmes.working_days import working_days_after
from tests import make
from tests.actions import doing
from tests.moderation.visiting import Visitor


@pytest.fixture
def made(app: Flask) -> make.Authority:
    return make.authority()


@pytest.fixture
def worker(made: make.Authority) -> Person:
    return doing.practitioner(made)


def at(one: ChildAction, more: str = "") -> str:
    return f"/actions/{one.id}{more}"


def parts(day: dt.date) -> list[str]:
    return [str(day.day), str(day.month), str(day.year)]


def test_an_auditor_writes_one_beside_the_audit_and_the_worker_is_offered_first(
    app: Flask, made: make.Authority, worker: Person
) -> None:
    audit, auditor = make.written(made), Visitor(app, made.manager)
    new = auditor.get(auditor.get(f"/audits/{audit.id}/edit").links()["Add an action for the child"])
    assert new.has("Worker A1, the child’s worker")
    typed = {"kind": "plan", "what": "See the child.", "why": "Nobody has.", "shows": ""}
    kept = auditor.send(new, "/actions/new", typed, 422)
    assert kept.has("Say what will show that it is done", "See the child.")
    page = auditor.send(kept, "/actions/new", {"shows": "A case note.", "owner": str(worker.id), "kind": "plan"})
    assert page.has("Only you see this", "See the child.", "Not given yet")
    one = db.session.execute(db.select(ChildAction)).scalar_one()
    assert one.due_on == working_days_after(today(), 10)
    assert auditor.get(f"/audits/{audit.id}/edit").has("See the child.", "Not given yet")
    Visitor(app, made.other_manager).get(at(one), 404)


def test_the_owner_says_that_it_is_done_and_the_teams_manager_verifies_it(
    app: Flask, made: make.Authority, worker: Person
) -> None:
    one, owner = doing.given(made, worker), Visitor(app, worker)
    assert owner.get("/").has("Actions for children", "See the child alone.")
    page = owner.get(owner.get("/actions/yours").links()["See the child alone."])
    assert "Open the audit" not in page.links()
    owner.send(owner.get(at(one, "/done")), "/done", {"evidence": ""}, 422)
    assert owner.send(owner.get(at(one, "/done")), "/done", {"evidence": "Seen on Monday."}).has("Said done")
    manager = Visitor(app, made.other_manager)
    assert manager.get("/").has("Worker A1 says that an action is done")
    check = manager.get(at(one, "/check"))
    assert check.has("Seen on Monday.")
    assert manager.send(check, "/check", {"decision": "no", "words": ""}, 422).has("Say what is still missing.")
    assert manager.send(check, "/check", {"decision": "yes", "words": "Read it."}).has("Verified done", "Read it.")
    assert owner.get("/actions/yours").has("You have no action to do.")


def test_more_time_is_asked_for_and_answered(app: Flask, made: make.Authority, worker: Person) -> None:
    one, owner, auditor = doing.given(made, worker), Visitor(app, worker), Visitor(app, made.manager)
    later = one.due_on + dt.timedelta(days=7)
    ask = owner.get(at(one, "/more-time"))
    assert owner.send(ask, "/more-time", {"day": parts(one.due_on), "reason": "Ill."}, 422).has("later than")
    owner.send(ask, "/more-time", {"day": parts(later), "reason": "The family is away."})
    answer = auditor.get(at(one, "/time"))
    assert answer.has("The family is away.")
    auditor.send(answer, "/time", {"decision": "yes", "day": ["", "", ""]}, 422)
    page = auditor.send(answer, "/time", {"decision": "yes", "day": parts(later)})
    assert page.has("More time granted", "at first")
    assert one.due_on == later


def test_a_stale_page_loses_nothing(app: Flask, made: make.Authority, worker: Person) -> None:
    one, owner = doing.given(made, worker), Visitor(app, worker)
    page = owner.get(at(one, "/done"))
    officer = Visitor(app, made.officer)
    reason = {"owner": str(made.other_manager.id), "reason": "She covers."}
    officer.send(officer.get(at(one, "/owner")), "/owner", reason)
    back = {"owner": str(worker.id), "reason": "Back again."}
    officer.send(officer.get(at(one, "/owner")), "/owner", back)
    kept = owner.send(page, "/done", {"evidence": "Long words."}, 409)
    assert kept.has("Long words.", "Somebody changed this action")
    assert owner.send(kept, "/done").has("Long words.", "Said done")


def test_a_draft_is_changed_and_withdrawn(app: Flask, made: make.Authority, worker: Person) -> None:
    audit, auditor = make.written(made), Visitor(app, made.manager)
    one = doing.given(made, worker, audit)
    assert auditor.send(auditor.get(at(one, "/edit")), "/edit", {"what": "See both children."}).has("See both")
    page = auditor.send(auditor.get(at(one, "/withdraw")), "/withdraw", {"reason": "Asked twice."})
    assert page.has("The action is withdrawn.") or page.path.endswith("/edit")
    assert one.at is State.WITHDRAWN


def test_officers_find_actions_and_a_teams_manager_those_of_the_team(
    app: Flask, made: make.Authority, worker: Person
) -> None:
    one = doing.given(made, worker)
    one.due_on = today() - dt.timedelta(days=3)
    db.session.commit()
    officer = Visitor(app, made.officer)
    assert officer.get("/").has("1 action for children of your teams is overdue")
    assert officer.get("/actions?state=overdue&kind=plan").has("See the child alone.", "Overdue", "Worker A1")
    assert officer.get("/actions?state=verified").has("No action matches")
    assert officer.get("/actions?unit=999&owner=x&state=nothing").has("See the child alone.")
    assert Visitor(app, made.other_manager).get("/actions").has("See the child alone.")
    assert Visitor(app, made.far_manager).get("/actions").has("No action is open.")
    Visitor(app, made.board).get("/actions", 403)


def test_the_paper_for_supervision_has_what_is_open(app: Flask, made: make.Authority, worker: Person) -> None:
    one, owner = doing.given(made, worker), Visitor(app, worker)
    page = owner.get(f"/supervision/{worker.id}")
    assert page.has("For supervision: Worker A1", one.audit.case.reference, "See the child alone.")
    assert Visitor(app, made.other_manager).get(f"/supervision/{worker.id}").has("See the child alone.")
    Visitor(app, made.far_manager).get(f"/supervision/{worker.id}", 404)
    pdf = owner.client.get(f"/supervision/{worker.id}.pdf")
    assert pdf.data.startswith(b"%PDF")


def test_the_figure_of_actions_done_on_time_shows_the_audits_behind(
    app: Flask, made: make.Authority, worker: Person
) -> None:
    one = doing.said_done(made, worker)
    head = Visitor(app, made.head)
    assert head.get("/measures").has("no action was due yet")
    one.due_on = today() - dt.timedelta(days=1)
    db.session.commit()
    assert head.get("/measures").has("Actions done on time", "0 of 1")
    assert head.get("/measures/audits?figure=actions_on_time").has(one.audit.case.reference)


def test_a_child_that_changes_hands_between_two_lists_takes_its_actions_along(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    made = make.authority()
    one = doing.given(made, doing.practitioner(made))
    new = make.person("Worker B2", Role.PRACTITIONER, made.teams[0], team=made.teams[0])
    case, officer = one.audit.case, make.client_of(app, made.officer)
    path = f"/actions/{one.id}/child"
    assert "The child has another worker or team" in officer.get(f"/actions/{one.id}").text
    fields = {"version": case.version_id, "worker": "Worker  B2", "unit": made.teams[0].id, "reason": "They have left."}
    assert officer.post(path, data=fields | {"reason": ""}).status_code == 422
    same = fields | {"worker": case.worker, "unit": case.unit_id}
    assert "has this worker and this team already" in officer.post(path, data=same).text
    assert officer.post(path, data=fields | {"version": case.version_id + 1}).status_code == 409
    answer = officer.post(path, data=fields, follow_redirects=True)
    assert "Worker B2 has this action now." in answer.text
    db.session.expire_all()
    assert (case.worker, case.unit_id) == ("Worker B2", made.teams[0].id)
    assert (one.owner_id, one.unit_id) == (new.id, case.unit_id)
    assert [(entry.body or {})["reason"] for entry in entries_of(f"case:{case.id}")] == ["They have left."]
    assert "action.moved" in {entry.kind for entry in entries_of(one.audit.subject)}


def test_only_whoever_leads_the_childs_team_or_runs_rounds_says_that_it_changed_hands(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    made = make.authority()
    worker = doing.practitioner(made)
    one = doing.given(made, worker)
    path = f"/actions/{one.id}/child"
    assert make.client_of(app, made.other_manager).get(path).status_code == 200
    assert make.client_of(app, worker).get(path).status_code == 403
    auditor = make.client_of(app, made.manager)  # of another team
    assert "Only the child’s team manager" in auditor.get(path).text
    fields = {"version": 1, "worker": "X", "unit": made.teams[0].id, "reason": "So."}
    assert auditor.post(path, data=fields).status_code == 422
