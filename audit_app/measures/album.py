"""The pictures of each page of measures, made from one population; pages, files and papers share them (pure)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from audit_app.auditing.ledger import EXTERNAL, SENIOR
from audit_app.measures import shares
from audit_app.measures.definitions import PAIRING_WORDS
from audit_app.measures.from_cells import pair_of, share_of
from audit_app.measures.pairings import PAIRINGS
from audit_app.measures.pictures.coverage import Aim, coverage_picture
from audit_app.measures.pictures.grades import Row, grades_picture, grid_picture, spread_days, spread_rows
from audit_app.measures.pictures.months import Period, months_picture, trend_sentence
from audit_app.measures.pictures.optimism import Before, estimate_picture, estimate_sentence, gap_picture
from audit_app.measures.pictures.picture import Picture, within
from audit_app.measures.pictures.reasons import Reason, reasons_picture
from audit_app.measures.pictures.sections import SectionPairs, sections_picture
from audit_app.measures.pictures.teams import funnel_picture
from audit_app.measures.shares import AGREED, CHARTED
from audit_app.measures.statistics import GoodIfAllModerated, good_or_better_if_all_moderated
from audit_app.measures.sums import Sums
from audit_app.web.formats import listed

MOST_BARS = 12
SHORT, MONTHS, TEAMS, SECTIONS = "short", "months", "teams", "sections"
PAGES = (SHORT, MONTHS, TEAMS, SECTIONS)


@dataclass(frozen=True, slots=True)
class Material:
    """What pictures are made from: the sums of a population and what was asked of it."""

    sums: Sums
    every_section: bool = False
    tier: str = ""
    charted: str = AGREED
    steps: tuple[dt.date, ...] = ()
    order: tuple[int, ...] = ()  # units in the order of the structure
    single: frozenset[int] = frozenset()  # those that can be chosen with no unit below them
    sections: Mapping[str, str] | None = None  # names by key, in the order of the tools
    overall: frozenset[str] = frozenset()  # the sections that are the overall grade of a tool
    reasons: tuple[Reason, ...] = ()
    targets: tuple[Aim, ...] = ()  # the shares that its programmes mean to have moderated
    teams: Mapping[int, str] | None = None  # names by the unit's id


def pictures(page: str, made_from: Material) -> list[Picture]:
    """The pictures of one page, those that have something to show."""
    drawn = {SHORT: in_short, MONTHS: over_time, TEAMS: between_teams, SECTIONS: section_by_section}[page](made_from)
    return [one for one in drawn if one is not None]


def in_short(found: Material) -> list[Picture | None]:
    """Grades, what moderation and validation found, and how much was moderated."""
    audited, after, estimate = optimism(found.sums)
    return [
        _grades(found.sums),
        *(_grid(found, at) for at in range(len(PAIRINGS))),
        gap_picture(shares.before_and_after(found.sums, MOST_BARS)),
        estimate_picture(audited, after, estimate),
        coverage_picture(shares.by_month("coverage", found.sums), found.targets),
    ]


def over_time(found: Material) -> list[Picture | None]:
    """The chosen figure month by month, and the grades."""
    charted = CHARTED[found.charted]
    return [
        months_picture(charted.name, charted.noun, chosen_months(found), found.steps, figure=_figure(found)),
        _grades_by_month(found.sums),
        coverage_picture(shares.by_month("coverage", found.sums), found.targets),
    ]


def between_teams(found: Material) -> list[Picture | None]:
    """The chosen figure team by team."""
    charted = CHARTED[found.charted]
    names, every = found.teams or {}, found.every_section
    teams = shares.by_team(
        found.charted, found.sums, names, found.order, found.tier, every_section=every, single=found.single
    )
    return [funnel_picture(charted.name, charted.noun, teams, figure=_figure(found))]


def _figure(found: Material) -> str:
    return shares.figure_key(found.charted, found.tier)


def section_by_section(found: Material) -> list[Picture | None]:
    """Over-grading section by section, and why grades were changed."""
    words = PAIRING_WORDS[shares.PAIRED[found.tier or SENIOR]]
    bars = sections_picture(sections_of(found), words.earlier, words.later, ending=shares.ending_of(found.tier))
    return [bars, reasons_picture(found.reasons)]


def own_pictures(found: Material) -> list[Picture]:
    """An auditor's own: the grid, their grades section by section, and how far they were agreed with over time."""
    words = PAIRING_WORDS[0]
    drawn = [
        _grid(found, 0),
        sections_picture(
            sections_of(replace(found, tier=SENIOR)), words.earlier, words.later, ending=shares.ending_of(SENIOR)
        ),
        months_picture(
            "Judgements agreed by senior moderators",
            "judgement",
            shares.by_month(AGREED, found.sums, every_section=found.every_section),
            figure=shares.figure_key(AGREED, SENIOR),
        ),
    ]
    return [one for one in drawn if one is not None]


def sections_of(found: Material) -> list[SectionPairs]:
    """The pairs of every graded section, in the order of the tools."""
    return shares.by_section(found.sums, found.tier, found.sections or {}, found.overall)


def chosen_months(found: Material) -> list[Period]:
    """The chosen figure month by month."""
    return shares.by_month(found.charted, found.sums, found.tier, every_section=found.every_section)


def trend(found: Material) -> str:
    """How the chosen figure went, in a sentence; empty where there are too few months to say."""
    charted = CHARTED[found.charted]
    return trend_sentence(charted.name, charted.noun, chosen_months(found), complete=charted.complete)


def optimism(sums: Sums) -> tuple[tuple[int, int], Before, GoodIfAllModerated]:
    """Good or better as audited, before and after moderation, and as it would be had all been moderated."""
    audited = share_of("good_as_audited", sums.totals.cells)
    parts = shares.before_and_after(sums, MOST_BARS)
    whole = (sum(one.audits for one in parts), sum(one.before for one in parts), sum(one.after for one in parts))
    estimate = good_or_better_if_all_moderated(shares.strata(sums))
    return (audited.count, audited.total), Before("All", *whole), estimate


def had_all_been_moderated(sums: Sums) -> str:
    """The estimate in a sentence, or which grades need moderating before there is one."""
    audited, _, found = optimism(sums)
    scale = sums.totals.scale
    if found.grades_to_moderate and scale is not None and found.moderated:
        names = listed([scale.levels[grade].name.lower() for grade in found.grades_to_moderate], "or")
        return (
            "What moderation would have found, had every audit been moderated, can't be estimated: too few audits that "
            f"auditors graded {names} were moderated."
        )
    return estimate_sentence(audited, found) if found.moderated else ""


def _grades(sums: Sums) -> Picture | None:
    totals = sums.totals
    if totals.scale is None:
        return None
    rows = [("As audited", totals.distribution("audited")), ("As it stands", totals.distribution("stands"))]
    return grades_picture(totals.scale, rows, leads=[{"figure": "graded_audited_"}, {"figure": "graded_stands_"}])


def _grades_by_month(sums: Sums) -> Picture | None:
    scale = sums.totals.scale
    if scale is None:
        return None
    months = sums.by_month()
    rows: list[Row] = [(f"{day:%b %y}", totals.distribution("stands")) for day, totals in months.items()]
    leads = [{"figure": "graded_stands_", **within(*ends)} for ends in spread_days(list(months), MOST_BARS)]
    name = "Grades as they stand, over time"
    return grades_picture(scale, spread_rows(rows, MOST_BARS), key="grades_by_month", name=name, leads=leads)


def _grid(found: Material, at: int) -> Picture | None:
    later = PAIRINGS[at][1]
    if (found.tier and later != found.tier) or (at == 2 and found.tier != EXTERNAL):
        return None
    scale = found.sums.totals.scale
    pair = pair_of(found.sums.totals, at, every_section=found.every_section)
    if scale is None or pair.matrix is None:
        return None
    words = PAIRING_WORDS[at]
    key, name = f"grid{words.ending}", f"Grade grid: {words.earlier.lower()} and {words.later.lower()}"
    figure = f"{key}_"
    return grid_picture(scale, pair.matrix, words.earlier, words.later, key=key, name=name, figure=figure)
