"""What is kept of how a case list was read: what was taken, left out and doubtful."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from audit_app.cases.caselist import CaseList
from audit_app.cases.difference import Difference
from audit_app.cases.listed import kinds_of_change

MOST_WARNINGS = 200
MOST_NOTES = 50


def summary_of(read: CaseList) -> dict[str, Any]:
    """How a list was read, as JSON can hold it."""
    return {
        "recognised": [
            {
                "number": sheet.number,
                "title": sheet.title,
                "sheet": sheet.sheet,
                "heading_row": sheet.heading_row,
                "rows": sheet.rows,
                "columns": [list(pair) for pair in sheet.columns],
                "by": sheet.by,
            }
            for sheet in read.recognised
        ],
        "left_out": [asdict(column) for column in read.left_out],
        "warnings": [{**asdict(one), "rows": list(one.rows)} for one in read.warnings[:MOST_WARNINGS]],
        "more_warnings": max(0, len(read.warnings) - MOST_WARNINGS),
        "notes": list(read.notes[:MOST_NOTES]),
        "joined": read.joined,
    }


def difference_summary(found: Difference, against: Mapping[str, Any]) -> dict[str, Any]:
    """How a list differs from the one before it, in counts; `against` says which one that is."""
    return {
        **against,
        "new": len(found.new),
        "changed": len(found.changed),
        "closed": len(found.closed),
        "gone": len(found.gone),
        "unchanged": len(found.unchanged),
        "kinds": kinds_of_change(found),
    }


def team_column_of(read: CaseList, sheet: str) -> str:
    """What the column of teams is called in a sheet."""
    for found in read.recognised:
        for heading, field in found.columns:
            if found.sheet == sheet and field == "team":
                return heading
    return "Allocated Team"
