"""The pages of actions: one's own, those of a unit, one of them, and what may be done to it."""

from flask import Blueprint, Flask

from audit_app.actions import operations, queries
from audit_app.actions.model import ChildAction
from audit_app.actions.rules import refusal_to_write
from audit_app.auditing.model import Audit
from audit_app.history.operations import recorded
from audit_app.web.guard import actor

blueprint = Blueprint("actions", __name__)

# They put their pages on it.
from audit_app.actions.views import answering, changing_hands, doing, leading, reading, writing  # noqa: E402, F401


def connect(app: Flask) -> None:
    """Hear from the record what happens to audits and cases, and let the pages of audits show their actions."""
    for kind, hear in operations.HEARD.items():
        recorded.connect(hear, sender=kind)
    app.jinja_env.globals.update(actions_of=_actions_of, may_write_actions=_may_write, tone_of_action=reading.tone)


def _actions_of(audit: Audit) -> list[ChildAction]:
    return queries.actions_of(audit, actor())


def _may_write(audit: Audit) -> bool:
    return refusal_to_write(audit.facts, actor()) is None


__all__ = ["blueprint", "connect"]
