"""Who may moderate what, what a decision must hold, and when a moderation is complete (pure)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.visibility import Facts
from audit_app.auditing.workflow import Stage, Step, refusal_to_advance
from audit_app.frameworks.content import Section, Tool
from audit_app.refusal import Refusal
from audit_app.sampling.rules import folded

PERMISSION = {"senior": Permission.MODERATE, "external": Permission.VALIDATE}
CALLED = {"senior": "senior moderator", "external": "external auditor"}
GIVING = {"senior": Step.GIVE_TO_SENIOR, "external": Step.GIVE_TO_EXTERNAL}
REOPENING = {"senior": Step.REOPEN_MODERATION, "external": Step.REOPEN_VALIDATION}
WITH_MODERATOR = {"senior": Stage.WITH_SENIOR, "external": Stage.WITH_EXTERNAL}
OWN = "Nobody moderates their own audit."
PASSED_ON = "The audit officer gives the audit to somebody else; what is written so far is kept in the record."


def refusal_to_give(
    facts: Facts,
    moderator: Actor,
    tier: str,
    *,
    blind: bool,
    random: bool,
    earlier: frozenset[int],
    has_opened: bool,
    contributed: bool = False,
    challenged: bool = False,
    audited: bool = False,
    connected: bool = False,
    followed: bool = False,
    signed_off: bool = False,
) -> Refusal | None:
    """Why an audit may not be given to somebody: earlier holds the people of every other tier, now or before."""
    if challenged and tier == "external":
        return Refusal("Its moderation is challenged. It can go to an external auditor once that is resolved.")
    if not moderator.may(PERMISSION[tier]):
        return Refusal(f"{moderator.name} is not {'an' if tier == 'external' else 'a'} {CALLED[tier]}.")
    if moderator.id == facts.auditor_id:
        return Refusal(OWN)
    ties = (
        (moderator.id in earlier, "judged this audit, or was given it, in another tier."),
        (contributed, "contributed to this audit for an agency."),
        (audited, "audited this case, or was given it to audit."),
        (connected, "worked on this case, or is connected with it."),
        (signed_off, "signed this audit off as head of service."),
        (is_of_team(moderator, facts.path), "works in the case's own team."),
    )
    if tie := next((words for holds, words in ties if holds), ""):
        return Refusal(f"{moderator.name} {tie}")
    if blind and not random:
        return Refusal("Only audits drawn at random can be moderated blind: another route would tell the grade.")
    if blind and followed:
        return Refusal("The case is being audited again because of this audit, so nobody can judge it blind any more.")
    if blind and has_opened:
        return Refusal(f"{moderator.name} has opened this audit already, so cannot judge it blind.")
    return refusal_to_advance(facts.stage, GIVING[tier])


def is_of_team(moderator: Actor, path: str) -> bool:
    """Whether somebody belongs to the team at this path: they work in it, or hold a role in it alone."""
    return moderator.unit_path == path or any(grant.path == path for grant in moderator.grants)


def is_connected(person_id: int, name: str, connected: Collection[int], workers: Collection[str]) -> bool:
    """Whether somebody of this name worked on a case, or is said to be connected with it."""
    return person_id in connected or folded(name) in workers


def has_signed_off(person_id: int, heads: Collection[int]) -> bool:
    """Whether somebody is one of the heads of service who signed an audit off."""
    return person_id in heads


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

    @property
    def chosen(self) -> str | None:
        """The grade they give; None is "not applicable" once not_applicable is set."""
        return None if self.not_applicable else self.grade


def refusal_to_grade(tool: Tool, section: Section, grade: str | None, not_applicable: bool) -> Refusal | None:
    """Why a grade cannot be given to a section; None is no grade yet, which may be kept as a draft."""
    if not_applicable and not section.may_be_not_applicable:
        return Refusal("This section applies to every case, so it needs a grade.")
    if grade is not None and grade not in tool.scale.keys:
        return Refusal("Choose one of the grades of the audit's scale.")
    return None


def lacking(tool: Tool, section: Section, standing: str | None, decision: Decision) -> tuple[str, ...]:
    """What a decision on a section, whose standing grade this is, still needs: sentences that say what to do."""
    if decision.decision == "agree":
        return ()
    if decision.decision != "override":
        return ("Choose agree or override.",)
    found = [_grade_lacking(tool, section, standing, decision)]
    if decision.reason_code not in {reason.key for reason in tool.reasons}:
        found.append("Choose the reason for your override.")
    if decision.evidence_supports is None:
        found.append("Say whether the auditor's evidence supports the auditor's grade.")
    if not decision.reason.strip():
        found.append("Explain your override, so that the auditor can learn from it.")
    return tuple(words for words in found if words)


def _grade_lacking(tool: Tool, section: Section, standing: str | None, decision: Decision) -> str:
    if decision.grade is None and not decision.not_applicable:
        return "Choose the grade that you would give."
    if (refused := refusal_to_grade(tool, section, decision.grade, decision.not_applicable)) is not None:
        return refused.reason
    if decision.chosen == standing:
        return "To override, choose a different grade. If the grade is right, agree."
    return ""


def refusal_to_decide(tool: Tool, section: Section, standing: str | None, decision: Decision) -> Refusal | None:
    """Why a decision on a section, whose standing grade this is, is not complete."""
    found = lacking(tool, section, standing, decision)
    return Refusal(" ".join(found)) if found else None


def undecided(
    tool: Tool, sections: Iterable[Section], standing: Mapping[str, str | None], decisions: Mapping[str, Decision]
) -> tuple[str, ...]:
    """The sections that still need a decision, in the tool's order."""
    return tuple(
        section.key
        for section in sections
        if section.key not in decisions
        or refusal_to_decide(tool, section, standing.get(section.key), decisions[section.key]) is not None
    )


def is_judged(grade: BlindGrade | None) -> bool:
    """Whether a moderator working blind has given a section their grade and their reason."""
    return grade is not None and (grade.grade is not None or grade.not_applicable) and bool(grade.reason.strip())


def unjudged(sections: Iterable[str], grades: Mapping[str, BlindGrade]) -> tuple[str, ...]:
    """The sections that a moderator working blind has not graded with a reason yet."""
    return tuple(key for key in sections if not is_judged(grades.get(key)))


def missing_quality(
    tool: Tool, ratings: Mapping[str, str], with_auditor: bool | None, *, lacks_day: bool = False
) -> tuple[str, ...]:
    """The questions on the quality of the audit that are not answered yet, in words."""
    levels = set(tool.quality.scale.keys)
    unrated = [criterion.name for criterion in tool.quality.criteria if ratings.get(criterion.key) not in levels]
    if with_auditor is None:
        unrated.append("Whether you went through it with the auditor")
    return (*unrated, *(["The day on which you went through it together"] if lacks_day else []))


def refusal_to_work(
    facts: Facts,
    moderator_id: int,
    tier: str,
    phase: str,
    wanted: frozenset[str],
    actor: Actor,
    *,
    connected: bool = False,
) -> Refusal | None:
    """Why somebody may not go on with a moderation in its present phase."""
    if moderator_id != actor.id:
        return Refusal("This moderation was given to somebody else.")
    if actor.id == facts.auditor_id:
        return Refusal(OWN)
    if not actor.may(PERMISSION[tier]):
        return Refusal("Your access as moderator has ended.")
    if phase not in wanted:
        return Refusal("This step is over. Open the moderation again to see where it stands.")
    return refusal_to_stay(facts, actor, connected=connected) or refusal_to_go_on(facts.stage, tier)


def refusal_to_stay(facts: Facts, moderator: Actor, *, connected: bool) -> Refusal | None:
    """Why somebody who was given an audit can no longer judge it: what was told or changed since."""
    if connected:
        return Refusal(f"{moderator.name} worked on this case, or is connected with it. {PASSED_ON}")
    if is_of_team(moderator, facts.path):
        return Refusal(f"{moderator.name} works in the case's own team now. {PASSED_ON}")
    return None


def refusal_to_go_on(stage: Stage, tier: str) -> Refusal | None:
    """Why nothing can be done in a moderation just now: its audit is elsewhere."""
    if stage is WITH_MODERATOR[tier]:
        return None
    if stage is Stage.SENT_BACK:
        return Refusal("This audit is sent back to its auditor. You can go on when it is handed in again.")
    return Refusal(f"This audit is {stage.words.lower()}, so this moderation cannot go on.")


def refusal_to_commit(missing: int) -> Refusal | None:
    """Why blind grades may not be committed."""
    if not missing:
        return None
    noun = "section needs" if missing == 1 else "sections need"
    return Refusal(f"{missing} {noun} your grade and reason before you can commit.")


def refusal_to_agree_with_rest(unopened: int) -> Refusal | None:
    """Why all remaining sections may not be agreed with at once."""
    if not unopened:
        return None
    noun = "section" if unopened == 1 else "sections"
    return Refusal(f"Open every section first: you have not seen {unopened} {noun} yet.")


def refusal_to_finish(undecided: int, unrated: int) -> Refusal | None:
    """Why a moderation may not be finished."""
    if undecided:
        words = "section still needs" if undecided == 1 else "sections still need"
        return Refusal(f"{undecided} {words} a decision.")
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
    return refusal_to_advance(facts.stage, REOPENING[tier])


def refusal_to_take_back(stage: Stage, tier: str, phase: str, committed: bool, reason: str) -> Refusal | None:
    """Why a moderation may not be taken from its moderator."""
    if committed and phase != "done":
        return Refusal(
            "The moderator has committed blind grades, which stay for good. It cannot be taken back, "
            "but somebody else can settle it."
        )
    return _refusal_to_take(stage, tier, phase, reason)


def refusal_to_settle_instead(stage: Stage, tier: str, phase: str, committed: bool, reason: str) -> Refusal | None:
    """Why nobody can settle a moderation in place of whoever committed its blind grades."""
    if not committed and phase != "done":
        return Refusal("Nothing is committed in this moderation yet. Take it back, and give it to somebody else.")
    return _refusal_to_take(stage, tier, phase, reason)


def _refusal_to_take(stage: Stage, tier: str, phase: str, reason: str) -> Refusal | None:
    if phase == "done":
        return Refusal("This moderation is finished. It can be reopened, but not taken back.")
    if stage is not WITH_MODERATOR[tier]:
        return Refusal(f"This audit is {stage.words.lower()}, so it cannot be taken back now.")
    if not reason.strip():
        return Refusal("Say why it is taken back.")
    return None


def refusal_to_send_back(stage: Stage, blind: bool, reason: str) -> Refusal | None:
    """Why an audit may not be sent back; blind means that its moderator has not seen what it holds yet."""
    if blind:
        return Refusal("You have not seen what the auditor wrote yet. Commit your own grades first.")
    if not reason.strip():
        return Refusal("Say what is missing, so that the auditor knows what to add.")
    return refusal_to_advance(stage, Step.SEND_BACK)
