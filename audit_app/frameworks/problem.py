"""What is wrong with a file, and where."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right in a file: its line, the place in words, and what to do."""

    line: int
    where: str
    message: str

    def __str__(self) -> str:
        """The problem as one sentence with its place."""
        return f"Line {self.line}, {self.where}: {self.message}" if self.where else f"Line {self.line}: {self.message}"


class Unreadable(ValueError):
    """A file that cannot be used as it stands, with every problem that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order in which they are to be read."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def by_line(problems: Iterable[Problem]) -> list[Problem]:
    """Problems in the order of the file's lines, each said once."""
    return sorted(dict.fromkeys(problems), key=lambda problem: problem.line)
