"""Giving the actions of plans that somebody leads to somebody else, when they leave or are off for long."""

from audit_app.db import db
from audit_app.history.operations import record
from audit_app.identity.model import Person
from audit_app.improvement.model import PlanAction
from audit_app.improvement.operations.changing import change
from audit_app.improvement.queries import actions_led, leads_for
from audit_app.refusal import Refusal, Refused


def who_could_lead(actions: list[PlanAction]) -> list[Person]:
    """Those who could lead every one of some actions, by name: people of the units of their plans."""
    units = {one.plan.unit_id: one.plan.unit for one in actions}
    found = [{person.id: person for person in leads_for(unit)} for unit in units.values()]
    if not found:
        return []
    return [person for key, person in found[0].items() if all(key in others for others in found[1:])]


def give_leads_to(leader: Person, to: Person, reason: str, *, by: int) -> list[PlanAction]:
    """Let somebody else lead every action of somebody that is not finished; the former lead stays to be read."""
    if not reason.strip():
        raise Refused(Refusal("Say why the actions go to somebody else."))
    actions = actions_led(leader.id)
    if to.id == leader.id or to.id not in {one.id for one in who_could_lead(actions)}:
        raise Refused(Refusal(f"{to.name} cannot lead all of these actions. Choose somebody else."))
    for action in actions:
        change(action.plan, action, {"lead_id": to.id, "lead_words": ""}, by=by)
        db.session.refresh(action, ["lead"])
        body = {"action": action.id, "from": leader.id, "to": to.id, "reason": reason}
        record("plan.lead_changed", subject=action.plan.subject, body=body, by=by)
    return actions
