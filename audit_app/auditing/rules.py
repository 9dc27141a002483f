"""What may be done to an audit, by whom, and why not (pure)."""

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.drafts import Draft
from audit_app.auditing.visibility import Facts
from audit_app.auditing.workflow import BEFORE_HAND_IN, BEING_WRITTEN, Stage, Step, refusal_to_advance
from audit_app.refusal import Refusal


def refusal_to_write(facts: Facts, actor: Actor) -> Refusal | None:
    """Why somebody may not write in an audit's drafts."""
    if facts.auditor_id != actor.id:
        return Refusal("Only the auditor can change what is written here.")
    if facts.handed_back:
        return Refusal("You handed this audit back, so it waits for another auditor.")
    if not actor.may(Permission.AUDIT):
        return Refusal("Your role as auditor has ended. Ask the audit officer.")
    if facts.stage not in BEING_WRITTEN:
        return Refusal(f"This audit is {facts.stage.words.lower()}, so it can no longer be changed.")
    return None


def refusal_to_change_grade(first: str | None, draft: Draft) -> Refusal | None:
    """Why a grade may not be another than it was when the audit was first handed in."""
    now = "" if draft.not_applicable else draft.grade or ""
    if first is not None and first != now:
        return Refusal("The grade stays as you first handed it in. Add the evidence that was asked for.")
    return None


def refusal_to_hand_in(facts: Facts, actor: Actor, missing: int, untold_risk: bool) -> Refusal | None:
    """Why an audit may not be handed in."""
    if (refused := refusal_to_write(facts, actor)) is not None:
        return refused
    if untold_risk:
        return Refusal("You said that a child may be at risk now. Say whom you told, and when, before you hand in.")
    if missing:
        noun = "thing is" if missing == 1 else "things are"
        return Refusal(f"{missing} {noun} missing. Each is listed with a link to where it belongs.")
    return refusal_to_advance(facts.stage, Step.SUBMIT)


def refusal_to_hand_back(facts: Facts, actor: Actor, reason: str) -> Refusal | None:
    """Why an auditor may not hand an audit back to be given to somebody else: only before anything is written."""
    if (refused := refusal_to_write(facts, actor)) is not None:
        return refused
    if facts.stage is not Stage.ALLOCATED:
        return Refusal("You have started this audit. Ask the audit officer, who can give it to somebody else.")
    return None if reason.strip() else Refusal("Say why you hand this audit back.")


def refusal_to_reallocate(stage: Stage, before: int, after: int, *, started_too: bool = False) -> Refusal | None:
    """Why an audit may not go from one auditor to another; one that was started only where that was meant."""
    if stage not in (Stage.ALLOCATED, Stage.IN_PROGRESS):
        return Refusal(f"This audit is {stage.words.lower()}. Only an audit that is not handed in can change hands.")
    if stage is Stage.IN_PROGRESS and not started_too:
        return Refusal("This audit has been started. Confirm that somebody else goes on with what is written.")
    return Refusal("They have this audit already. Choose somebody else.") if before == after else None


def refusal_to_withdraw(stage: Stage, reason: str) -> Refusal | None:
    """Why an audit may not be withdrawn."""
    if not reason.strip():
        return Refusal("Say why the audit is withdrawn.")
    return refusal_to_advance(stage, Step.WITHDRAW)


def refusal_to_void(facts: Facts, actor: Actor, second_id: int, reason: str) -> Refusal | None:
    """Why a handed-in audit may not be made void."""
    if not actor.reaches(Permission.VOID_AUDITS, facts.path):
        return Refusal("Only a head of service of this unit can make an audit void.")
    if second_id == actor.id:
        return Refusal("A second person must agree: choose somebody else.")
    if facts.auditor_id in (actor.id, second_id):
        return Refusal("The auditor cannot decide that their own audit is void.")
    if not reason.strip():
        return Refusal("Say why the audit is void.")
    return refusal_to_advance(facts.stage, Step.VOID)


def refusal_to_reply(facts: Facts, actor: Actor, words: str) -> Refusal | None:
    """Why somebody may not reply to an outcome."""
    if facts.auditor_id != actor.id:
        return Refusal("Only the auditor can reply.")
    if facts.stage not in (Stage.MODERATED, Stage.WITH_EXTERNAL, Stage.VALIDATED):
        return Refusal("There is no outcome to reply to yet.")
    if not words.strip():
        return Refusal("Write your reply.")
    return None


def handed_in(stage: Stage) -> bool:
    """Whether an audit was ever handed in."""
    return stage not in BEFORE_HAND_IN
