"""What is done when somebody leaves: saying what their account holds, and asking that it goes to others."""

from audit_app.access.actor import Actor
from audit_app.handover.holdings import open_work
from audit_app.handover.queries import held_by
from audit_app.history.operations import record
from audit_app.identity.model import Person
from audit_app.identity.rules import OpenWork
from audit_app.refusal import Refusal, Refused


def hear_leaving(person: Person) -> list[OpenWork]:
    """An account may end: say what of its work would wait for somebody else."""
    return open_work(held_by(person.id))


def ask_to_move(person: Person, *, by: Actor) -> None:
    """Ask the audit officers to give somebody's work to others, since they leave."""
    held = open_work(held_by(person.id))
    if not held:
        raise Refused(Refusal(f"{person.name} has no work that waits. You can end the account."))
    body = {"held": {one.kind: one.count for one in held}}
    record("person.work_to_move", subject=f"person:{person.id}", body=body, by=by.id)
