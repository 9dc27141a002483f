"""The sums of a population, from which all its figures are made: altogether, by month, team and section (pure)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from audit_app.frameworks.content import Scale
from audit_app.measures.cells import WHOLE, Cells, add, cells_of, of_section
from audit_app.measures.facts import Facts, facts_of
from audit_app.measures.from_cells import Totals
from audit_app.measures.population import Counted

ByScale = dict[Scale, Cells]


@dataclass
class Sums:
    """The cells of a population; of one section where its figures are those of a section, not of the overall grade."""

    section: str = WHOLE
    everything: ByScale = field(default_factory=dict)
    months: dict[dt.date, ByScale] = field(default_factory=dict)
    rounds: dict[tuple[dt.date, int], ByScale] = field(default_factory=dict)  # by month and programme
    teams: dict[int, ByScale] = field(default_factory=dict)  # by the unit's id, wherever it stood
    sections: dict[str, ByScale] = field(default_factory=dict)
    # By programme and month (none where months are not apart): how many audits, and how many were moderated.
    programmes: dict[int, dict[dt.date | None, tuple[int, int]]] = field(default_factory=dict)
    tools: dict[int, float] = field(default_factory=dict)  # and of each version of a tool

    @property
    def totals(self) -> Totals:
        """Everything together."""
        return Totals(self.everything)

    @property
    def audits(self) -> int:
        """How many audits are counted."""
        return Totals(self.everything).audits

    def by_month(self) -> dict[dt.date, Totals]:
        """The months in which something is counted, in order."""
        found = {month: Totals(self.months[month]) for month in sorted(self.months)}
        return {month: totals for month, totals in found.items() if totals.audits}

    def by_round(self) -> dict[tuple[dt.date, int], Totals]:
        """The rounds in which something is counted, by month and programme, in order."""
        found = {place: Totals(self.rounds[place]) for place in sorted(self.rounds)}
        return {place: totals for place, totals in found.items() if totals.audits}

    def by_team(self, order: Iterable[int]) -> dict[int, Totals]:
        """The teams of which something is counted, in the order given, the others after them."""
        place = {unit: number for number, unit in enumerate(order)}
        placed = sorted(self.teams, key=lambda unit: (place.get(unit, len(place)), unit))
        found = {unit: Totals(self.teams[unit]) for unit in placed}
        return {unit: totals for unit, totals in found.items() if totals.audits}

    def by_section(self) -> dict[str, Totals]:
        """Each graded section by itself."""
        return {section: Totals(cells) for section, cells in self.sections.items()}

    def take(
        self,
        row: str,
        scale: Scale,
        cells: Mapping[str, float],
        times: int = 1,
        *,
        month: dt.date | None = None,
        team: int | None = None,
        programme: int | None = None,
    ) -> None:
        """Add the cells of a row (of the whole audit, or of a section) altogether, to a month, a round and a team."""
        if row not in (WHOLE, self.section):
            return
        if self.section != WHOLE:
            cells = {name: value for name, value in cells.items() if of_section(name) == (row != WHOLE)}
        places = [self.everything]
        if month is not None:
            places.append(self.months.setdefault(month, {}))
        if month is not None and programme is not None:
            places.append(self.rounds.setdefault((month, programme), {}))
        if team is not None:
            places.append(self.teams.setdefault(team, {}))
        for place in places:
            add(place.setdefault(scale, {}), cells, times)

    def take_section(self, section: str, scale: Scale, cells: Mapping[str, float], times: int = 1) -> None:
        """Add the cells of one section to those of that section alone."""
        if section != WHOLE:
            add(self.sections.setdefault(section, {}).setdefault(scale, {}), cells, times)

    def take_from(
        self, programme: int, tool: int, month: dt.date | None, cells: Mapping[str, float], times: int = 1
    ) -> None:
        """Note from which programme, month and version of a tool so many audits are, and how many were moderated."""
        count, moderated = (int(cells.get(name, 0)) * times for name in ("audits", "moderated"))
        months = self.programmes.setdefault(programme, {})
        before = months.get(month, (0, 0))
        months[month] = (before[0] + count, before[1] + moderated)
        self.tools[tool] = self.tools.get(tool, 0) + count

    def take_audit(
        self, month: dt.date, team: int, scale: Scale, facts: Facts, times: int = 1, *, programme: int | None = None
    ) -> None:
        """Add everything of one audit, or take it off again (times = −1)."""
        for row, cells in cells_of(facts, scale).items():
            self.take(row, scale, cells, times, month=month, team=team, programme=programme)
            self.take_section(row, scale, cells, times)


def sums_of(audits: Iterable[Counted]) -> Sums:
    """The sums of audits that are at hand as values: of their grades and opinions, without what came of them."""
    found = Sums()
    for audit in audits:
        found.take_audit(audit.period, audit.unit_id, audit.scale, facts_of(audit))
    return found
