"""A real mail server on this machine, that takes letters, refuses, delays or dies as it is told."""

import asyncio
import email
import email.policy
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from flask import Flask

from audit_app.db import db
from audit_app.notices.operations import Run, remind, send_waiting
from tests import make
from tests.notices.make import DUE, FIRST, letters, on

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
    controller.port = free_port()
    controller.start()
    try:
        yield server, controller.port
    finally:
        controller.stop()


def free_port() -> int:
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
