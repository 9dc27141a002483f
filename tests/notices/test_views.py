"""The pages of messages and of chasing."""

import datetime as dt

import pytest
from flask import Flask

from audit_app.auditing import operations as auditing
from audit_app.auditing.model import Audit
from audit_app.db import db
from audit_app.moderation import operations as moderation
from audit_app.moderation.model import Route
from audit_app.notices import operations
from audit_app.notices.kinds import How, Kind, Matter
from audit_app.notices.operations import Telling, remind, tell
from audit_app.notices.queries import choice_of
from tests import make
from tests.notices.make import DUE, FIRST, letters, on, told, with_post

LATE = DUE + dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def without_tokens(app: Flask) -> None:
    """That every form needs its token is proved in tests/web."""
    app.config["WTF_CSRF_ENABLED"] = False


def late_round(count: int = 1) -> make.Authority:
    """A round in which so many people are late with one audit each."""
    with on(FIRST):
        made = make.authority()
        for who in (made.manager, made.senior, made.far_manager)[:count]:
            make.audit(made, who, made.teams[1])
    return made


def test_a_reminder_stands_among_your_messages_until_it_is_read(app: Flask) -> None:
    made = late_round()
    with on(LATE):
        remind()
        client = make.client_of(app, made.manager)
        assert "is overdue. It was due on 22 June 2026." in client.get("/notices").text
        home = client.get("/").text
        assert "1 new message" in home and "1 working day late" in home
        assert "is overdue. It was due" not in home  # the list of work says it
        assert client.post("/notices/1/read").status_code == 302
        assert "new message" not in client.get("/").text
        assert "Mark as read<" not in client.get("/notices").text.split("<tbody")[1]


def test_what_the_list_of_work_does_not_say_stands_above_it(app: Flask) -> None:
    made = late_round()
    with on(LATE):
        operations.chase(made.round, [made.manager.id], by=make.actor(made.officer))
        db.session.commit()
        assert "The audit officer asks for your audit of case" in make.client_of(app, made.manager).get("/").text


def test_all_messages_are_marked_as_read_but_those_that_came_since(app: Flask) -> None:
    made = late_round()
    with on(LATE):
        remind()
        client = make.client_of(app, made.manager)
        client.get("/notices")
        (other,) = tell([Telling(made.manager.id, Kind.SENT_BACK, "later", audit_id=1)])
        db.session.commit()
        answer = client.post("/notices/read", data={"up_to": str(other.id - 1)}, follow_redirects=True)
        assert "1 message is marked as read." in answer.text
        assert answer.text.split("<tbody")[1].count("Mark as read<") == 1


def test_somebody_elses_message_does_not_exist(app: Flask) -> None:
    made = late_round()
    with on(LATE):
        remind()
        assert make.client_of(app, made.senior).post("/notices/1/read").status_code == 404


def test_a_case_is_named_to_its_auditor_only(app: Flask) -> None:
    made = late_round()
    with on(DUE + dt.timedelta(days=16)):
        remind()
        db.session.commit()
        case = db.session.get_one(Audit, 1).case.reference
        assert case in make.client_of(app, made.manager).get("/notices").text
        page = make.client_of(app, made.head).get("/notices").text
        assert "An audit that Manager One is to write" in page
        assert case not in page


def test_whoever_judges_an_audit_blind_reads_nothing_of_it(app: Flask) -> None:
    with on(FIRST):
        made = make.authority()
        audit = make.written(made)
    with on(DUE + dt.timedelta(days=16)):
        remind()
        auditing.hand_in(audit, audit.version_id, by=make.actor(made.manager))
        db.session.commit()
        client = make.client_of(app, made.head)
        assert "Manager One" in client.get("/notices").text
        moderation.give(
            audit,
            made.head,
            "senior",
            route=Route.RANDOM,
            blind=True,
            due_on=LATE,
            by=made.officer.id,
            inclusion_probability=0.5,
        )
        db.session.commit()
        assert told(made.head) == ["escalated"]
        page = client.get("/notices").text
        assert "Manager One" not in page and "No message yet" in page


def test_how_one_is_told_is_ones_own_choice(app: Flask) -> None:
    with_post(app)
    made = make.authority()
    client = make.client_of(app, made.manager)
    assert "You also get these by e-mail, at once." in client.get("/notices").text
    assert client.post("/notices/settings/save", data={"how": "pigeon"}).status_code == 422
    assert client.post("/notices/settings/save", data={"how": "daily"}).status_code == 302
    assert choice_of(made.manager.id).general is How.DAILY
    assert "once a day" in client.get("/notices").text
    assert 'value="daily" checked' in client.get("/notices/settings").text


def test_without_a_mail_server_the_pages_say_so(app: Flask) -> None:
    made = late_round()
    with on(LATE):
        client = make.client_of(app, made.officer)
        for page in ("/notices", "/notices/settings", f"/rounds/{made.round.id}/chase"):
            assert "sends no e-mail" in client.get(page).text


def test_a_chase_shows_the_exact_words_and_sends_just_those(app: Flask) -> None:
    with_post(app)
    made = late_round(2)
    with on(LATE):
        client = make.client_of(app, made.officer)
        page = client.get(f"/rounds/{made.round.id}/chase").text
        assert "Hello Manager One," in page and "Hello Senior One," in page
        assert "asks you to hand in an audit in the June 2026 round" in page
        assert not letters()
        data = {"auditors": [str(made.manager.id), str(made.senior.id)]}
        answer = client.post(f"/rounds/{made.round.id}/chase", data=data, follow_redirects=True)
        assert "2 auditors are chased for 2 late audits." in answer.text
        assert {mail.person_id for mail in letters()} == {made.manager.id, made.senior.id}
        again = client.post(f"/rounds/{made.round.id}/chase", data=data)
        assert again.status_code == 422
        assert "was chased today. You can chase again on the next working day." in again.text
        assert "Nobody can be chased now." in client.get(f"/rounds/{made.round.id}/chase").text


def test_one_auditor_can_be_chased_alone(app: Flask) -> None:
    made = late_round(2)
    with on(LATE):
        client = make.client_of(app, made.officer)
        page = client.get(f"/rounds/{made.round.id}/chase?auditor={made.senior.id}").text
        assert "Hello Senior One," in page and "Hello Manager One," not in page
        client.post(f"/rounds/{made.round.id}/chase", data={"auditors": [str(made.senior.id)]})
        assert (told(made.senior), told(made.manager)) == (["chased"], [])


@pytest.mark.parametrize("sent", [{}, {"auditors": "0"}, {"auditors": "x"}, {"auditors": "999999999999"}])
def test_nobody_outside_the_round_is_chased(sent: dict[str, str], app: Flask) -> None:
    made = late_round()
    with on(LATE):
        answer = make.client_of(app, made.officer).post(f"/rounds/{made.round.id}/chase", data=sent)
        assert answer.status_code == 422
    assert told(made.manager) == []


def test_whoever_is_away_or_out_of_reach_is_named_before_they_are_chased(app: Flask) -> None:
    with_post(app)
    made = late_round()
    with on(LATE):
        tell([Telling(made.manager.id, Kind.OVERDUE, "before", audit_id=1)])
        (mail,) = letters()
        mail.state, mail.ended_at = "refused", mail.made_at
        db.session.commit()
        page = make.client_of(app, made.officer).get(f"/rounds/{made.round.id}/chase").text
    assert "The last e-mail did not reach them" in page


def test_what_is_told_stays_after_the_audit_moved(app: Flask) -> None:
    made = late_round()
    with on(LATE):
        remind()
        audit = make.audit(made)
        auditing.reallocate(audit, made.senior, by=made.officer.id)
        db.session.commit()
        page = make.client_of(app, made.manager).get("/notices").text
        assert "was given to somebody else. You have nothing to do." in page
        assert audit.case.reference not in page
    assert operations.mail_is_on() is False


def test_of_one_matter_one_can_be_told_otherwise(app: Flask) -> None:
    with_post(app)
    made = make.authority()
    client = make.client_of(app, made.manager)
    assert client.post("/notices/settings/save", data={"how": "at_once", "outcomes": "daily"}).status_code == 302
    assert choice_of(made.manager.id).otherwise == {Matter.OUTCOMES: How.DAILY}
    page = client.get("/notices/settings").text
    assert 'name="outcomes" value="daily" checked' in " ".join(page.split()) or 'value="daily" checked' in page
    assert "Your rounds" not in page  # no news of rounds can reach them
    assert client.post("/notices/settings/save", data={"how": "daily", "outcomes": "owl"}).status_code == 422
    assert "as you chose for each matter" in client.get("/notices").text


def test_a_chase_without_a_mail_server_shows_the_address_of_the_service(app: Flask) -> None:
    made = late_round()
    with on(LATE):
        page = make.client_of(app, made.officer).get(f"/rounds/{made.round.id}/chase").text
    assert "sign in: http://localhost/<" in page


def test_an_alert_leads_to_what_was_seen(app: Flask) -> None:
    made = make.authority()
    auditing.raise_risk(make.written(made), "Bruises.", "", None, by=make.actor(made.manager))
    db.session.commit()
    page = make.client_of(app, made.officer).get("/notices").text
    assert 'href="/risks">A child may be at risk now.' in page and "Bruises" not in page
