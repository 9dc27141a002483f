"""The private link by which a calendar reads one's due days."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select

from audit_app.auditing import operations as auditing
from audit_app.cases.model import CaseRecord
from audit_app.db import db
from audit_app.identity import operations as identity
from audit_app.identity.model import Attempt
from audit_app.identity.tokens import digest
from audit_app.notices.model import Feed
from tests import make
from tests.moderation.doing import given


@pytest.fixture(autouse=True)
def without_tokens(app: Flask) -> None:
    """That every form needs its token is proved in tests/web."""
    app.config["WTF_CSRF_ENABLED"] = False


def linked(client: FlaskClient) -> str:
    """The path of a link that was just made."""
    found = re.search(r"http://localhost(/calendar/[\w-]+\.ics)", client.post("/notices/calendar/make").text)
    assert found is not None
    return found[1]


def said(app: Flask, path: str) -> list[str]:
    """What a calendar without any session reads by a link."""
    answer = app.test_client().get(path)
    assert (answer.status_code, answer.content_type) == (200, "text/calendar; charset=utf-8")
    calendar = Calendar.from_ical(answer.data)
    assert isinstance(calendar, Calendar)
    return [str(entry["SUMMARY"]) for entry in calendar.events]


def test_a_calendar_reads_due_days_and_nothing_of_any_case(app: Flask) -> None:
    made = make.authority()
    make.audit(made)
    make.written(made)
    path = linked(make.client_of(app, made.manager))
    assert said(app, path) == ["2 audits due"]
    text = app.test_client().get(path).text
    assert not any(one in text for one in db.session.execute(select(CaseRecord.reference)).scalars())
    assert made.round.programme.name not in text and made.manager.name not in text


def test_what_is_done_is_gone_from_it_and_what_was_given_is_there(app: Flask) -> None:
    made = make.authority()
    audit = make.written(made)
    mine, seniors = linked(make.client_of(app, made.manager)), linked(make.client_of(app, made.senior))
    assert (said(app, mine), said(app, seniors)) == (["Audit due"], [])
    auditing.hand_in(audit, audit.version_id, by=make.actor(made.manager))
    given(audit, made.senior, made.officer, blind=True)
    assert (said(app, mine), said(app, seniors)) == ([], ["Moderation due"])


def test_a_calendar_that_has_read_it_is_answered_without_reading_it_again(app: Flask) -> None:
    made = make.authority()
    make.audit(made)
    path = linked(make.client_of(app, made.manager))
    tag = app.test_client().get(path).headers["ETag"]
    again = app.test_client().get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    make.audit(made)
    db.session.commit()
    assert app.test_client().get(path, headers={"If-None-Match": tag}).status_code == 200


def test_only_a_digest_of_the_link_is_kept_and_it_is_shown_once(app: Flask) -> None:
    made = make.authority()
    client = make.client_of(app, made.manager)
    token = linked(client).removeprefix("/calendar/").removesuffix(".ics")
    assert db.session.execute(select(Feed.token_hash)).scalars().all() == [digest(token)]
    assert token not in client.get("/notices/calendar").text


def test_a_new_link_ends_the_one_before_and_a_link_can_be_turned_off(app: Flask) -> None:
    made = make.authority()
    client = make.client_of(app, made.manager)
    first, second = linked(client), linked(client)
    assert (app.test_client().get(first).status_code, app.test_client().get(second).status_code) == (404, 200)
    assert "is turned off" in client.post("/notices/calendar/end", follow_redirects=True).text
    assert app.test_client().get(second).status_code == 404
    assert db.session.execute(select(Attempt)).first() is None  # a calendar that asks on is no guess


def test_a_link_ends_with_the_account_and_does_not_come_back_with_it(app: Flask) -> None:
    made = make.authority()
    path = linked(make.client_of(app, made.manager))
    identity.end_account(made.manager, by=made.admin.id)
    db.session.commit()
    assert app.test_client().get(path).status_code == 404
    identity.restore_account(made.manager, by=made.admin.id)
    db.session.commit()
    assert app.test_client().get(path).status_code == 404


def test_whoever_tries_many_links_has_to_wait_and_whoever_has_one_has_not(app: Flask) -> None:
    made = make.authority()
    path, client = linked(make.client_of(app, made.manager)), app.test_client()
    answers = [client.get(f"/calendar/guess-{n}.ics").status_code for n in range(11)]
    assert answers == [404] * 10 + [429]
    assert client.get(path).status_code == 200
