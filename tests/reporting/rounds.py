"""Rounds as values, for tests of their reports."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from audit_app.measures.counts import by_unit, count
from audit_app.measures.population import Counted, Opinion, Round
from audit_app.reporting.contents.audience import Audience
from audit_app.reporting.contents.overrides import Override
from audit_app.reporting.contents.round import Outstanding, RoundFacts, RoundMaterial, round_report
from audit_app.reporting.document import Bullets, Callout, Document, Facts, Heading, Text
from audit_app.reporting.words import shown
from tests.measures.stories import Event, Story, opinion
from tests.reporting.papers import MOMENT, ROOT

FACTS = RoundFacts(
    "Monthly case-file audit",
    dt.date(2026, 6, 1),
    "Case file audit, version 1",
    dt.date(2026, 6, 22),
    True,
    "Northmere",
    20,
)
NOTHING = Outstanding(0, 0, 0)
TEAMS = ("Assessment North", "Assessment South", "Court", "Leaving Care")


def audit(number: int, first: str | None, later: str | None = None, *, team: int = 1, route: str = "random") -> Counted:
    """An audit with an overall grade as audited, and perhaps one that a senior moderator settled."""
    events = [Event("hand in", "auditor", {"overall": first})]
    opinions: tuple[Opinion, ...] = ()
    if later is not None:
        events.append(Event("settle", "senior", {"overall": later}))
        opinions = (opinion("senior", done=True, route=route),)
    told = Story(number, tuple(events), opinions, involved=True, feedback=number % 2 == 0)
    return replace(told.counted, unit_id=team, unit_name=TEAMS[team - 1])


def override(number: int = 1, **changes: object) -> Override:
    """A changed grade."""
    made = Override(
        f"00{number:05}",
        "senior",
        "Voice",
        False,
        "Good",
        "Requires improvement to be good",
        "The descriptor was misread",
        f"Words of the moderator, number {number}.",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def material(
    audits: Sequence[Counted],
    *,
    overrides: Iterable[Override] = (),
    outstanding: Outstanding = NOTHING,
    facts: RoundFacts = FACTS,
) -> RoundMaterial:
    """What a report is made from."""
    became = Round(len(audits), len(audits))
    evidence: list[tuple[int, bool | None]] = [(one.id, True) for one in audits]
    names = {one.unit_id: one.unit_name for one in audits}
    return RoundMaterial(
        facts,
        audits,
        count(audits, became, evidence),
        count(audits, became, evidence, every_section=True),
        by_unit(audits, names, sorted(names)),
        tuple(overrides),
        outstanding,
    )


def report(found: RoundMaterial, audience: Audience = Audience.COLLEAGUES) -> Document:
    """The report for somebody."""
    return round_report(
        found, audience, council="Northmere Council", produced_at=MOMENT, receipt=f"12 entries, root {ROOT}"
    )


def words_of(document: Document) -> str:
    """Everything that a paper says, in order, its tables row by row."""
    said: list[str] = [document.title, document.subtitle, document.marking]
    for part in document.parts:
        match part:
            case Heading() | Text():
                said.append(part.text)
            case Bullets():
                said += part.items
            case Callout():
                said += [part.title, part.text]
            case Facts():
                said += [f"{term} | {value}" for term, value in part.shown_rows]
            case _:
                continue
    for table in document.tables():
        said += [table.caption, *(" | ".join(map(shown, row)) for row in table.rows), table.note]
    return "\n".join(said)
