"""How far a piece of work has come: said by the work itself, and the moments at which it may be stopped."""

import time
from collections.abc import Callable
from dataclasses import dataclass

SAID_EVERY_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Position:
    """How much is done, of how much, and what is being done now."""

    done: int = 0
    total: int | None = None
    doing: str = ""

    @property
    def percent(self) -> int | None:
        """The share that is done; 100 only when all is, nothing when nobody knows the whole."""
        if not self.total:
            return None
        return min(100, max(0, self.done) * 100 // self.total)

    @property
    def words(self) -> str:
        """It in words: "34,000 of 100,000 rows"."""
        if self.total is not None:
            return f"{self.done:,} of {self.total:,} {self.doing}".rstrip()
        return f"{self.done:,} {self.doing}".rstrip() if self.done else self.doing


class Interrupted(BaseException):
    """The work ends here and keeps nothing. Not an Exception: no careless handler within the work may swallow it."""


class Cancelled(Interrupted):
    """Somebody asked for the work to be cancelled."""


class PutBack(Interrupted):
    """The worker has to end: another takes the work up from its beginning."""


def _nothing(position: Position) -> None:
    """Nobody is told."""


def _goes_on() -> type[Interrupted] | None:
    return None


class Progress:
    """What a piece of work is given to say how far it has come; saying it is also where it can be stopped."""

    def __init__(
        self,
        tell: Callable[[Position], None] = _nothing,
        why_to_end: Callable[[], type[Interrupted] | None] = _goes_on,
        *,
        owner: int | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.owner = owner  # who asked for it, by their number
        self.position = Position()
        self._tell, self._why_to_end, self._clock = tell, why_to_end, clock
        self._next = clock()  # the first step is said at once

    def step(self, done: int, total: int | None = None, doing: str = "") -> None:
        """Say how far the work has come; call it as often as you like. Ends the work when it was cancelled."""
        moment = self._clock()
        self.position = Position(done, total, doing)
        if moment < self._next:
            return
        self._next = moment + SAID_EVERY_SECONDS
        self._tell(self.position)
        self.end_if_asked()

    def end_if_asked(self) -> None:
        """Stop here if somebody wants the work to end."""
        if why := self._why_to_end():
            raise why
