"""What is done when an audit cannot wait, and so that its case is audited again."""

from audit_app.escalation.operations.coming_again import come_again, hear_begun, hear_committed, move
from audit_app.escalation.operations.escalating import (
    close,
    hear_given,
    hear_judged,
    hear_resolver_named,
    hear_void,
    name,
    sign_off,
    weigh,
)

__all__ = [
    "close",
    "come_again",
    "hear_begun",
    "hear_committed",
    "hear_given",
    "hear_judged",
    "hear_resolver_named",
    "hear_void",
    "move",
    "name",
    "sign_off",
    "weigh",
]
