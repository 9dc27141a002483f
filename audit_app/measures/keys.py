"""Where an audit is counted: the rows of tallies that it adds to (pure)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

ALL_MONTHS = ""
ALL_CATEGORIES = ""


class Kind(StrEnum):
    """What a row of tallies is of."""

    WITHIN = "within"  # one month of everything below a unit, itself included
    WITHIN_EVER = "within_ever"  # all months of it
    TEAM = "team"  # one month of one team, as it was pinned
    TEAM_EVER = "team_ever"  # all months of one team
    AUDITOR = "auditor"  # one month of one auditor, without opinions that are not finished


EVER = {Kind.WITHIN: Kind.WITHIN_EVER, Kind.TEAM: Kind.TEAM_EVER}  # which rows are of all months of which


@dataclass(frozen=True, slots=True)
class Place:
    """Where an audit is counted: its round's month, its team as pinned, its auditor, category, programme and tool."""

    month: dt.date
    unit_path: str
    auditor_id: int
    category: str
    programme_id: int
    tool_version_id: int

    def stood_in(self, path: str) -> bool:
        """Whether its team stood in or below a unit, when the case was allocated."""
        return f"/{last_of(path)}/" in self.unit_path

    @property
    def team(self) -> int:
        """The id of its team."""
        return int(last_of(self.unit_path))


def last_of(path: str) -> str:
    """The id of the unit to which a path leads."""
    return path.strip("/").rpartition("/")[2]


def rows_of(place: Place) -> Iterator[tuple[Kind, str, str, str]]:
    """The rows that an audit of this place adds to, for each of its sections: kind, of what, month, category."""
    month = place.month.isoformat()
    for category in (ALL_CATEGORIES, place.category):
        for unit in dict.fromkeys(place.unit_path.strip("/").split("/")):
            yield Kind.WITHIN, unit, month, category
            yield Kind.WITHIN_EVER, unit, ALL_MONTHS, category
        yield Kind.TEAM, place.unit_path, month, category
        yield Kind.TEAM_EVER, place.unit_path, ALL_MONTHS, category
        yield Kind.AUDITOR, str(place.auditor_id), month, category
