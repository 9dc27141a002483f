"""The shares that are drawn over time, between teams and side by side, each counted as its figure is (pure)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from audit_app.auditing.ledger import AUDITOR, EXTERNAL, INTERNAL, SENIOR
from audit_app.measures import figures
from audit_app.measures.figure import Figure
from audit_app.measures.pairings import ENDINGS
from audit_app.measures.pictures.months import Period
from audit_app.measures.pictures.optimism import Before
from audit_app.measures.pictures.picture import Lead
from audit_app.measures.pictures.sections import SectionPairs
from audit_app.measures.pictures.teams import Team
from audit_app.measures.population import RANDOM, Counted
from audit_app.measures.statistics import Stratum

AGREED = "agreed"
PAIRED = {SENIOR: (AUDITOR, SENIOR), EXTERNAL: (INTERNAL, EXTERNAL)}


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
_COMPLETE: Mapping[str, Callable[[Iterable[Counted]], Figure]] = {
    "good_as_stands": figures.good_as_stands,
    "good_as_audited": figures.good_as_audited,
    "coverage": figures.coverage,
    "on_time": figures.on_time,
}


def figure_key(key: str, tier: str) -> str:
    """The key of the figure of which a share is drawn; agreement is with the tier that was asked for."""
    return f"exact{ending_of(tier)}" if key == AGREED else key


def ending_of(tier: str) -> str:
    """How the keys of the figures of a tier's opinions end; those of senior moderators where none was asked for."""
    return f"_{ENDINGS[PAIRED[tier or SENIOR]]}"


def share_of(key: str, audits: Sequence[Counted], tier: str, *, every_section: bool) -> Figure:
    """One share of some audits; agreement is with the tier that was asked for, else with senior moderators."""
    if key in _COMPLETE:
        return _COMPLETE[key](audits)
    earlier, later = PAIRED[tier or SENIOR]
    return figures.pair_figures(audits, earlier, later, every_section=every_section).exact


def by_month(key: str, audits: Iterable[Counted], tier: str = "", *, every_section: bool = False) -> list[Period]:
    """A share month by month, in order; the counts are plain, as they were drawn."""
    months = defaultdict(list)
    for audit in audits:
        months[audit.period].append(audit)
    found = [(period, share_of(key, months[period], tier, every_section=every_section)) for period in sorted(months)]
    return [Period(period, figure.count, figure.total) for period, figure in found]


def by_team(
    key: str,
    audits: Iterable[Counted],
    order: Sequence[int],
    tier: str = "",
    *,
    every_section: bool = False,
    single: Collection[int] = (),
) -> list[Team]:
    """A share team by team, in the order given; single are the units that can be chosen with nothing below them."""
    teams = defaultdict(list)
    for audit in audits:
        teams[audit.unit_id].append(audit)
    place = {unit: number for number, unit in enumerate(order)}
    found = []
    for unit in sorted(teams, key=lambda unit: (place.get(unit, len(place)), unit)):
        figure = share_of(key, teams[unit], tier, every_section=every_section)
        at = {"unit": str(unit)} if unit in single else None
        found.append(Team(teams[unit][0].unit_name, figure.count, figure.total, at))
    return found


def by_section(
    audits: Iterable[Counted], tier: str, names: Mapping[str, str], overall: Collection[str] = ()
) -> list[SectionPairs]:
    """How often each section was over- and under-graded, of random draws, in the tool's order.

    An address chooses a section by its key, and the overall grade by none, where there is one overall grade alone.
    """
    earlier, later = PAIRED[tier or SENIOR]
    found: dict[str, list[int]] = {}
    for audit in audits:
        opinion = audit.given(later)
        if opinion is None or opinion.route != RANDOM:
            continue
        for pair in audit.pairs(earlier, later, every_section=True):
            if pair.earlier is not None and pair.later is not None:
                step = audit.scale.index(pair.earlier) - audit.scale.index(pair.later)
                found.setdefault(pair.section, []).append(step)
    ordered = [key for key in names if key in found] + [key for key in found if key not in names]
    return [
        SectionPairs(
            key,
            names.get(key, key),
            len(found[key]),
            sum(step > 0 for step in found[key]),
            sum(step < 0 for step in found[key]),
            _at(key, names, overall),
        )
        for key in ordered
    ]


def _at(key: str, names: Mapping[str, str], overall: Collection[str]) -> Lead | None:
    if key in overall:
        return {"section": None, "counting": None} if len(overall) == 1 else None
    return {"section": key, "counting": None} if key in names else None


def before_and_after(audits: Iterable[Counted], most: int) -> list[Before]:
    """Good or better before and after moderation by calendar quarter, or by year where there are many quarters."""
    moderated = []
    for audit in audits:
        before, after = audit.good(audit.overall_as_audited()), audit.good(audit.overall_settled(SENIOR))
        if before is not None and after is not None:
            moderated.append((audit.period, before, after))
    quarters = sorted({(day.year, (day.month + 2) // 3) for day, *_ in moderated})
    yearly = len(quarters) > most
    counts: dict[str, list[int]] = {}
    days: dict[str, list[dt.date]] = defaultdict(list)
    for day, before, after in sorted(moderated):
        name = str(day.year) if yearly else f"{QUARTERS[(day.month - 1) // 3]} {day.year}"
        row = counts.setdefault(name, [0, 0, 0])
        days[name].append(day)
        row[0] += 1
        row[1] += before
        row[2] += after
    return [
        Before(name, audits, before, after, days[name][0], days[name][-1])
        for name, (audits, before, after) in counts.items()
    ]


QUARTERS = ("Jan–Mar", "Apr–Jun", "Jul–Sep", "Oct–Dec")


def strata(audits: Iterable[Counted]) -> list[Stratum]:
    """The audits by round and auditor's grade, as the estimate of "had all been moderated" takes them."""
    counts: dict[tuple[dt.date, int, bool], list[int]] = {}
    for audit in audits:
        grade = audit.overall_as_audited()
        if grade is None:
            continue
        after = audit.good(audit.overall_settled(SENIOR))
        opinion = audit.opinion(SENIOR)
        drawn = opinion is None or opinion.route == RANDOM or after is None
        row = counts.setdefault((audit.period, audit.scale.index(grade), drawn), [0, 0, 0])
        row[0] += 1
        row[1] += after is not None
        row[2] += bool(after)
    return [
        Stratum(month, grade, whole, moderated, good, drawn)
        for (month, grade, drawn), (whole, moderated, good) in counts.items()
    ]
