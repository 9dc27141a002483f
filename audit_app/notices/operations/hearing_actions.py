"""Hearing from the record what becomes of actions for children, and telling owners and those who answer for them."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import update

from audit_app.access.actor import Actor
from audit_app.access.table import Role
from audit_app.actions.model import ChildAction
from audit_app.actions.queries import people_around
from audit_app.actions.rules import may_see, refusal_to_check
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.notices.kinds import ASKS_TO_ACT, OF_ACTIONS, Kind
from audit_app.notices.model import Notice
from audit_app.notices.operations.telling import Telling, tell


def hear_given(kind: str, *, body: Mapping[str, Any], by: int | None, **said: object) -> None:
    """An action was given to its owner."""
    one = _action(body)
    if one.owner_id != by:
        _tell(one, [one.owner_id], Kind.ACTION_NOW if one.of.at_once else Kind.ACTION_GIVEN)


def hear_moved(kind: str, *, body: Mapping[str, Any], by: int | None, **said: object) -> None:
    """An action went to another owner: both are told, where it was given at all."""
    one = _action(body)
    _end(one, ASKS_TO_ACT)
    if one.given_at is None:
        return
    hear_given(kind, body=body, by=by)
    if body["from"] != by:
        _tell(one, [body["from"]], Kind.ACTION_MOVED)


def hear_to_answer(kind: str, *, body: Mapping[str, Any], **said: object) -> None:
    """An owner says that an action is done, or asks for more time: whoever may answer is told."""
    one = _action(body)
    _end(one, {Kind.ACTION_TO_ANSWER})
    if kind == "action.said_done":
        _end(one, {*ASKS_TO_ACT, Kind.ACTION_ESCALATED})
    _tell(one, _answering(one), Kind.ACTION_TO_ANSWER)


def hear_not_accepted(kind: str, *, body: Mapping[str, Any], **said: object) -> None:
    """What was said to be done is not accepted."""
    one = _action(body)
    _end(one, {Kind.ACTION_TO_ANSWER})
    _tell(one, [one.owner_id], Kind.ACTION_NOT_ACCEPTED)


def hear_answered(kind: str, *, body: Mapping[str, Any], **said: object) -> None:
    """Whether there is more time was answered."""
    one = _action(body)
    _end(one, {Kind.ACTION_TO_ANSWER, Kind.ACTION_DUE, Kind.ACTION_OVERDUE, Kind.ACTION_ESCALATED})
    _tell(one, [one.owner_id], Kind.ACTION_ANSWERED)


def hear_over(kind: str, *, body: Mapping[str, Any], by: int | None, **said: object) -> None:
    """An action is verified or withdrawn: nothing more is asked of it."""
    one = _action(body)
    _end(one, OF_ACTIONS)
    if kind == "action.withdrawn" and one.given_at is not None and one.owner_id != by:
        _tell(one, [one.owner_id], Kind.ACTION_WITHDRAWN)


def _answering(one: ChildAction) -> list[int]:
    """Who answers for an action: the auditor and the managers of the child's team; where there are none, who leads."""
    around = {who.id: who for who in people_around(one.unit)}
    auditor = one.audit.auditor
    around.setdefault(auditor.id, auditor.actor(today()))
    able = [who for who in around.values() if refusal_to_check(one.matter, who) is None and may_see(one.matter, who)]
    first = [who for who in able if who.id == auditor.id or _manages(who, one.unit.path)]
    return sorted(who.id for who in first or able)


def _manages(who: Actor, path: str) -> bool:
    return any(grant.role is Role.TEAM_MANAGER and path.startswith(grant.path) for grant in who.grants)


def _action(body: Mapping[str, Any]) -> ChildAction:
    return db.session.get_one(ChildAction, body["action"])


def _tell(one: ChildAction, people: Collection[int], kind: Kind) -> None:
    key = f"{kind.value}:{one.id}:{now().isoformat()}"
    tell(Telling(who, kind, key, audit_id=one.audit_id, action_id=one.id) for who in people)


def _end(one: ChildAction, kinds: Collection[Kind]) -> None:
    rows = update(Notice).where(Notice.action_id == one.id, Notice.ended_at.is_(None))
    db.session.execute(rows.where(Notice.kind.in_([kind.value for kind in kinds])).values(ended_at=now()))


HEARD: dict[str, Callable[..., None]] = {
    "action.given": hear_given,
    "action.moved": hear_moved,
    "action.said_done": hear_to_answer,
    "action.time_asked": hear_to_answer,
    "action.not_accepted": hear_not_accepted,
    "action.time_granted": hear_answered,
    "action.time_refused": hear_answered,
    "action.verified": hear_over,
    "action.withdrawn": hear_over,
}
