"""An audit's life, as one table: which step leads from which stage to which."""

from enum import StrEnum

from audit_app.refusal import Refusal


class Stage(StrEnum):
    """Where an audit stands."""

    ALLOCATED = "allocated"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    WITH_SENIOR = "with_senior"
    MODERATED = "moderated"
    WITH_EXTERNAL = "with_external"
    VALIDATED = "validated"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"
    VOID = "void"

    @property
    def words(self) -> str:
        """The stage as people say it."""
        return WORDS[self]


class Step(StrEnum):
    """What is done to an audit."""

    START = "start"
    SUBMIT = "submit"
    GIVE_TO_SENIOR = "give_to_senior"
    MODERATE = "moderate"
    GIVE_TO_EXTERNAL = "give_to_external"
    VALIDATE = "validate"
    SEND_BACK = "send_back"
    TAKE_FROM_SENIOR = "take_from_senior"
    TAKE_FROM_EXTERNAL = "take_from_external"
    TAKE_MODERATED_FROM_EXTERNAL = "take_moderated_from_external"
    REOPEN_MODERATION = "reopen_moderation"
    REOPEN_VALIDATION = "reopen_validation"
    WITHDRAW = "withdraw"
    VOID = "void"


WORDS = {
    Stage.ALLOCATED: "Not started",
    Stage.IN_PROGRESS: "In progress",
    Stage.SUBMITTED: "Handed in",
    Stage.WITH_SENIOR: "With senior moderator",
    Stage.MODERATED: "Moderated",
    Stage.WITH_EXTERNAL: "With external auditor",
    Stage.VALIDATED: "Validated",
    Stage.SENT_BACK: "Sent back",
    Stage.WITHDRAWN: "Withdrawn",
    Stage.VOID: "Void",
}
S, T = Stage, Step
TABLE: dict[tuple[Stage, Step], Stage] = {
    (S.ALLOCATED, T.START): S.IN_PROGRESS,
    (S.IN_PROGRESS, T.SUBMIT): S.SUBMITTED,
    (S.SENT_BACK, T.SUBMIT): S.SUBMITTED,
    (S.SUBMITTED, T.GIVE_TO_SENIOR): S.WITH_SENIOR,
    (S.WITH_SENIOR, T.MODERATE): S.MODERATED,
    (S.WITH_SENIOR, T.TAKE_FROM_SENIOR): S.SUBMITTED,
    (S.SUBMITTED, T.GIVE_TO_EXTERNAL): S.WITH_EXTERNAL,
    (S.MODERATED, T.GIVE_TO_EXTERNAL): S.WITH_EXTERNAL,
    (S.WITH_EXTERNAL, T.VALIDATE): S.VALIDATED,
    (S.WITH_EXTERNAL, T.TAKE_FROM_EXTERNAL): S.SUBMITTED,
    (S.WITH_EXTERNAL, T.TAKE_MODERATED_FROM_EXTERNAL): S.MODERATED,
    (S.SUBMITTED, T.SEND_BACK): S.SENT_BACK,
    (S.WITH_SENIOR, T.SEND_BACK): S.SENT_BACK,
    (S.WITH_EXTERNAL, T.SEND_BACK): S.SENT_BACK,
    (S.MODERATED, T.REOPEN_MODERATION): S.WITH_SENIOR,
    (S.VALIDATED, T.REOPEN_VALIDATION): S.WITH_EXTERNAL,
    (S.ALLOCATED, T.WITHDRAW): S.WITHDRAWN,
    (S.IN_PROGRESS, T.WITHDRAW): S.WITHDRAWN,
    (S.SUBMITTED, T.VOID): S.VOID,
    (S.WITH_SENIOR, T.VOID): S.VOID,
    (S.MODERATED, T.VOID): S.VOID,
    (S.WITH_EXTERNAL, T.VOID): S.VOID,
    (S.VALIDATED, T.VOID): S.VOID,
    (S.SENT_BACK, T.VOID): S.VOID,
}
BEING_WRITTEN = frozenset({S.ALLOCATED, S.IN_PROGRESS, S.SENT_BACK})
BEFORE_HAND_IN = frozenset({S.ALLOCATED, S.IN_PROGRESS, S.WITHDRAWN})
COUNTED = frozenset({S.SUBMITTED, S.WITH_SENIOR, S.MODERATED, S.WITH_EXTERNAL, S.VALIDATED})
ENDED = frozenset({S.WITHDRAWN, S.VOID})


def refusal_to_advance(stage: Stage, step: Step) -> Refusal | None:
    """Why a step may not be taken from a stage."""
    if (stage, step) in TABLE:
        return None
    return Refusal(f"This audit is {stage.words.lower()}, so this cannot be done to it now.")


def as_mermaid() -> str:
    """The diagram that docs/workflow.md shows, generated from the table."""
    lines = [f"    {a.value} --> {b.value}: {step.value.replace('_', ' ')}" for (a, step), b in TABLE.items()]
    return "stateDiagram-v2\n    [*] --> allocated\n" + "\n".join(lines) + "\n"
