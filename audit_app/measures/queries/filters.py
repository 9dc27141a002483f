"""What chooses a population (values only)."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Filters:
    """What chooses a population, and what is counted of it.

    Months from and to, a unit's path, a programme, a round, a validation exercise, a tool whatever its version, a
    category of case; whose audits, for oneself alone; also another unit, for what two of them share. Counted is the
    overall grade, every graded section, or one section; with a tier, only its opinions are compared.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    path: str = ""
    programme: int | None = None
    round: int | None = None
    exercise: int | None = None
    every_section: bool = False
    tool: str = ""
    category: str = ""
    section: str = ""
    tier: str = ""
    auditor: int | None = None
    also: str = ""

    @property
    def bounded(self) -> bool:
        """Whether tallies don't know these apart, and they are few: an exercise's, a round's, one's own of a unit."""
        own_of_unit = self.auditor is not None and bool(self.path or self.also)
        return own_of_unit or self.round is not None or self.exercise is not None
