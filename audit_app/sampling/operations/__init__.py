"""What is done in a round: samples drawn, drawn cases replaced, cases given to auditors, audits given to others."""

from audit_app.sampling.operations.allocating import (
    NONE_WAITS,
    Plan,
    allocate_at_random,
    allocate_by_hand,
    plan_allocation,
    refusal_for,
)
from audit_app.sampling.operations.connecting import connect, forget_worker_name, name_worker, take_back_connection
from audit_app.sampling.operations.drawing import (
    NO_LIST,
    Look,
    draw,
    look,
    plan_draw,
    replace_case,
    usual_terms,
)
from audit_app.sampling.operations.holding import hold
from audit_app.sampling.operations.reallocating import (
    RoundPlan,
    fingerprint_of,
    hand_back,
    leave_with_auditor,
    plan_reallocation,
    reallocate,
    reallocate_many,
)

__all__ = [
    "NONE_WAITS",
    "NO_LIST",
    "Look",
    "Plan",
    "RoundPlan",
    "allocate_at_random",
    "allocate_by_hand",
    "connect",
    "draw",
    "fingerprint_of",
    "forget_worker_name",
    "hand_back",
    "hold",
    "leave_with_auditor",
    "look",
    "name_worker",
    "plan_allocation",
    "plan_draw",
    "plan_reallocation",
    "reallocate",
    "reallocate_many",
    "refusal_for",
    "replace_case",
    "take_back_connection",
    "usual_terms",
]
