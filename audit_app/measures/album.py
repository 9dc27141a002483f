"""The pictures of each page of measures, made from one population; pages, files and papers share them (pure)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit_app.auditing.ledger import EXTERNAL, SENIOR
from audit_app.measures import figures, shares
from audit_app.measures.definitions import PAIRING_WORDS
from audit_app.measures.figures import PAIRINGS
from audit_app.measures.pictures.coverage import coverage_picture
from audit_app.measures.pictures.grades import Row, grades_picture, grid_picture, spread_days, spread_rows
from audit_app.measures.pictures.months import Period, months_picture, trend_sentence
from audit_app.measures.pictures.optimism import Before, estimate_picture, estimate_sentence, gap_picture
from audit_app.measures.pictures.picture import Picture, within
from audit_app.measures.pictures.reasons import Reason, reasons_picture
from audit_app.measures.pictures.sections import SectionPairs, sections_picture
from audit_app.measures.pictures.teams import funnel_picture
from audit_app.measures.population import Counted, one_scale
from audit_app.measures.shares import AGREED, CHARTED
from audit_app.measures.statistics import GoodIfAllModerated, good_or_better_if_all_moderated

MOST_BARS = 12
SHORT, MONTHS, TEAMS, SECTIONS = "short", "months", "teams", "sections"
PAGES = (SHORT, MONTHS, TEAMS, SECTIONS)


@dataclass(frozen=True, slots=True)
class Material:
    """What pictures are made from: a population and what was asked of it."""

    audits: Sequence[Counted]
    every_section: bool = False
    tier: str = ""
    charted: str = AGREED
    steps: tuple[dt.date, ...] = ()
    order: tuple[int, ...] = ()  # units in the order of the structure
    single: frozenset[int] = frozenset()  # those that can be chosen with no unit below them
    sections: Mapping[str, str] | None = None  # names by key, in the order of the tools
    overall: frozenset[str] = frozenset()  # the sections that are the overall grade of a tool
    reasons: tuple[Reason, ...] = ()


def pictures(page: str, made_from: Material) -> list[Picture]:
    """The pictures of one page, those that have something to show."""
    drawn = {SHORT: in_short, MONTHS: over_time, TEAMS: between_teams, SECTIONS: section_by_section}[page](made_from)
    return [one for one in drawn if one is not None]


def in_short(found: Material) -> list[Picture | None]:
    """Grades, what moderation and validation found, and how much was moderated."""
    audited, after, estimate = optimism(found.audits)
    return [
        _grades(found.audits),
        *(_grid(found, at) for at in range(len(PAIRINGS))),
        gap_picture(shares.before_and_after(found.audits, MOST_BARS)),
        estimate_picture(audited, after, estimate),
        coverage_picture(shares.by_month("coverage", found.audits), targets(found.audits)),
    ]


def over_time(found: Material) -> list[Picture | None]:
    """The chosen figure month by month, and the grades."""
    charted = CHARTED[found.charted]
    return [
        months_picture(charted.name, charted.noun, chosen_months(found), found.steps, figure=_figure(found)),
        _grades_by_month(found.audits),
        coverage_picture(shares.by_month("coverage", found.audits), targets(found.audits)),
    ]


def between_teams(found: Material) -> list[Picture | None]:
    """The chosen figure team by team."""
    charted = CHARTED[found.charted]
    every = found.every_section
    teams = shares.by_team(
        found.charted, found.audits, found.order, found.tier, every_section=every, single=found.single
    )
    return [funnel_picture(charted.name, charted.noun, teams, figure=_figure(found))]


def _figure(found: Material) -> str:
    return shares.figure_key(found.charted, found.tier)


def section_by_section(found: Material) -> list[Picture | None]:
    """Over-grading section by section, and why grades were changed."""
    words = PAIRING_WORDS[PAIRINGS.index(shares.PAIRED[found.tier or SENIOR])]
    bars = sections_picture(sections_of(found), words.earlier, words.later, ending=shares.ending_of(found.tier))
    return [bars, reasons_picture(found.reasons)]


def own_pictures(found: Material, every: Sequence[Counted]) -> list[Picture]:
    """An auditor's own: the grid, their grades section by section, and how far they were agreed with over time."""
    names = found.sections or {}
    words = PAIRING_WORDS[0]
    drawn = [
        _grid(found, 0),
        sections_picture(
            shares.by_section(every, SENIOR, names, found.overall),
            words.earlier,
            words.later,
            ending=shares.ending_of(SENIOR),
        ),
        months_picture(
            "Judgements agreed by senior moderators",
            "judgement",
            shares.by_month(AGREED, found.audits, every_section=found.every_section),
            figure=shares.figure_key(AGREED, SENIOR),
        ),
    ]
    return [one for one in drawn if one is not None]


def sections_of(found: Material) -> list[SectionPairs]:
    """The pairs of every graded section, in the order of the tools."""
    return shares.by_section(found.audits, found.tier, found.sections or {}, found.overall)


def chosen_months(found: Material) -> list[Period]:
    """The chosen figure month by month."""
    return shares.by_month(found.charted, found.audits, found.tier, every_section=found.every_section)


def trend(found: Material) -> str:
    """How the chosen figure went, in a sentence; empty where there are too few months to say."""
    charted = CHARTED[found.charted]
    return trend_sentence(charted.name, charted.noun, chosen_months(found), complete=charted.complete)


def targets(audits: Sequence[Counted]) -> list[int]:
    """The shares that the programmes of some audits mean to have moderated, each once."""
    return sorted({audit.target for audit in audits if audit.target is not None})


def optimism(audits: Sequence[Counted]) -> tuple[tuple[int, int], Before, GoodIfAllModerated]:
    """Good or better as audited, before and after moderation, and as it would be had all been moderated."""
    audited = figures.good_as_audited(audits)
    parts = shares.before_and_after(audits, MOST_BARS)
    sums = (sum(one.audits for one in parts), sum(one.before for one in parts), sum(one.after for one in parts))
    estimate = good_or_better_if_all_moderated(shares.strata(audits))
    return (audited.count, audited.total), Before("All", *sums), estimate


def had_all_been_moderated(audits: Sequence[Counted]) -> str:
    """The estimate in a sentence, or which grades need moderating before there is one."""
    audited, _, found = optimism(audits)
    scale = one_scale(audits)
    if found.grades_to_moderate and scale is not None and found.moderated:
        names = " and ".join(scale.levels[grade].name for grade in found.grades_to_moderate)
        return (
            "What moderation would have found, had every audit been moderated, can't be estimated: too few audits that "
            f"auditors graded {names.lower()} were moderated."
        )
    return estimate_sentence(audited, found) if found.moderated else ""


def _grades(audits: Sequence[Counted]) -> Picture | None:
    scale = one_scale(audits)
    if scale is None:
        return None
    rows = [
        ("As audited", figures.distribution(audits, Counted.overall_as_audited)),
        ("As it stands", figures.distribution(audits, Counted.overall_as_it_stands)),
    ]
    return grades_picture(scale, rows, leads=[{"figure": "graded_audited_"}, {"figure": "graded_stands_"}])


def _grades_by_month(audits: Sequence[Counted]) -> Picture | None:
    scale = one_scale(audits)
    if scale is None:
        return None
    months: dict[dt.date, list[Counted]] = {}
    for audit in audits:
        months.setdefault(audit.period, []).append(audit)
    days = sorted(months)
    rows: list[Row] = [
        (f"{period:%b %y}", figures.distribution(months[period], Counted.overall_as_it_stands)) for period in days
    ]
    leads = [{"figure": "graded_stands_", **within(*ends)} for ends in spread_days(days, MOST_BARS)]
    title = "Overall grades as they stand, over time"
    return grades_picture(scale, spread_rows(rows, MOST_BARS), key="grades_by_month", title=title, leads=leads)


def _grid(found: Material, at: int) -> Picture | None:
    earlier, later = PAIRINGS[at]
    if (found.tier and later != found.tier) or (at == 2 and found.tier != EXTERNAL):
        return None
    scale = one_scale(found.audits)
    pair = figures.pair_figures(found.audits, earlier, later, every_section=found.every_section)
    if scale is None or pair.matrix is None:
        return None
    words = PAIRING_WORDS[at]
    key, title = f"grid{words.ending}", f"Grade grid: {words.earlier.lower()} and {words.later.lower()}"
    figure = f"{key}_"
    return grid_picture(scale, pair.matrix, words.earlier, words.later, key=key, title=title, figure=figure)
