"""What contributors, lead auditors and audit officers are told as an audit of several agencies goes on."""

import datetime as dt

from flask import Flask

from audit_app.access.table import Role
from audit_app.auditing import operations as auditing
from audit_app.auditing.drafts import Draft
from audit_app.auditing.model import Audit, Contribution
from audit_app.auditing.operations import contributions
from audit_app.db import db
from audit_app.identity.model import Person
from audit_app.notices.operations import remind
from audit_app.notices.operations.sending import written
from tests import make
from tests.notices.make import FIRST, holding, letters, on, told, with_post

UNTIL = dt.date(2026, 6, 15)  # two weeks after the first day
DAYS_BEFORE, BEFORE, AFTER = dt.date(2026, 6, 9), dt.date(2026, 6, 10), dt.date(2026, 6, 16)


def asked(made: make.Authority, audit: Audit | None = None) -> tuple[Contribution, Person]:
    """A nurse who was asked to contribute to an audit that is being written."""
    nurse = make.person("Nurse One", Role.CONTRIBUTOR, made.root)
    lead = make.actor(made.manager)
    one = contributions.ask(audit or make.written(made), nurse, "health", UNTIL, "Look at both parents.", by=lead)
    db.session.commit()
    return one, nurse


def letter_of(person: Person) -> str:
    """The one letter to somebody, as it would go out."""
    (mail,) = [mail for mail in letters() if mail.person_id == person.id]
    claimed = written(mail)
    assert claimed is not None
    return claimed.letter.letter.body


def do(one: Contribution) -> None:
    answers = {q.key: "no" for q in one.sections[0].questions}
    draft = Draft(evidence="Three appointments were missed.", strengths="Well.", questions=answers)
    contributions.contribute(one, one.sections[0].key, draft, 0, by=make.actor(one.person))
    contributions.finish(one, one.version_id, by=make.actor(one.person))
    db.session.commit()


def test_a_contributor_is_told_when_they_are_asked_and_reminded_before_and_after(either_app: Flask) -> None:
    with on(FIRST):
        _, nurse = asked(make.authority("multi-agency"))
    assert told(nurse) == ["contribution_asked"]
    for day in (DAYS_BEFORE, BEFORE, BEFORE, UNTIL, AFTER, AFTER):
        with on(day):
            remind()
            db.session.commit()
    assert told(nurse) == ["contribution_asked", "contribution_due", "contribution_late"]


def test_whoever_is_asked_shortly_before_the_day_is_not_reminded_at_once(either_app: Flask) -> None:
    with on(BEFORE):
        _, nurse = asked(make.authority("multi-agency"))
        remind()
    with on(UNTIL):
        remind()
    assert told(nurse) == ["contribution_asked"]


def test_the_letter_says_the_day_of_the_contribution_and_nothing_of_the_case(either_app: Flask) -> None:
    with_post(either_app)
    with on(FIRST):
        one, nurse = asked(make.authority("multi-agency"))
        body = " ".join(letter_of(nurse).split())
    assert "15 June 2026" in body and one.audit.due_on.strftime("%-d %B") not in body
    assert one.audit.case.reference not in body


def test_a_lead_auditor_is_told_when_a_contribution_is_done_and_no_longer_when_it_is_changed(either_app: Flask) -> None:
    made = make.authority("multi-agency")
    with on(FIRST):
        one, nurse = asked(made)
        do(one)
        assert (holding(nurse), holding(made.manager)) == ([], ["contribution_done"])
        contributions.reopen(one, one.version_id, by=make.actor(nurse))
        db.session.commit()
        assert holding(made.manager) == []
        contributions.finish(one, one.version_id, by=make.actor(nurse))
        db.session.commit()
    assert told(made.manager).count("contribution_done") == 1  # at the same moment of a stopped clock
    with on(AFTER):
        assert not [kind for kind in remind() if kind.value.startswith("contribution")]


def test_whoever_is_no_longer_asked_is_told_and_reminded_no_more(either_app: Flask) -> None:
    made = make.authority("multi-agency")
    with on(FIRST):
        one, nurse = asked(made)
        contributions.withdraw(one, "Another nurse knows the family.", by=make.actor(made.manager))
        db.session.commit()
    with on(AFTER):
        remind()
    assert (told(nurse), holding(nurse)) == (
        ["contribution_asked", "contribution_withdrawn"],
        ["contribution_withdrawn"],
    )


def test_what_a_contributor_is_asked_stays_when_the_audit_changes_hands_and_ends_with_it(either_app: Flask) -> None:
    made = make.authority("multi-agency")
    with on(FIRST):
        one, nurse = asked(made)
        auditing.reallocate(one.audit, made.senior, by=made.officer.id, started_too=True)
        db.session.commit()
        assert holding(nurse) == ["contribution_asked"]
        auditing.withdraw(one.audit, "The case moved away.", by=made.officer.id)
        db.session.commit()
    assert holding(nurse) == []


def test_a_contributor_reads_the_case_in_the_service_with_a_link_to_their_part(either_app: Flask) -> None:
    either_app.config["WTF_CSRF_ENABLED"] = False
    with on(FIRST):
        one, nurse = asked(make.authority("multi-agency"))
        browser = make.client_of(either_app, nurse)
        page = browser.get("/notices").text
    assert f"the audit of case {one.audit.case.reference}" in page and f'href="/contributions/{one.id}"' in page
    with on(FIRST):
        contributions.withdraw(one, "Another nurse.", by=make.actor(one.audit.auditor))
        db.session.commit()
        page = browser.get("/notices").text
    assert one.audit.case.reference not in page and "You are no longer asked" in page


def test_audit_officers_are_told_of_an_audit_that_is_handed_back_until_they_have_seen_to_it(either_app: Flask) -> None:
    with_post(either_app)
    made = make.authority()
    audit = make.audit(made)
    auditing.hand_back(audit, "I know this family.", by=make.actor(made.manager))
    db.session.commit()
    assert (told(made.officer), holding(made.manager)) == (["handed_back"], [])
    assert [mail.person_id for mail in letters()] == [made.officer.id]
    assert "I know this family" not in letter_of(made.officer)
    page = make.client_of(either_app, made.officer).get("/").text
    assert f'href="/rounds/{audit.round_id}/handed-back"' in page
    auditing.reallocate(audit, made.senior, by=made.officer.id)
    db.session.commit()
    assert (holding(made.officer), holding(made.senior)) == ([], ["reallocated"])


def test_an_auditor_is_told_that_what_they_handed_back_stays_with_them(either_app: Flask) -> None:
    made = make.authority()
    audit = make.audit(made)
    auditing.hand_back(audit, "I know this family.", by=make.actor(made.manager))
    auditing.leave_with_auditor(audit, by=made.officer.id)
    db.session.commit()
    assert (holding(made.officer), told(made.manager)) == ([], ["allocated"])
