"""Who may moderate what, what a decision must hold, and when a moderation is complete (pure)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.visibility import Facts
from audit_app.auditing.workflow import Stage, Step, refusal_to_advance
from audit_app.frameworks.content import Tool
from audit_app.refusal import Refusal

PERMISSION = {"senior": Permission.MODERATE, "external": Permission.VALIDATE}
NOT_APPLICABLE = ""  # how a form says that a section does not apply


def refusal_to_give(
    facts: Facts, moderator: Actor, tier: str, *, blind: bool, random: bool, earlier: frozenset[int], has_opened: bool
) -> Refusal | None:
    """Why an audit may not be given to somebody: earlier holds the people of every earlier tier."""
    if not moderator.may(PERMISSION[tier]):
        return Refusal(f"{moderator.name} is not a {'senior moderator' if tier == 'senior' else 'external auditor'}.")
    if moderator.id == facts.auditor_id:
        return Refusal("Nobody moderates their own audit.")
    if moderator.id in earlier:
        return Refusal(f"{moderator.name} judged this audit in an earlier tier.")
    if moderator.unit_path is not None and moderator.unit_path == facts.path:
        return Refusal(f"{moderator.name} works in the case's own team.")
    if blind and not random:
        return Refusal("Only audits drawn at random can be moderated blind: another route would tell the grade.")
    if blind and has_opened:
        return Refusal(f"{moderator.name} has opened this audit already, so cannot judge it blind.")
    step = Step.GIVE_TO_SENIOR if tier == "senior" else Step.GIVE_TO_EXTERNAL
    return refusal_to_advance(facts.stage, step)


@dataclass(frozen=True, slots=True)
class Decision:
    """A moderator's view on one section, as far as it was written."""

    decision: str | None = None
    grade: str | None = None
    not_applicable: bool = False
    reason_code: str | None = None
    reason: str = ""
    evidence_supports: bool | None = None

    @property
    def chosen(self) -> str | None:
        """The grade they override with; None is "not applicable" once not_applicable is set."""
        return None if self.not_applicable else self.grade


@dataclass(frozen=True, slots=True)
class BlindGrade:
    """A moderator's own grade on one section, given before they see any other."""

    grade: str | None = None
    not_applicable: bool = False
    reason: str = ""


def refusal_to_decide(tool: Tool, standing: str | None, decision: Decision) -> Refusal | None:
    """Why a decision on a section, whose standing grade this is, cannot be kept."""
    if decision.decision == "agree":
        return None
    if decision.decision != "override":
        return Refusal("Choose agree or override.")
    if decision.grade is None and not decision.not_applicable:
        return Refusal("Choose the grade that you would give.")
    if decision.chosen == standing:
        return Refusal("To override, choose a different grade. If the grade is right, agree.")
    if decision.reason_code not in {reason.key for reason in tool.reasons}:
        return Refusal("Choose the reason for your override.")
    if not decision.reason.strip():
        return Refusal("Explain your override, so that the auditor can learn from it.")
    return None


def undecided(
    tool: Tool, sections: Iterable[str], standing: Mapping[str, str | None], decisions: Mapping[str, Decision]
) -> tuple[str, ...]:
    """The sections that still need a decision, in the tool's order."""
    return tuple(
        key
        for key in sections
        if key not in decisions or refusal_to_decide(tool, standing.get(key), decisions[key]) is not None
    )


def unjudged(sections: Iterable[str], grades: Mapping[str, BlindGrade]) -> tuple[str, ...]:
    """The sections that a moderator working blind has not graded with a reason yet."""

    def judged(one: BlindGrade | None) -> bool:
        return one is not None and (one.grade is not None or one.not_applicable) and bool(one.reason.strip())

    return tuple(key for key in sections if not judged(grades.get(key)))


def missing_quality(tool: Tool, ratings: Mapping[str, str]) -> tuple[str, ...]:
    """The criteria on the quality of the audit that are not rated yet."""
    levels = set(tool.quality.scale.keys)
    return tuple(c.key for c in tool.quality.criteria if ratings.get(c.key) not in levels)


def refusal_to_work(moderator_id: int, tier: str, phase: str, wanted: frozenset[str], actor: Actor) -> Refusal | None:
    """Why somebody may not go on with a moderation in its present phase."""
    if moderator_id != actor.id:
        return Refusal("This moderation was given to somebody else.")
    if not actor.may(PERMISSION[tier]):
        return Refusal("Your access as moderator has ended.")
    if phase not in wanted:
        return Refusal("This step is over. Open the moderation again to see where it stands.")
    return None


def refusal_to_finish(undecided: int, unrated: int) -> Refusal | None:
    """Why a moderation may not be finished."""
    if undecided:
        return Refusal(
            f"{undecided} section{'' if undecided == 1 else 's'} still need{'s' if undecided == 1 else ''} a decision."
        )
    if unrated:
        return Refusal("Say how good the audit itself is: every question needs an answer.")
    return None


def refusal_to_reopen(facts: Facts, actor: Actor, tier: str, reason: str) -> Refusal | None:
    """Why a finished moderation may not be reopened."""
    if not actor.reaches(Permission.REOPEN, facts.path):
        return Refusal("Only a head of service of this unit can reopen a moderation.")
    if facts.auditor_id == actor.id:
        return Refusal("The auditor cannot reopen the moderation of their own audit.")
    if not reason.strip():
        return Refusal("Say why it is reopened.")
    return refusal_to_advance(facts.stage, Step.REOPEN_MODERATION if tier == "senior" else Step.REOPEN_VALIDATION)


def refusal_to_send_back(stage: Stage, reason: str) -> Refusal | None:
    """Why an audit may not be sent back."""
    if not reason.strip():
        return Refusal("Say what is missing, so that the auditor knows what to add.")
    return refusal_to_advance(stage, Step.SEND_BACK)
