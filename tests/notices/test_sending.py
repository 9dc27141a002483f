"""Letters through a real mail server on this machine: one that takes them, and ones that refuse, delay and die."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from audit_app.auditing import operations as auditing
from audit_app.auditing.model import Audit
from audit_app.cases.model import CaseRecord
from audit_app.clock import now
from audit_app.db import db
from audit_app.history.operations import verify
from audit_app.identity.model import Person
from audit_app.moderation import operations as moderation
from audit_app.moderation.model import Route
from audit_app.notices.backoff import MOST_TRIES
from audit_app.notices.kinds import Kind
from audit_app.notices.model import Notice
from audit_app.notices.operations import Telling, post, remind, send_waiting, tell
from tests import make
from tests.notices.make import DUE, FIRST, letters, on, told, with_post
from tests.notices.server import free_port, reminded, send, serving, states

LATE = DUE.replace(day=DUE.day + 1)


def test_a_reminder_arrives_as_plain_words_that_name_no_case(either_app: Flask) -> None:
    with serving() as (server, port):
        with_post(either_app, port)
        made = reminded(either_app)
        assert send().counts == {"sent": 1}
        assert not send().counts  # once is enough
    (letter,) = server.taken
    assert letter["Subject"] == "An audit of yours is 1 working day overdue"
    assert letter["To"] == f"Manager One <{made.manager.email}>"
    assert letter["From"] == "Case audit and moderation <audits@council.example>"
    assert (letter["Auto-Submitted"], letter.get_content_type()) == ("auto-generated", "text/plain")
    assert letter["Message-ID"] == letters()[0].message_id
    text = letter.get_content()
    assert "It was due on 22 June 2026." in text and "https://audits.council.example/" in text
    cases = db.session.execute(select(CaseRecord.reference)).scalars().all()
    assert cases and not any(case in text for case in cases)
    assert states() == [("sent", 1, "")]
    assert verify() == []


def test_names_in_any_writing_arrive_whole(app: Flask) -> None:
    with serving() as (server, port):
        with_post(app, port)
        made = reminded(app)
        made.manager.name = "Zoë Ó Briain-Łuczak 李, QC"
        db.session.commit()
        send()
    assert server.taken[0]["To"].addresses[0].display_name == made.manager.name
    assert made.manager.name in server.taken[0].get_content()


@pytest.mark.parametrize(
    "name", ["Ann\r\nBcc: all@council.example", 'Ann" <x@else.example>', "Ann\nX: y", "Ann\u2028Bcc"]
)
def test_nobodys_name_can_add_a_header_or_an_address(name: str, app: Flask) -> None:
    with serving() as (server, port):
        with_post(app, port)
        made = reminded(app)
        made.manager.name = name
        db.session.commit()
        send()
    (letter,) = server.taken
    assert letter["Bcc"] is None and letter["X"] is None
    assert [one.addr_spec for one in letter["To"].addresses] == [made.manager.email]


def test_a_server_that_refuses_somebody_for_good_is_asked_once_and_the_officer_is_told(either_app: Flask) -> None:
    with serving() as (server, port):
        with_post(either_app, port)
        made = reminded(either_app, 2)
        gone = made.manager.email  # the server runs in a thread of its own
        server.recipient = lambda to: "550 No such person" if to == gone else "250 OK"
        run = send()
        assert run.counts == {"refused": 1, "sent": 2}  # the officer is told by letter, too
        assert not send(600).counts
    assert ("refused", 1, "address refused") in states()
    assert told(made.officer) == ["unreachable"]
    assert {letter["To"].addresses[0].addr_spec for letter in server.taken} == {made.senior.email, made.officer.email}


def test_a_server_that_asks_to_come_later_gets_the_letter_later(either_app: Flask) -> None:
    with serving() as (server, port):
        with_post(either_app, port)
        reminded(either_app)
        answers = iter(["451 Greylisted", "451 Greylisted", "250 OK"])
        server.recipient = lambda to: next(answers)
        assert send().counts == {"put off": 1}
        assert not send(4).counts
        assert send(5).counts == {"put off": 1}
        assert not send(14).counts
        assert send(16).counts == {"sent": 1}
    assert len(server.taken) == 1
    assert states() == [("sent", 3, "")]


def test_a_letter_that_is_refused_is_not_sent_again(app: Flask) -> None:
    with serving() as (server, port):
        with_post(app, port)
        reminded(app)
        server.data = lambda number: "554 Not wanted"
        assert send().counts == {"refused": 2}  # so is the one that tells the officer
        assert not send(600).counts
    assert states()[0] == ("refused", 1, "letter refused")


def test_a_server_that_does_not_answer_is_left_after_a_while(app: Flask) -> None:
    with serving() as (server, port):
        with_post(app, port, patience=0.5)
        reminded(app)
        server.wait = 3.0
        run = send()
    assert (run.counts, run.trouble) == ({"put off": 1}, "no answer in time")
    assert states() == [("waiting", 1, "no answer in time")]


def test_while_a_server_is_slow_others_can_write(app: Flask) -> None:
    with serving() as (server, port):
        with_post(app, port)
        made = reminded(app)
        server.wait = 1.0
        changed: list[int] = []
        key = made.manager.id

        def change() -> None:
            with app.app_context():
                db.session.execute(update(Person).where(Person.id == key).values(job_title="Team manager"))
                db.session.commit()
                db.session.remove()
                changed.append(key)

        db.session.commit()
        server.data = lambda number: _during(change)
        run = send()
    assert run.counts == {"sent": 1}
    assert changed == [key]


def _during(action: Callable[[], None]) -> None:
    """Do something in another thread while the server has the letter in hand."""
    thread = Thread(target=action)
    thread.start()
    thread.join(10)
    assert not thread.is_alive()


def test_a_server_that_dies_in_mid_conversation_gets_the_letter_again_under_the_same_name(either_app: Flask) -> None:
    with serving() as (server, port):
        with_post(either_app, port)
        reminded(either_app)
        server.data = lambda number: "die after taking" if number == 1 else None
        assert send().counts == {"put off": 1}
        assert send(6).counts == {"sent": 1}
    assert len(server.taken) == 2
    assert len({letter["Message-ID"] for letter in server.taken}) == 1


def test_one_letter_that_breaks_the_conversation_does_not_hold_up_the_others(app: Flask) -> None:
    with serving() as (server, port):
        with_post(app, port)
        reminded(app, 3)
        server.data = lambda number: "die" if number == 1 else None
        assert send().counts == {"put off": 1, "sent": 2}
        assert send(6).counts == {"sent": 1}


def test_a_server_that_is_down_ends_the_run_and_loses_nothing(either_app: Flask) -> None:
    with_post(either_app, free_port())
    reminded(either_app, 3)
    run = send()
    assert (run.counts, run.trouble) == ({"put off": 2}, "no connection")
    assert [state for state, *_ in states()] == ["waiting"] * 3
    with serving() as (server, port):
        with_post(either_app, port)
        assert send(6).counts == {"sent": 3}
    assert len(server.taken) == 3


def test_after_days_of_trying_a_letter_is_given_up_and_said_so(app: Flask) -> None:
    with serving() as (server, port):
        with_post(app, port)
        made = reminded(app)
        full = made.manager.email
        server.recipient = lambda to: "451 Full" if to == full else "250 OK"
        for mail in letters():
            mail.tries = MOST_TRIES - 1
        db.session.commit()
        send()
    assert states()[0] == ("given_up", MOST_TRIES, "asked to come later")
    assert told(made.officer) == ["unreachable"]


def test_a_process_that_dies_with_a_letter_in_hand_leaves_it_for_the_next(
    either_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving() as (server, port):
        with_post(either_app, port)
        reminded(either_app)
        monkeypatch.setattr(post, "deliver", _dies)
        with pytest.raises(KeyboardInterrupt):
            send()
        monkeypatch.undo()
        db.session.rollback()
        assert states() == [("waiting", 1, "")]
        assert not send(4).counts
        assert send(6).counts == {"sent": 1}
    assert len(server.taken) == 1


def _dies(*given: Any) -> Any:
    """End the process with the letter in hand."""
    raise KeyboardInterrupt


def test_what_was_done_meanwhile_is_not_asked_for(either_app: Flask) -> None:
    with serving() as (server, port):
        with_post(either_app, port)
        with on(FIRST):
            made = make.authority()
            audit = make.written(made)
        with on(LATE):
            remind()
            auditing.hand_in(audit, audit.version_id, by=make.actor(made.manager))
            db.session.commit()
        assert send().counts == {"not needed": 1}
    assert not server.taken


def test_somebody_who_left_gets_no_letter(app: Flask) -> None:
    with serving() as (server, port):
        with_post(app, port)
        made = reminded(app)
        made.manager.ended_at = now()
        db.session.commit()
        assert send().counts == {"not needed": 1}
    assert not server.taken


@pytest.mark.parametrize(
    "address", ["nobody", "a b@council.example", "a@b@c.example", "ann@council.example\r\nRCPT", "@x"]
)
def test_an_address_that_is_none_is_said_to_the_officer(address: str, app: Flask) -> None:
    with serving() as (server, port):
        with_post(app, port)
        made = reminded(app)
        made.manager.email = address
        db.session.commit()
        send()
    assert states()[0] == ("refused", 1, "not an address")
    assert told(made.officer) == ["unreachable"]
    assert [letter["To"].addresses[0].addr_spec for letter in server.taken] == [made.officer.email]


def test_two_who_send_at_once_send_each_letter_once(postgres_app: Flask) -> None:
    with serving() as (server, port):
        with_post(postgres_app, port)
        reminded(postgres_app, 3)
        server.wait = 0.2
        with on(LATE):
            threads = [Thread(target=_send_in, args=(postgres_app,)) for _ in range(3)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    assert len({letter["Message-ID"] for letter in server.taken}) == len(server.taken) == 3


def _send_in(app: Flask) -> None:
    with app.app_context():
        send_waiting()
        db.session.remove()


def test_a_letter_says_nothing_of_an_audit_that_its_reader_judges_blind(app: Flask) -> None:
    with serving() as (server, port):
        with_post(app, port)
        with on(FIRST):
            made = make.authority()
            audit = make.written(made)
            make.audit(made, made.far_manager, made.teams[0])
        with on(LATE, 16):
            tell(Telling(made.senior.id, Kind.ESCALATED, f"late {key}", audit_id=key) for key in (1, 2))
            hand_in_unheard(audit)
            moderation.give(
                audit,
                made.senior,
                "senior",
                route=Route.RANDOM,
                blind=True,
                due_on=LATE,
                by=made.officer.id,
                inclusion_probability=0.5,
            )
            db.session.commit()
            send_waiting()
    (letter,) = [one for one in server.taken if "Senior One" in str(one["To"])]
    assert "Manager Three" in letter.get_content()
    assert "Manager One" not in letter.get_content()


def hand_in_unheard(audit: Audit) -> None:
    """Hand an audit in, with what was said of it still holding: as if the end of it had not been heard of."""
    auditing.hand_in(audit, audit.version_id, by=make.actor(audit.auditor))
    db.session.execute(update(Notice).values(ended_at=None))
    db.session.commit()
