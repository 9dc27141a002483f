"""What is done when somebody leaves: saying what their account holds, and asking that it goes to others."""

from audit_app.access.actor import Actor
from audit_app.actions.operations.moving import Moved, move_actions
from audit_app.handover.holdings import Work, open_work
from audit_app.handover.queries import held_by, within_reach
from audit_app.history.operations import record
from audit_app.identity.model import Person
from audit_app.identity.rules import OpenWork
from audit_app.improvement.operations import give_leads_to, who_could_lead
from audit_app.improvement.queries import actions_led
from audit_app.refusal import Refusal, Refused


def hear_leaving(person: Person) -> list[OpenWork]:
    """An account may end: say what of its work would wait for somebody else."""
    return open_work(held_by(person.id))


def pass_actions_on(person: Person, reason: str, *, by: Actor) -> list[Moved]:
    """Give each of somebody's actions to whoever looks after the child, where all of them lie in one's rounds."""
    everything = [one for one in held_by(person.id) if one.work is Work.ACTION]
    if len(within_reach(everything, by)) < len(everything):
        raise Refused(Refusal("Some of these actions lie outside your rounds. Give yours to others one by one."))
    return move_actions(person, None, reason, by=by.id)


def who_could_lead_for(person: Person, by: Actor) -> list[Person]:
    """Who could lead every action of plans that somebody leads, where all of them lie in one's rounds."""
    held = [one for one in held_by(person.id) if one.work is Work.PLAN_ACTION]
    if len(within_reach(held, by)) < len(held):
        return []
    return [one for one in who_could_lead(actions_led(person.id)) if one.id != person.id]


def pass_leads_on(person: Person, to: Person, reason: str, *, by: Actor) -> int:
    """Let somebody else lead every action of plans that somebody leads; how many those are."""
    if to.id not in {one.id for one in who_could_lead_for(person, by)}:
        raise Refused(Refusal("Some of these actions lie outside your rounds. Give yours to others one by one."))
    return len(give_leads_to(person, to, reason, by=by.id))


def ask_to_move(person: Person, *, by: Actor) -> None:
    """Ask the audit officers to give somebody's work to others, since they leave."""
    held = open_work(held_by(person.id))
    if not held:
        raise Refused(Refusal(f"{person.name} has no work that waits. You can end the account."))
    body = {"held": {one.kind: one.count for one in held}}
    record("person.work_to_move", subject=f"person:{person.id}", body=body, by=by.id)
