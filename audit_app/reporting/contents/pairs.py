"""Pairs of judgements, one a row, for whoever counts again elsewhere: the very pairs that the figures count (pure)."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from audit_app.auditing.ledger import AUDITOR, EXTERNAL, INTERNAL, SENIOR
from audit_app.measures.pairings import PAIRINGS
from audit_app.measures.population import Counted
from audit_app.reporting.document import Column, Table
from audit_app.reporting.words import Cell
from audit_app.web.formats import plural

CAPTION = "Pairs of judgements"
# The columns with what each holds, in order.
MEANINGS = (
    ("Case reference", "The case system’s own reference. Empty where the case is not open to you."),
    ("Month", "The month of the audit’s round: its first day."),
    ("Team", "The team of the case. Figures stay with the team that held it when it was allocated."),
    ("Tool", "The audit tool and its version."),
    ("Section", "The section of the tool that both judged."),
    (
        "Pairing",
        "Whose judgements are compared: the auditor’s as first handed in, what stood internally when the external "
        "auditor committed, the senior moderator’s, the external auditor’s. Who worked blind stands with the grade "
        "that they committed blind.",
    ),
    ("Earlier grade", "The grade of the tier named first."),
    ("Later grade", "The grade of the tier named second."),
    (
        "Difference in steps",
        "Earlier less later, in steps of the scale: above 0, the earlier tier graded higher; below 0, lower; 0, the "
        "same.",
    ),
    ("Route", "How the audit came to be moderated. Only random draws make the headline rates."),
    (
        "Chance of being drawn",
        "The probability with which a random draw took the audit; empty for other routes. Where it differs, a rate "
        "counts each pair by 1 over it.",
    ),
    ("Blind", "Whether the later tier judged before seeing the earlier grade."),
)
HEADER = tuple(name for name, _ in MEANINGS)
WHO = {
    AUDITOR: "auditor",
    INTERNAL: "what stood internally",
    SENIOR: "senior moderator",
    EXTERNAL: "external auditor",
}
PAIRING = {pair: f"{WHO[pair[0]][:1].upper()}{WHO[pair[0]][1:]} – {WHO[pair[1]]}" for pair in PAIRINGS}


@dataclass(frozen=True, slots=True)
class Particulars:
    """What an audit's rows say of the audit: its reference (empty where it is not open), team, tool and sections."""

    reference: str
    team: str
    tool: str
    sections: Mapping[str, str]
    blind: frozenset[str]  # the tiers that judged it blind


def pair_rows(
    audits: Iterable[Counted],
    particulars: Mapping[int, Particulars],
    route_words: Callable[[str], str],
    *,
    every: bool,
    tier: str = "",
) -> Iterator[tuple[Cell, ...]]:
    """A row a pair, in the order of the audits; a section that one of the two marked not applicable makes no pair."""
    for audit in audits:
        about = particulars[audit.id]
        for earlier, later in PAIRINGS:
            opinion = audit.given(later)
            if opinion is None or (tier and later != tier):
                continue
            for pair in audit.pairs(earlier, later, every_section=every):
                if pair.earlier is None or pair.later is None:
                    continue
                yield (
                    about.reference,
                    audit.period,
                    about.team,
                    about.tool,
                    about.sections.get(pair.section, pair.section),
                    PAIRING[(earlier, later)],
                    audit.scale.level(pair.earlier).name,
                    audit.scale.level(pair.later).name,
                    audit.scale.index(pair.earlier) - audit.scale.index(pair.later),
                    route_words(opinion.route),
                    opinion.inclusion_probability,
                    "Yes" if later in about.blind else "No",
                )


def pairs_table(rows: tuple[tuple[Cell, ...], ...]) -> Table:
    """The rows as a sheet."""
    numbers = {"Difference in steps", "Chance of being drawn"}
    columns = tuple(Column(name, "right" if name in numbers else "left") for name in HEADER)
    return Table(CAPTION, columns, rows)


def about_pairs(
    filters: Iterable[tuple[str, str]], *, council: str, produced_at: dt.datetime, count: int, held_blind: int
) -> tuple[tuple[str, Cell], ...]:
    """What a workbook of pairs is: what was chosen, when it was made, what is left out."""
    facts: list[tuple[str, Cell]] = [
        ("What", f"{CAPTION}: {plural(count, 'pair')}"),
        ("Council", council),
        ("Marking", "OFFICIAL-SENSITIVE"),
        ("Produced", produced_at),
        *filters,
    ]
    if held_blind:
        verb = "is" if held_blind == 1 else "are"
        facts.append(("Left out", f"{plural(held_blind, 'audit')} that you judge blind just now {verb} not in it."))
    return tuple(facts)
