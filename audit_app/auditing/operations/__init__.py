"""What is done to audits: the only place that moves one from stage to stage or writes in its ledger."""

from audit_app.auditing.operations.alerts import close_risk, raise_risk, tell_risk
from audit_app.auditing.operations.audits import (
    NewLine,
    advance,
    allocate,
    assignment_of,
    give,
    hand_back,
    hand_in,
    judge,
    leave_with_auditor,
    reallocate,
    reply,
    retract,
    reveal,
    save,
    send_back,
    take_back,
    void,
    withdraw,
)
from audit_app.auditing.operations.following import go_back_to

__all__ = [
    "NewLine",
    "advance",
    "allocate",
    "assignment_of",
    "close_risk",
    "give",
    "go_back_to",
    "hand_back",
    "hand_in",
    "judge",
    "leave_with_auditor",
    "raise_risk",
    "reallocate",
    "reply",
    "retract",
    "reveal",
    "save",
    "send_back",
    "take_back",
    "tell_risk",
    "void",
    "withdraw",
]
