"""The pages on which what cannot wait is listed, signed off, named and closed."""

import datetime as dt

import pytest
from flask import Flask

from audit_app.access.table import Role
from audit_app.clock import today
from audit_app.db import db
from audit_app.escalation.model import Escalation
from tests import make
from tests.escalation.test_operations import escalated
from tests.moderation.visiting import Visitor


@pytest.fixture
def made(app: Flask) -> make.Authority:
    return make.authority()


@pytest.fixture
def one(made: make.Authority) -> Escalation:
    return escalated(made)


DONE = {"has_read": "y", "done": "A visit tomorrow."}


def at(one: Escalation, more: str = "") -> str:
    return f"/escalations/{one.id}{more}"


def test_the_named_head_finds_it_on_their_list_of_work_and_signs_it_off(
    app: Flask, made: make.Authority, one: Escalation
) -> None:
    head = Visitor(app, made.head)
    assert head.get("/").has("Inadequate audit to sign off")
    page = head.send(head.get(at(one, "/sign-off")), "/sign-off", {**DONE, "child_safe": "yes"})
    assert page.has("A visit tomorrow.", "The child is safe now")
    assert not head.get("/").has("audit to sign off")


def test_what_is_missing_is_said_and_what_was_typed_stays(app: Flask, made: make.Authority, one: Escalation) -> None:
    head = Visitor(app, made.head)
    typed = {"done": "A visit tomorrow.", "child_safe": "no"}
    page = head.send(head.get(at(one, "/sign-off")), "/sign-off", typed, 422)
    assert page.has("Confirm that you have read the audit.", "make the child safe.", "A visit tomorrow.")


def test_while_the_child_is_not_safe_it_stays_on_the_list(app: Flask, made: make.Authority, one: Escalation) -> None:
    head = Visitor(app, made.head)
    typed = {**DONE, "child_safe": "no", "safety": "The duty team visits today."}
    head.send(head.get(at(one, "/sign-off")), "/sign-off", typed)
    assert head.get("/escalations").has("Child not safe yet")
    assert head.get(at(one, "/sign-off")).has("The duty team visits today.")


def test_a_stale_page_loses_nothing(app: Flask, made: make.Authority, one: Escalation) -> None:
    head = Visitor(app, made.head)
    page = head.get(at(one, "/sign-off"))
    head.send(page, "/sign-off", {**DONE, "child_safe": "no", "safety": "The duty team visits today."})
    page = head.send(page, "/sign-off", {**DONE, "done": "Long words.", "child_safe": "yes"}, 409)
    assert page.has("Long words.", "Something changed")
    assert head.send(page, "/sign-off", {"has_read": "y"}).has("Long words.", "Signed off")


def test_the_officer_sees_its_age_and_names_somebody_else(app: Flask, made: make.Authority, one: Escalation) -> None:
    other = make.person("Head Two", Role.HEAD_OF_SERVICE, made.root)
    one.due_on = today() - dt.timedelta(days=1)
    db.session.commit()
    officer = Visitor(app, made.officer)
    assert officer.get("/escalations").has("Overdue", "Today")
    page = officer.get(at(one, "/name"))
    officer.send(page, "/name", {"head": ""}, 422)
    assert officer.send(page, "/name", {"head": str(other.id)}).has("Head Two is named to sign it off")


def test_a_head_closes_a_mistake_with_a_reason(app: Flask, made: make.Authority, one: Escalation) -> None:
    head = Visitor(app, made.head)
    page = head.get(at(one, "/close"))
    head.send(page, "/close", {"reason": ""}, 422)
    assert head.send(page, "/close", {"reason": "Meant for another case."}).has("Meant for another case.", "Not needed")


def test_the_audit_says_that_it_is_signed_off_and_when_the_case_comes_again(
    app: Flask, made: make.Authority, one: Escalation
) -> None:
    page = make.client_of(app, made.manager).get(f"/audits/{one.audit_id}").text
    assert "To be signed off by a head of service." in page
    assert "The case is to be audited again in" in page
    assert "See the sign-off" not in page
    assert "See the sign-off" in make.client_of(app, made.head).get(f"/audits/{one.audit_id}").text


def test_the_officer_sees_which_cases_come_again(app: Flask, made: make.Authority, one: Escalation) -> None:
    client = make.client_of(app, made.officer)
    assert one.audit.case.reference in client.get("/re-audits").text
    made.round.month = today().replace(day=1) + dt.timedelta(days=120)
    db.session.commit()
    assert "1 case of this programme is to be audited again" in client.get(f"/rounds/{made.round.id}").text
