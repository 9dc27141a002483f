"""What tests of actions are made of: actions given through the product's own operations."""

import datetime as dt

from audit_app.access.table import Role
from audit_app.actions import operations
from audit_app.actions.model import ChildAction
from audit_app.actions.rules import Wanted
from audit_app.auditing.model import Audit
from audit_app.clock import today
from audit_app.db import db
from audit_app.identity.model import Person
from tests import make

DAYS = dt.timedelta(days=14)


def wanted(kind: str = "plan", *, due_on: dt.date | None = None, what: str = "See the child alone.") -> Wanted:
    """What an action says."""
    why, shows = "Nobody has for two months.", "A visit recorded with what the child said."
    return Wanted(kind, what, why, shows, due_on or today() + DAYS)


def practitioner(made: make.Authority, name: str = "Worker A1") -> Person:
    """The worker of the second team's children, with an account."""
    return make.person(name, Role.PRACTITIONER, made.teams[1], team=made.teams[1])


def given(made: make.Authority, owner: Person, audit: Audit | None = None, **options: object) -> ChildAction:
    """An action that its auditor gave after handing the audit in."""
    audit = audit or make.handed_in(made)
    action = operations.write(audit, wanted(**options), owner, by=make.actor(audit.auditor))  # type: ignore[arg-type]
    db.session.commit()
    return action


def said_done(made: make.Authority, owner: Person, audit: Audit | None = None) -> ChildAction:
    """An action that its owner says is done."""
    action = given(made, owner, audit)
    operations.say_done(action, "Seen on Monday, case note of that day.", action.version_id, by=make.actor(owner))
    db.session.commit()
    return action
