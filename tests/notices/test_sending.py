"""Letters through a real mail server on this machine: one that takes them, and ones that refuse, delay and die."""

import asyncio
import email
import email.policy
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from flask import Flask
from sqlalchemy import select, update

from audit_app.auditing import operations as auditing
from audit_app.cases.model import CaseRecord
from audit_app.clock import now
from audit_app.db import db
from audit_app.history.operations import verify
from audit_app.identity.model import Person
from audit_app.notices.backoff import MOST_TRIES
from audit_app.notices.operations import Run, post, remind, send_waiting
from tests import make
from tests.notices.make import DUE, FIRST, letters, on, told, with_post

LATE = DUE.replace(day=DUE.day + 1)


class Server:
    """A mail server's way of answering; keeps what it took."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.peers: list[Any] = []
        self.recipient: Callable[[str], str] = lambda address: "250 OK"
        self.data: Callable[[int], str | None] = lambda number: None
        self.asked = 0
        self.wait = 0.0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        """Answer to a recipient."""
        said = self.recipient(address)
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a letter, or answer as told; "die" ends the conversation after the letter was read."""
        self.asked += 1
        await asyncio.sleep(self.wait)
        said = self.data(self.asked)
        if said is None or said == "die after taking":
            self.taken.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
            self.peers.append(session.ssl is not None)
        if said in ("die", "die after taking"):
            server.transport.abort()
            return "451 gone"
        return said or "250 Taken"


@contextmanager
def serving(**options: Any) -> Iterator[tuple[Server, int]]:
    """A mail server that runs meanwhile."""
    server = Server()
    controller = Controller(server, hostname="127.0.0.1", port=0, ready_timeout=20, **options)
    controller.port = _free_port()
    controller.start()
    try:
        yield server, controller.port
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def reminded(app: Flask, count: int = 1) -> make.Authority:
    """An authority in which so many people have a late audit, with the day's reminders made."""
    with on(FIRST):
        made = make.authority()
        for who in (made.manager, made.senior, made.far_manager)[:count]:
            make.audit(made, who, made.teams[1])
    with on(LATE):
        remind()
        db.session.commit()
    return made


def send(minutes: int = 0) -> Run:
    """Send what waits, so many minutes after the reminders."""
    with on(LATE, 9 + minutes // 60, minutes % 60):
        return send_waiting()


def states() -> list[tuple[str, int, str]]:
    """How each letter stands."""
    return [(mail.state, mail.tries, mail.last_problem) for mail in letters()]


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
    with_post(either_app, _free_port())
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


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of this machine's own, and its key."""
    folder = tmp_path_factory.mktemp("certificate")
    key, made = folder / "key.pem", folder / "certificate.pem"
    name = "/CN=localhost"
    alternatives = "subjectAltName=DNS:localhost,IP:127.0.0.1"
    asked = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", name]
    subprocess.run(
        [*asked, "-addext", alternatives, "-keyout", str(key), "-out", str(made)], check=True, capture_output=True
    )
    return made, key


def _context(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*map(str, certificate))
    return context


class Doorkeeper:
    """Lets in whoever knows the words."""

    def __call__(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        """Whether these are the words."""
        known = isinstance(data, LoginPassword) and (data.login, data.password) == (b"audits", b"quiet words")
        return AuthResult(success=known, handled=False)


def test_letters_travel_encrypted_and_signed_in(app: Flask, certificate: tuple[Path, Path]) -> None:
    options = {"tls_context": _context(certificate), "require_starttls": True, "auth_required": True}
    with serving(**options, authenticator=Doorkeeper()) as (server, port):
        with_post(app, port, tls="starttls", user="audits", password="quiet words", authorities=certificate[0])
        reminded(app)
        assert send().counts == {"sent": 1}
    assert server.peers == [True]


def test_a_wrong_password_is_trouble_with_the_server_and_no_letter_is_lost(
    app: Flask, certificate: tuple[Path, Path]
) -> None:
    options = {"tls_context": _context(certificate), "require_starttls": True, "auth_required": True}
    with serving(**options, authenticator=Doorkeeper()) as (_, port):
        with_post(app, port, tls="starttls", user="audits", password="wrong", authorities=certificate[0])
        reminded(app)
        assert send().trouble == "sign-in refused"
    assert states() == [("waiting", 1, "sign-in refused")]


def test_a_certificate_that_nobody_vouches_for_is_not_accepted(app: Flask, certificate: tuple[Path, Path]) -> None:
    with serving(tls_context=_context(certificate), require_starttls=True) as (server, port):
        with_post(app, port, tls="starttls")
        reminded(app)
        assert send().trouble == "certificate or encryption not accepted"
    assert not server.taken


def test_a_server_without_encryption_gets_no_letter_that_must_be_encrypted(app: Flask) -> None:
    with serving() as (server, port):
        with_post(app, port, tls="starttls")
        reminded(app)
        assert send().trouble == "the server lacks what is needed"
    assert not server.taken


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
