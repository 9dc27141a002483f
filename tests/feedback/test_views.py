"""The pages of outcomes and themes, as those see them who release, read and reply."""

import pytest
from flask import Flask

from audit_app.access.table import Role
from audit_app.auditing.model import Audit
from audit_app.db import db
from audit_app.feedback import operations, queries
from audit_app.identity.model import Person
from tests import make
from tests.moderation import doing
from tests.moderation.visiting import Visitor

OVERRIDDEN = "The record shows drift that nobody acted on."


@pytest.fixture
def made(app: Flask) -> make.Authority:
    return make.authority()


@pytest.fixture
def practitioner(made: make.Authority) -> Person:
    return make.person("Worker A1", Role.PRACTITIONER, made.teams[1], team=made.teams[1])


@pytest.fixture
def audit(made: make.Authority) -> Audit:
    """An audit whose overall grade a senior moderator overrode."""
    kept = make.handed_in(made)
    given = doing.given(kept, made.senior, made.officer)
    doing.finished(given, {"overall": doing.override("requires_improvement", OVERRIDDEN)})
    return kept


def test_the_officer_releases_and_the_practitioner_reads_what_stands_and_replies(
    app: Flask, made: make.Authority, practitioner: Person, audit: Audit
) -> None:
    officer, reader = Visitor(app, made.officer), Visitor(app, practitioner)
    assert reader.get("/").has("No outcome waits for you.")
    page = officer.get(f"/audits/{audit.id}/release")
    assert page.has("The team’s manager: Manager Two", "The case list names Worker A1")
    released = officer.send(page, "/release")
    assert released.has("The outcome is released", "Worker A1")
    home = reader.get("/")
    assert home.has(f"Case {audit.case.reference}", "what it found is released to you")
    shown = reader.get(released.path)
    assert shown.has("Requires improvement", "after any moderation")
    assert not shown.has(OVERRIDDEN) and "Senior One" not in shown.html and "Overridden" not in shown.html
    reader.send(shown, "/reply", {"words": ""}, 422)
    named = reader.send(shown, "/reply", {"words": "Mrs Fictional said so."}, 422)
    assert named.has("This looks like a person’s name.", "Mrs Fictional said so.")
    said = reader.send(shown, "/reply", {"words": "We have changed the plan."})
    assert said.has("We have changed the plan.", "Your reply is sent")
    auditor = Visitor(app, made.manager)
    assert auditor.get("/").has("Replies to outcomes", "Worker A1 replied on")
    assert auditor.get(released.path).has("We have changed the plan.")


def test_a_practitioner_finds_nothing_before_release_and_nothing_of_other_cases(
    app: Flask, made: make.Authority, practitioner: Person, audit: Audit
) -> None:
    reader = Visitor(app, practitioner)
    other = make.handed_in(made, team=made.teams[2])
    elsewhere = operations.release(other, None, by=make.actor(made.officer))
    db.session.commit()
    reader.get(f"/outcomes/{elsewhere.id}", 404)
    reader.get(f"/audits/{audit.id}", 403)
    assert reader.get("/outcomes").has("No outcome is released yet.")
    mine = operations.release(audit, practitioner.id, by=make.actor(made.officer))
    db.session.commit()
    page = reader.get("/outcomes")
    assert page.has(audit.case.reference) and not page.has(other.case.reference)
    operations.retract(mine, "The wrong case", mine.version_id, by=make.actor(made.head))
    db.session.commit()
    reader.get(f"/outcomes/{mine.id}", 404)


def test_an_outcome_that_is_looked_at_again_shows_no_grades(
    app: Flask, made: make.Authority, practitioner: Person
) -> None:
    kept = make.handed_in(made)
    one = operations.release(kept, practitioner.id, by=make.actor(made.officer))
    db.session.commit()
    doing.given(kept, made.senior, made.officer)
    page = Visitor(app, practitioner).get(f"/outcomes/{one.id}")
    assert page.has("being looked at again") and not page.has("Good")


def test_a_head_takes_an_outcome_back_with_a_reason_and_a_stale_page_loses_nothing(
    app: Flask, made: make.Authority, audit: Audit
) -> None:
    one = operations.release(audit, None, by=make.actor(made.officer))
    db.session.commit()
    head = Visitor(app, made.head)
    page = head.get(f"/outcomes/{one.id}/retract")
    head.send(page, "/retract", {"reason": ""}, 422)
    stale = head.send(page, "/retract", {"reason": "Wrong", "version": "7"}, 409)
    assert stale.has("Somebody changed this release", "Wrong")
    assert head.send(page, "/retract", {"reason": "The wrong case."}).has("The outcome is taken back")
    assert head.get(f"/outcomes/{one.id}").has("taken back on", "The wrong case.")


def test_a_round_says_what_is_ready_and_why_the_rest_is_not(app: Flask, made: make.Authority, audit: Audit) -> None:
    waiting = make.handed_in(made)
    doing.given(waiting, made.senior, made.officer)
    officer = Visitor(app, made.officer)
    page = officer.get(f"/rounds/{made.round.id}/outcomes")
    assert page.has("0 of 2 outcomes are released.", "1 outcome is ready", "its outcome cannot be released now")
    done = officer.send(page, f"/rounds/{made.round.id}/outcomes")
    assert done.has("1 outcome is released.", "Team manager only")
    officer.send(page, f"/rounds/{made.round.id}/outcomes", {}, 422)


def test_a_senior_manager_who_reads_the_audit_does_not_read_its_released_outcome(
    app: Flask, made: make.Authority, audit: Audit
) -> None:
    one = operations.release(audit, None, by=make.actor(made.officer))
    db.session.commit()
    Visitor(app, made.other_senior).get(f"/outcomes/{one.id}", 404)


def test_the_auditor_chooses_themes_and_they_are_gathered_with_the_audits_behind(
    app: Flask, made: make.Authority, audit: Audit
) -> None:
    auditor = Visitor(app, made.manager)
    page = auditor.get(f"/audits/{audit.id}/themes")
    auditor.send(page, "/themes", {"family": ["being_heard", "drift"], "audit": ["drift"]})
    stale = auditor.send(page, "/themes", {"family": ["safety"]}, 409)
    assert stale.has("Somebody chose themes", "Being heard, Drift and delay")
    kept = queries.coding_of(audit.id)
    assert kept is not None and kept.codes["audit"] == ["drift"]
    officer = Visitor(app, made.officer)
    gathered = officer.get("/themes")
    assert gathered.has("Of 1 audit, 1 says", "themes are chosen for 1.", "Drift and delay")
    assert officer.get("/themes/drift").has(audit.case.reference, "from the child and family in 1")
    assert officer.get("/themes?unit=0&first=nonsense").has("Drift and delay")
    assert officer.get(f"/themes?unit={made.teams[3].id}").has("No audit has been handed in")
    officer.get("/themes/nothing", 404)


def test_feedback_says_how_from_whom_by_relation_and_why_there_is_none(app: Flask, made: make.Authority) -> None:
    kept = make.audit(made)
    auditor = Visitor(app, made.manager)
    page = auditor.get(f"/audits/{kept.id}/sections/feedback")
    sent = {"obtained": "yes", "ways": ["visit", "call"], "whom": ["child"], "evidence": "The child likes the visits."}
    auditor.send(page, "/sections/feedback", sent)
    again = auditor.get(f"/audits/{kept.id}/sections/feedback")
    assert [v for n, v in again.filled("/sections/feedback") if n in ("ways", "whom")] == ["visit", "call", "child"]
    auditor.send(again, "/sections/feedback", {"ways": ["unknown"]}, 422)
