"""How one audited case was chosen, as evidence: the draw it came from, its chance, what was left out (pure)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from audit_app.reporting.document import Column, Facts, Heading, Part, Table, Text
from audit_app.web.formats import day, moment

BY_HAND = "No draw is kept for this case in this round: it was given out by hand."
NOT_WHOLE = "How the other cases were chosen is shown to those who may read all audits of the programme."


@dataclass(frozen=True, slots=True)
class Chosen:
    """The draw that a case came from; sentences tell of it in full, with other cases' references."""

    sentences: tuple[str, ...]
    list_taken_on: dt.date
    listed: int
    list_fingerprint: str
    policy: str
    seed: str
    method: str
    chance: str
    drawn_at: dt.datetime
    drawn_by: str
    fingerprint: str
    left_out: tuple[tuple[str, int], ...]
    whole: bool = True  # whether the reader may read all audits of the programme


def chosen_parts(found: Chosen | None) -> Sequence[Part]:
    """The section on how the case was chosen."""
    title = Heading(1, "How the case was chosen")
    if found is None:
        return (title, Text(BY_HAND))
    facts = Facts(
        (
            ("List taken on", day(found.list_taken_on)),
            ("Cases on the list", found.listed),
            ("Fingerprint of the list", found.list_fingerprint),
            ("Policy", found.policy),
            ("Seed", found.seed),
            ("Method", found.method),
            ("Chance of this case", found.chance),
            ("Drawn", moment(found.drawn_at) + (f" by {found.drawn_by}" if found.drawn_by else "")),
            ("Fingerprint of the draw", found.fingerprint),
        )
    )
    if not found.whole:
        return (title, facts, Text(NOT_WHOLE, "note"))
    columns = (Column("Reason", width_share=3), Column("Cases", "right"))
    left_out: tuple[Part, ...] = (Text("No case was left out before the draw."),)
    if found.left_out:
        note = "A case with two reasons is counted under both."
        left_out = (Table("Left out before the draw", columns, found.left_out, row_headers=True, note=note),)
    return (title, *(Text(words) for words in found.sentences), facts, *left_out)
