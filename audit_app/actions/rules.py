"""Who sees an action, and what may be done to it by whom, and why not (pure)."""

import datetime as dt
from dataclasses import dataclass

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.actions.workflow import State, Step, refusal_to_advance
from audit_app.auditing.ledger import AUDITOR
from audit_app.auditing.visibility import JUDGES_WITH, Facts, Sight, sight_of
from audit_app.auditing.workflow import ENDED
from audit_app.refusal import Refusal

FURTHEST = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Matter:
    """What the rules need to know of an action; path is where the child's team stands today."""

    facts: Facts
    state: State
    path: str
    tier: str
    author_id: int
    owner_id: int
    done_by: int | None
    given: bool
    due_on: dt.date


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an action is to say, as it was written; the kind is known, the owner is offered."""

    kind: str
    what: str
    why: str
    shows: str
    due_on: dt.date
    section: str | None = None


def may_see(matter: Matter, actor: Actor) -> bool:
    """Whether somebody sees an action.

    It asks the one rule of audits: whoever judges the audit blind sees none but their own, and what is not given yet is
    its author's alone. What is given is also its owner's, and those see it who look after the child's team.
    """
    sight = sight_of(matter.facts, actor)
    if is_author(matter, actor) and sight >= Sight.BLIND:
        return True
    if sight is Sight.BLIND or not matter.given:
        return False
    if sight is Sight.FULL or (matter.owner_id == actor.id and actor.may(Permission.DO_ACTIONS)):
        return True
    return actor.reaches(Permission.SEE_ACTIONS, matter.path)


def tier_of(facts: Facts, actor: Actor) -> str | None:
    """In which tier somebody may write actions of an audit: as the moderator they are, or as its auditor."""
    for held in facts.holdings:
        if held.person_id == actor.id and actor.may(JUDGES_WITH[held.tier]):
            return held.tier
    mine = facts.auditor_id == actor.id and not facts.handed_back and actor.may(Permission.AUDIT)
    return AUDITOR if mine else None


def is_author(matter: Matter, actor: Actor) -> bool:
    """Whether an action is theirs to change or withdraw: the audit's auditor, or the moderator who wrote it."""
    if matter.tier == AUDITOR:
        return tier_of(matter.facts, actor) == AUDITOR
    return matter.author_id == actor.id and tier_of(matter.facts, actor) == matter.tier


def refusal_to_write(facts: Facts, actor: Actor) -> Refusal | None:
    """Why somebody may not write an action for the child of an audit."""
    if tier_of(facts, actor) is None:
        return Refusal("Only the auditor of this audit, or whoever moderates it, writes actions here.")
    if facts.stage in ENDED:
        return Refusal(f"This audit is {facts.stage.words.lower()}, so it brings no more actions.")
    return None


def refusal_of_day(due_on: dt.date, today: dt.date) -> Refusal | None:
    """Why a day cannot be the one by which something is to be done."""
    if due_on < today:
        return Refusal("The day must be today or later.")
    if due_on > today + FURTHEST:
        return Refusal("The day must be within a year.")
    return None


def refusal_to_own(facts: Facts, path: str, person: Actor) -> Refusal | None:
    """Why an action cannot be given to somebody: it goes to people who work for the child's team."""
    if not person.reaches(Permission.DO_ACTIONS, path):
        return Refusal(f"{person.name} does not work for this child’s team.")
    if any(held.person_id == person.id and held.hidden for held in facts.holdings):
        return Refusal(f"{person.name} cannot be given actions of this audit now.")
    return None


def refusal_to_change(matter: Matter, actor: Actor) -> Refusal | None:
    """Why what an action says may not be changed: only a draft can be, by whoever writes it."""
    if not is_author(matter, actor):
        return Refusal("Only whoever wrote this action can change it.")
    if matter.state is not State.DRAFT:
        return Refusal("This action is given. Withdraw it and write another, so that what was asked stays on record.")
    return None


def refusal_to_say_done(matter: Matter, actor: Actor, evidence: str) -> Refusal | None:
    """Why somebody may not record that an action is done."""
    if (refused := _refusal_to_owner(matter, actor) or refusal_to_advance(matter.state, Step.SAY_DONE)) is not None:
        return refused
    return None if evidence.strip() else Refusal("Say what was done, and where the record shows it.")


def refusal_to_ask_time(matter: Matter, actor: Actor, day: dt.date, reason: str, today: dt.date) -> Refusal | None:
    """Why somebody may not ask for more time."""
    if (refused := _refusal_to_owner(matter, actor) or refusal_to_advance(matter.state, Step.ASK_TIME)) is not None:
        return refused
    if day <= matter.due_on:
        return Refusal("Ask for a day that is later than the day on which it is due.")
    if (refused := refusal_of_day(day, today)) is not None:
        return refused
    return None if reason.strip() else Refusal("Say why you need more time.")


def _refusal_to_owner(matter: Matter, actor: Actor) -> Refusal | None:
    if matter.owner_id != actor.id or not actor.may(Permission.DO_ACTIONS):
        return Refusal("Only its owner does this.")
    return None


def refusal_to_check(matter: Matter, actor: Actor) -> Refusal | None:
    """Why somebody may not answer for an action: only the auditor or the child's team manager, never on their own."""
    if actor.id in (matter.owner_id, matter.done_by):
        return Refusal("Nobody checks their own action.")
    auditor = matter.facts.auditor_id == actor.id and sight_of(matter.facts, actor) is Sight.FULL
    if not auditor and not actor.reaches(Permission.VERIFY_ACTIONS, matter.path):
        return Refusal("Only the auditor or the manager of the child’s team answers for this action.")
    return None


def refusal_to_verify(matter: Matter, actor: Actor) -> Refusal | None:
    """Why somebody may not verify that an action is done."""
    return refusal_to_check(matter, actor) or refusal_to_advance(matter.state, Step.VERIFY)


def refusal_to_not_accept(matter: Matter, actor: Actor, reason: str) -> Refusal | None:
    """Why somebody may not send an action that was said to be done back to its owner."""
    if (refused := refusal_to_check(matter, actor) or refusal_to_advance(matter.state, Step.NOT_ACCEPT)) is not None:
        return refused
    return None if reason.strip() else Refusal("Say what is still missing.")


def refusal_to_grant_time(matter: Matter, actor: Actor, day: dt.date, today: dt.date) -> Refusal | None:
    """Why somebody may not give an action more time."""
    if (refused := refusal_to_check(matter, actor) or refusal_to_advance(matter.state, Step.GRANT_TIME)) is not None:
        return refused
    if day <= matter.due_on:
        return Refusal("Give a day that is later than the day on which it is due.")
    return refusal_of_day(day, today)


def refusal_to_refuse_time(matter: Matter, actor: Actor, reason: str) -> Refusal | None:
    """Why somebody may not refuse more time."""
    if (refused := refusal_to_check(matter, actor) or refusal_to_advance(matter.state, Step.REFUSE_TIME)) is not None:
        return refused
    return None if reason.strip() else Refusal("Say why there is no more time.")


def refusal_to_move(matter: Matter, actor: Actor, reason: str) -> Refusal | None:
    """Why somebody may not give an action to another owner."""
    leads = actor.reaches(Permission.VERIFY_ACTIONS, matter.path) or actor.reaches(Permission.RUN_ROUNDS, matter.path)
    if not leads and not is_author(matter, actor):
        return Refusal("Only whoever wrote it, the child’s team manager or the audit officer gives it away.")
    if (refused := refusal_to_advance(matter.state, Step.MOVE)) is not None:
        return refused
    return None if reason.strip() else Refusal("Say why it goes to somebody else.")


def refusal_to_change_hands(path: str, actor: Actor) -> Refusal | None:
    """Why somebody may not say that a child of a team (by its path) has another worker or team."""
    if actor.reaches(Permission.VERIFY_ACTIONS, path) or actor.reaches(Permission.RUN_ROUNDS, path):
        return None
    return Refusal("Only the child’s team manager, a head of service or the audit officer says so.")


def refusal_to_withdraw(matter: Matter, actor: Actor, reason: str) -> Refusal | None:
    """Why somebody may not withdraw an action."""
    if not is_author(matter, actor) and not actor.reaches(Permission.VOID_AUDITS, matter.path):
        return Refusal("Only whoever wrote it or a head of service withdraws an action.")
    if (refused := refusal_to_advance(matter.state, Step.WITHDRAW)) is not None:
        return refused
    return None if reason.strip() else Refusal("Say why it need not be done.")
