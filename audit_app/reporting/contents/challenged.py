"""An auditor's challenges on paper: what was challenged and why, and what became of it (pure)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from audit_app.reporting.document import Column, Facts, Heading, Part, Table
from audit_app.reporting.words import Cell
from audit_app.web.formats import moment

COLUMNS = (Column("Judgement"), Column("Why the auditor challenges it", width_share=3))


@dataclass(frozen=True, slots=True)
class Challenged:
    """One challenge: to which tier's outcome, where it stands, and the reasons for each judgement."""

    tier: str
    raised_at: dt.datetime
    stage: str
    ended_at: dt.datetime | None
    because: str
    resolver: str
    reasons: tuple[tuple[str, str], ...]


def challenged_parts(challenges: Sequence[Challenged]) -> list[Part]:
    """The section on challenges; a resolution itself stands with the judgements."""
    parts: list[Part] = []
    for one in challenges:
        parts.append(Heading(2, f"Challenge to the {one.tier.lower()}, {moment(one.raised_at)}"))
        said: tuple[tuple[str, Cell], ...] = (
            ("Stage", one.stage),
            ("Resolver", one.resolver),
            ("Ended", moment(one.ended_at) if one.ended_at else ""),
            ("Why it ended", one.because),
        )
        parts.append(Facts(tuple((term, value) for term, value in said if value)))
        parts.append(Table("What is challenged", COLUMNS, one.reasons, row_headers=True))
    return [Heading(1, "Challenges"), *parts] if parts else []
