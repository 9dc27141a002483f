"""When somebody is reminded of an audit, who hears that it is late, and how often one may chase (pure)."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from audit_app.access.actor import Grant
from audit_app.access.table import Role
from audit_app.auditing.workflow import Stage
from audit_app.notices.kinds import Kind
from audit_app.programmes.chasing import LINE, USUAL, chasing_problems
from audit_app.programmes.working_days import is_working_day, working_days_between
from audit_app.refusal import Refusal

TO_HAND_IN = frozenset({Stage.ALLOCATED, Stage.IN_PROGRESS})


@dataclass(frozen=True, slots=True)
class Chasing:
    """When audits of a programme are asked for, in working days before and after the due day."""

    before: tuple[int, ...] = tuple(USUAL["before"])  # so many days before it
    first_after: int = USUAL["first_after"]
    every: int = USUAL["every"]  # and then every so many days; 0: not again
    escalate: Mapping[str, int] = field(default_factory=lambda: dict(USUAL["escalate"]))


@dataclass(frozen=True, slots=True)
class Waiting:
    """An audit that may be waited for: whose, due when, with whom since when, and asked for last when."""

    audit_id: int
    auditor_id: int
    stage: Stage
    due_on: dt.date
    given_on: dt.date  # to the auditor who has it now
    chased_on: dt.date | None = None
    exempt: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A contribution that is waited for: whose, to which audit, by when, and asked for (or moved) last when."""

    contribution_id: int
    audit_id: int
    person_id: int
    until: dt.date
    heard_on: dt.date


@dataclass(frozen=True, slots=True)
class Due:
    """That somebody is to be told of an audit; the key names the occasion, so that each comes once."""

    person_id: int
    kind: Kind
    audit_id: int
    key: str
    contribution_id: int | None = None
    action_id: int | None = None


def due_messages(
    audits: Iterable[Waiting],
    sent: Collection[str],
    today: dt.date,
    chasing_of: Callable[[int], Chasing],
    *,
    away: Collection[int] = (),
    escalate_to: Callable[[int, str], Sequence[int]] = lambda auditor_id, role: (),
) -> list[Due]:
    """What is to be said today: of each audit only the latest occasion that was reached, and nothing twice.

    `sent` holds the keys of what was said before. Nothing is said on days on which nobody works, nor of the audits
    of somebody who is away: what was reached meanwhile is said when they are back, and again only the latest of it.
    """
    if not is_working_day(today):
        return []
    found: list[Due] = []
    for one in audits:
        if one.stage not in TO_HAND_IN or one.exempt or one.auditor_id in away:
            continue
        chasing = chasing_of(one.audit_id)
        if (reminder := latest_reminder(one, today, chasing)) is not None and reminder[1] not in sent:
            found.append(Due(one.auditor_id, reminder[0], one.audit_id, reminder[1]))
        if (reached := _escalation(one, today, chasing)) is not None and reached[1] not in sent:
            told = escalate_to(one.auditor_id, reached[0])
            found += [Due(person, Kind.ESCALATED, one.audit_id, reached[1]) for person in told]
    return found


OF_CONTRIBUTIONS = {Kind.DUE_SOON: Kind.CONTRIBUTION_DUE, Kind.OVERDUE: Kind.CONTRIBUTION_LATE}


def due_of_contributions(
    wanted: Iterable[Wanted],
    sent: Collection[str],
    today: dt.date,
    chasing_of: Callable[[int], Chasing],
    *,
    away: Collection[int] = (),
) -> list[Due]:
    """What is to be said today to contributors: on the same days as to auditors, and nothing is escalated."""
    if not is_working_day(today):
        return []
    found: list[Due] = []
    for one in wanted:
        if one.person_id in away:
            continue
        as_audit = Waiting(one.contribution_id, one.person_id, Stage.IN_PROGRESS, one.until, one.heard_on)
        if (reminder := latest_reminder(as_audit, today, chasing_of(one.audit_id))) is None:
            continue
        kind, key = OF_CONTRIBUTIONS[reminder[0]], f"contribution_{reminder[1]}"
        if key not in sent:
            found.append(Due(one.person_id, kind, one.audit_id, key, one.contribution_id))
    return found


@dataclass(frozen=True, slots=True)
class ToDo:
    """An action for a child that is to be done: whose since when, by when, and heard of last when."""

    action_id: int
    audit_id: int
    owner_id: int
    due_on: dt.date
    owned_on: dt.date
    heard_on: dt.date


OF_TO_DO = {Kind.DUE_SOON: Kind.ACTION_DUE, Kind.OVERDUE: Kind.ACTION_OVERDUE}


def due_of_actions(
    actions: Iterable[ToDo],
    sent: Collection[str],
    today: dt.date,
    chasing: Chasing,
    *,
    away: Collection[int] = (),
    escalate_to: Callable[[int, str], Sequence[int]] = lambda action_id, role: (),
) -> list[Due]:
    """What is to be said today of actions for children: as of audits, each occasion once and only the latest.

    Whoever is away is not reminded; those who lead hear of it all the same, because the child does not wait.
    """
    if not is_working_day(today):
        return []
    found: list[Due] = []
    for one in actions:
        waits = Waiting(one.action_id, one.owner_id, Stage.IN_PROGRESS, one.due_on, one.owned_on, one.heard_on)
        reminder = latest_reminder(waits, today, chasing) if one.owner_id not in away else None
        if reminder is not None and (key := f"action_{reminder[1]}") not in sent:
            found.append(Due(one.owner_id, OF_TO_DO[reminder[0]], one.audit_id, key, action_id=one.action_id))
        reached = _escalation(waits, today, chasing)
        if reached is not None and (key := f"action_{reached[1]}") not in sent:
            told = escalate_to(one.action_id, reached[0])
            found += [Due(who, Kind.ACTION_ESCALATED, one.audit_id, key, action_id=one.action_id) for who in told]
    return found


def _occasion(one: Waiting, name: str, days: int) -> str:
    """The key of an occasion; a new due day or another auditor begins afresh."""
    return f"{name}:{one.audit_id}:{days}:{one.due_on.isoformat()}:{one.auditor_id}"


def latest_reminder(one: Waiting, today: dt.date, chasing: Chasing) -> tuple[Kind, str] | None:
    """The latest occasion to remind somebody of their audit, unless they have heard of the audit since."""
    heard = max(one.given_on, one.chased_on or one.given_on)
    if today <= one.due_on:
        left = working_days_between(today, one.due_on)
        days = min((days for days in chasing.before if left <= days), default=None)
        news = days is not None and working_days_between(heard, one.due_on) > days
        return (Kind.DUE_SOON, _occasion(one, "due_soon", days or 0)) if news else None
    since = max(one.due_on, one.given_on)
    late = working_days_between(since, today)
    if late < chasing.first_after:
        return None
    again = (late - chasing.first_after) // chasing.every if chasing.every else 0
    days = chasing.first_after + again * chasing.every
    news = working_days_between(since, heard) < days  # to be chased is to be reminded
    return (Kind.OVERDUE, _occasion(one, "overdue", days)) if news else None


def _escalation(one: Waiting, today: dt.date, chasing: Chasing) -> tuple[str, str] | None:
    """The role that hears by now of an audit that is late, and the occasion; whoever got it late has the same time."""
    late = working_days_between(max(one.due_on, one.given_on), today)
    reached = [(days, role) for role, days in chasing.escalate.items() if late >= days]
    if not reached:
        return None
    days, role = max(reached)
    return role, _occasion(one, "escalated", days)


def leads(
    role: str,
    path: str,
    held: Iterable[tuple[int, Grant]],
    *,
    without: Collection[int] = (),
    line: Sequence[Role] = LINE,
) -> tuple[int, ...]:
    """Who leads the people of a unit in a role: the nearest above, or where nobody does, the next role in the line."""
    holders = [(person, grant) for person, grant in held if person not in without and path.startswith(grant.path)]
    begin = line.index(Role(role)) if Role(role) in line else 0
    for one in line[begin:]:
        nearest = max((len(grant.path) for _, grant in holders if grant.role is one), default=0)
        found = {person for person, grant in holders if grant.role is one and len(grant.path) == nearest}
        if found:
            return tuple(sorted(found))
    return ()


def refusal_to_chase(name: str, late: int, chased_on: dt.date | None, today: dt.date) -> Refusal | None:
    """Why somebody may not be chased now for their late audits in a round."""
    if late == 0:
        return Refusal(f"{name} has no late audit in this round now.")
    if chased_on is not None and working_days_between(chased_on, today) < 1:
        when = "today" if chased_on == today else f"on {chased_on.day} {chased_on:%B}"
        return Refusal(f"{name} was chased {when}. You can chase again on the next working day.")
    return None


def chasing_from(data: Mapping[str, Any], usual: Chasing | None = None, line: Sequence[Role] = LINE) -> Chasing:
    """When audits (or actions) are asked for, as data says it; what it leaves out is as usual."""
    if problems := chasing_problems(data, line):
        raise ValueError(problems[0])
    given: dict[str, Any] = {name: tuple(value) if name == "before" else value for name, value in data.items()}
    return replace(usual or Chasing(), **given)
