"""Letters that go again to a corrected address, and what is erased once it is long over."""

import datetime as dt

from flask import Flask
from sqlalchemy import func, select

from audit_app.auditing import operations as auditing
from audit_app.db import db
from audit_app.identity import operations as identity
from audit_app.identity.model import Person
from audit_app.notices.model import Mail, Notice
from audit_app.notices.operations import forget, remind, send_waiting
from audit_app.notices.queries import unreached
from tests import make
from tests.notices.make import DUE, FIRST, holding, on, with_post
from tests.notices.server import LATE, reminded, send, serving, states


def corrected(person: Person, email: str, by: Person) -> None:
    """Somebody's address as it is right."""
    identity.change(person, person.name, person.job_title, person.unit, by=by.id, email=email)
    db.session.commit()


def test_what_did_not_reach_somebody_goes_once_to_the_corrected_address(either_app: Flask) -> None:
    with serving() as (server, port):
        with_post(either_app, port)
        made = reminded(either_app)
        gone = made.manager.email
        server.recipient = lambda to: "550 No such person" if to == gone else "250 OK"
        send()
        assert holding(made.officer) == ["unreachable"] and unreached([made.manager.id])
        with on(LATE):
            corrected(made.manager, "Right.Address@council.example", made.admin)
        assert holding(made.officer) == [] and not unreached([made.manager.id])
        assert send().counts == {"sent": 1}
        assert not send(600).counts
    assert server.taken[-1]["To"].addresses[0].addr_spec == "right.address@council.example"
    assert server.taken[-1]["Subject"] == "An audit of yours is 1 working day overdue"


def test_what_was_read_or_done_meanwhile_does_not_go_again(app: Flask) -> None:
    with serving() as (server, port):
        with_post(app, port)
        made = reminded(app)
        server.recipient = lambda to: "550 No such person"
        send()
        with on(LATE):
            for one in db.session.execute(select(Notice).where(Notice.person_id == made.manager.id)).scalars():
                one.read_at = one.made_at
            corrected(made.manager, "right@council.example", made.admin)
    assert [state for state, _, _ in states()] == ["refused", "refused"]


def test_a_change_that_leaves_the_address_sends_nothing_again(app: Flask) -> None:
    with serving() as (server, port):
        with_post(app, port)
        made = reminded(app)
        server.recipient = lambda to: "550 No such person"
        send()
        with on(LATE):
            identity.change(made.manager, "Manager Beech", "", made.manager.unit, by=made.admin.id)
            db.session.commit()
    assert [state for state, _, _ in states()] == ["refused", "refused"]


def kept() -> tuple[int, int]:
    """How many notices and letters there are."""
    counted = (select(func.count()).select_from(one) for one in (Notice, Mail))
    notices, letters = (db.session.execute(rows).scalar_one() for rows in counted)
    return notices, letters


def test_what_is_long_over_is_erased_and_what_is_still_asked_stays(either_app: Flask) -> None:
    with serving() as (_, port):
        with_post(either_app, port)
        with on(FIRST):
            made = make.authority()
            done, late = make.written(made), make.audit(made)
        with on(DUE + dt.timedelta(days=1)):
            remind()
            send_waiting()
            auditing.hand_in(done, done.version_id, by=make.actor(made.manager))
            db.session.commit()
        assert kept() == (2, 1)
        with on(DUE + dt.timedelta(days=399)):
            assert forget() == (0, 0)  # the only letter is the last one: it says that they can be reached
        with on(DUE + dt.timedelta(days=402)):
            assert forget() == (1, 0)
            assert forget() == (0, 0)
            db.session.commit()
        (left,) = db.session.execute(select(Notice)).scalars()
        assert left.audit_id == late.id
        with on(DUE + dt.timedelta(days=403)):
            assert "overdue" not in {kind.value for kind, count in remind().items() if count > 1}


def test_a_letter_that_was_sent_is_erased_once_another_followed(app: Flask) -> None:
    with serving() as (_, port):
        with_post(app, port)
        with on(FIRST):
            made = make.authority()
            make.audit(made)
        for days in (1, 4):
            with on(DUE + dt.timedelta(days=days)):
                remind()
                send_waiting()
        with on(DUE + dt.timedelta(days=100)):
            assert forget() == (0, 1)
            db.session.commit()
    assert kept() == (2, 1)
