"""What a person may see of an audit: the one rule that every page, file, list and count asks."""

from dataclasses import dataclass
from enum import IntEnum

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.workflow import BEFORE_HAND_IN, ENDED, Stage


class Sight(IntEnum):
    """How much of an audit somebody sees, from nothing to all."""

    NONE = 0  # it does not exist for them: 404
    PROGRESS = 1  # stage, auditor and dates; nothing that was written
    BLIND = 2  # the case, the tool and which sections apply; nothing that was entered by anybody
    FULL = 3  # everything that has been handed in or settled


@dataclass(frozen=True, slots=True)
class Holding:
    """That a person was given an audit to judge, and whether they judge it blind just now."""

    person_id: int
    tier: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rule needs to know of an audit; path is where its unit stands today, handed back is by its auditor."""

    auditor_id: int
    path: str
    stage: Stage
    holdings: tuple[Holding, ...]
    handed_back: bool = False


JUDGES_WITH = {"senior": Permission.MODERATE, "external": Permission.VALIDATE}


def holds_blind(facts: Facts, actor: Actor) -> bool:
    """Whether somebody judges an audit blind just now; that outranks every other right."""
    held = (h for h in facts.holdings if h.person_id == actor.id and actor.may(JUDGES_WITH[h.tier]))
    return any(h.hidden for h in held)


def shows_earlier(earlier: Facts, later: Facts, actor: Actor, *, at_once: bool) -> bool:
    """Whether somebody reads what stands of an earlier audit beside a later one of the same case.

    The later audit's auditor does once their own grades are in, or at once where that is meant; everybody else who
    may open both. Nobody reads one that they judge blind, or one that was not handed in or is void.
    """
    if holds_blind(earlier, actor) or holds_blind(later, actor):
        return False
    if earlier.stage in BEFORE_HAND_IN or earlier.stage in ENDED:
        return False
    if later.auditor_id == actor.id and sight_of(later, actor) is Sight.FULL:
        return at_once or later.stage not in BEFORE_HAND_IN
    return sight_of(earlier, actor) is Sight.FULL and sight_of(later, actor) is Sight.FULL


def sight_of(facts: Facts, actor: Actor) -> Sight:
    """How much of this audit this person sees now; an open blind judgement outranks every other right."""
    if holds_blind(facts, actor):
        return Sight.BLIND
    mine = [h for h in facts.holdings if h.person_id == actor.id and actor.may(JUDGES_WITH[h.tier])]
    if mine or (facts.auditor_id == actor.id and not facts.handed_back and actor.may(Permission.AUDIT)):
        return Sight.FULL
    if facts.stage not in BEFORE_HAND_IN and actor.reaches(Permission.READ_AUDITS, facts.path):
        return Sight.FULL
    if actor.reaches(Permission.SEE_PROGRESS, facts.path):
        return Sight.PROGRESS
    return Sight.NONE
