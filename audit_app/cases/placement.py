"""The rows of a list put where they belong: cases of a unit, rows that wait, rows that cannot be cases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from audit_app.cases.caselist import CaseList, CaseRow, Held, Problem
from audit_app.cases.listed import Placed
from audit_app.cases.summary import team_column_of

UNKNOWN_TEAM = "A team of this authority: say which unit this is"
HELD, REFUSED = "held", "refused"


@dataclass(frozen=True, slots=True)
class Standing:
    """One problem of a row that does not become a case now: what becomes of the row, and the row where it waits."""

    outcome: str
    problem: Problem
    team_label: str | None = None  # where only the team is unknown: naming it settles the row
    row: CaseRow | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """A list as it was read, and the unit that each of its team names means."""

    read: CaseList
    meant: Mapping[str, int]

    @property
    def cases(self) -> int:
        """How many rows become cases."""
        return sum(row.team in self.meant for row in self.read.rows)

    @property
    def held(self) -> int:
        """How many rows wait."""
        return len(self.read.held) + len(self.read.rows) - self.cases

    @property
    def refused(self) -> int:
        """How many rows cannot be cases."""
        return len(self.read.refused)

    def placed(self) -> Iterator[tuple[CaseRow, int]]:
        """The rows that become cases, each with its unit."""
        for row in self.read.rows:
            if row.team is not None and (unit_id := self.meant.get(row.team)) is not None:
                yield row, unit_id

    def compared(self) -> Iterator[Placed]:
        """Them, as two lists are compared."""
        for row, unit_id in self.placed():
            yield Placed(row.reference, unit_id, row.category or "", row.worker, row.strata())

    def waiting(self) -> Iterator[str]:
        """The references of the rows that wait."""
        yield from (row.reference for row in self.read.rows if row.team not in self.meant)
        yield from (held.row.reference for held in self.read.held)

    def problems(self) -> Iterator[Standing]:
        """Why each of the other rows does not become a case now."""
        for row in self.read.rows:
            if row.team is not None and row.team not in self.meant:
                yield Standing(HELD, self._unknown_team(row), row.team, row)
        for held in self.read.held:
            label = _label_to_give(held)
            for problem in held.problems:
                yield Standing(HELD, problem, label, held.row)
            if held.row.team is not None and held.row.team not in self.meant:
                yield Standing(HELD, self._unknown_team(held.row), label, held.row)
        for refused in self.read.refused:
            for problem in refused.problems:
                yield Standing(REFUSED, problem)

    def _unknown_team(self, row: CaseRow) -> Problem:
        return Problem(row.sheet, row.row, team_column_of(self.read, row.sheet), row.team or "", UNKNOWN_TEAM)


def _label_to_give(held: Held) -> str | None:
    """A row without a team, and without other faults, is settled by saying which team it is of."""
    return "" if held.lacks_only_a_team else None
