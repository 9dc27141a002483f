"""One audit's sections with what each tier judged, side by side (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from audit_app.auditing.ledger import EXTERNAL, RANK, SENIOR
from audit_app.frameworks.content import Section, Tool


class Judged(Protocol):
    """One row of the ledger, whole."""

    id: int
    section: str
    tier: str
    phase: str
    grade: str | None
    decision: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One section: what the auditor handed in, what later tiers settled, and what they first judged blind.

    A tier whose judgement was challenged and resolved has two lines: what it settled, and then the resolution.
    """

    section: Section
    auditor: Judged | None
    settled: tuple[Judged, ...]
    blind: tuple[Judged, ...]

    @property
    def stands(self) -> Judged | None:
        """The judgement that stands."""
        return self.settled[-1] if self.settled else self.auditor

    @property
    def overridden(self) -> bool:
        """Whether a later tier changed the grade."""
        return any(one.decision == "override" for one in self.settled)

    @property
    def added(self) -> bool:
        """Whether a later tier added the section: nothing was asked of it before."""
        return self.auditor is None and bool(self.settled)


def judged_sections(
    tool: Tool, category: str, ledger: Iterable[Judged], retracted: frozenset[int]
) -> tuple[Section, ...]:
    """The sections asked of a case of this category, and those that were added to its audit, in the tool's order."""
    asked = {section.key for section in tool.sections_for(category)}
    judged = {one.section for one in ledger if one.phase in ("settled", "resolved") and one.id not in retracted}
    return tuple(section for section in tool.sections if section.key in asked | judged)


def comparison(sections: Iterable[Section], ledger: Iterable[Judged], retracted: frozenset[int]) -> tuple[Row, ...]:
    """The sections in order; a blind grade is shown only once its tier has settled."""
    lines = [one for one in ledger if one.id not in retracted]
    done = {one.tier for one in lines if one.phase in ("settled", "resolved")}

    def of(section: Section, tier: str, *phases: str) -> Judged | None:
        found = [one for one in lines if one.section == section.key and one.tier == tier and one.phase in phases]
        return found[-1] if found else None

    rows = []
    for section in sections:
        if not section.graded:
            continue
        phases = [(tier, phase) for tier in sorted(done, key=RANK.__getitem__) for phase in ("settled", "resolved")]
        settled = [of(section, tier, phase) for tier, phase in phases]
        blind = [of(section, tier, "blind") for tier in (SENIOR, EXTERNAL) if tier in done]
        rows.append(
            Row(
                section,
                of(section, "auditor", "submitted"),
                tuple(one for one in settled if one is not None),
                tuple(one for one in blind if one is not None),
            )
        )
    return tuple(rows)
