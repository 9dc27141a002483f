"""Contributions of several agencies, from being asked to standing with the audit, on both databases."""

import datetime as dt
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from audit_app.access.table import Role
from audit_app.auditing import operations as auditing
from audit_app.auditing import queries
from audit_app.auditing.drafts import Draft
from audit_app.auditing.model import Audit, Contribution
from audit_app.auditing.operations import contributions
from audit_app.clock import today
from audit_app.db import db
from audit_app.history.operations import verify
from audit_app.history.queries import entries_of
from audit_app.identity import operations as identity
from audit_app.identity.model import Person
from audit_app.moderation import operations as moderation
from audit_app.refusal import Refused, Stale
from tests import make

WORDS = "The child was not brought to three appointments."


@dataclass
class World:
    """An audit of several agencies that is being written, and two people of other agencies."""

    made: make.Authority
    audit: Audit
    nurse: Person
    officer_of_police: Person

    @property
    def lead(self) -> Person:
        """The lead auditor."""
        return self.made.manager


def furnish() -> World:
    made = make.authority("multi-agency")
    nurse = make.person("Nurse One", Role.CONTRIBUTOR, made.root)
    police = make.person("Sergeant One", Role.CONTRIBUTOR, made.root)
    return World(made, make.written(made), nurse, police)


def asked(world: World, person: Person | None = None, agency: str = "health") -> Contribution:
    until = today() + dt.timedelta(days=7)
    one = contributions.ask(
        world.audit, person or world.nurse, agency, until, "Look at both parents.", by=make.actor(world.lead)
    )
    db.session.commit()
    return one


def draft_of(one: Contribution, words: str = WORDS) -> Draft:
    return Draft(evidence=words, strengths="Well.", questions={q.key: "no" for q in one.sections[0].questions})


def done(one: Contribution, words: str = WORDS) -> Contribution:
    by = make.actor(one.person)
    contributions.contribute(one, one.sections[0].key, draft_of(one, words), 0, by=by)
    contributions.finish(one, one.version_id, by=by)
    db.session.commit()
    return one


def browser(app: Flask, who: Person) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    return make.client_of(app, who)


def test_a_contribution_goes_from_asked_to_done_with_history(either_app: Flask) -> None:
    world = furnish()
    one = asked(world)
    done(one)
    contributions.reopen(one, one.version_id, by=make.actor(world.nurse))
    contributions.finish(one, one.version_id, by=make.actor(world.nurse))
    db.session.commit()
    kinds = [entry.kind for entry in entries_of(world.audit.subject) if "contribution" in entry.kind]
    assert kinds == [
        "audit.contribution_done",
        "audit.contribution_reopened",
        "audit.contribution_done",
        "audit.contribution_begun",
        "audit.contribution_asked",
    ]
    assert verify() == []


def test_nobody_is_asked_twice_for_one_agency_but_can_be_after_a_withdrawal(either_app: Flask) -> None:
    world = furnish()
    one = asked(world)
    with pytest.raises(Refused, match="already"):
        asked(world)
    contributions.withdraw(one, "On leave.", by=make.actor(world.made.officer))
    again = asked(world)
    assert (one.withdrawn_at is None, again.withdrawn_at is None) == (False, True)
    assert (
        contributions.ask(
            world.audit, world.nurse, "voluntary", again.until, "", by=make.actor(world.made.officer)
        ).agency_name
        == "Voluntary organisation"
    )


def test_the_database_itself_keeps_one_running_contribution_for_a_person_and_agency(either_app: Flask) -> None:
    world = furnish()
    one = asked(world)
    copy = Contribution(
        audit=one.audit,
        person=one.person,
        agency=one.agency,
        until=one.until,
        asked_by=one.asked_by,
        asked_at=one.asked_at,
    )
    db.session.add(copy)
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_an_agency_that_the_tool_does_not_name_is_not_asked(app: Flask) -> None:
    world = furnish()
    with pytest.raises(Refused):
        asked(world, agency="army")


def test_the_second_of_two_tabs_is_told_and_neither_version_is_lost(either_app: Flask) -> None:
    world = furnish()
    one = asked(world)
    by = make.actor(world.nurse)
    contributions.contribute(one, "health", draft_of(one), 0, by=by)
    with pytest.raises(Stale):
        contributions.contribute(one, "health", draft_of(one, "Other words."), 0, by=by)
    db.session.commit()
    client = browser(either_app, world.nurse)
    answer = client.post(f"/contributions/{one.id}/sections/health", data={"version": 0, "evidence": "Typed second."})
    assert answer.status_code == 409
    assert WORDS in answer.text
    assert "Typed second." in answer.text
    autosave = {"X-Requested-With": "autosave"}
    url = f"/contributions/{one.id}/sections/health"
    assert client.post(url, data={"version": 0, "evidence": "x"}, headers=autosave).status_code == 409
    saved = client.post(url, data={"version": 1, "evidence": "Together."}, headers=autosave)
    assert saved.get_json()["version"] == 2


def test_a_contribution_is_done_only_when_everything_is_written(app: Flask) -> None:
    world = furnish()
    one = asked(world)
    by = make.actor(world.nurse)
    contributions.contribute(one, "health", Draft(evidence=WORDS), 0, by=by)
    with pytest.raises(Refused, match="missing"):
        contributions.finish(one, one.version_id, by=by)
    with pytest.raises(Stale):
        contributions.finish(one, one.version_id - 1, by=by)


def test_handing_in_without_an_agency_needs_a_reason_that_stands_with_the_audit(either_app: Flask) -> None:
    world = furnish()
    for agency in ("social_care", "education"):
        done(asked(world, agency=agency))
    done(asked(world, world.officer_of_police, "police"))
    asked(world)
    me = make.actor(world.lead)
    with pytest.raises(Refused, match="Nothing is done of Health"):
        auditing.hand_in(world.audit, world.audit.version_id, by=me)
    auditing.hand_in(world.audit, world.audit.version_id, by=me, without_because="Health has no capacity this month.")
    db.session.commit()
    assert world.audit.handed_in_without == "Health has no capacity this month."
    last = entries_of(world.audit.subject, kinds=("audit.submit",))[0]
    assert last.body is not None
    assert last.body["without"] == ["health"]
    shown = browser(either_app, world.made.head).get(f"/audits/{world.audit.id}").text
    assert "Health has no capacity this month." in shown


def test_contributions_are_frozen_when_the_audit_is_handed_in(either_app: Flask) -> None:
    world = furnish()
    one, other = done(asked(world)), asked(world, world.officer_of_police, "police")
    auditing.hand_in(world.audit, world.audit.version_id, by=make.actor(world.lead), without_because="No time.")
    db.session.commit()
    with pytest.raises(Refused, match="handed in"):
        contributions.reopen(one, one.version_id, by=make.actor(world.nurse))
    with pytest.raises(Refused, match="handed in"):
        contributions.contribute(other, "police", draft_of(other), 0, by=make.actor(world.officer_of_police))
    with pytest.raises(Refused):
        contributions.withdraw(other, "Late.", by=make.actor(world.lead))
    with pytest.raises(Refused):
        asked(world, agency="housing")
    client = browser(either_app, world.officer_of_police)
    answer = client.post(f"/contributions/{other.id}/sections/police", data={"version": 0, "evidence": "Typed late."})
    assert answer.status_code == 422
    assert "Typed late." in answer.text
    assert "handed in" in client.get(f"/contributions/{other.id}").text


def test_a_contributor_sees_their_frame_and_sections_and_nothing_else(either_app: Flask) -> None:
    world = furnish()
    one, other = asked(world), asked(world, world.officer_of_police, "police")
    done(other, "zephyrquartz seen by police")
    client = browser(either_app, world.nurse)
    home = client.get("/")
    assert f"Case {world.audit.case.reference}" in home.text
    assert "Wanted by" in home.text
    frame = client.get(f"/contributions/{one.id}")
    assert "Look at both parents." in frame.text
    assert "zephyrquartz" not in frame.text
    assert "The record shows it" not in frame.text + client.get(f"/contributions/{one.id}/sections/health").text
    for url in (f"/contributions/{other.id}", f"/contributions/{one.id}/sections/police"):
        assert client.get(url).status_code == 404, url
    for url in ("/audits", f"/audits/{world.audit.id}", f"/audits/{world.audit.id}/contributions", "/measures"):
        assert client.get(url).status_code == 403, url
    assert entries_of(world.audit.subject)[0].kind == "audit.contribution_opened"


def test_what_the_lead_auditor_shares_is_finished_words_and_never_a_grade(either_app: Flask) -> None:
    world = furnish()
    one, other = asked(world), done(asked(world, world.officer_of_police, "police"), "zephyrquartz")
    with pytest.raises(Refused):
        contributions.share(one, True, by=make.actor(world.made.officer))
    contributions.share(one, True, by=make.actor(world.lead))
    db.session.commit()
    client = browser(either_app, world.nurse)
    assert "zephyrquartz" in client.get(f"/contributions/{one.id}").text
    contributions.reopen(other, other.version_id, by=make.actor(world.officer_of_police))
    db.session.commit()
    assert "zephyrquartz" not in client.get(f"/contributions/{one.id}").text
    contributions.share(one, False, by=make.actor(world.lead))
    db.session.commit()
    assert "other agencies have finished" not in client.get(f"/contributions/{one.id}").text


def test_whoever_is_withdrawn_sees_nothing_more(either_app: Flask) -> None:
    world = furnish()
    one = asked(world)
    client = browser(either_app, world.nurse)
    assert client.get(f"/contributions/{one.id}").status_code == 200
    lead = browser(either_app, world.lead)
    page = f"/audits/{world.audit.id}/contributions"
    assert "They no longer see anything" in lead.get(f"{page}/{one.id}/withdraw").text
    assert lead.post(f"{page}/{one.id}/withdraw", data={"reason": ""}).status_code == 422
    assert lead.post(f"{page}/{one.id}/withdraw", data={"reason": "She left."}).status_code == 302
    assert client.get(f"/contributions/{one.id}").status_code == 404
    assert "Nothing is asked of you now" in client.get("/").text
    assert "She left." in lead.get(page).text


def test_a_contributor_whose_last_day_is_over_sees_nothing(app: Flask) -> None:
    world = furnish()
    one = asked(world)
    client = browser(app, world.nurse)
    world.nurse.grants[0].until = today() - dt.timedelta(days=1)
    db.session.commit()
    assert client.get(f"/contributions/{one.id}").status_code == 403


def test_the_lead_auditor_asks_from_a_page_that_says_what_is_wrong(either_app: Flask) -> None:
    world = furnish()
    client = browser(either_app, world.lead)
    page = f"/audits/{world.audit.id}/contributions"
    assert "Nobody is asked yet" in client.get(page).text
    wrong = client.post(f"{page}/ask", data={"agency": "", "person": 0, "until": ["", "", ""]})
    assert wrong.status_code == 422
    assert "Choose an agency" not in wrong.text or "Enter the day" in wrong.text
    when = today() + dt.timedelta(days=200)
    parts = [when.day, when.month, when.year]
    late = client.post(f"{page}/ask", data={"agency": "health", "person": world.nurse.id, "until": parts})
    assert late.status_code == 422
    assert "access of Nurse One ends" in late.text
    when = today() + dt.timedelta(days=5)
    parts = [when.day, when.month, when.year]
    assert (
        client.post(f"{page}/ask", data={"agency": "health", "person": world.nurse.id, "until": parts}).location == page
    )
    assert "Nurse One" in client.get(page).text
    assert client.get(f"/audits/{world.audit.id}/edit").text.count("Nurse One") == 1


def test_the_lead_auditor_reads_contributions_beside_the_section_and_alone_grades(either_app: Flask) -> None:
    world = furnish()
    audit = make.audit(world.made)
    world.audit = audit
    one = done(asked(world))
    page = browser(either_app, world.lead).get(f"/audits/{audit.id}/sections/health").text
    assert WORDS in page
    assert "The answers of the agency are filled in beneath" in page
    assert page.count("checked") >= len(one.sections[0].questions)
    assert 'name="grade"' in page
    assert 'name="grade"' not in browser(either_app, world.nurse).get(f"/contributions/{one.id}/sections/health").text


def test_an_officer_sees_how_far_contributions_are_and_not_their_words(either_app: Flask) -> None:
    world = furnish()
    one = done(asked(world))
    client = browser(either_app, world.made.officer)
    page = client.get(f"/audits/{world.audit.id}/contributions")
    assert page.status_code == 200
    assert WORDS not in page.text
    assert "Contributions of the agencies" in client.get(f"/audits/{world.audit.id}").text
    shared = client.post(f"/audits/{world.audit.id}/contributions/{one.id}/share", data={"share": "yes"})
    assert shared.status_code == 422


def test_contributions_stand_with_the_audit_on_the_page_and_the_paper(either_app: Flask) -> None:
    world = furnish()
    done(asked(world))
    auditing.hand_in(world.audit, world.audit.version_id, by=make.actor(world.lead), without_because="zephyrquartz")
    db.session.commit()
    client = browser(either_app, world.made.head)
    for url in (f"/audits/{world.audit.id}", f"/audits/{world.audit.id}/print"):
        text = client.get(url).text
        assert WORDS in text, url
        assert "zephyrquartz" in text, url
    assert client.get(f"/audits/{world.audit.id}.pdf").status_code == 200


def test_whoever_contributed_does_not_moderate(either_app: Flask) -> None:
    world = furnish()
    one = asked(world, world.made.senior, "social_care")
    contributions.contribute(one, "social_care", draft_of(one), 0, by=make.actor(world.made.senior))
    auditing.hand_in(world.audit, world.audit.version_id, by=make.actor(world.lead), without_because="No time.")
    db.session.commit()
    refused = moderation.refusal_for(world.audit, world.made.senior, "senior", blind=False, random=False)
    assert refused is not None
    assert "contributed to this audit" in refused.reason
    assert moderation.refusal_for(world.audit, world.made.other_senior, "senior", blind=False, random=False) is None


def test_the_lead_auditor_is_nobodys_contributor_in_their_own_audit(app: Flask) -> None:
    world = furnish()
    one = asked(world, world.made.senior, "social_care")
    assert queries.contributions_to_do(make.actor(world.made.senior)) == [one]
    world.audit.auditor = world.made.senior
    db.session.commit()
    assert queries.contributions_to_do(make.actor(world.made.senior)) == []
    with pytest.raises(Refused, match="now yours"):
        contributions.contribute(one, "social_care", draft_of(one), 0, by=make.actor(world.made.senior))


def test_an_audit_without_agencies_has_no_page_of_contributions(app: Flask) -> None:
    made = make.authority()
    audit = make.audit(made)
    assert browser(app, made.manager).get(f"/audits/{audit.id}/contributions").status_code == 404


def test_a_contributors_role_has_a_last_day(either_app: Flask) -> None:
    made = make.authority()
    with pytest.raises(Refused, match="A contributor's access must have a last day"):
        identity.grant(made.board, Role.CONTRIBUTOR, made.root, None, by=None)


def test_names_are_asked_about_in_a_contribution_too(app: Flask) -> None:
    world = furnish()
    one = asked(world)
    client = browser(app, world.nurse)
    url = f"/contributions/{one.id}/sections/health"
    answer = client.post(url, data={"version": 0, "evidence": "Born on 3/4/2015, seen with Mrs Jones."})
    assert answer.location.endswith("#names")
    assert "Does this tell who somebody is?" in client.get(url).text


def test_the_concerns_of_an_earlier_audit_are_written_checked_and_printed(either_app: Flask) -> None:
    made = make.authority("re-audit")
    audit = make.audit(made)
    client = browser(either_app, made.manager)
    url = f"/audits/{audit.id}/sections/concerns"
    assert "What became of concern 8" in client.get(url).text
    typed = {"version": 0, "evidence": "", "concern-1": "zephyrquartz", "righted-1": "partly", "shown-1": "Two visits."}
    assert client.post(url, data=typed).status_code == 302
    assert client.post(url, data=typed | {"righted-1": "perhaps"}).status_code == 422
    for section in audit.tool.sections_for(audit.category):
        if section.key != "concerns":
            auditing.save(audit, section.key, make.draft(section), 0, by=make.actor(made.manager))
    db.session.commit()
    assert "Put right in part" in client.get(f"/audits/{audit.id}/hand-in").text
    auditing.hand_in(audit, audit.version_id, by=make.actor(made.manager))
    db.session.commit()
    head = browser(either_app, made.head)
    for page in (f"/audits/{audit.id}", f"/audits/{audit.id}/print"):
        text = head.get(page).text
        assert "zephyrquartz" in text, page
        assert "Put right in part" in text, page
