"""What lies on top of a pack: what it is, and a list of what is in it (pure)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from audit_app.reporting.document import Column, Marking, Table
from audit_app.reporting.words import Cell
from audit_app.web.formats import moment


@dataclass(frozen=True, slots=True)
class Listed:
    """One audit of a pack, as its list names it."""

    name: str
    reference: str
    team: str
    auditor: str
    stage: str
    handed_in_at: dt.datetime | None


def contents_table(listed: Sequence[Listed], forms: Sequence[str]) -> Table:
    """The list of a pack's audits: which file is which case, and where each stood."""
    names = ("Case reference", "Team", "Auditor", "Stage", "Handed in", "Files")
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            one.reference,
            one.team,
            one.auditor,
            one.stage,
            one.handed_in_at,
            ", ".join(f"{one.name}.{form}" for form in forms),
        )
        for one in listed
    )
    return Table("Audits in this pack", tuple(Column(name) for name in names), rows)


def about_text(
    title: str,
    holds: str,
    left_out: Sequence[str],
    produced_at: dt.datetime,
    council: str,
    receipt: str,
    *,
    marking: Marking = "OFFICIAL-SENSITIVE",
    of_audits: bool = True,
) -> str:
    """What a pack is, for whoever opens it without knowing."""
    lines = [
        marking,
        "",
        title,
        council,
        "",
        f"This pack holds {holds}. Made {moment(produced_at)}.",
        *left_out,
        "contents.csv says which file is which.",
        f"That it was made and taken away is recorded{', in the history of each audit as well' if of_audits else ''}.",
        "Delete it when you no longer need it.",
        "",
        f"History receipt: {receipt}",
        "",
    ]
    return "\r\n".join(lines)
