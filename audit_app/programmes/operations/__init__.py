"""What is done with programmes, their rounds and their exemptions."""

from audit_app.programmes.operations.exemptions import end_exemption, exempt
from audit_app.programmes.operations.planning import Due, open_planned, open_what_is_due, plan_again, skip_month
from audit_app.programmes.operations.programmes import (
    Terms,
    change_policies,
    change_programme,
    end_programme,
    make_programme,
    start_programme_again,
    suited,
    terms_of,
)
from audit_app.programmes.operations.rounds import change_round, close_round, due_day, open_round, reopen_round

__all__ = [
    "Due",
    "Terms",
    "change_policies",
    "change_programme",
    "change_round",
    "close_round",
    "due_day",
    "end_exemption",
    "end_programme",
    "exempt",
    "make_programme",
    "open_planned",
    "open_round",
    "open_what_is_due",
    "plan_again",
    "reopen_round",
    "skip_month",
    "start_programme_again",
    "suited",
    "terms_of",
]
