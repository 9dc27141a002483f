"""What a person may see of an audit: the one rule that every page, file, list and count asks."""

from dataclasses import dataclass
from enum import IntEnum

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.workflow import BEFORE_HAND_IN, Stage


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


def sight_of(facts: Facts, actor: Actor) -> Sight:
    """How much of this audit this person sees now; an open blind judgement outranks every other right."""
    mine = [h for h in facts.holdings if h.person_id == actor.id and actor.may(JUDGES_WITH[h.tier])]
    if any(h.hidden for h in mine):
        return Sight.BLIND
    if mine or (facts.auditor_id == actor.id and not facts.handed_back and actor.may(Permission.AUDIT)):
        return Sight.FULL
    if facts.stage not in BEFORE_HAND_IN and actor.reaches(Permission.READ_AUDITS, facts.path):
        return Sight.FULL
    if actor.reaches(Permission.SEE_PROGRESS, facts.path):
        return Sight.PROGRESS
    return Sight.NONE
