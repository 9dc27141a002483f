"""What would become of a file of past audits, as its page shows it (pure)."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from audit_app.cases.columns import TELLING
from audit_app.cases.teams import folded_label
from audit_app.frameworks.content import Scale
from audit_app.past.reading import PastRow, ReadPast
from audit_app.past.words import own_words

FIRST = 20  # rows with problems that the page shows; the file has them all


@dataclass(frozen=True, slots=True)
class Sorted:
    """The rows of a file: those that are new, those that are there already, and the units that their teams mean."""

    new: tuple[PastRow, ...]
    known: int
    units: Mapping[str, int]


def sorted_rows(read: ReadPast, there: Collection[tuple[str, dt.date, str]], units: Mapping[str, int]) -> Sorted:
    """Tell the rows that are new from those of the same case, month and tool that are there already."""
    seen, new = set(there), []
    for row in read.rows:
        mark = (row.reference, row.month, row.tool)
        if row.reference and mark in seen:
            continue
        seen.add(mark)
        new.append(row)
    return Sorted(tuple(new), len(read.rows) - len(new), units)


def preview(
    read: ReadPast, rows: Sorted, scale: Scale, months_there: Collection[dt.date], present: int | None
) -> dict[str, Any]:
    """It as JSON can hold it."""
    months: dict[dt.date, list[PastRow]] = {}
    for row in rows.new:
        months.setdefault(row.month, []).append(row)
    unknown = Counter(row.team for row in rows.new if row.team and row.team not in rows.units)
    return {
        "present": present,
        "rows": len(rows.new),
        "known": rows.known,
        "refused": len(read.refused),
        "without_reference": read.without_reference,
        "months": [
            {
                "month": month.isoformat(),
                "rows": len(found),
                "good": sum(scale.is_good(row.grade) for row in found),
                "stands": sum(scale.is_good(row.stands) for row in found),
                "again": month in months_there,
            }
            for month, found in sorted(months.items())
        ],
        "words": [list(pair) for pair in read.words.most_common() if folded_label(pair[0]) not in own_words(scale)],
        "unknown_words": [list(pair) for pair in read.unknown.most_common()],
        "unknown_teams": [list(pair) for pair in unknown.most_common()],
        "without_team": sum(not row.team for row in rows.new),
        "sheets": read.sheets,
        "left_out": [
            {"heading": one.heading, "sheet": one.sheet, "reason": one.reason}
            for one in read.left_out
            if one.kind in TELLING or one.kind == "date_of_birth"
        ],
        "unused": [one.heading for one in read.left_out if one.kind not in (*TELLING, "date_of_birth")],
        "problems": [[p.sheet, p.row, p.column, p.value, p.expected] for p in read.refused[:FIRST]],
    }


def problems_in(read: ReadPast) -> list[list[Any]]:
    """Every row that would be refused, as its file lists it."""
    return [["refused", p.sheet, p.row, p.column, p.value, p.expected] for p in read.refused]


def months_in(shown: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The months of a preview again, each with its first day as a date."""
    return [{**each, "month": dt.date.fromisoformat(each["month"])} for each in shown["months"]]
