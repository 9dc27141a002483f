"""An action's life, as one table: which step leads from which state to which (pure)."""

from enum import StrEnum

from audit_app.refusal import Refusal


class State(StrEnum):
    """Where an action stands."""

    DRAFT = "draft"
    OPEN = "open"
    TIME_ASKED = "time_asked"
    SAID_DONE = "said_done"
    VERIFIED = "verified"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        """The state as people say it."""
        return WORDS[self]


class Step(StrEnum):
    """What is done to an action."""

    GIVE = "give"
    SAY_DONE = "say_done"
    VERIFY = "verify"
    NOT_ACCEPT = "not_accept"
    ASK_TIME = "ask_time"
    GRANT_TIME = "grant_time"
    REFUSE_TIME = "refuse_time"
    MOVE = "move"
    WITHDRAW = "withdraw"

    @property
    def words(self) -> str:
        """The step as the trail of an action tells it."""
        return TOLD[self]


WORDS = {
    State.DRAFT: "Not given yet",
    State.OPEN: "To do",
    State.TIME_ASKED: "More time asked",
    State.SAID_DONE: "Said done",
    State.VERIFIED: "Verified done",
    State.WITHDRAWN: "Withdrawn",
}
TOLD = {
    Step.GIVE: "Given",
    Step.SAY_DONE: "Said to be done",
    Step.VERIFY: "Verified",
    Step.NOT_ACCEPT: "Not accepted as done",
    Step.ASK_TIME: "More time asked",
    Step.GRANT_TIME: "More time granted",
    Step.REFUSE_TIME: "More time refused",
    Step.MOVE: "Given to somebody else",
    Step.WITHDRAW: "Withdrawn",
}
S, T = State, Step
TABLE: dict[tuple[State, Step], State] = {
    (S.DRAFT, T.GIVE): S.OPEN,
    (S.DRAFT, T.MOVE): S.DRAFT,
    (S.DRAFT, T.WITHDRAW): S.WITHDRAWN,
    (S.OPEN, T.SAY_DONE): S.SAID_DONE,
    (S.OPEN, T.ASK_TIME): S.TIME_ASKED,
    (S.OPEN, T.MOVE): S.OPEN,
    (S.OPEN, T.WITHDRAW): S.WITHDRAWN,
    (S.TIME_ASKED, T.GRANT_TIME): S.OPEN,
    (S.TIME_ASKED, T.REFUSE_TIME): S.OPEN,
    (S.TIME_ASKED, T.SAY_DONE): S.SAID_DONE,
    (S.TIME_ASKED, T.MOVE): S.OPEN,  # what the former owner asked for is asked no longer
    (S.TIME_ASKED, T.WITHDRAW): S.WITHDRAWN,
    (S.SAID_DONE, T.VERIFY): S.VERIFIED,
    (S.SAID_DONE, T.NOT_ACCEPT): S.OPEN,
    (S.SAID_DONE, T.MOVE): S.SAID_DONE,
    (S.SAID_DONE, T.WITHDRAW): S.WITHDRAWN,
}
RUNNING = frozenset({S.DRAFT, S.OPEN, S.TIME_ASKED, S.SAID_DONE})
TO_DO = frozenset({S.OPEN, S.TIME_ASKED})
TO_ANSWER = frozenset({S.TIME_ASKED, S.SAID_DONE})
DONE = frozenset({S.SAID_DONE, S.VERIFIED})


def refusal_to_advance(state: State, step: Step) -> Refusal | None:
    """Why a step may not be taken from a state."""
    if (state, step) in TABLE:
        return None
    return Refusal(f"This action stands as “{state.words}”, so this cannot be done to it now.")


def as_mermaid() -> str:
    """The diagram that docs/actions.md shows, generated from the table."""
    lines = [f"    {a.value} --> {b.value}: {step.value.replace('_', ' ')}" for (a, step), b in TABLE.items()]
    return "stateDiagram-v2\n    [*] --> draft\n" + "\n".join(lines) + "\n"
