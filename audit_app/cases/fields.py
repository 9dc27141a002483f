"""What each field of a case list may hold: a cell in, what it means and what was expected instead out."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from audit_app.cases.codes import CodeList
from audit_app.cases.values import BANDS_IN_WORDS, OLDEST, age_band, age_in, age_on, date_in, reference_in, text_in
from audit_app.cases.workbook import Cell, Row

T = TypeVar("T")

LONGEST = 200  # characters in the name of a team or a worker
LONGEST_EXTRA = 60  # and in a column of an authority's own: longer text is a note, not a kind
WITHHELD = "(not shown)"
# What stands in a cell whose content was not even kept for a day: each is refused as the content would have been.
TOO_LONG_TO_KEEP = "(not shown: text that is longer than what is kept)"
NO_REFERENCE = "(not shown: text that is longer than the reference of a child can be)"
NO_AGE = "(not shown: a day too long ago or too far ahead)"
NO_TEAM = frozenset({"unallocated", "not allocated", "none", "no team", "unknown", "tbc", "awaiting allocation"})


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """What a cell means; `expected` says what should stand there where something else does."""

    value: T
    expected: str = ""
    hide: bool = False


class Column(Generic[T]):
    """One field's column in one sheet. Each distinct cell is read once: a long list has few distinct cells."""

    def __init__(self, place: int | None, read: Callable[[Cell], Read[T]]) -> None:
        self._place = place
        self._reads = read
        self._known: dict[Cell, Read[T]] = {}

    def of(self, row: Row) -> Read[T]:
        """What the field says in a row."""
        place = self._place
        cell = None if place is None or place >= len(row.cells) else row.cells[place]
        if cell is True or cell is False:
            return self._reads(cell)  # True equals 1 among the known cells, and means something else
        found = self._known.get(cell)
        if found is None:
            found = self._known[cell] = self._reads(cell)
        return found


def team_in(cell: Cell) -> Read[str | None]:
    """The team a case is allocated to."""
    team = text_in(cell)
    if not team or team.lower() in NO_TEAM:
        return Read(None, "The team that the case is allocated to")
    if len(team) > LONGEST:
        return Read(None, f"The name of a team in at most {LONGEST} characters")
    return Read(team)


def worker_in(cell: Cell) -> Read[str]:
    """The worker a case is allocated to, who is a member of staff."""
    worker = text_in(cell)
    if len(worker) > LONGEST:
        return Read("", f"A name in at most {LONGEST} characters")
    return Read("" if worker.lower() in NO_TEAM else worker)


def extra_in(cell: Cell) -> Read[str | None]:
    """A value of a column that an authority keeps for its own reasons."""
    text = text_in(cell)
    if len(text) > LONGEST_EXTRA or text == TOO_LONG_TO_KEEP:
        return Read(None, f"At most {LONGEST_EXTRA} characters", hide=True)
    return Read(text or None)


def family_in(cell: Cell) -> Read[str | None]:
    """A family's reference; a family's name is not one and is not kept."""
    if not text_in(cell):
        return Read(None)
    found = reference_in(cell)
    if found.refusal:
        return Read(None, "A family reference with at least one digit", hide=True)
    return Read(found.text)


def code_reader(codes: CodeList) -> Callable[[Cell], Read[str | None]]:
    """Reads cells that hold one of a list of codes."""

    def read(cell: Cell) -> Read[str | None]:
        text = text_in(cell)
        key = codes.read(text) if text else None
        return Read(key, codes.expected() if text and key is None else "")

    return read


def needed_code_reader(codes: CodeList) -> Callable[[Cell], Read[str | None]]:
    """Reads cells that must hold one of a list of codes."""

    def read(cell: Cell) -> Read[str | None]:
        text = text_in(cell)
        key = codes.read(text) if text else None
        return Read(key, codes.expected() if key is None else "")

    return read


def day_reader(taken_on: dt.date) -> Callable[[Cell], Read[dt.date | None]]:
    """Reads cells that hold a day, which has come by the day the list was taken."""

    def read(cell: Cell) -> Read[dt.date | None]:
        try:
            day = date_in(cell)
        except ValueError:
            return Read(None, "A date as dd/mm/yyyy")
        late = day is not None and day > taken_on
        return Read(day, "A date no later than the day the list was taken" if late else "")

    return read


def age_reader(cell: Cell) -> Read[int | None]:
    """An age in years."""
    try:
        return Read(age_in(cell))
    except ValueError:
        return Read(None, f"An age in years, from -1 (unborn) to {OLDEST}")


def yes_reader(codes: CodeList) -> Callable[[Cell], Read[str | None]]:
    """Reads cells that say yes, or no, which is the same as saying nothing."""
    reads = code_reader(codes)

    def read(cell: Cell) -> Read[str | None]:
        found = reads(cell)
        return found if found.value == "yes" else Read(None, found.expected)

    return read


def birth_reader(taken_on: dt.date) -> Callable[[Cell], Read[str | None]]:
    """Reads dates of birth as age bands on the day the list was taken; the dates go no further."""
    unlikely = f"A date of birth no more than {OLDEST} years ago, or an expected one within ten months"

    def read(cell: Cell) -> Read[str | None]:
        if isinstance(cell, str) and (cell == NO_AGE or cell.casefold() in BANDS_IN_WORDS):
            return Read(None, unlikely, hide=True) if cell == NO_AGE else Read(BANDS_IN_WORDS[cell.casefold()])
        try:
            born = date_in(cell)
        except ValueError:
            return Read(None, "A date as dd/mm/yyyy", hide=True)
        if born is None:
            return Read(None)
        age = age_on(born, taken_on)
        if age > OLDEST or (born - taken_on).days > 300:
            return Read(None, unlikely, hide=True)
        return Read(age_band(age))

    return read
