"""Writing actions, giving them to their owners, and withdrawing them."""

from audit_app.access.actor import Actor
from audit_app.actions import queries
from audit_app.actions.following import Child, best_owner
from audit_app.actions.kinds import kinds
from audit_app.actions.model import ChildAction
from audit_app.actions.operations.stepping import advance, fresh
from audit_app.actions.rules import (
    Wanted,
    refusal_of_day,
    refusal_to_change,
    refusal_to_own,
    refusal_to_withdraw,
    refusal_to_write,
    tier_of,
)
from audit_app.actions.workflow import State, Step
from audit_app.auditing.ledger import AUDITOR
from audit_app.auditing.model import Audit
from audit_app.auditing.workflow import BEING_WRITTEN
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.identity.model import Person
from audit_app.refusal import Refusal, Refused, refuse_if


def write(audit: Audit, wanted: Wanted, owner: Person, *, by: Actor) -> ChildAction:
    """Write an action for the child; it is given at once where it cannot wait, or where its author has finished."""
    refuse_if(refusal_to_write(audit.facts, by))
    _check(audit, wanted, owner)
    tier = tier_of(audit.facts, by) or AUDITOR
    action = ChildAction(
        audit=audit,
        unit=audit.case.unit,
        worker=audit.case.worker,
        tier=tier,
        author_id=by.id,
        section=wanted.section,
        kind=wanted.kind,
        what=wanted.what,
        why=wanted.why,
        shows=wanted.shows,
        owner=owner,
        due_on=wanted.due_on,
        first_due_on=wanted.due_on,
        state=State.DRAFT.value,
        written_at=now(),
        owned_at=now(),
    )
    db.session.add(action)
    db.session.flush()
    _say("action.written", action, by)
    if action.of.at_once or is_seen(audit, tier):
        give(action, by=by.id)
    return action


def is_seen(audit: Audit, tier: str) -> bool:
    """Whether what a tier writes of an audit is seen by others now."""
    return audit.at not in BEING_WRITTEN if tier == AUDITOR else queries.has_finished(audit, tier)


def change(action: ChildAction, wanted: Wanted, owner: Person, version: int, *, by: Actor) -> None:
    """Change what an action says while it is not given."""
    fresh(action, version)
    refuse_if(refusal_to_change(action.matter, by))
    _check(action.audit, wanted, owner)
    action.section, action.kind = wanted.section, wanted.kind
    action.what, action.why, action.shows = wanted.what, wanted.why, wanted.shows
    action.due_on = action.first_due_on = wanted.due_on
    action.owner, action.owned_at = owner, now()
    db.session.flush()
    _say("action.changed", action, by)
    if action.of.at_once or is_seen(action.audit, action.tier):
        give(action, by=by.id)


def _check(audit: Audit, wanted: Wanted, owner: Person) -> None:
    if wanted.kind not in kinds():
        raise Refused(Refusal("Choose what kind of action it is."))
    if not (wanted.what.strip() and wanted.why.strip() and wanted.shows.strip()):
        raise Refused(Refusal("Say what is to be done, why, and what will show that it is done."))
    refuse_if(refusal_of_day(wanted.due_on, today()))
    refuse_if(refusal_to_own(audit.facts, audit.case.unit.path, owner.actor(today())))


def _say(kind: str, action: ChildAction, by: Actor) -> None:
    body = {
        "action": action.id,
        "owner": action.owner_id,
        "due": action.due_on.isoformat(),
        "kind": action.kind,
        "section": action.section,
        "what": action.what,
        "why": action.why,
        "shows": action.shows,
    }
    record(kind, subject=action.audit.subject, body=body, by=by.id)


def give(action: ChildAction, *, by: int | None) -> None:
    """Give an action to its owner; where they cannot have it any more, to whoever now looks after the child."""
    facts, unit = action.audit.facts, action.unit
    if refusal_to_own(facts, unit.path, action.owner.actor(today())) is not None:
        people = queries.people_around(unit)
        case = action.audit.case
        child = Child(unit.path, queries.worker_among(people, case.authority_id, case.worker))
        able = [one for one in people if refusal_to_own(facts, unit.path, one) is None]
        found = best_owner(child, able)
        if found is not None:
            action.owner = db.session.get_one(Person, found)
    action.given_at = action.owned_at = now()
    advance(action, Step.GIVE, by=by, day=None, person_id=action.owner.id)


def withdraw(action: ChildAction, reason: str, version: int, *, by: Actor) -> None:
    """Withdraw an action that need not be done; what was said of it stays."""
    fresh(action, version)
    refuse_if(refusal_to_withdraw(action.matter, by, reason))
    advance(action, Step.WITHDRAW, reason, by=by.id)
