"""What is done in a round: samples drawn, drawn cases replaced, cases given to auditors, audits given to others."""

from audit_app.sampling.operations.allocating import (
    NONE_WAITS,
    Plan,
    allocate_at_random,
    allocate_by_hand,
    plan_allocation,
    reallocate,
    refusal_for,
)
from audit_app.sampling.operations.drawing import (
    NO_LIST,
    draw,
    plan_draw,
    replace_case,
)
from audit_app.sampling.operations.holding import hold

__all__ = [
    "NONE_WAITS",
    "NO_LIST",
    "Plan",
    "allocate_at_random",
    "allocate_by_hand",
    "draw",
    "hold",
    "plan_allocation",
    "plan_draw",
    "reallocate",
    "refusal_for",
    "replace_case",
]
