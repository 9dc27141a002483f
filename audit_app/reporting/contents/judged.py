"""One section's judgements on paper: each tier's grade, evidence, decision and reason, one beneath the other (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass

from audit_app.frameworks.content import Scale, Section
from audit_app.reporting.document import Column, Facts, Heading, Part, Table, Text
from audit_app.reporting.words import Cell

TIERS = {"auditor": "Auditor", "senior": "Senior moderator", "external": "External auditor"}
SUPPORTS: dict[bool | None, str] = {True: "Yes", False: "No"}


@dataclass(frozen=True, slots=True)
class Judged:
    """What one tier judged of a section; a grade of None is "not applicable". First is what they judged blind."""

    tier: str
    grade: str | None
    evidence: str = ""
    strengths: str = ""
    improvements: str = ""
    decision: str | None = None
    reason: str = ""
    words: str = ""
    supports: bool | None = None
    first: str = ""
    is_resolution: bool = False  # of a challenge to this tier's judgement

    def grade_words(self, scale: Scale) -> str:
        """The grade in words."""
        return scale.level(self.grade).name if self.grade else "Not applicable"


@dataclass(frozen=True, slots=True)
class SectionJudged:
    """A graded section with what each tier judged, the auditor first; a draft is what is not handed in yet."""

    section: Section
    judged: tuple[Judged, ...]
    draft: bool = False

    @property
    def stands(self) -> Judged | None:
        """The judgement that stands: the highest tier's."""
        return self.judged[-1] if self.judged else None

    @property
    def changed(self) -> bool:
        """Whether a later tier changed the grade."""
        return any(one.decision == "override" for one in self.judged)

    def of(self, tier: str) -> Judged | None:
        """What one tier judged."""
        return next((one for one in self.judged if one.tier == tier and not one.is_resolution), None)

    @property
    def resolved(self) -> Judged | None:
        """What a challenge was resolved to, the latest where there are several."""
        return next((one for one in reversed(self.judged) if one.is_resolution), None)


def at_a_glance(sections: Sequence[SectionJudged], scale: Scale) -> Table:
    """Every section in one row: each tier's grade, and whether it was changed."""
    tiers = [tier for tier in TIERS if tier == "auditor" or any(one.of(tier) for one in sections)]
    columns = [Column("Section", width_share=2), *(Column(TIERS[tier], width_share=1.4) for tier in tiers)]
    moderated, resolved = len(tiers) > 1, any(one.resolved for one in sections)
    if resolved:
        columns.append(Column("Resolved", width_share=1.4))
    if moderated:
        columns.append(Column("Changed", width_share=0.9))
    rows: list[tuple[Cell, ...]] = []
    for one in sections:
        cells: list[Cell] = [found.grade_words(scale) if (found := one.of(tier)) else None for tier in tiers]
        if resolved:
            cells.append(found.grade_words(scale) if (found := one.resolved) else None)
        rows.append((one.section.name, *cells, *(("Yes" if one.changed else "No",) if moderated else ())))
    note = "The last tier’s grade stands." if moderated else ""
    if resolved:
        note += " Where a challenge was resolved, the resolution stands in place of that tier’s grade."
    return Table("The grade of each section", tuple(columns), tuple(rows), row_headers=True, note=note)


def section_parts(one: SectionJudged, scale: Scale) -> tuple[Part, ...]:
    """A section in full."""
    heading = Heading(2, one.section.name)
    if not one.judged:
        return (heading, Text("Nothing is judged here yet."))
    return (heading, *(Facts(_facts(judged, scale, draft=one.draft)) for judged in one.judged))


def _facts(one: Judged, scale: Scale, *, draft: bool) -> tuple[tuple[str, Cell], ...]:
    who = f"Resolver, of the {TIERS[one.tier].lower()}’s judgement" if one.is_resolution else TIERS[one.tier]
    who += ", not handed in" if draft else ""
    grade = one.grade_words(scale)
    said: tuple[tuple[str, Cell], ...] = (
        (who, f"{_decided(one)}{grade}"),
        ("Judged first, without seeing any other grade", one.first),
        ("Why it does not apply" if one.grade is None else "Evidence", one.evidence),
        ("What is working well", one.strengths),
        ("What needs to improve", one.improvements),
        ("Reason", one.reason),
        ("In their words", one.words),
        ("Auditor’s evidence supports the grade", SUPPORTS.get(one.supports, "")),
    )
    return tuple((term, value) for term, value in said if value)


def _decided(one: Judged) -> str:
    return {"agree": "Agreed: ", "override": "Changed to: "}.get(one.decision or "", "")
