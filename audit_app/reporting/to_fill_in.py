"""The parts of a paper that somebody fills in by hand: boxes to tick, and room to write (pure)."""

from dataclasses import dataclass
from typing import ClassVar, Literal

BOX = "☐"
LINES = {"line": 1, "short": 3, "long": 7}


@dataclass(frozen=True, slots=True)
class Boxes:
    """A question with a box for each answer, and what each answer means."""

    kind: ClassVar = "boxes"

    prompt: str
    options: tuple[tuple[str, str], ...]

    @property
    def worded(self) -> tuple[str, ...]:
        """Each answer with what it means."""
        return tuple(f"{name}: {words}" if words else name for name, words in self.options)


@dataclass(frozen=True, slots=True)
class Room:
    """Room to write in, under what is to be written there."""

    kind: ClassVar = "room"

    label: str
    size: Literal["line", "short", "long"] = "short"

    @property
    def lines(self) -> int:
        """How many lines of handwriting it holds."""
        return LINES[self.size]
