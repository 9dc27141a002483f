"""Spreadsheets of past audits, as councils have them."""

import csv
import datetime as dt
import io
from collections.abc import Sequence

from audit_app.cases.operations.taking import Grid
from audit_app.cases.packing import pack
from audit_app.cases.stripping import stripped
from audit_app.cases.workbook import Cell, Row, Sheet
from audit_app.frameworks.content import Level, Scale
from audit_app.past.columns import columns_kept

TODAY = dt.date(2026, 6, 14)
HEADINGS = ("Case Ref", "Team", "Month", "Theme", "Overall Grade", "Moderated Grade", "Auditor")
SCALE = Scale(
    "four",
    "Four grades",
    (
        Level("inadequate", "Inadequate", "I", False, ""),
        Level("requires_improvement", "Requires improvement to be good", "RI", False, ""),
        Level("good", "Good", "G", True, ""),
        Level("outstanding", "Outstanding", "O", True, ""),
    ),
)


def line(
    reference: Cell = "0101",
    month: Cell = "May 2026",
    grade: Cell = "Good",
    moderated: Cell = None,
    *,
    team: Cell = "Assessment North",
    theme: Cell = "Case file",
    auditor: Cell = "Priya Patel",
) -> tuple[Cell, ...]:
    """One past audit as its row has it."""
    return (reference, team, month, theme, grade, moderated, auditor)


def raw(*lines: Sequence[Cell], headings: Sequence[Cell] = HEADINGS, name: str = "Audits") -> Sheet:
    """A sheet as it is read from a file."""
    return Sheet(name, tuple(Row(number, tuple(cells)) for number, cells in enumerate((headings, *lines), start=1)))


def sheet(*lines: Sequence[Cell], headings: Sequence[Cell] = HEADINGS, name: str = "Audits") -> Sheet:
    """The same as it may be kept."""
    one = raw(*lines, headings=headings, name=name)
    return stripped([one], taken_on=TODAY, kept=columns_kept([one], ()))[0]


def grid(*sheets: Sheet, file_hash: str = "a hash", filename: str = "tracker.xlsx") -> Grid:
    """Sheets as the worker hands them on."""
    return Grid(filename, file_hash, pack(sheets))


def csv_of(*lines: Sequence[Cell], headings: Sequence[Cell] = HEADINGS) -> bytes:
    """The same as a file."""
    out = io.StringIO()
    csv.writer(out).writerows([headings, *(["" if cell is None else cell for cell in row] for row in lines)])
    return out.getvalue().encode()
