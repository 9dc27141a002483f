"""When an outcome may be released, to whom, who reads it and who answers; pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from audit_app.access.actor import Actor
from audit_app.access.table import Permission, Role
from audit_app.auditing.visibility import Facts, Sight, holds_blind, sight_of
from audit_app.auditing.workflow import Stage
from audit_app.programmes.working_days import working_days_after
from audit_app.refusal import Refusal

# Where nobody is at work on the outcome, so that it can be shown.
SETTLED = frozenset({Stage.SUBMITTED, Stage.MODERATED, Stage.VALIDATED})


class How(StrEnum):
    """How an outcome came to be released."""

    SINGLY = "singly"
    ROUND = "round"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules need to know of an audit's outcome: whether it is released now, and whether it is challenged."""

    released: bool
    challenged: bool


def refusal_to_release(facts: Facts, standing: Standing, actor: Actor | None) -> Refusal | None:
    """Why an outcome may not be released; without an actor the programme's policy asks."""
    if actor is not None and not actor.reaches(Permission.RELEASE, facts.path):
        return Refusal("Only the audit officer or a head of service of this unit releases an outcome.")
    if standing.released:
        return Refusal("This outcome is released already.")
    if facts.stage in (Stage.ALLOCATED, Stage.IN_PROGRESS):
        return Refusal("This audit is not handed in yet, so there is no outcome to release.")
    if facts.stage not in SETTLED:
        return Refusal(f"This audit is {facts.stage.words.lower()}, so its outcome cannot be released now.")
    if any(one.hidden for one in facts.holdings):
        return Refusal("Somebody judges this audit now. Its outcome can be released once they have finished.")
    if standing.challenged:
        return Refusal("The outcome is challenged. It can be released once that is resolved.")
    return None


def leads_team(actor: Actor, path: str) -> bool:
    """Whether somebody is the team manager of the case's team."""
    return any(grant.role is Role.TEAM_MANAGER and path.startswith(grant.path) for grant in actor.grants)


def is_told(facts: Facts, practitioner_id: int | None, actor: Actor) -> bool:
    """Whether an outcome is released to somebody: the case's practitioner then, or the case's own team manager now."""
    if holds_blind(facts, actor) or not actor.may(Permission.READ_OUTCOMES):
        return False
    if practitioner_id == actor.id:
        return actor.reaches(Permission.READ_OUTCOMES, facts.path)
    return leads_team(actor, facts.path)


def reads_outcome(facts: Facts, practitioner_id: int | None, actor: Actor) -> bool:
    """Whether somebody reads a released outcome with its replies."""
    if is_told(facts, practitioner_id, actor):
        return True
    if sight_of(facts, actor) is not Sight.FULL:
        return False
    return facts.auditor_id == actor.id or actor.reaches(Permission.RELEASE, facts.path)


def refusal_to_reply(
    facts: Facts, practitioner_id: int | None, retracted: bool, actor: Actor, words: str
) -> Refusal | None:
    """Why somebody may not reply to an outcome."""
    if not is_told(facts, practitioner_id, actor):
        return Refusal("Only those to whom an outcome is released reply to it.")
    if retracted:
        return Refusal("This outcome was taken back, so nobody can reply to it.")
    return None if words.strip() else Refusal("Write your reply.")


def refusal_to_retract(facts: Facts, retracted: bool, actor: Actor, reason: str) -> Refusal | None:
    """Why a released outcome may not be taken back."""
    if not actor.reaches(Permission.RELEASE, facts.path):
        return Refusal("Only the audit officer or a head of service of this unit takes an outcome back.")
    if retracted:
        return Refusal("This outcome was taken back already.")
    return None if reason.strip() else Refusal("Say why the outcome is taken back.")


def releases_itself_on(handed_in: dt.date, days: int) -> dt.date:
    """The day on which an outcome is released, so many working days after hand-in."""
    return working_days_after(handed_in, days)


def case_worker(worker: str, called: Mapping[int, Iterable[str]]) -> int | None:
    """Which practitioner a case's worker is: called says by person what they are called, folded; none where unclear."""
    found = [person_id for person_id, names in called.items() if worker and worker in set(names)]
    return found[0] if len(found) == 1 else None


def refusal_to_code(facts: Facts, actor: Actor) -> Refusal | None:
    """Why somebody may not say which themes an audit and its feedback bring up."""
    if sight_of(facts, actor) is not Sight.FULL:
        return Refusal("Only who may open this audit says which themes it brings up.")
    if facts.auditor_id != actor.id and not actor.reaches(Permission.RUN_ROUNDS, facts.path):
        return Refusal("The auditor and the audit officer say which themes an audit brings up.")
    if facts.stage not in SETTLED | {Stage.WITH_SENIOR, Stage.WITH_EXTERNAL, Stage.SENT_BACK}:
        return Refusal("Themes are chosen once the audit is handed in.")
    return None
