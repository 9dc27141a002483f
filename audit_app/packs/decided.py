"""What a board's meeting decided, as a paper of its pack, and the list of the papers in it (pure)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from audit_app.reporting.document import Column, Document, Marking, Table, Text
from audit_app.web.formats import day

MARKINGS: tuple[Marking, ...] = ("OPEN", "OFFICIAL", "OFFICIAL-SENSITIVE")


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision, and the action that it became."""

    words: str
    made_at: dt.datetime
    action: str
    lead: str
    due: str


def decisions_paper(
    board: str, held_on: dt.date, decided: Sequence[Decided], *, council: str, produced_at: dt.datetime, receipt: str
) -> Document:
    """The decisions of a meeting as a paper."""
    columns = (
        Column("Decision", width_share=3),
        Column("Kept"),
        Column("Action", width_share=0.6),
        Column("Lead person", width_share=1.4),
        Column("Complete by", width_share=1.2),
    )
    rows = tuple((one.words, one.made_at, one.action, one.lead, one.due or "Not said") for one in decided)
    return Document(
        title="Decisions",
        subtitle=f"{board}, meeting of {day(held_on)}",
        marking="OFFICIAL",
        status="FINAL",
        council=council,
        version="",
        produced_at=produced_at,
        parts=(
            Text("What the meeting decided, and the action of the plan that each decision became."),
            Table("Decisions of the meeting", columns, rows, row_headers=True),
        ),
        receipt=receipt,
    )


def papers_table(papers: Sequence[tuple[str, Document]], forms: Sequence[str]) -> Table:
    """The list of the papers in a pack."""
    columns = tuple(Column(name) for name in ("Paper", "Marking", "Standing", "Files"))
    rows = tuple(
        (paper.title, paper.marking, paper.standing, ", ".join(f"{name}.{form}" for form in forms))
        for name, paper in papers
    )
    return Table("Papers in this pack", columns, rows)


def highest(papers: Sequence[Document]) -> Marking:
    """The marking of a pack: the highest that one of its papers has."""
    return MARKINGS[max((MARKINGS.index(paper.marking) for paper in papers), default=0)]
