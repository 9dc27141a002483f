"""The pieces of wording that can be edited: their parts, the usual words, and how they look in use (pure)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from audit_app.wording.placeholders import LONGEST, LONGEST_LINE, problems_of

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a piece: what it is called, which placeholders it may hold, and whether it is one line."""

    key: str
    name: str
    placeholders: tuple[str, ...]
    one_line: bool = False
    may_be_empty: bool = False

    @property
    def longest(self) -> int:
        """How many characters it may have."""
        return LONGEST_LINE if self.one_line else LONGEST

    @property
    def hint(self) -> str:
        """What stands beside its field; placeholders stand once above all fields."""
        return "You may leave it empty." if self.may_be_empty else ""

    def problems(self, words: str) -> list[str]:
        """Everything that is wrong with some words for it."""
        return problems_of(words, self.placeholders, one_line=self.one_line, may_be_empty=self.may_be_empty)


@dataclass(frozen=True, slots=True)
class Shown:
    """How words look where they are used: what it is, and the text with its placeholders filled in."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of wording: a letter, or what stands in a kind of paper."""

    key: str
    group: str
    name: str
    parts: tuple[Part, ...]
    usual: Callable[[], Words]
    look: Callable[[Words], tuple[Shown, ...]]

    @property
    def known(self) -> list[tuple[str, list[str]]]:
        """Which placeholders its parts may hold, each set once with the names of those parts."""
        found: dict[str, list[str]] = {}
        for part in self.parts:
            found.setdefault(" ".join(f"{{{name}}}" for name in part.placeholders), []).append(part.name)
        return [(placeholders, names) for placeholders, names in found.items() if placeholders]

    def problems(self, words: Words) -> dict[str, list[str]]:
        """What is wrong, by part."""
        found = {part.key: part.problems(words.get(part.key, "")) for part in self.parts}
        return {key: problems for key, problems in found.items() if problems}


def by_group(pieces: Iterable[Piece]) -> dict[str, list[Piece]]:
    """Pieces in the order in which they were offered, by what they belong to."""
    found: dict[str, list[Piece]] = {}
    for piece in pieces:
        found.setdefault(piece.group, []).append(piece)
    return found
