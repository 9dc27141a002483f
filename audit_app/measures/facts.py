"""What figures need to know of one audit, and no more: small enough to be kept for every audit (pure)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from audit_app.auditing.ledger import EXTERNAL, SENIOR, as_audited, judged, standing
from audit_app.measures.pairings import PAIRINGS
from audit_app.measures.population import RANDOM, Counted

NOT_APPLICABLE = -1  # judged, and found not to apply
Level = int | None  # index in the scale, worst first; NOT_APPLICABLE; None where nobody judged


@dataclass(frozen=True, slots=True)
class Judged:
    """The levels of one section: as audited, as it stands, as the senior settled it, and each pairing's two."""

    audited: Level
    stands: Level
    settled: Level
    pairs: tuple[tuple[Level, Level], ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A later tier's opinion: whether it was drawn at random, with which chance, and whether it is done."""

    random: bool
    chance: float
    done: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """One audit as figures count it; what was handed in and not counted now (sent back) has no judgements here."""

    handed_in: bool
    counted: bool = False
    on_time: bool = False
    practitioner: bool | None = None
    feedback: bool | None = None
    evidence: tuple[int, int, int] = (0, 0, 0)  # sections whose evidence supports the grade, does not, not said
    overall: str | None = None
    senior: Drawn | None = None
    external: Drawn | None = None
    sections: Mapping[str, Judged] = field(default_factory=dict)

    def drawn(self, tier: str) -> Drawn | None:
        """The opinion of a later tier."""
        return self.senior if tier == SENIOR else self.external

    def as_text(self) -> str:
        """These facts as they are kept."""
        sections = {
            key: [one.audited, one.stands, one.settled, *(level for pair in one.pairs for level in pair)]
            for key, one in self.sections.items()
        }
        drawn = [[one.random, one.chance, one.done] if one else None for one in (self.senior, self.external)]
        flags = [self.handed_in, self.counted, self.on_time, self.practitioner, self.feedback]
        return json.dumps([flags, self.evidence, self.overall, drawn, sections], separators=(",", ":"))


def from_text(text: str) -> Facts:
    """The facts that were kept."""
    kept: list[Any] = json.loads(text)
    (handed_in, counted, on_time, practitioner, feedback), (yes, no, silent), overall, drawn, sections = kept
    senior, external = (Drawn(*one) if one else None for one in drawn)
    judged_ = {
        key: Judged(levels[0], levels[1], levels[2], tuple(zip(levels[3::2], levels[4::2], strict=True)))
        for key, levels in sections.items()
    }
    return Facts(
        handed_in,
        counted,
        on_time,
        practitioner,
        feedback,
        (yes, no, silent),
        overall,
        senior,
        external,
        judged_,
    )


def facts_of(audit: Counted, evidence: Iterable[bool | None]) -> Facts:
    """A counted audit as facts; evidence: the senior moderator's views, one a moderated section."""
    said = list(evidence)

    def level(grade: str | None) -> int:
        return NOT_APPLICABLE if grade is None else audit.scale.index(grade)

    alone = [as_audited(audit.lines), standing(audit.lines), judged(audit.lines, SENIOR, "settled")]
    paired = [
        {one.section: (level(one.earlier), level(one.later)) for one in audit.pairs(*names, every_section=True)}
        for names in PAIRINGS
    ]
    keys = dict.fromkeys(key for found in alone for key in found) | dict.fromkeys(k for found in paired for k in found)
    sections = {}
    for key in keys:
        audited, stands, settled = (level(lines[key].grade) if key in lines else None for lines in alone)
        sections[key] = Judged(audited, stands, settled, tuple(levels.get(key, (None, None)) for levels in paired))
    return Facts(
        handed_in=True,
        counted=True,
        on_time=audit.on_time,
        practitioner=audit.practitioner_involved,
        feedback=audit.feedback_obtained,
        evidence=(said.count(True), said.count(False), said.count(None)),
        overall=audit.overall,
        senior=_drawn(audit, SENIOR),
        external=_drawn(audit, EXTERNAL),
        sections=sections,
    )


def _drawn(audit: Counted, tier: str) -> Drawn | None:
    given = audit.given(tier)
    if given is None:
        return None
    random = given.route == RANDOM
    # External opinions are counted as they were drawn: a validation exercise stands for itself.
    chance = (given.inclusion_probability or 1.0) if random and tier == SENIOR else 1.0
    return Drawn(random, chance, given.done)
