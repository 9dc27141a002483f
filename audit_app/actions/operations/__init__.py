"""What is done with actions: written, given, done, answered for, moved, withdrawn; and what is heard."""

from audit_app.actions.operations.answering import grant_time, not_accept, refuse_time, verify
from audit_app.actions.operations.doing import ask_time, say_done
from audit_app.actions.operations.hearing import HEARD
from audit_app.actions.operations.moving import follow_children, give_to, move_actions
from audit_app.actions.operations.writing import change, give, withdraw, write

__all__ = [
    "HEARD",
    "ask_time",
    "change",
    "follow_children",
    "give",
    "give_to",
    "grant_time",
    "move_actions",
    "not_accept",
    "refuse_time",
    "say_done",
    "verify",
    "withdraw",
    "write",
]
