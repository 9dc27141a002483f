"""What a case list turned out to hold: rows read, rows held, rows refused, and what was left out of it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one cell of a list: where it is as seen in Excel, what is there, what was expected."""

    sheet: str
    row: int
    column: str
    value: str
    expected: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One child's case as a list gives it; no name and no date of birth."""

    reference: str
    category: str | None
    team: str | None
    worker: str
    gender: str | None
    ethnicity: str | None
    age_band: str | None
    disability: str | None
    started_on: dt.date | None
    last_seen_on: dt.date | None
    closed_on: dt.date | None
    care_leaver: bool
    sheet: str
    row: int
    attributes: dict[str, str] = field(default_factory=dict)

    def values(self) -> dict[str, str]:
        """Everything the row says except where it stood, flat and as text, for keeping and for comparing."""
        days = {"started_on": self.started_on, "last_seen_on": self.last_seen_on, "closed_on": self.closed_on}
        texts = {
            "category": self.category,
            "team": self.team,
            "worker": self.worker,
            **self.strata(),
            **{name: day.isoformat() for name, day in days.items() if day is not None},
        }
        return {name: text for name, text in texts.items() if text}

    def strata(self) -> dict[str, str]:
        """What a sample may be stratified or described by, in the order of the names: a file's own order is no news."""
        known = {
            "gender": self.gender,
            "ethnicity": self.ethnicity,
            "age_band": self.age_band,
            "disability": self.disability,
            "care_leaver": "yes" if self.care_leaver else None,
            **self.attributes,
        }
        return {name: text for name, text in sorted(known.items()) if text}


@dataclass(frozen=True, slots=True)
class Held:
    """A row kept aside until somebody supplies what it lacks."""

    row: CaseRow
    problems: tuple[Problem, ...]

    @property
    def lacks_only_a_team(self) -> bool:
        """Whether naming the team settles the row."""
        return self.row.category is not None and self.row.team is None


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be a case, with why."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Recognised:
    """A sheet that was recognised, and how."""

    number: int | None
    title: str
    sheet: str
    heading_row: int
    rows: int
    columns: tuple[tuple[str, str], ...]
    by: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A column that was not taken in, with why."""

    sheet: str
    heading: str
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Warned:
    """A value that could not be used, or may be wrong, wherever it stands in one column."""

    sheet: str
    column: str
    value: str
    expected: str
    rows: tuple[int, ...]
    count: int


@dataclass(frozen=True, slots=True)
class CaseList:
    """A case list as it was read. Every row of its frame is read, joined to another, held or refused."""

    taken_on: dt.date
    rows: tuple[CaseRow, ...] = ()
    held: tuple[Held, ...] = ()
    refused: tuple[Refused, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[Warned, ...] = ()
    notes: tuple[str, ...] = ()
    joined: int = 0

    def teams(self) -> dict[str, int]:
        """Each team the list names and how many of its rows are that team's."""
        every = [*self.rows, *(held.row for held in self.held)]
        return dict(sorted(Counter(row.team for row in every if row.team).items()))


class Warnings:
    """Gathers warnings while a list is read, one for each distinct value and not one for each row."""

    SHOWN = 5

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str, str, str], list[int]] = {}
        self._counts: Counter[tuple[str, str, str, str]] = Counter()

    def add(self, problem: Problem) -> None:
        """Note a problem that does not stop its row."""
        key = (problem.sheet, problem.column, problem.value, problem.expected)
        rows = self._rows.setdefault(key, [])
        if len(rows) < self.SHOWN:
            rows.append(problem.row)
        self._counts[key] += 1

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note several problems."""
        for problem in problems:
            self.add(problem)

    def all(self) -> tuple[Warned, ...]:
        """Every warning, in the order in which it was first met."""
        return tuple(Warned(*key, tuple(rows), self._counts[key]) for key, rows in self._rows.items())
