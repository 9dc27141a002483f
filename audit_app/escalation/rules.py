"""Which grades are escalated, whose they are to sign off, and who may not (pure)."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.earlier import Became
from audit_app.auditing.visibility import Facts
from audit_app.frameworks.content import Scale
from audit_app.programmes.months import month_after
from audit_app.refusal import Refusal


class State(StrEnum):
    """Where an escalation stands."""

    UNNAMED = "unnamed"
    WAITING = "waiting"
    NOT_SAFE = "not_safe"
    SIGNED_OFF = "signed_off"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """The state as people say it."""
        return WORDS[self]


WORDS = {
    State.UNNAMED: "Nobody named",
    State.WAITING: "To sign off",
    State.NOT_SAFE: "Child not safe yet",
    State.SIGNED_OFF: "Signed off",
    State.CLOSED: "Closed",
}


@dataclass(frozen=True, slots=True)
class Matter:
    """What the rules need to know of an escalation: where it stands, whose it is, and who judged its audit."""

    state: State
    head_id: int | None
    judges: frozenset[int]  # everybody who was given the audit to judge, or its challenge to resolve, now or before


@dataclass(frozen=True, slots=True)
class Head:
    """A head of service, the unit that they are head of, and whether they are away today."""

    person_id: int
    path: str
    away: bool = False


def escalating(chosen: Collection[str], scale: Scale) -> frozenset[str]:
    """The grades that are escalated: those that the policy names on this scale, else the lowest of the scale."""
    return frozenset(chosen) & frozenset(scale.keys) or frozenset(scale.keys[:1])


def coming_again(escalates: Collection[str], re_audits: Collection[str], scale: Scale) -> frozenset[str]:
    """The grades for which a case is audited again: those that are escalated, and those that the policy adds."""
    return escalating(escalates, scale) | frozenset(re_audits) & frozenset(scale.keys)


def nearest(heads: Iterable[Head], path: str, without: Collection[int]) -> int | None:
    """Who signs off an audit of a unit: the nearest head above it, whoever is there today before whoever is away."""
    able = [one for one in heads if path.startswith(one.path) and one.person_id not in without]
    able.sort(key=lambda one: (one.away, -len(one.path), one.person_id))
    return able[0].person_id if able else None


def reaudit_month(raised_on: dt.date, months: int) -> dt.date:
    """The month in which the case is to be audited again."""
    return month_after(raised_on.replace(day=1), months)


def refusal_to_be_head(facts: Facts, matter: Matter, person: Actor) -> Refusal | None:
    """Why somebody cannot sign off an audit, whoever is named."""
    if person.id == facts.auditor_id:
        return Refusal("Nobody signs off their own audit.")
    if person.id in matter.judges:
        return Refusal("Whoever moderated this audit or resolves a challenge of it, now or before, cannot sign it off.")
    if not person.reaches(Permission.SIGN_OFF, facts.path):
        return Refusal("Only a head of service of this unit can sign this off.")
    return None


def _refusal_of_ended(matter: Matter) -> Refusal | None:
    if matter.state is State.SIGNED_OFF:
        return Refusal("This is signed off already.")
    if matter.state is State.CLOSED:
        return Refusal("This was closed. There is nothing to sign off.")
    return None


def refusal_to_sign_off(facts: Facts, matter: Matter, actor: Actor) -> Refusal | None:
    """Why somebody may not sign off an audit now."""
    if (refused := _refusal_of_ended(matter) or refusal_to_be_head(facts, matter, actor)) is not None:
        return refused
    if matter.head_id != actor.id:
        return Refusal("Somebody else is named to sign this off. The audit officer can name you instead.")
    return None


def sign_off_lacks(has_read: bool, done: str, child_safe: bool | None, safety: str) -> tuple[str, ...]:
    """What is still missing from a sign-off, in sentences that say what to do."""
    found = []
    if not has_read:
        found.append("Confirm that you have read the audit.")
    if not done.strip():
        found.append("Say what is being done now.")
    if child_safe is None:
        found.append("Say whether the child is safe now.")
    if child_safe is False and not safety.strip():
        found.append("Say what is being done today to make the child safe.")
    return tuple(found)


def refusal_to_name(facts: Facts, matter: Matter, person: Actor, by: Actor) -> Refusal | None:
    """Why somebody cannot be named to sign off an audit by this person."""
    if not by.reaches(Permission.RUN_ROUNDS, facts.path):
        return Refusal("Only the audit officer names who signs off.")
    if (refused := _refusal_of_ended(matter)) is not None:
        return refused
    if person.id == matter.head_id:
        return Refusal(f"{person.name} is named already.")
    return refusal_to_be_head(facts, matter, person)


def refusal_to_close(facts: Facts, matter: Matter, actor: Actor, reason: str) -> Refusal | None:
    """Why an escalation may not be closed as a mistake."""
    if (refused := _refusal_of_ended(matter) or refusal_to_be_head(facts, matter, actor)) is not None:
        return refused
    return None if reason.strip() else Refusal("Say why it should not have been escalated.")


@dataclass(frozen=True, slots=True)
class Loop:
    """A planned re-audit: of which audit, whether its month is over, and what became of the concerns once it is in."""

    audit_id: int
    over: bool
    became: Became | None
    month: dt.date | None = None

    @property
    def said(self) -> str:
        """How it went in one word: not due (empty), waiting, closed, moved, or open with nothing put right."""
        if self.became is None:
            return "waiting" if self.over else ""
        return "closed" if self.became.closed else "moved" if self.became.moved else "open"


@dataclass(frozen=True, slots=True)
class Planned:
    """A re-audit as its rule sees it: its month, where its programme stands, and whether a later audit does it."""

    month: dt.date
    path: str
    done: bool


def refusal_to_move(planned: Planned, month: dt.date, today: dt.date, reason: str, actor: Actor) -> Refusal | None:
    """Why a re-audit may not be put in another month."""
    if not actor.reaches(Permission.RUN_ROUNDS, planned.path):
        return Refusal("Only the audit officer puts a re-audit in another month.")
    if planned.done:
        return Refusal("The case is being audited again already.")
    if month < today.replace(day=1):
        return Refusal("Choose this month or a later one.")
    if month == planned.month:
        return Refusal("It is planned for that month already.")
    return None if reason.strip() else Refusal("Say why it is put in another month.")
