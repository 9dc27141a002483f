"""The audits that a figure counts, as values: each with its ledger and how its opinions came about (pure)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from audit_app.auditing.ledger import Line, Pair, as_audited, judged, pairs, standing
from audit_app.frameworks.content import Scale

RANDOM = "random"


@dataclass(frozen=True, slots=True)
class Opinion:
    """A later tier's opinion of one audit: how it was drawn, and whether it is done."""

    tier: str
    route: str
    inclusion_probability: float | None
    done: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """One counted audit; overall is the section of its overall judgement, or None where its tool has none."""

    id: int
    period: dt.date
    unit_id: int
    on_time: bool
    scale: Scale
    overall: str | None
    practitioner_involved: bool | None
    feedback_obtained: bool | None
    opinions: tuple[Opinion, ...] = ()
    lines: tuple[Line, ...] = field(default=(), repr=False)
    unit_name: str = ""
    target: int | None = None  # the share, in per cent, of its programme's audits that are to be moderated

    def given(self, tier: str) -> Opinion | None:
        """A tier's opinion, done or not, if the audit was given to that tier."""
        return next((one for one in self.opinions if one.tier == tier), None)

    def opinion(self, tier: str) -> Opinion | None:
        """A tier's opinion, if it is done."""
        found = self.given(tier)
        return found if found is not None and found.done else None

    def good(self, grade: str | None) -> bool | None:
        """Whether a grade counts as good or better on this audit's scale; None where there is no grade."""
        return None if grade is None else self.scale.is_good(grade)

    def overall_as_audited(self) -> str | None:
        """The auditor's overall grade as first handed in."""
        return self._grade(as_audited(self.lines))

    def overall_as_it_stands(self) -> str | None:
        """The overall grade that stands."""
        return self._grade(standing(self.lines))

    def overall_settled(self, tier: str) -> str | None:
        """The overall grade that a tier settled."""
        return self._grade(judged(self.lines, tier, "settled"))

    def _grade(self, lines: dict[str, Line]) -> str | None:
        line = lines.get(self.overall or "")
        return line.grade if line else None

    def pairs(self, earlier: str, later: str, *, every_section: bool) -> tuple[Pair, ...]:
        """The pairs of two tiers: of the overall judgement, or of every graded section."""
        found = pairs(self.lines, earlier, later)
        return found if every_section else tuple(one for one in found if one.section == self.overall)


@dataclass(frozen=True, slots=True)
class Round:
    """What became of the audits that were allocated: how many, how many were handed in, and which those are."""

    allocated: int
    handed_in: int
    allocated_ids: tuple[int, ...] = ()
    handed_in_ids: tuple[int, ...] = ()


def one_scale(audits: Iterable[Counted]) -> Scale | None:
    """The scale that all audits share, or None where there are several (or no audits)."""
    scales = {audit.scale for audit in audits}
    return scales.pop() if len(scales) == 1 else None
