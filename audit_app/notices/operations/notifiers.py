"""The ways by which letters go out: a mail server, GOV.UK Notify, or only into the log of whoever tries things out."""

import logging
import smtplib
from typing import Protocol

from audit_app.notices.operations import post
from audit_app.notices.operations.post import Outcome, Outgoing
from config import Console, Notify, Post

log = logging.getLogger("audit_app.notices")


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
    if isinstance(server, Notify):
        from audit_app.notices.operations.notify import ByNotify

        return ByNotify(server)
    return IntoTheLog()


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


class IntoTheLog:
    """Letters that are only shown, in the log: for trying things out."""

    def hand_over(self, letter: Outgoing) -> Outcome:
        """Show one letter."""
        log.info("letter to %s: %s\n%s", letter.to, letter.letter.subject, letter.letter.body)
        return Outcome()

    def hang_up(self) -> None:
        """Nothing is open."""
