"""What may be done in a calibration, when, and why not (pure)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.refusal import Refusal


class State(StrEnum):
    """Where a calibration stands."""

    PREPARING = "preparing"
    WAITING = "waiting"  # started, and its first day is still to come
    OPEN = "open"
    OVER = "over"  # its last day is past, and its results are not opened yet
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """The state as people say it."""
        return WORDS[self]


WORDS = {
    State.PREPARING: "Being prepared",
    State.WAITING: "Opens soon",
    State.OPEN: "Open",
    State.OVER: "Waits to be closed",
    State.CLOSED: "Closed",
}


def state_of(started: bool, closed: bool, opens_on: dt.date, closes_on: dt.date, today: dt.date) -> State:
    """Where a calibration stands on a day."""
    if closed:
        return State.CLOSED
    if not started:
        return State.PREPARING
    if today < opens_on:
        return State.WAITING
    return State.OPEN if today <= closes_on else State.OVER


@dataclass(frozen=True, slots=True)
class Readiness:
    """What one vignette still lacks before people can grade it."""

    title: str
    words: int  # sections that something is written of
    ungraded: Sequence[str]  # names of sections without a reference grade or its reason
    checked: bool

    @property
    def missing(self) -> tuple[str, ...]:
        """What is missing, each in a sentence."""
        found = []
        if not self.words:
            found.append(f"{self.title}: write what the record shows, for at least one section.")
        if not self.checked:
            found.append(f"{self.title}: confirm that you read it and found no name and no reference.")
        if self.ungraded:
            found.append(f"{self.title}: give the reference grade and its reason for {', '.join(self.ungraded)}.")
        return tuple(found)


def missing_to_start(vignettes: Sequence[Readiness], raters: int, panel: str) -> tuple[str, ...]:
    """Everything that a calibration lacks before it can start, each in a sentence."""
    found = [] if vignettes else ["Add a vignette."]
    found += [words for vignette in vignettes for words in vignette.missing]
    if not panel:
        found.append("Say who set the reference grades.")
    if not raters:
        found.append("Choose who grades.")
    return tuple(found)


def refusal_to_prepare(state: State) -> Refusal | None:
    """Why vignettes and reference grades may not be changed."""
    if state is not State.PREPARING:
        return Refusal("This calibration has started, so its vignettes and reference grades stay as they are.")
    return None


def refusal_to_start(state: State, missing: Sequence[str], closes_on: dt.date, today: dt.date) -> Refusal | None:
    """Why a calibration may not start."""
    if state is not State.PREPARING:
        return Refusal("This calibration has started already.")
    if missing:
        return Refusal(f"{len(missing)} {'thing is' if len(missing) == 1 else 'things are'} missing.")
    if closes_on < today:
        return Refusal("Its last day is past. Give it a later one first.")
    return None


def refusal_to_change(state: State) -> Refusal | None:
    """Why the days and the terms may not be changed."""
    if state is State.CLOSED:
        return Refusal("This calibration is closed, so it stays as it is.")
    return None


def refusal_to_take_part(who: Actor, path: str) -> Refusal | None:
    """Why somebody may not be asked to grade."""
    if not who.may(Permission.CALIBRATE):
        return Refusal(f"{who.name} has no role in which people audit or moderate.")
    if who.reaches(Permission.RUN_ROUNDS, path):
        return Refusal(f"{who.name} runs calibrations here, and can see the reference grades.")
    return None


def refusal_to_grade(state: State, committed: bool, closes_on: str) -> Refusal | None:
    """Why grades may not be written now."""
    if committed:
        return Refusal("You have committed your grades of this vignette, so they stay as they are.")
    if state is State.CLOSED:
        return Refusal("This calibration is closed. Grades that were not committed do not count.")
    if state is State.OVER:
        return Refusal(f"The last day to grade was {closes_on}. Ask the audit officer whether it can be extended.")
    if state is not State.OPEN:
        return Refusal("This calibration is not open yet.")
    return None


def refusal_to_commit(missing: Sequence[str]) -> Refusal | None:
    """Why grades may not be committed."""
    if missing:
        return Refusal(f"Give a grade and a reason first for {', '.join(missing)}.")
    return None


def refusal_to_close(state: State, committed: int, expected: int) -> Refusal | None:
    """Why results may not be opened."""
    if state is State.CLOSED:
        return Refusal("This calibration is closed already.")
    if state in (State.PREPARING, State.WAITING):
        return Refusal("This calibration is not open yet.")
    if state is State.OPEN and committed < expected:
        return Refusal(
            "People are still grading. It can be closed once everybody has finished, or its last day is past."
        )
    if not committed:
        return Refusal("Nobody has committed a grade. Give it a later last day instead.")
    return None


def earns_certificate(counted: int, within_one: int, *, finished: bool, share_needed: int) -> bool:
    """Whether somebody who graded every vignette came close enough to the reference."""
    return finished and counted > 0 and 100 * within_one >= share_needed * counted
