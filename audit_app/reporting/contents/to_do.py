"""What was to be done for a child after an audit, as it stands on the day of a paper (pure)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from audit_app.reporting.document import Column, Heading, Part, Table, Text
from audit_app.web.formats import day, london_day

NONE = "Nothing was given to anybody to do."


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing that was to be done for the child: what, by when, what will show it, and where it stands."""

    what: str
    due_on: dt.date
    shows: str
    state: str


def to_do_parts(actions: Sequence[ToDo], produced_at: dt.datetime) -> tuple[Part, ...]:
    """The actions that were given, with how they stand on the day on which the paper is made."""
    columns = (Column("What", width_share=2), Column("By"), Column("What will show it", width_share=2), Column("State"))
    rows = tuple((one.what, one.due_on, one.shows, one.state) for one in actions)
    if not rows:
        return Heading(1, "Actions for the child"), Text(NONE)
    as_of = f"As they stand on {day(london_day(produced_at))}."
    return Heading(1, "Actions for the child"), Table("", columns, rows, note=as_of)
