"""Second opinions as evidence: who gave them, how each audit came to have one, blind or open (pure)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from audit_app.reporting.contents.judged import TIERS
from audit_app.reporting.document import Column, Part, Table, Text
from audit_app.reporting.words import Cell
from audit_app.web.formats import day, london_day, percent

RANDOM = (
    "Audits that come to moderation by a random draw make the published rates of agreement; only they can be judged "
    "blind. A chance is that of being drawn."
)


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """One moderation or validation: by whom, how it came about, and where it stands."""

    reference: str
    tier: str
    who: str
    route: str
    chance: float | None
    blind: bool
    given_at: dt.datetime
    committed_at: dt.datetime | None
    done_at: dt.datetime | None
    exercise: str = ""

    @property
    def stands(self) -> str:
        """Where it stands."""
        return f"Finished {day(london_day(self.done_at))}" if self.done_at else "Not finished"

    @property
    def how(self) -> str:
        """Blind or open, and when blind grades were committed."""
        if not self.blind:
            return "Open"
        return f"Blind, committed {day(london_day(self.committed_at))}" if self.committed_at else "Blind, not committed"


@dataclass(frozen=True, slots=True)
class DrawMade:
    """A random draw of audits for moderation: of how many, by which seed."""

    tier: str
    drawn_at: dt.datetime
    who: str
    frame: int
    size: int
    seed: str
    algorithm: str


def opinions_part(found: Sequence[SecondOpinion], *, named: bool) -> tuple[Part, ...]:
    """The second opinions as a table."""
    if not found:
        return (Text("Nobody was asked for a second opinion."),)
    columns = (
        *((Column("Case"),) if named else ()),
        Column("Tier", width_share=1.2),
        Column("By whom", width_share=1.4),
        Column("How it came about", width_share=1.3),
        Column("Chance", "right", 0.8),
        Column("How it was judged", width_share=1.4),
        Column("Stands", width_share=1.3),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            *((one.reference,) if named else ()),
            TIERS[one.tier],
            one.who,
            one.route + (f"\n{one.exercise}" if one.exercise else ""),
            percent(one.chance) if one.chance is not None else "",
            one.how,
            one.stands,
        )
        for one in found
    )
    return (Table("Second opinions", columns, rows, row_headers=True, note=RANDOM),)


def draws_part(found: Sequence[DrawMade]) -> tuple[Part, ...]:
    """The random draws of audits for moderation as a table."""
    if not found:
        return ()
    columns = (
        Column("Drawn", width_share=1.3),
        Column("For"),
        Column("By"),
        Column("Could be drawn", "right"),
        Column("Drawn", "right"),
        Column("Seed", width_share=1.6),
        Column("Method"),
    )
    rows = tuple(
        (one.drawn_at, TIERS[one.tier], one.who, one.frame, one.size, one.seed, one.algorithm) for one in found
    )
    return (Table("Random draws for moderation", columns, rows),)
