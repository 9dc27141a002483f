"""What is done with programmes, their rounds and their exemptions."""

from audit_app.programmes.operations.exemptions import end_exemption, exempt
from audit_app.programmes.operations.programmes import (
    Terms,
    change_programme,
    end_programme,
    make_programme,
    start_programme_again,
)
from audit_app.programmes.operations.rounds import change_round, close_round, due_day, open_round, reopen_round

__all__ = [
    "Terms",
    "change_programme",
    "change_round",
    "close_round",
    "due_day",
    "end_exemption",
    "end_programme",
    "exempt",
    "make_programme",
    "open_round",
    "reopen_round",
    "start_programme_again",
]
