"""What the owner of an action does: says that it is done, or asks for more time."""

import datetime as dt

from audit_app.access.actor import Actor
from audit_app.actions.model import ChildAction
from audit_app.actions.operations.stepping import advance, fresh
from audit_app.actions.rules import refusal_to_ask_time, refusal_to_say_done
from audit_app.actions.workflow import Step
from audit_app.clock import now, today
from audit_app.refusal import refuse_if


def say_done(action: ChildAction, evidence: str, version: int, *, by: Actor) -> None:
    """Say that an action is done, with what shows it; somebody else verifies it."""
    fresh(action, version)
    refuse_if(refusal_to_say_done(action.matter, by, evidence))
    action.done_at, action.done_by = now(), by.id
    advance(action, Step.SAY_DONE, evidence, by=by.id)


def ask_time(action: ChildAction, day: dt.date, reason: str, version: int, *, by: Actor) -> None:
    """Ask for more time, until a day; the day stays as it is until somebody grants it."""
    fresh(action, version)
    refuse_if(refusal_to_ask_time(action.matter, by, day, reason, today()))
    advance(action, Step.ASK_TIME, reason, by=by.id, day=day)
