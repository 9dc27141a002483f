"""What is done so that people know: told, reminded, chased, written to."""

from audit_app.notices.operations import hearing, hearing_actions, hearing_contributions
from audit_app.notices.operations.by_itself import remind_every_day, send_every_minute
from audit_app.notices.operations.chasing import Chased, chase
from audit_app.notices.operations.preferring import prefer, read, read_all
from audit_app.notices.operations.reminding import remind
from audit_app.notices.operations.sending import Run, send_waiting
from audit_app.notices.operations.telling import Telling, tell
from audit_app.notices.operations.writing import Shown, letter_to, mail_is_on, shown, words

HEARD = hearing.HEARD | hearing_contributions.HEARD | hearing_actions.HEARD

__all__ = [
    "HEARD",
    "Chased",
    "Run",
    "Shown",
    "Telling",
    "chase",
    "letter_to",
    "mail_is_on",
    "prefer",
    "read",
    "read_all",
    "remind",
    "remind_every_day",
    "send_every_minute",
    "send_waiting",
    "shown",
    "tell",
    "words",
]
