"""What is done so that people know: told, reminded, chased, written to."""

from audit_app.notices.operations import (
    hearing,
    hearing_actions,
    hearing_boards,
    hearing_contributions,
    hearing_leavers,
    hearing_outcomes,
)
from audit_app.notices.operations.by_itself import forget_every_night, remind_every_day, send_every_minute
from audit_app.notices.operations.chasing import Chased, chase
from audit_app.notices.operations.feeding import (
    calendar_of,
    due_days_of,
    end_feed,
    find_feed,
    make_feed,
    running_feed,
)
from audit_app.notices.operations.forgetting import forget, hear_changed
from audit_app.notices.operations.preferring import prefer, read, read_all
from audit_app.notices.operations.reminding import remind
from audit_app.notices.operations.sending import Run, send_waiting
from audit_app.notices.operations.telling import Telling, tell
from audit_app.notices.operations.writing import Shown, letter_to, mail_is_on, shown, words

OF_PEOPLE = hearing_leavers.HEARD | {"person.changed": hear_changed}
OF_PAPERS = hearing_outcomes.HEARD | hearing_boards.HEARD
HEARD = hearing.HEARD | hearing_contributions.HEARD | hearing_actions.HEARD | OF_PEOPLE | OF_PAPERS

__all__ = [
    "HEARD",
    "Chased",
    "Run",
    "Shown",
    "Telling",
    "calendar_of",
    "chase",
    "due_days_of",
    "end_feed",
    "find_feed",
    "forget",
    "forget_every_night",
    "letter_to",
    "mail_is_on",
    "make_feed",
    "prefer",
    "read",
    "read_all",
    "remind",
    "remind_every_day",
    "running_feed",
    "send_every_minute",
    "send_waiting",
    "shown",
    "tell",
    "words",
]
