"""Letters through GOV.UK Notify."""

import logging
from typing import Any

from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient
from requests.exceptions import Timeout

from audit_app.notices.operations.post import Outcome, Outgoing
from config import Notify

log_of_client = logging.getLogger("notifications_python_client")


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
