"""Every figure of one population, counted together: the measures page and the papers say the same (pure)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from audit_app.escalation.rules import Loop
from audit_app.measures import figures
from audit_app.measures.figures import PAIRINGS, Figure, PairFigures, Row
from audit_app.measures.population import Counted, Round
from audit_app.web.formats import month


@dataclass(frozen=True, slots=True)
class Counts:
    """Every figure of one population; the pairings stand in their order."""

    shares: tuple[Figure, ...]
    random: tuple[PairFigures, ...]
    other: tuple[PairFigures, ...]

    def figure(self, key: str) -> Figure | None:
        """One figure by its key."""
        pairs = (figure for pair in (*self.random, *self.other) for figure in pair.figures)
        return next((one for one in (*self.shares, *pairs) if one.key == key), None)


def count(
    audits: Sequence[Counted],
    became: Round,
    evidence: Iterable[tuple[int, bool | None]],
    *,
    loops: Iterable[Loop] = (),
    every_section: bool = False,
    deeds: Iterable[tuple[int, bool]] = (),
) -> Counts:
    """Count everything: audits, those allocated, moderators' views, actions that were due, and re-audits."""
    shares = (
        figures.good_as_audited(audits),
        figures.good_as_stands(audits),
        figures.inflation_gap(audits),
        figures.coverage(audits),
        figures.on_time(audits),
        figures.completed(became),
        figures.evidence_supports(evidence),
        figures.practitioner_involved(audits),
        figures.feedback_obtained(audits),
        figures.actions_on_time(deeds),
        figures.loop_closed(loops),
    )
    random = tuple(figures.pair_figures(audits, a, b, every_section=every_section) for a, b in PAIRINGS)
    other = tuple(figures.pair_figures(audits, a, b, every_section=every_section, random=False) for a, b in PAIRINGS)
    return Counts(shares, random, other)


def by_unit(
    audits: Iterable[Counted], names: Mapping[int, str], order: Sequence[int], *, every_section: bool = False
) -> list[Row]:
    """A row a unit, in the order given: never sorted by rate."""
    found: dict[int, list[Counted]] = defaultdict(list)
    for audit in audits:
        found[audit.unit_id].append(audit)
    place = {unit: number for number, unit in enumerate(order)}
    placed = sorted(found, key=lambda unit: (place.get(unit, len(place)), unit))
    return [figures.row(names[unit], found[unit], every_section=every_section, key=str(unit)) for unit in placed]


def by_month(audits: Iterable[Counted], *, every_section: bool = False) -> list[Row]:
    """A row a month, in order."""
    found = defaultdict(list)
    for audit in audits:
        found[audit.period].append(audit)
    return [
        figures.row(month(period), found[period], every_section=every_section, key=period.isoformat())
        for period in sorted(found)
    ]
