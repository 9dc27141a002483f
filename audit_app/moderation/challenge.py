"""The life of a challenge as one table, and who may raise one, name its resolver, and resolve it (pure)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.visibility import Facts
from audit_app.auditing.workflow import Stage
from audit_app.frameworks.content import Section, Tool
from audit_app.moderation.rules import has_signed_off, is_connected, is_of_team, refusal_to_grade
from audit_app.programmes.working_days import working_days_after
from audit_app.refusal import Refusal

NAMERS = (Permission.RUN_ROUNDS, Permission.REOPEN)
JUDGED = {"senior": Stage.MODERATED, "external": Stage.VALIDATED}
LATEST_LEAVE = 20  # working days ahead at most, for a late challenge
OUTCOME = {"senior": "moderation", "external": "validation"}


class ChallengePhase(StrEnum):
    """Where a challenge stands."""

    RAISED = "raised"
    WITH_RESOLVER = "with_resolver"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"
    OVERTAKEN = "overtaken"

    @property
    def words(self) -> str:
        """The phase as people say it."""
        return PHASES[self]


class ChallengeStep(StrEnum):
    """What is done to a challenge."""

    NAME = "name"
    CHANGE = "change"
    DECLINE = "decline"
    RULE = "rule"
    RESOLVE = "resolve"
    WITHDRAW = "withdraw"
    OVERTAKE = "overtake"


P, S = ChallengePhase, ChallengeStep
PHASES = {
    P.RAISED: "Waits for a resolver",
    P.WITH_RESOLVER: "With its resolver",
    P.RESOLVED: "Resolved",
    P.WITHDRAWN: "Withdrawn",
    P.OVERTAKEN: "Ended without a resolution",
}
TABLE: dict[tuple[ChallengePhase, ChallengeStep], ChallengePhase] = {
    (P.RAISED, S.NAME): P.WITH_RESOLVER,
    (P.WITH_RESOLVER, S.CHANGE): P.WITH_RESOLVER,
    (P.WITH_RESOLVER, S.DECLINE): P.RAISED,
    (P.WITH_RESOLVER, S.RULE): P.WITH_RESOLVER,
    (P.WITH_RESOLVER, S.RESOLVE): P.RESOLVED,
    (P.RAISED, S.WITHDRAW): P.WITHDRAWN,
    (P.WITH_RESOLVER, S.WITHDRAW): P.WITHDRAWN,
    (P.RAISED, S.OVERTAKE): P.OVERTAKEN,
    (P.WITH_RESOLVER, S.OVERTAKE): P.OVERTAKEN,
}
OPEN = frozenset({P.RAISED, P.WITH_RESOLVER})


def refusal_to_step(phase: ChallengePhase, step: ChallengeStep) -> Refusal | None:
    """Why a step may not be taken with a challenge that stands here."""
    if (phase, step) in TABLE:
        return None
    if phase is P.RAISED:
        return Refusal("Nobody is named to resolve this challenge yet.")
    if phase is P.WITH_RESOLVER:
        return Refusal("Somebody is named to resolve this challenge already.")
    ended = {P.RESOLVED: "is resolved", P.WITHDRAWN: "was withdrawn", P.OVERTAKEN: "ended without a resolution"}
    return Refusal(f"This challenge {ended[phase]}, so nothing more can be done with it.")


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome that somebody may wish to challenge: whether it stands, until when, and what became of it so far."""

    tier: str
    done: bool
    last_day: dt.date
    is_challenged: bool = False
    is_resolved: bool = False


def last_day(done_on: dt.date, days: int, allowed_until: dt.date | None = None) -> dt.date:
    """The last day on which an outcome can be challenged: so many working days after it, or later where allowed."""
    usual = working_days_after(done_on, days)
    return max(usual, allowed_until) if allowed_until else usual


def refusal_to_challenge(facts: Facts, actor: Actor, outcome: Outcome, today: dt.date) -> Refusal | None:
    """Why somebody may not challenge an outcome."""
    if facts.auditor_id != actor.id:
        return Refusal("Only the auditor can challenge an outcome.")
    if not actor.may(Permission.AUDIT):
        return Refusal("Your role as auditor has ended. Ask the audit officer.")
    if (refused := _refusal_of_outcome(facts.stage, outcome)) is not None:
        return refused
    if today > outcome.last_day:
        day = f"{outcome.last_day.day} {outcome.last_day:%B %Y}"
        return Refusal(f"The time to challenge this outcome ended on {day}. A head of service can allow a late one.")
    return None


def _refusal_of_outcome(stage: Stage, outcome: Outcome) -> Refusal | None:
    if outcome.is_challenged:
        return Refusal("This outcome is challenged already.")
    if outcome.is_resolved:
        return Refusal("This outcome was challenged and resolved. The resolution is final.")
    if outcome.tier == "senior" and stage in (Stage.WITH_EXTERNAL, Stage.VALIDATED):
        return Refusal(
            "This audit has gone on to an external auditor, so its moderation can no longer be challenged. "
            "You can challenge what the external auditor finds."
        )
    if not outcome.done or stage is not JUDGED[outcome.tier]:
        return Refusal(f"This audit is {stage.words.lower()}: there is no outcome to challenge now.")
    return None


def can_be_challenged(sections: Iterable[Section], decisions: Mapping[str, str | None]) -> tuple[Section, ...]:
    """The sections of an outcome that can be challenged: those overridden, and always the overall judgement."""
    return tuple(one for one in sections if one.overall or decisions.get(one.key) == "override")


def challenge_lacks(offered: Iterable[str], reasons: Mapping[str, str]) -> tuple[str, ...]:
    """What a challenge still needs, by its reasons for each chosen section: sentences that say what to do."""
    known = set(offered)
    found = [] if reasons else ["Choose at least one judgement that you challenge."]
    if not set(reasons) <= known:
        found.append("Choose only judgements of this outcome that were overridden, or the overall judgement.")
    if any(not words.strip() for words in reasons.values()):
        found.append("Say for each judgement that you challenge why another grade is right.")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Parties:
    """Who has to do with a challenged outcome: its moderator, everybody who was ever given the audit to judge, those
    who contributed to it, and those who worked on its case or are connected with it."""

    auditor_id: int
    moderator_id: int
    judges: frozenset[int] = frozenset()
    contributors: frozenset[int] = frozenset()
    connected: frozenset[int] = frozenset()
    workers: frozenset[str] = frozenset()  # what the case lists called the case's practitioners, folded
    signed_off: frozenset[int] = frozenset()  # the heads of service who signed the audit off


def refusal_to_be_resolver(path: str, parties: Parties, resolver: Actor) -> Refusal | None:
    """Why somebody cannot resolve a challenge to an audit of a unit at this path."""
    if resolver.id == parties.auditor_id:
        return Refusal("The auditor cannot resolve their own challenge.")
    if resolver.id == parties.moderator_id:
        return Refusal(f"{resolver.name} gave the judgement that is challenged.")
    if resolver.id in parties.judges:
        return Refusal(f"{resolver.name} judged this audit, or was given it to judge.")
    if resolver.id in parties.contributors:
        return Refusal(f"{resolver.name} contributed to this audit for an agency.")
    if is_connected(resolver.id, resolver.name, parties.connected, parties.workers):
        return Refusal(f"{resolver.name} worked on this case, or is connected with it.")
    if has_signed_off(resolver.id, parties.signed_off):
        return Refusal(f"{resolver.name} signed this audit off as head of service.")
    if is_of_team(resolver, path):
        return Refusal(f"{resolver.name} works in the case's own team.")
    if not resolver.reaches(Permission.READ_AUDITS, path):
        return Refusal(f"{resolver.name} may not read audits of this unit.")
    return None


def refusal_to_name(
    facts: Facts,
    parties: Parties,
    phase: ChallengePhase,
    resolver: Actor,
    actor: Actor,
    *,
    before: int | None = None,
    reason: str = "",
) -> Refusal | None:
    """Why somebody may not name this person to resolve a challenge; before is who was named up to now."""
    if not any(actor.reaches(permission, facts.path) for permission in NAMERS):
        return Refusal("Only the audit officer or a head of service of this unit names who resolves a challenge.")
    if actor.id in (parties.auditor_id, parties.moderator_id):
        return Refusal("This challenge is about your own work. Somebody else names who resolves it.")
    if (refused := refusal_to_step(phase, S.NAME if before is None else S.CHANGE)) is not None:
        return refused
    if resolver.id == before:
        return Refusal(f"{resolver.name} is named already. Choose somebody else.")
    if before is not None and not reason.strip():
        return Refusal("Say why somebody else is to resolve it.")
    return refusal_to_be_resolver(facts.path, parties, resolver)


def refusal_to_resolve(
    facts: Facts,
    parties: Parties,
    tier: str,
    phase: ChallengePhase,
    resolver_id: int | None,
    actor: Actor,
    step: ChallengeStep = ChallengeStep.RESOLVE,
) -> Refusal | None:
    """Why somebody may not go on with resolving a challenge, or decline it."""
    if (refused := refusal_to_step(phase, step)) is not None:
        return refused
    if resolver_id != actor.id:
        return Refusal("Somebody else was named to resolve this challenge.")
    if step is not S.DECLINE and facts.stage is not JUDGED[tier]:
        return Refusal(f"This audit is {facts.stage.words.lower()}, so its challenge cannot be resolved now.")
    return None if step is S.DECLINE else refusal_to_be_resolver(facts.path, parties, actor)


def refusal_to_withdraw_challenge(facts: Facts, phase: ChallengePhase, actor: Actor) -> Refusal | None:
    """Why somebody may not withdraw a challenge."""
    if facts.auditor_id != actor.id:
        return Refusal("Only the auditor can withdraw their challenge.")
    return refusal_to_step(phase, S.WITHDRAW)


def refusal_to_allow_late(
    facts: Facts, moderator_id: int, actor: Actor, outcome: Outcome, until: dt.date, reason: str, today: dt.date
) -> Refusal | None:
    """Why somebody may not allow a late challenge."""
    if not actor.reaches(Permission.REOPEN, facts.path):
        return Refusal("Only a head of service of this unit can allow a late challenge.")
    if actor.id in (facts.auditor_id, moderator_id):
        return Refusal("This is about your own work. Another head of service decides.")
    if (refused := _refusal_of_outcome(facts.stage, outcome)) is not None:
        return refused
    if not reason.strip():
        return Refusal("Say why a late challenge is allowed.")
    if until < today or until <= outcome.last_day:
        return Refusal("Choose a day that is still to come, and after the day on which the time ends now.")
    if until > working_days_after(today, LATEST_LEAVE):
        return Refusal(f"Choose a day within the next {LATEST_LEAVE} working days.")
    return None


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a resolver finds on one challenged section, as far as it was written."""

    grade: str | None = None
    not_applicable: bool = False
    reason: str = ""

    @property
    def chosen(self) -> str | None:
        """The grade that stands; None is "not applicable" once not_applicable is set."""
        return None if self.not_applicable else self.grade


def ruling_lacks(tool: Tool, section: Section, ruling: Ruling) -> tuple[str, ...]:
    """What a ruling still needs: sentences that say what to do."""
    found = []
    if ruling.grade is None and not ruling.not_applicable:
        found.append("Choose the grade that stands.")
    elif (refused := refusal_to_grade(tool, section, ruling.grade, ruling.not_applicable)) is not None:
        found.append(refused.reason)
    if not ruling.reason.strip():
        found.append("Say why this grade stands, so that both can learn from it.")
    return tuple(found)


def refusal_to_close(unruled: int) -> Refusal | None:
    """Why a challenge may not be resolved yet."""
    if not unruled:
        return None
    noun = "judgement still needs" if unruled == 1 else "judgements still need"
    return Refusal(f"{unruled} {noun} the grade that stands, and your reason.")
