"""A paper that has every kind of part, for tests."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from audit_app.reporting.document import (
    Bullets,
    Callout,
    Chart,
    Column,
    Document,
    Facts,
    Grid,
    Heading,
    Numbered,
    PageBreak,
    Part,
    Table,
    Text,
)
from audit_app.web.scene import Line, Mark, Path, Rect, Scene, Words

MOMENT = dt.datetime(2026, 11, 3, 14, 1, tzinfo=dt.UTC)
ROOT = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

SCENE = Scene(
    640,
    200,
    "Grades by team",
    "One bar for a team: 3 outstanding, 9 good.",
    (
        Rect(150, 40, 100, 28, "#0b4f6c"),
        Rect(250, 40, 300, 28, "#3a8fb7", "#ffffff"),
        Words(200, 58, "3", anchor="middle", fill="#ffffff", bold=True),
        Words(142, 58, "Assessment <North>", anchor="end"),
        Words(20, 150, "audits", turned=True),
        Line(150, 100, 550, 100, dash=(4, 3)),
        Path(((150, 120), (300, 90), (550, 110)), "#d4351c"),
        Path(((150, 150), (300, 150), (300, 180)), None, fill="#eeefef", closed=True),
        Mark(200, 130, fill=None),
        Mark(240, 130, shape="square"),
        Mark(280, 130, shape="diamond", fill="#1d70b8"),
        Mark(320, 130, shape="triangle", fill=None, stroke="#1d70b8"),
    ),
)
GRID = Grid.of_counts(
    "Auditor by moderator",
    "Auditor",
    "Moderator",
    ("Outstanding", "Good", "Requires improvement to be good", "Inadequate"),
    ((3, 1, 0, 0), (2, 14, 6, 1), (0, 3, 9, 2), (0, 0, 1, 4)),
    "46 audits drawn at random.",
)
TEAMS = Table(
    "Grades by team",
    (Column("Team", width_share=2), Column("Audits", "right"), Column("Good or better (%)", "right")),
    (("Assessment", 1234, Decimal("61.50")), ("Court", 9, None), ("Care leavers", 40, 72.25)),
    row_headers=True,
    note="Rates are of audits handed in during the round.",
)
FIGURES = Table("The figures in the chart", (Column("Team"), Column("Good", "right")), (("Assessment", 9),))
PARTS: tuple[Part, ...] = (
    Text("Auditors and moderators gave the same grade in 65% of audits.", "lead"),
    Heading(1, "What we found"),
    Text("Łukasz Nguyễn wrote this.\nIt has a second line.\n\nAnd a second paragraph."),
    Bullets(("Plans name who does what by when.", "Chronologies are kept up.")),
    Heading(2, "Why it matters"),
    Numbered(("First, children wait.", "Second, drift is not seen.")),
    Facts((("Case reference", "0012345"), ("Audited", dt.date(2026, 10, 3)))),
    Callout("Immediate risk", "The head of service was told the same day."),
    GRID,
    PageBreak(),
    Heading(1, "Teams"),
    Chart(SCENE, "Grades by team", "One team: 3 outstanding and 9 good.", FIGURES),
    TEAMS,
    Text("Drawn at random.", "note"),
)
PAPER = Document(
    title="Moderation of case audits, round 3",
    subtitle="For the children’s services quality board",
    marking="OFFICIAL-SENSITIVE",
    status="DRAFT",
    council="Northmoor County Council",
    version="0.3",
    produced_at=MOMENT,
    parts=PARTS,
    receipt=f"4,812 entries, root {ROOT}",
)


def paper(*parts: Part, **changes: Any) -> Document:
    """The paper with other parts, or other words about itself."""
    return replace(PAPER, parts=parts or PARTS, **changes)


def table_of(rows: int, words: str = "Seen and recorded") -> Table:
    """A table of so many rows."""
    columns = (Column("Reference"), Column("Audits", "right"), Column("What was seen", width_share=4))
    return Table("A long table", columns, tuple((f"C{n:05}", n, words) for n in range(rows)), row_headers=True)
