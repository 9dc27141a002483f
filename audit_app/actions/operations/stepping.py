"""One step of an action's life: the table, the trail and the record move together."""

import datetime as dt

from audit_app.actions.model import ActionStep, ChildAction
from audit_app.actions.workflow import TABLE, State, Step, refusal_to_advance
from audit_app.clock import now
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.refusal import Stale, refuse_if

ENDS = (State.VERIFIED, State.WITHDRAWN)
# In the record a step is an event of the audit.
EVENTS = {
    Step.GIVE: "action.given",
    Step.SAY_DONE: "action.said_done",
    Step.VERIFY: "action.verified",
    Step.NOT_ACCEPT: "action.not_accepted",
    Step.ASK_TIME: "action.time_asked",
    Step.GRANT_TIME: "action.time_granted",
    Step.REFUSE_TIME: "action.time_refused",
    Step.MOVE: "action.moved",
    Step.WITHDRAW: "action.withdrawn",
}


def fresh(action: ChildAction, version: int) -> None:
    """Stop where somebody changed the action after it was opened."""
    if action.version_id != version:
        raise Stale("this action")


def advance(
    action: ChildAction,
    step: Step,
    words: str = "",
    *,
    by: int | None,
    day: dt.date | None = None,
    person_id: int | None = None,
    before: int | None = None,
) -> None:
    """Take a step, add it to the trail and say so; nothing that was said before is overwritten."""
    refuse_if(refusal_to_advance(action.at, step))
    state = TABLE[action.at, step]
    action.state = state.value
    action.asked_for = day if state is State.TIME_ASKED else None
    action.ended_at = now() if state in ENDS else None
    db.session.add(
        ActionStep(action=action, step=step.value, words=words, day=day, person_id=person_id, by_id=by, at=now())
    )
    db.session.flush()
    body: dict[str, object] = {"action": action.id, "owner": action.owner_id, "due": action.due_on.isoformat()}
    body |= {"words": words} if words else {}
    body |= {"day": day.isoformat()} if day else {}
    body |= {"from": before} if before is not None else {}
    record(EVENTS[step], subject=action.audit.subject, body=body, by=by)
