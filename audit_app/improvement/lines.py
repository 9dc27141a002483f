"""The rows of an import file, asked cell by cell, with every cell that cannot be noted (pure)."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from audit_app.cases.caselist import Problem
from audit_app.improvement import layout
from audit_app.improvement.layout import SHEETS, Column, one_of
from audit_app.improvement.wording import Amount, Due, Precision, amount_in, due_of

Rows = Sequence[tuple[int, Sequence[str]]]
Chosen = TypeVar("Chosen")
LONGEST = 8_000
EARLIEST = dt.date(1990, 1, 1)
LATEST = dt.date(2100, 1, 1)


def text_of(cell: object) -> str:
    """A cell as text: whole numbers without a point, days as people write them."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.4f}".rstrip("0").rstrip(".")
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell).replace("\r\n", "\n").strip()


@dataclass
class Line:
    """One row of a sheet, asked cell by cell."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    problems: list[Problem]

    def get(self, heading: str) -> str:
        """What stands in a column."""
        return self.cells.get(heading, "")

    def wrong(self, heading: str, expected: str) -> None:
        """Note that a cell cannot be."""
        self.problems.append(Problem(self.sheet, self.number, heading, self.get(heading)[:200], expected))

    def choice(self, heading: str, words: Mapping[str, Chosen], usual: Chosen) -> Chosen:
        """One of some words; the usual one where nothing stands there."""
        text = " ".join(self.get(heading).lower().split())
        if text and text not in words:
            self.wrong(heading, one_of(words))
        return words.get(text, usual)

    def due(self, heading: str) -> Due:
        """A day, a month or words."""
        return due_of(self.get(heading))

    def day(self, heading: str) -> dt.date | None:
        """A day, or nothing where the cell is empty."""
        due = self.due(heading)
        if due.precision is Precision.DAY and due.on is not None and EARLIEST < due.on < LATEST:
            return due.on
        if self.get(heading):
            self.wrong(heading, layout.DAY)
        return None

    def amount(self, heading: str) -> Amount:
        """A number or a count out of a total, or nothing where the cell is empty."""
        found = amount_in(self.get(heading))
        if self.get(heading) and found is None:
            self.wrong(heading, layout.NUMBER)
        return found or Amount()


@dataclass
class Sheets:
    """The sheets of a file and what is wrong with them."""

    given: Mapping[str, Rows]
    problems: list[Problem] = field(default_factory=list)

    def lines(self, sheet: str) -> Iterator[Line]:
        """The rows of a sheet under its headings; what is missing is noted."""
        rows = self.given.get(sheet)
        if not rows:
            self.problems.append(Problem(sheet, 0, "", "", f"a sheet called {sheet}, with its headings"))
            return
        columns = SHEETS[sheet]
        headings = [" ".join(cell.split()) for cell in rows[0][1]]
        missing = [one.heading for one in columns if one.heading not in headings]
        for heading in missing:
            self.problems.append(Problem(sheet, rows[0][0], heading, "", "this column"))
        if missing:
            return
        for number, cells in rows[1:]:
            line = Line(sheet, number, dict(zip(headings, cells, strict=False)), self.problems)
            for column in columns:
                _check(line, column)
            yield line


def _check(line: Line, column: Column) -> None:
    text = line.get(column.heading)
    if column.needed and not text:
        line.wrong(column.heading, column.expected)
    elif len(text) > LONGEST:
        line.wrong(column.heading, f"at most {LONGEST:,} characters")
