"""Released outcomes, replies and briefings are told to those whom they are for, until they are taken back."""

import pytest
from flask import Flask

from audit_app.access.table import Role
from audit_app.db import db
from audit_app.feedback import operations
from audit_app.learning import operations as learning
from audit_app.notices.operations import send_waiting
from tests import make
from tests.learning import briefing
from tests.notices.make import holding, letters, told, with_post
from tests.notices.server import serving


@pytest.fixture
def made(either_app: Flask) -> make.Authority:
    return make.authority()


def test_a_released_outcome_reaches_the_practitioner_and_the_team_and_a_reply_the_auditor(made: make.Authority) -> None:
    audit = make.handed_in(made)  # by the first manager, of the second manager's team
    worker = make.person("Worker A1", Role.PRACTITIONER, made.teams[1], team=made.teams[1])
    released = operations.release(audit, worker.id, by=make.actor(made.officer))
    db.session.commit()
    assert told(worker) == ["outcome_released"]
    assert "outcome_released" in holding(made.other_manager)
    assert "outcome_released" not in told(made.manager) + told(made.officer)
    operations.reply(released, "It reads fair.", by=make.actor(worker))
    db.session.commit()
    assert holding(worker) == [], "whoever replied has read it"
    assert "outcome_replied" in holding(made.manager)
    assert "outcome_replied" in holding(made.officer)
    operations.retract(released, "Wrong case", released.version_id, by=make.actor(made.officer))
    db.session.commit()
    assert not {"outcome_released", "outcome_replied"}.intersection(holding(made.other_manager) + holding(made.manager))


def test_the_mail_of_an_outcome_names_no_case_and_no_grade(app: Flask) -> None:
    with serving() as (server, port):
        with_post(app, port)
        made = make.authority()
        audit = make.handed_in(made)
        operations.release(audit, None, by=make.actor(made.officer))
        db.session.commit()
        send_waiting()
    said = [one.get_content() for one in server.taken if one["Subject"] == "The outcome of an audit is released to you"]
    assert len(said) == 1
    assert audit.case.reference not in said[0]
    assert not any(level.name in said[0] for level in audit.tool.scale.levels)


def test_a_briefing_is_told_to_its_readers_and_no_more_once_it_is_taken_back(made: make.Authority) -> None:
    copy = briefing.published(made)
    readers = [made.manager, made.other_manager, made.senior, made.head]
    assert all("briefing_published" in holding(one) for one in readers)
    assert "briefing_published" not in told(made.officer), "whoever published it knows"
    assert "briefing_published" not in told(made.external)
    again = briefing.publish(copy.briefing, made)
    assert holding(made.head).count("briefing_published") == 1, "the earlier copy is over"
    learning.withdraw(again, "It named a team.", by=made.officer.id)
    db.session.commit()
    assert not any("briefing_published" in holding(one) for one in readers)


def test_without_a_mail_server_nobody_is_written_to(app: Flask) -> None:
    briefing.published(make.authority())
    assert letters() == []
