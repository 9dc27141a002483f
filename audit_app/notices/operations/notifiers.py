"""The ways by which letters go out: a mail server, GOV.UK Notify, or only into the log of whoever tries things out."""

import datetime as dt
import logging
import smtplib
from dataclasses import dataclass
from typing import Any, Protocol

from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient
from requests.exceptions import Timeout

from audit_app.notices.letters import Letter
from audit_app.notices.operations import post
from audit_app.notices.operations.post import Outcome
from config import Console, Notify, Post

log = logging.getLogger("audit_app.notices")
log_of_client = logging.getLogger("notifications_python_client")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A letter on its way: to whom, what it says, its name that stays the same at every try, and which try this is."""

    to: str
    name: str
    letter: Letter
    message_id: str
    made_at: dt.datetime
    tries: int


class Notifier(Protocol):
    """A way by which letters go out; it never raises, but says what came of a try."""

    def hand_over(self, letter: Outgoing) -> Outcome:
        """Hand one letter over."""

    def hang_up(self) -> None:
        """End the conversation, if there is one."""


def notifier_of(server: Post | Notify | Console, service: str) -> Notifier:
    """The way by which this installation sends letters."""
    if isinstance(server, Post):
        return BySmtp(server, service)
    return ByNotify(server) if isinstance(server, Notify) else IntoTheLog()


class BySmtp:
    """Letters through a mail server, in one conversation while it lasts."""

    def __init__(self, server: Post, service: str) -> None:
        self.server, self.service = server, service
        self.line: smtplib.SMTP | None = None

    def hand_over(self, letter: Outgoing) -> Outcome:
        """Hand one letter over; after trouble with the server the next one begins afresh."""
        message = post.envelope(
            letter.letter,
            letter.to,
            letter.name,
            letter.message_id,
            letter.made_at,
            sender=self.server.sender,
            service=self.service,
        )
        try:
            self.line = self.line or post.connect(self.server)
            outcome = post.deliver(self.line, message, self.server.sender, letter.to)
        except (OSError, smtplib.SMTPException) as error:
            outcome = post.trouble(error)
        if outcome.server:
            self.hang_up()
        return outcome

    def hang_up(self) -> None:
        """End the conversation."""
        line, self.line = self.line, None
        if line is None:
            return
        try:
            line.quit()
        except (OSError, smtplib.SMTPException):
            line.close()


class ByNotify:
    """Letters through GOV.UK Notify; its template holds ((subject)) and ((body)).

    A letter's name is its reference there. Whether a try that was not answered arrived is asked before the next one.
    """

    def __init__(self, server: Notify) -> None:
        self.server = server
        make: Any = NotificationsAPIClient
        self.client: Any = make(server.key, base_url=server.url, timeout=server.patience)
        log_of_client.setLevel(logging.ERROR)  # it would log what the other side said

    def hand_over(self, letter: Outgoing) -> Outcome:
        """Hand one letter over, unless an earlier try turns out to have arrived."""
        try:
            if letter.tries > 1 and self._has(letter.message_id):
                return Outcome()
            self.client.send_email_notification(
                letter.to,
                self.server.template,
                personalisation={"subject": letter.letter.subject, "body": letter.letter.body},
                reference=letter.message_id,
                email_reply_to_id=self.server.reply_to or None,
            )
        except APIError as error:
            return _notify_trouble(error)
        return Outcome()

    def _has(self, reference: str) -> bool:
        found = self.client.get_all_notifications(reference=reference)
        return isinstance(found, dict) and bool(found.get("notifications"))

    def hang_up(self) -> None:
        """Let the connection go."""
        self.client.request_session.close()


def _notify_trouble(error: APIError) -> Outcome:
    """What is wrong: with this letter's address, or with the service or how it is asked, which every letter meets."""
    code = error.status_code
    if isinstance(error.__cause__, Timeout):
        return Outcome("no answer in time", server=True)
    if error.response is None:
        return Outcome("no connection", server=True)
    if code == 400 and _is_about_address(error):
        return Outcome("address refused", for_good=True)
    if code in (400, 404):
        return Outcome("letter or template not accepted", server=True)
    if code in (401, 403):
        return Outcome("sign-in refused", server=True)
    return Outcome("asked to come later" if code == 429 else "no useful answer", server=True)


def _is_about_address(error: APIError) -> bool:
    """Whether it is the address that is refused: it is no address, or not one that this key may write to."""
    said: Any = error.message
    words = [str(one.get("message", "")) for one in said if isinstance(one, dict)] if isinstance(said, list) else []
    return any(one.startswith("email_address ") or "this recipient" in one for one in words)


class IntoTheLog:
    """Letters that are only shown, in the log: for trying things out."""

    def hand_over(self, letter: Outgoing) -> Outcome:
        """Show one letter."""
        log.info("letter to %s: %s\n%s", letter.to, letter.letter.subject, letter.letter.body)
        return Outcome()

    def hang_up(self) -> None:
        """Nothing is open."""
