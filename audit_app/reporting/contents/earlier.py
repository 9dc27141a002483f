"""Grades month by month, with the months before this service beside those of this service, never mixed (pure)."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from audit_app.measures.figure import Figure
from audit_app.measures.figures import Row
from audit_app.measures.statistics import FEWEST_PAIRS
from audit_app.past.counted import Counted
from audit_app.reporting.document import Chart, Column, Document, Part, Table, Text
from audit_app.reporting.words import Cell
from audit_app.web.formats import month, percent, plural
from audit_app.web.scene import INK, QUIET, Line, Mark, Path, Scene, Shape, Words

GRID, OURS, THEIRS = "#b1b4b6", "#1d5f9e", "#505a5f"
IMPORTED, SERVICE = "Imported, route unknown", "This service"
COLUMNS = (
    Column("Month", width_share=1.4),
    Column("From", width_share=1.6),
    Column("Audits", "right"),
    Column("Good or better, as audited", "right", 1.3),
    Column("Good or better, as it stands", "right", 1.3),
    Column("Same grade", "right", 1.3),
)
NOTE = (
    "Shares of imported months are facts about the rows of a spreadsheet. Nothing is known of how those audits were "
    "chosen, so no interval is given, and no audit can be opened behind them. “Same grade” of an imported month counts "
    "rows with a grade after moderation; of this service it counts audits drawn at random. The two are not compared."
)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    total: int

    @property
    def words(self) -> str:
        """The share with what it was counted from; under ten it says so by its numbers alone."""
        if not self.total:
            return "none"
        counts = f"{self.count} of {self.total}"
        return counts if self.total < FEWEST_PAIRS else f"{percent(self.count / self.total, 0)} ({counts})"


@dataclass(frozen=True, slots=True)
class Month:
    """One month's shares, imported or of this service."""

    first_day: dt.date
    imported: bool
    audits: int
    audited: Share
    stands: Share
    same: Share


def imported_months(rows: Iterable[Counted]) -> list[Month]:
    """The months of past audits, in order."""
    found = []
    for first_day, group in groupby(sorted(rows, key=lambda one: one.month), key=lambda one: one.month):
        audits = list(group)
        moderated = [one for one in audits if one.moderated]
        found.append(
            Month(
                first_day,
                True,
                len(audits),
                Share(sum(one.scale.is_good(one.grade) for one in audits), len(audits)),
                Share(sum(one.scale.is_good(one.stands) for one in audits), len(audits)),
                Share(sum(one.grade == one.moderated for one in moderated), len(moderated)),
            )
        )
    return found


def own_months(rows: Iterable[Row]) -> list[Month]:
    """The months of this service, in order."""
    return [
        Month(
            dt.date.fromisoformat(row.key),
            False,
            row.audits,
            _share(row.as_audited),
            _share(row.as_stands),
            _share(row.agreed),
        )
        for row in rows
    ]


def _share(figure: Figure) -> Share:
    return Share(figure.count, figure.total)


def earlier_paper(
    imported: Sequence[Month], own: Sequence[Month], *, held_blind: int, council: str, produced_at: dt.datetime
) -> Document:
    """The months before this service and those of it, in a picture and a table."""
    parts: list[Part] = [Text(_where_from(imported, own), "lead")]
    if held_blind:
        parts.append(Text(f"{plural(held_blind, 'audit')} that you judge blind just now: in no figure here.", "note"))
    months = sorted((*imported, *own), key=lambda one: (one.first_day, not one.imported))
    if len(months) > 1:
        scene = _scene(months)
        table = Table("Good or better, as it stands", COLUMNS[:3] + COLUMNS[4:5], tuple(_short(one) for one in months))
        parts.append(Chart(scene, "Good or better, as it stands, month by month", scene.description, table))
    rows = tuple(_row(one) for one in months)
    parts.append(Table("Month by month", COLUMNS, rows, row_headers=True, note=NOTE))
    return Document(
        title="Grades since before this service",
        subtitle="Overall grades, month by month",
        marking="OFFICIAL",
        status="FINAL",
        council=council,
        version="",
        produced_at=produced_at,
        parts=tuple(parts),
    )


def _where_from(imported: Sequence[Month], own: Sequence[Month]) -> str:
    """Which months come from where, in words."""
    before = (
        f"{month(imported[0].first_day)} to {month(imported[-1].first_day)}: imported from the council’s earlier "
        f"spreadsheets, {plural(sum(one.audits for one in imported), 'audit')}."
        if imported
        else "No months before this service were imported."
    )
    if not own:
        return f"{before} No audit of this service is handed in yet."
    since = plural(sum(one.audits for one in own), "audit")
    return f"{before} From {month(own[0].first_day)} on: {since} of this service."


def _row(one: Month) -> tuple[Cell, ...]:
    source = IMPORTED if one.imported else SERVICE
    return (month(one.first_day), source, one.audits, one.audited.words, one.stands.words, one.same.words)


def _short(one: Month) -> tuple[Cell, ...]:
    return month(one.first_day), IMPORTED if one.imported else SERVICE, one.audits, one.stands.words


def _scene(months: Sequence[Month]) -> Scene:
    """Squares for imported months, circles for those of this service; the two are never joined by a line."""
    days = sorted({one.first_day for one in months})
    left, right, top, bottom = 44.0, 708.0, 16.0, 236.0
    slot = (right - left) / len(days)
    place = {day: left + slot * (at + 0.5) for at, day in enumerate(days)}
    shapes: list[Shape] = []
    for rung in range(5):
        y = bottom - (bottom - top) * rung / 4
        shapes += [Line(left, y, right, y, GRID), Words(left - 7, y + 4, f"{rung * 25}%", 12, "end", QUIET)]
    for imported in (True, False):
        drawn = [one for one in months if one.imported is imported and one.stands.total]
        points = tuple(
            (place[one.first_day], bottom - (bottom - top) * one.stands.count / one.stands.total) for one in drawn
        )
        if len(points) > 1:
            shapes.append(Path(points, THEIRS if imported else OURS, 1.5, (5.0, 4.0) if imported else ()))
        shapes += [_mark(x, y, one) for (x, y), one in zip(points, drawn, strict=True)]
    ours = [one.first_day for one in months if not one.imported]
    if ours and any(one.imported for one in months):
        x = place[min(ours)] - slot / 2
        shapes.append(Line(x, top - 8, x, bottom, INK, 1, (2.0, 3.0)))
        shapes.append(Words(x + 5, top - 3, SERVICE, 11, fill=QUIET))
    every = max(1, -(-len(days) * 50 // int(right - left)))
    shapes += [Words(place[day], bottom + 19, f"{day:%b %y}", 12, "middle", QUIET) for day in days[::every]]
    said = _where_from([one for one in months if one.imported], [one for one in months if not one.imported])
    title = "Good or better, as it stands, month by month"
    return Scene(720, bottom + 58, title, f"{said} Squares are imported.", (*shapes, *_key(left, bottom + 44)))


def _key(left: float, y: float) -> list[Shape]:
    """What the marks mean."""
    few = f"{SERVICE}, fewer than {FEWEST_PAIRS}"
    return [
        Mark(left, y, 4.5, None, THEIRS, shape="square"),
        Words(left + 12, y + 4, IMPORTED, 12),
        Mark(left + 190, y, 4.5, OURS),
        Words(left + 202, y + 4, SERVICE, 12),
        Mark(left + 310, y, 4.5, None, OURS),
        Words(left + 322, y + 4, few, 12),
    ]


def _mark(x: float, y: float, one: Month) -> Mark:
    if one.imported:
        return Mark(x, y, 4.5, None, THEIRS, shape="square")
    few = one.stands.total < FEWEST_PAIRS
    return Mark(x, y, 4.5, None if few else OURS, OURS if few else None)
