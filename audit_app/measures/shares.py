"""The shares that are drawn over time, between teams and side by side, each counted as its figure is (pure)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from audit_app.auditing.ledger import AUDITOR, EXTERNAL, INTERNAL, SENIOR
from audit_app.measures.figure import Figure
from audit_app.measures.figures import Row
from audit_app.measures.from_cells import Totals, pair_of, row_of, share_of
from audit_app.measures.pairings import ENDINGS, PAIRINGS
from audit_app.measures.pictures.months import Period
from audit_app.measures.pictures.optimism import Before
from audit_app.measures.pictures.picture import Lead
from audit_app.measures.pictures.sections import SectionPairs
from audit_app.measures.pictures.teams import Team
from audit_app.measures.statistics import Stratum
from audit_app.measures.sums import Sums
from audit_app.web.formats import month

AGREED = "agreed"
PAIRED = {SENIOR: PAIRINGS.index((AUDITOR, SENIOR)), EXTERNAL: PAIRINGS.index((INTERNAL, EXTERNAL))}
QUARTERS = ("Jan–Mar", "Apr–Jun", "Jul–Sep", "Oct–Dec")


@dataclass(frozen=True, slots=True)
class Charted:
    """One such share: its name, what it counts, and whether it is a complete count."""

    name: str
    noun: str
    complete: bool = True


CHARTED: Mapping[str, Charted] = {
    AGREED: Charted("Judgements agreed", "judgement", complete=False),
    "good_as_stands": Charted("Good or better, as it stands", "audit"),
    "good_as_audited": Charted("Good or better, as audited", "audit"),
    "coverage": Charted("Moderated", "audit"),
    "on_time": Charted("Handed in on time", "audit"),
}


def figure_key(key: str, tier: str) -> str:
    """The key of the figure of which a share is drawn; agreement is with the tier that was asked for."""
    return f"exact{ending_of(tier)}" if key == AGREED else key


def ending_of(tier: str) -> str:
    """How the keys of the figures of a tier's opinions end; those of senior moderators where none was asked for."""
    return f"_{ENDINGS[PAIRINGS[PAIRED[tier or SENIOR]]]}"


def charted_of(key: str, totals: Totals, tier: str = "", *, every_section: bool = False) -> Figure:
    """One such share; agreement is with the tier that was asked for, else with senior moderators."""
    if key != AGREED:
        return share_of(key, totals.cells)
    return pair_of(totals, PAIRED[tier or SENIOR], every_section=every_section).exact


def by_month(key: str, sums: Sums, tier: str = "", *, every_section: bool = False) -> list[Period]:
    """A share month by month, in order; the counts are plain, as they were drawn."""
    months = sums.by_month().items()
    found = [(day, charted_of(key, totals, tier, every_section=every_section)) for day, totals in months]
    return [Period(day, figure.count, figure.total) for day, figure in found]


def by_team(
    key: str,
    sums: Sums,
    names: Mapping[int, str],
    order: Iterable[int],
    tier: str = "",
    *,
    every_section: bool = False,
    single: Collection[int] = (),
) -> list[Team]:
    """A share team by team, in the order given; single are the units that can be chosen with nothing below them."""
    found = []
    for unit, totals in sums.by_team(order).items():
        figure = charted_of(key, totals, tier, every_section=every_section)
        at = {"unit": str(unit)} if unit in single else None
        found.append(Team(names[unit], figure.count, figure.total, at))
    return found


def by_section(sums: Sums, tier: str, names: Mapping[str, str], overall: Collection[str] = ()) -> list[SectionPairs]:
    """How often each section was over- and under-graded, of random draws, in the tool's order.

    An address chooses a section by its key, and the overall grade by none, where there is one overall grade alone.
    """
    sections = sums.by_section()
    ordered = [key for key in names if key in sections] + sorted(key for key in sections if key not in names)
    found = []
    for key in ordered:
        pair = pair_of(sections[key], PAIRED[tier or SENIOR])
        if pair.exact.total:
            counts = pair.exact.total, pair.over.count, pair.under.count
            found.append(SectionPairs(key, names.get(key, key), *counts, _at(key, names, overall)))
    return found


def _at(key: str, names: Mapping[str, str], overall: Collection[str]) -> Lead | None:
    if key in overall:
        return {"section": None, "counting": None} if len(overall) == 1 else None
    return {"section": key, "counting": None} if key in names else None


def before_and_after(sums: Sums, most: int) -> list[Before]:
    """Good or better before and after moderation by calendar quarter, or by year where there are many quarters."""
    moderated = []
    for day, totals in sums.by_month().items():
        cells = totals.cells
        both, lost, won, neither = (int(cells.get(f"gap:{a}:{b}", 0)) for a, b in ((1, 1), (1, 0), (0, 1), (0, 0)))
        if both + lost + won + neither:
            moderated.append((day, both + lost + won + neither, both + lost, both + won))
    quarters = {(day.year, (day.month + 2) // 3) for day, *_ in moderated}
    yearly = len(quarters) > most
    found: dict[str, Before] = {}
    for day, audits, before, after in moderated:
        name = str(day.year) if yearly else f"{QUARTERS[(day.month - 1) // 3]} {day.year}"
        row = found.get(name, Before(name, 0, 0, 0, day, day))
        counts = row.audits + audits, row.before + before, row.after + after
        found[name] = Before(name, *counts, row.first, day)
    return list(found.values())


def strata(sums: Sums) -> list[Stratum]:
    """The audits by round and auditor's grade, as the estimate of "had all been moderated" takes them."""
    found = []
    for day, totals in sums.by_month().items():
        cells = totals.cells
        for name, count in cells.items():
            head, _, last = name.rpartition(":")
            if not head.startswith("if:") or last != "n":
                continue
            _, grade, drawn = head.split(":")
            moderated, good = int(cells.get(f"{head}:m", 0)), int(cells.get(f"{head}:g", 0))
            found.append(Stratum(day, int(grade), int(count), moderated, good, drawn == "d"))
    return found


def rows_by_month(sums: Sums, *, every_section: bool = False) -> list[Row]:
    """A row of a table for each month, in order."""
    months = sums.by_month().items()
    return [row_of(month(day), one, every_section=every_section, key=day.isoformat()) for day, one in months]


def rows_by_team(
    sums: Sums, names: Mapping[int, str], order: Iterable[int], *, every_section: bool = False
) -> list[Row]:
    """A row of a table for each team, in the order given: never sorted by rate."""
    teams = sums.by_team(order).items()
    return [row_of(names[unit], one, every_section=every_section, key=str(unit)) for unit, one in teams]
