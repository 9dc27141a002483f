"""Letters through a real service on this machine that answers as GOV.UK Notify does."""

import logging

import pytest
from flask import Flask
from sqlalchemy import select

from audit_app.cases.model import CaseRecord
from audit_app.db import db
from audit_app.notices.operations import mail_is_on
from tests.notices.make import letters, told
from tests.notices.notify import SERVICE, TEMPLATE, answering, by_notify
from tests.notices.server import free_port, reminded, send, states

NO_ADDRESS = (400, "email_address Not a valid email address")
NOT_OURS = (400, "Can’t send to this recipient using a team-only API key")


def test_a_letter_is_taken_once_with_its_name_as_reference(either_app: Flask) -> None:
    with answering(either_app) as notify:
        made = reminded(either_app)
        assert mail_is_on() and send().counts == {"sent": 1}
        assert not send(600).counts
    (given,) = notify.taken
    assert (given["email_address"], given["template_id"]) == (made.manager.email, TEMPLATE)
    assert given["reference"] == letters()[0].message_id
    assert given["personalisation"]["subject"] == "An audit of yours is 1 working day overdue"
    assert "Hello Manager One," in given["personalisation"]["body"]
    cases = db.session.execute(select(CaseRecord.reference)).scalars().all()
    assert cases and not any(case in str(given["personalisation"]) for case in cases)
    assert notify.asked == []  # a first try needs no question


@pytest.mark.parametrize("answer", [NO_ADDRESS, NOT_OURS])
def test_an_address_that_is_refused_is_asked_once_and_the_officer_is_told(answer: tuple[int, str], app: Flask) -> None:
    with answering(app) as notify:
        made = reminded(app)
        notify.coming = [answer]
        assert send().counts == {"refused": 1, "sent": 1}
        assert not send(600).counts
    assert states()[0] == ("refused", 1, "address refused")
    assert told(made.officer) == ["unreachable"]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (500, "no useful answer"),
        (429, "asked to come later"),
        (403, "sign-in refused"),
        ((400, "Template not found"), "letter or template not accepted"),
        ((400, "Missing personalisation: body"), "letter or template not accepted"),
        ("nonsense", "no useful answer"),
        ("hang", "no answer in time"),
    ],
)
def test_trouble_with_the_service_ends_the_run_and_loses_nothing(answer: object, problem: str, app: Flask) -> None:
    with answering(app, patience=0.3) as notify:
        reminded(app, 3)
        notify.coming = [answer, answer]
        run = send()
        assert (run.trouble, run.counts) == (problem, {"put off": 2})
        assert sorted(one[0] for one in states()) == ["waiting"] * 3
        assert send(6).counts == {"sent": 3}
    assert len(notify.taken) == 3 and states()[-1][0] == "sent"


def test_a_try_that_arrived_though_it_was_not_answered_is_not_sent_twice(either_app: Flask) -> None:
    with answering(either_app, patience=0.3) as notify:
        reminded(either_app)
        notify.coming = ["take and hang"]
        assert send().counts == {"put off": 1}
        assert send(6).counts == {"sent": 1}
    assert len(notify.taken) == 1 and notify.asked == [letters()[0].message_id]


def test_a_wrong_key_is_the_trouble_of_the_service_and_of_no_letter(app: Flask) -> None:
    with answering(app) as notify:
        by_notify(app, app.extensions["settings"].post.url, secret=SERVICE)
        reminded(app)
        assert send().trouble == "sign-in refused"
    assert not notify.taken and states() == [("waiting", 1, "sign-in refused")]


def test_a_service_that_is_not_there_is_tried_again_later(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    by_notify(app, f"http://127.0.0.1:{free_port()}")
    made = reminded(app)
    with caplog.at_level(logging.DEBUG, logger="audit_app"):
        assert send().trouble == "no connection"
    assert states() == [("waiting", 1, "no connection")]
    assert made.manager.email not in caplog.text
