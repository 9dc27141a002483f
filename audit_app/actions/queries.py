"""What is asked of actions: whose they are, who sees them, who could own one, and which were due."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.actions.following import Child, in_order
from audit_app.actions.model import ActionStep, ChildAction
from audit_app.actions.rules import may_see, refusal_to_check, refusal_to_own
from audit_app.actions.workflow import DONE, RUNNING, TO_ANSWER, TO_DO, State
from audit_app.auditing.model import Assignment, Audit
from audit_app.auditing.queries import hidden_from, within
from audit_app.cases.model import CaseRecord
from audit_app.clock import day_of, today
from audit_app.db import db
from audit_app.identity.model import Person
from audit_app.identity.queries import people_of_unit
from audit_app.moderation.model import Moderation, Phase
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import authority_of
from audit_app.sampling.queries.connections import names_of_workers
from audit_app.sampling.rules import folded
from audit_app.web.paging import Page, page

WHOLE = (
    joinedload(ChildAction.audit).options(
        joinedload(Audit.case),
        joinedload(Audit.unit),
        joinedload(Audit.auditor),
        joinedload(Audit.tool_version),
        selectinload(Audit.assignments).joinedload(Assignment.person),
    ),
    joinedload(ChildAction.unit),
    joinedload(ChildAction.owner),
    joinedload(ChildAction.author),
)
OF_CASES = (
    joinedload(ChildAction.audit).joinedload(Audit.case).joinedload(CaseRecord.unit),
    joinedload(ChildAction.unit),
    joinedload(ChildAction.owner),
)


def values(states: Iterable[State]) -> list[str]:
    """Some states as they are stored."""
    return [state.value for state in states]


def action_or_404(action_id: int, actor: Actor, *, to_write: bool = False) -> ChildAction:
    """An action that this person sees; any other does not exist."""
    rows = select(ChildAction).where(ChildAction.id == action_id).options(*WHOLE)
    if to_write:
        rows = rows.with_for_update(of=ChildAction)
    found = db.session.execute(rows).unique().scalar_one_or_none()
    if found is None or not may_see(found.matter, actor):
        abort(404)
    return found


def steps_of(action: ChildAction) -> list[ActionStep]:
    """The trail of an action, in order."""
    rows = select(ActionStep).where(ActionStep.action_id == action.id).order_by(ActionStep.id)
    rows = rows.options(joinedload(ActionStep.by), joinedload(ActionStep.person))
    return list(db.session.execute(rows).scalars())


def actions_of(audit: Audit, actor: Actor) -> list[ChildAction]:
    """The actions of an audit that this person sees, soonest due first."""
    rows = select(ChildAction).where(ChildAction.audit_id == audit.id).options(*WHOLE)
    found = db.session.execute(rows.order_by(ChildAction.due_on, ChildAction.id)).unique().scalars()
    return [one for one in found if may_see(one.matter, actor)]


def _given(actor: Actor) -> Select[ChildAction]:
    """The actions that were given, without those of any audit that this person judges blind just now."""
    rows = select(ChildAction).where(ChildAction.given_at.is_not(None))
    return rows.where(ChildAction.audit_id.not_in(hidden_from(actor)))


def _soonest(rows: Select[ChildAction]) -> list[ChildAction]:
    found = rows.options(*WHOLE).order_by(ChildAction.due_on, ChildAction.id)
    return list(db.session.execute(found).unique().scalars())


def owned_by(actor: Actor) -> list[ChildAction]:
    """What somebody has to do, soonest due first."""
    rows = _given(actor).where(ChildAction.owner_id == actor.id, ChildAction.state.in_(values(TO_DO)))
    return _soonest(rows) if actor.may(Permission.DO_ACTIONS) else []


def waits_for_check(actor: Actor) -> list[ChildAction]:
    """What somebody said is done and waits to be verified, soonest due first."""
    rows = _given(actor).where(ChildAction.owner_id == actor.id, ChildAction.state == State.SAID_DONE.value)
    return _soonest(rows) if actor.may(Permission.DO_ACTIONS) else []


def to_answer(actor: Actor) -> list[ChildAction]:
    """What others said is done, or asked more time for, and this person may answer."""
    mine = select(Audit.id).where(Audit.auditor_id == actor.id)
    here = select(Unit.id).where(within(actor.paths(Permission.VERIFY_ACTIONS), Unit.path))
    rows = _given(actor).where(ChildAction.state.in_(values(TO_ANSWER)), ChildAction.owner_id != actor.id)
    rows = rows.where(or_(ChildAction.audit_id.in_(mine), ChildAction.unit_id.in_(here)))
    return [one for one in _soonest(rows) if refusal_to_check(one.matter, actor) is None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for among actions."""

    state: str = ""  # to_do, overdue, to_answer, verified, withdrawn; empty: all that are not ended
    kind: str = ""
    path: str = ""
    owner: int | None = None


def _open_to(actor: Actor) -> Select[ChildAction]:
    return (
        _given(actor)
        .join(Unit, Unit.id == ChildAction.unit_id)
        .where(within(actor.paths(Permission.SEE_ACTIONS), Unit.path))
    )


def _state(asked: str, day: dt.date) -> ColumnElement[bool]:
    state, to_do = ChildAction.state, values(TO_DO)
    found: dict[str, ColumnElement[bool]] = {
        "to_do": state.in_(to_do),
        "overdue": and_(state.in_(to_do), ChildAction.due_on < day),
        "to_answer": state.in_(values(TO_ANSWER)),
        "verified": state == State.VERIFIED.value,
        "withdrawn": state == State.WITHDRAWN.value,
    }
    return found.get(asked, state.in_(values(RUNNING)))


def actions_page(actor: Actor, asked: Asked, *, after: str, before: str) -> Page[ChildAction]:
    """A page of the actions for the children of somebody's units, soonest due first."""
    rows = _open_to(actor).where(_state(asked.state, today()))
    if asked.kind:
        rows = rows.where(ChildAction.kind == asked.kind)
    if asked.path:
        rows = rows.where(within([asked.path], Unit.path))
    if asked.owner is not None:
        rows = rows.where(ChildAction.owner_id == asked.owner)
    key = (ChildAction.due_on, ChildAction.id)
    return page(
        rows.options(*WHOLE),
        key,
        lambda one: (one.due_on.isoformat(), one.id),
        total=db.session.execute(rows.with_only_columns(func.count(), maintain_column_froms=True)).scalar_one(),
        after=after,
        before=before,
        parse=(dt.date.fromisoformat, int),
    )


def overdue_in(actor: Actor) -> int:
    """How many actions for the children of somebody's units are still to be done after their day."""
    rows = _open_to(actor).where(_state("overdue", today()))
    return db.session.execute(rows.with_only_columns(func.count(), maintain_column_froms=True)).scalar_one()


def owners(actor: Actor) -> list[Person]:
    """Who owns actions for the children of somebody's units, by name."""
    ids = _open_to(actor).with_only_columns(ChildAction.owner_id)
    rows = select(Person).where(Person.id.in_(ids)).order_by(Person.name, Person.id)
    return list(db.session.execute(rows).scalars())


def for_supervision(person_id: int, actor: Actor) -> list[ChildAction]:
    """Somebody's actions that are not ended: their own, or those that whoever leads them sees."""
    rows = _given(actor).where(ChildAction.owner_id == person_id, ChildAction.state.in_(values(RUNNING)))
    return [one for one in _soonest(rows) if may_see(one.matter, actor)]


def leads_owner(person_id: int, actor: Actor) -> bool:
    """Whether this person sees the actions of somebody: they own, or owned, one in this person's units."""
    rows = _open_to(actor).where(ChildAction.owner_id == person_id).with_only_columns(ChildAction.id).limit(1)
    return db.session.execute(rows).first() is not None


def running_actions_of(person_id: int) -> list[ChildAction]:
    """The actions that somebody owns and that are not ended, drafts included: what would be left behind."""
    rows = select(ChildAction).where(ChildAction.owner_id == person_id, ChildAction.state.in_(values(RUNNING)))
    return _soonest(rows)


# Asked at every hand-in and moderation, so it is made once.
_DRAFTS = (
    select(ChildAction)
    .where(ChildAction.audit_id == bindparam("audit_id"), ChildAction.tier == bindparam("tier"))
    .where(ChildAction.state == State.DRAFT.value)
    .order_by(ChildAction.id)
)


def drafts_of(audit: Audit, tier: str) -> list[ChildAction]:
    """The actions of one tier of an audit that are not given yet."""
    return list(db.session.execute(_DRAFTS, {"audit_id": audit.id, "tier": tier}).scalars())


def has_finished(audit: Audit, tier: str) -> bool:
    """Whether a moderator has committed or finished, so that what they write is seen."""
    rows = select(Moderation.phase).where(Moderation.audit_id == audit.id, Moderation.tier == tier)
    return db.session.execute(rows).scalar_one_or_none() in (Phase.SETTLING.value, Phase.DONE.value)


def astray() -> list[ChildAction]:
    """The actions not ended whose child has another worker or team than when they were last looked at."""
    here = aliased(CaseRecord)
    rows = select(ChildAction).join(ChildAction.audit).join(here, here.id == Audit.case_id)
    rows = rows.where(ChildAction.state.in_(values(RUNNING)))
    rows = rows.where(or_(here.unit_id != ChildAction.unit_id, here.worker != ChildAction.worker))
    found = rows.options(*OF_CASES).order_by(ChildAction.id).with_for_update(of=ChildAction)
    return list(db.session.execute(found).unique().scalars())


def people_around(unit: Unit) -> list[Actor]:
    """Everybody of a unit's authority as the rules see them."""
    return [one.actor(today()) for one in people_of_unit(authority_of(unit).path)]


def worker_among(people: Iterable[Actor], authority_id: int, worker: str) -> int | None:
    """Whose account a case list means by a worker, where that is clear."""
    if not worker:
        return None
    people, called = list(people), folded(worker)
    names = names_of_workers((one.id for one in people), authority_id)
    found = {one.id for one in people if folded(one.name) == called or called in names.get(one.id, ())}
    return found.pop() if len(found) == 1 else None


def could_own(audit: Audit) -> list[Actor]:
    """Whom an action for the child of an audit could be given to: the child's worker first, then the team."""
    case = audit.case
    people = people_around(case.unit)
    child = Child(case.unit.path, worker_among(people, case.authority_id, case.worker))
    able = in_order(child, people)
    return [one for one in able if refusal_to_own(audit.facts, child.path, one) is None]


def deeds(audits: Select[int], day: dt.date) -> list[tuple[int, bool]]:
    """The actions of some audits whose day is over: the audit, and whether it was done by that day, one an action."""
    return [(audit_id, in_time) for audit_id, due_on, in_time in dues(audits) if due_on < day]


def dues(audits: Select[int]) -> list[tuple[int, dt.date, bool]]:
    """The actions of some audits that were given and not withdrawn: the audit, their day, whether done by then."""
    rows = select(ChildAction.audit_id, ChildAction.state, ChildAction.done_at, ChildAction.due_on)
    rows = rows.where(ChildAction.audit_id.in_(audits), ChildAction.given_at.is_not(None))
    rows = rows.where(ChildAction.state != State.WITHDRAWN.value).order_by(ChildAction.id)
    done = values(DONE)
    return [
        (audit_id, due_on, state in done and done_at is not None and day_of(done_at) <= due_on)
        for audit_id, state, done_at, due_on in db.session.execute(rows)
    ]


def chasable(day: dt.date) -> list[ChildAction]:
    """The actions that may be asked for: given, not done, of people with an account, due by a day."""
    rows = select(ChildAction).join(ChildAction.owner)
    rows = rows.where(ChildAction.state.in_(values(TO_DO)), ChildAction.due_on <= day, Person.ended_at.is_(None))
    return _soonest(rows)
