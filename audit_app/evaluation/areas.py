"""What a self-evaluation says something about, and what it is asked, read from a file (pure)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from audit_app.frameworks.named import Named, named_in

SHIPPED: Final = Path(__file__).resolve().parents[2] / "frameworks" / "self_evaluation.yaml"
WHOLE: Final = "whole"


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a self-evaluation with its questions; the last is about the whole."""

    key: str
    name: str
    hint: str
    questions: tuple[Named, ...]

    def question(self, key: str) -> Named:
        """One of its questions; one that is no longer asked keeps its key as its name."""
        return next((one for one in self.questions if one.key == key), Named(key, key))


@cache
def areas() -> tuple[Area, ...]:
    """The areas that come with the service, the questions about the whole last."""
    return areas_in(SHIPPED.read_text(encoding="utf-8"))


def areas_in(text: str) -> tuple[Area, ...]:
    """The areas that a file describes; raises `Unreadable` with every problem."""
    questions, found, whole = named_in(text, "self_evaluation", "questions", "areas", "whole")
    parts = tuple(Area(one.key, one.name, one.hint, questions) for one in found if one.key != WHOLE)
    return (*parts, Area(WHOLE, "Practice as a whole", "What holds across all areas.", whole))


def areas_with(used: set[tuple[str, str]]) -> tuple[Area, ...]:
    """The areas, with those and their questions that are no longer asked but have statements (area and question)."""
    asked = areas()
    found = [
        Area(one.key, one.name, one.hint, (*one.questions, *_former(one.questions, one.key, used))) for one in asked
    ]
    gone = sorted({area for area, _ in used} - {one.key for one in asked})
    return (*found, *(Area(key, key, "No longer asked.", tuple(_former((), key, used))) for key in gone))


def _former(asked: tuple[Named, ...], area: str, used: set[tuple[str, str]]) -> list[Named]:
    known = {one.key for one in asked}
    return [Named(question, question) for of, question in sorted(used) if of == area and question not in known]
