"""What the auditor or the child's team manager answers: verified, not accepted, more time or none."""

import datetime as dt

from audit_app.access.actor import Actor
from audit_app.actions.model import ChildAction
from audit_app.actions.operations.stepping import advance, fresh
from audit_app.actions.rules import (
    refusal_to_grant_time,
    refusal_to_not_accept,
    refusal_to_refuse_time,
    refusal_to_verify,
)
from audit_app.actions.workflow import Step
from audit_app.clock import today
from audit_app.refusal import refuse_if


def verify(action: ChildAction, words: str, version: int, *, by: Actor) -> None:
    """Verify that an action is done."""
    fresh(action, version)
    refuse_if(refusal_to_verify(action.matter, by))
    advance(action, Step.VERIFY, words, by=by.id)


def not_accept(action: ChildAction, reason: str, version: int, *, by: Actor) -> None:
    """Send an action that was said to be done back to its owner, with what is missing."""
    fresh(action, version)
    refuse_if(refusal_to_not_accept(action.matter, by, reason))
    action.done_at = action.done_by = None
    advance(action, Step.NOT_ACCEPT, reason, by=by.id)


def grant_time(action: ChildAction, day: dt.date, words: str, version: int, *, by: Actor) -> None:
    """Give an action more time: it is due on another day."""
    fresh(action, version)
    refuse_if(refusal_to_grant_time(action.matter, by, day, today()))
    action.due_on = day
    advance(action, Step.GRANT_TIME, words, by=by.id, day=day)


def refuse_time(action: ChildAction, reason: str, version: int, *, by: Actor) -> None:
    """Leave the day of an action as it is."""
    fresh(action, version)
    refuse_if(refusal_to_refuse_time(action.matter, by, reason))
    advance(action, Step.REFUSE_TIME, reason, by=by.id)
