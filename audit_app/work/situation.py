"""What the page of a job says: which of a few situations it is in, and how far it has come."""

from dataclasses import dataclass
from enum import StrEnum

from audit_app.work.progress import Position

PATIENCE_SECONDS = 20.0


class Situation(StrEnum):
    """What somebody who waits for a job has to be told."""

    WAITING = "waiting"
    NO_WORKER = "no_worker"
    RUNNING = "running"
    LOST = "lost"
    CANCELLING = "cancelling"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    CANCELLED = "cancelled"
    STOPPED = "stopped"

    @property
    def goes_on(self) -> bool:
        """Whether it is worth looking again."""
        return self in (self.WAITING, self.NO_WORKER, self.RUNNING, self.LOST, self.CANCELLING)

    @property
    def can_be_cancelled(self) -> bool:
        """Whether cancelling would do something."""
        return self.goes_on and self is not self.CANCELLING


@dataclass(frozen=True, slots=True)
class Seen:
    """A job as it is seen from outside at one moment."""

    state: str
    waited_seconds: float
    cancel_wished: bool
    its_worker_lives: bool
    any_worker_lives: bool


def situation(seen: Seen) -> Situation:
    """Which situation a job is in."""
    if seen.state == "running" and not seen.its_worker_lives:
        return Situation.LOST
    if seen.state == "running" and seen.cancel_wished:
        return Situation.CANCELLING
    if seen.state == "waiting" and not seen.any_worker_lives and seen.waited_seconds > PATIENCE_SECONDS:
        return Situation.NO_WORKER
    return Situation(seen.state)


def headline(now: Situation, position: Position | None) -> str:
    """The situation in a few words, as the page's title begins."""
    if now is Situation.RUNNING:
        percent = position.percent if position else None
        return f"{percent}% done" if percent is not None else "Working"
    return WORDS[now]


WORDS = {
    Situation.WAITING: "Waiting to start",
    Situation.NO_WORKER: "Waiting for a worker",
    Situation.LOST: "Interrupted",
    Situation.CANCELLING: "Cancelling",
    Situation.DONE: "Done",
    Situation.REFUSED: "Not done",
    Situation.FAILED: "Something went wrong",
    Situation.CANCELLED: "Cancelled",
    Situation.STOPPED: "Stopped before it was done",
}
