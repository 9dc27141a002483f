"""An audit's history on paper: every step in order, and who read it; never the grades that a step set (pure)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from audit_app.auditing.timeline import TOLD
from audit_app.reporting.document import Column, Heading, Part, Table
from audit_app.reporting.words import Cell
from audit_app.web.formats import moment

KEPT = "Every step is kept in a record that cannot be changed unseen. The history receipt stands for all of it."
READ = ("audit.opened", "audit.downloaded")
STEPS = (Column("When", width_share=1.3), Column("What", width_share=1.5), Column("Who"), Column("Why", width_share=2))
READINGS = (
    Column("Who", width_share=2),
    Column("Opened", "right"),
    Column("Downloaded", "right"),
    Column("Last", width_share=2),
)


@dataclass(frozen=True, slots=True)
class Happening:
    """One event: its kind, when, by whom, and the reason given."""

    kind: str
    at: dt.datetime
    who: str
    why: str


def happened(events: Sequence[Happening]) -> tuple[Part, ...]:
    """The section on what happened, oldest first; kinds that the timeline does not tell are left out."""
    told = sorted((one for one in events if one.kind in TOLD), key=lambda one: one.at)
    steps = tuple((one.at, TOLD[one.kind], one.who, one.why) for one in told if one.kind not in READ)
    parts: list[Part] = [
        Heading(1, "What happened"),
        Table("Steps, oldest first", STEPS, steps, note=KEPT),
    ]
    if readings := _readings(told):
        parts.append(readings)
    return tuple(parts)


def _readings(told: Sequence[Happening]) -> Table | None:
    """Who opened or downloaded the audit, how often, and when last; this reading is not in it yet."""
    found: dict[str, list[Happening]] = {}
    for one in told:
        if one.kind in READ:
            found.setdefault(one.who, []).append(one)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (who, *(sum(one.kind == kind for one in events) for kind in READ), moment(events[-1].at))
        for who, events in sorted(found.items())
    )
    return Table("Who read it", READINGS, rows, row_headers=True) if rows else None
