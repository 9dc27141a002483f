"""What is done with plans: written, changed with their former words kept, read, updated, and taken from files."""

from audit_app.improvement.operations.changing import (
    bind,
    change_action,
    change_indicator,
    change_plan,
    change_recommendation,
    make_plan,
    set_targets,
    thing_of,
)
from audit_app.improvement.operations.figures import read_figure
from audit_app.improvement.operations.filing import send_in, take_file
from audit_app.improvement.operations.leading import give_leads_to, who_could_lead
from audit_app.improvement.operations.taking import take
from audit_app.improvement.operations.telling import override, read, take_back_override, tell

__all__ = [
    "bind",
    "change_action",
    "change_indicator",
    "change_plan",
    "change_recommendation",
    "give_leads_to",
    "make_plan",
    "override",
    "read",
    "read_figure",
    "send_in",
    "set_targets",
    "take",
    "take_back_override",
    "take_file",
    "tell",
    "thing_of",
    "who_could_lead",
]
