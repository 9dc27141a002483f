"""Where an audit is counted: the rows of tallies that it adds to (pure)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

ALL_MONTHS = ""


class Kind(StrEnum):
    """What a row of tallies is of."""

    WITHIN = "within"  # one month of everything below a unit, itself included
    TEAM = "team"  # one month of one team, as it was pinned
    TEAM_EVER = "team_ever"  # all months of one team
    AUDITOR = "auditor"  # one month of one auditor


@dataclass(frozen=True, slots=True)
class Place:
    """Where an audit is counted: the month of its round, its team as pinned, its auditor, programme and tool."""

    month: dt.date
    unit_path: str
    auditor_id: int
    programme_id: int
    tool_version_id: int

    def stood_in(self, path: str) -> bool:
        """Whether its team stood in or below a unit, when the case was allocated."""
        return f"/{path.strip('/').rpartition('/')[2]}/" in self.unit_path


def rows_of(place: Place) -> Iterator[tuple[Kind, str, str]]:
    """The rows that an audit of this place adds to, for each of its sections: kind, of what, which month."""
    month = place.month.isoformat()
    for unit in dict.fromkeys(place.unit_path.strip("/").split("/")):
        yield Kind.WITHIN, unit, month
    yield Kind.TEAM, place.unit_path, month
    yield Kind.TEAM_EVER, place.unit_path, ALL_MONTHS
    yield Kind.AUDITOR, str(place.auditor_id), month
