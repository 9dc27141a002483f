"""Giving actions to other people: one, all of somebody who leaves, and those of children who change worker or team."""

from collections.abc import Sequence
from dataclasses import dataclass

from audit_app.access.actor import Actor
from audit_app.actions import queries
from audit_app.actions.following import Child, best_owner, goes_to
from audit_app.actions.model import ChildAction
from audit_app.actions.operations.stepping import advance, fresh
from audit_app.actions.rules import refusal_to_move, refusal_to_own
from audit_app.actions.workflow import Step
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.identity.model import Person
from audit_app.organisation.model import Unit
from audit_app.refusal import Refusal, Refused, refuse_if

CHANGED_TEAM = "The child’s case went to another team."
CHANGED_WORKER = "The child has another worker."


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of one action of somebody: to whom it went, or why it stayed."""

    action: ChildAction
    to: Person | None
    stays_because: str = ""


def give_to(action: ChildAction, owner: Person, reason: str, version: int, *, by: Actor) -> None:
    """Give one action to another owner."""
    fresh(action, version)
    refuse_if(refusal_to_move(action.matter, by, reason))
    if owner.id == action.owner_id:
        raise Refused(Refusal(f"{owner.name} has this action already. Choose somebody else."))
    refuse_if(refusal_to_own(action.audit.facts, action.unit.path, owner.actor(today())))
    _hand_over(action, owner, reason, by=by.id)


def move_actions(owner: Person, to: Person | None, reason: str, *, by: int | None) -> list[Moved]:
    """Give everything that somebody owns and has not ended to somebody else, or each to who looks after the child.

    The rules of owning are kept: what the chosen person cannot have stays, and says why.
    """
    if not reason.strip():
        raise Refused(Refusal("Say why the actions go to somebody else."))
    found = []
    for action in queries.running_actions_of(owner.id):
        new, why = _chosen(action, to) if to is not None else _nearest(action)
        if new is not None:
            _hand_over(action, new, reason, by=by)
        found.append(Moved(action, new, why))
    return found


def _chosen(action: ChildAction, to: Person) -> tuple[Person | None, str]:
    refused = refusal_to_own(action.audit.facts, action.unit.path, to.actor(today()))
    return (None, refused.reason) if refused is not None else (to, "")


def _nearest(action: ChildAction) -> tuple[Person | None, str]:
    people = queries.people_around(action.unit)
    case = action.audit.case
    child = Child(action.unit.path, queries.worker_among(people, case.authority_id, case.worker))
    able = _able(action, people, action.unit)
    found = best_owner(child, able, without={action.owner_id})
    return (db.session.get_one(Person, found), "") if found is not None else (None, "Nobody else works for this team.")


def _able(action: ChildAction, people: Sequence[Actor], unit: Unit) -> list[Actor]:
    return [one for one in people if refusal_to_own(action.audit.facts, unit.path, one) is None]


def follow_children(*, by: int | None) -> list[ChildAction]:
    """Let actions follow their children: where a case has another worker or team, so has what is to be done for it."""
    moved = []
    for action in queries.astray():
        case = action.audit.case
        people = queries.people_around(case.unit)
        now_with = Child(case.unit.path, queries.worker_among(people, case.authority_id, case.worker))
        was_with = Child(action.unit.path, queries.worker_among(people, case.authority_id, action.worker))
        why = CHANGED_TEAM if case.unit_id != action.unit_id else CHANGED_WORKER
        action.unit, action.worker = case.unit, case.worker
        found = goes_to(action.owner_id, was_with, now_with, _able(action, people, case.unit))
        if found is not None:
            _hand_over(action, db.session.get_one(Person, found), why, by=by)
            moved.append(action)
    db.session.flush()
    return moved


def _hand_over(action: ChildAction, owner: Person, reason: str, *, by: int | None) -> None:
    before = action.owner_id
    action.owner, action.owned_at = owner, now()
    db.session.flush()
    advance(action, Step.MOVE, reason, by=by, person_id=owner.id, before=before)
