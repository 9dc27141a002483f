"""What figures need to know of one audit, and no more: small enough to be kept for every audit (pure)."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
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
class Around:
    """What came of an audit: actions whose day is over and those done by it, and a re-audit that was due.

    Days pass without anybody writing: `changes_on` is the day on which the rest counts otherwise by itself.
    """

    due: int = 0
    in_time: int = 0
    loop: str = ""  # empty where no re-audit was due
    changes_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """One audit as figures count it; what was handed in and not counted now (sent back) has no judgements here."""

    handed_in: bool
    counted: bool = False
    on_time: bool = False
    practitioner: bool | None = None
    feedback: bool | None = None
    evidence: tuple[tuple[str, bool | None], ...] = ()  # by moderated section: whether it supports the grade
    overall: str | None = None
    senior: Drawn | None = None
    external: Drawn | None = None
    sections: Mapping[str, Judged] = field(default_factory=dict)
    reasons: tuple[tuple[str, str], ...] = ()  # of every grade that was changed: the tier, and the reason's code
    around: Around = Around()

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
        came = self.around
        around = [came.due, came.in_time, came.loop, came.changes_on.isoformat() if came.changes_on else None]
        kept = [flags, self.evidence, self.overall, drawn, sections, self.reasons, around]
        return json.dumps(kept, separators=(",", ":"))

    @property
    def finished(self) -> "Facts":
        """These facts without the opinions that are not done."""
        senior, external = (one if one is not None and one.done else None for one in (self.senior, self.external))
        return replace(self, senior=senior, external=external)


def from_text(text: str) -> Facts:
    """The facts that were kept."""
    kept: list[Any] = json.loads(text)
    flags, evidence, overall, drawn, sections, reasons, (due, in_time, loop, changes_on) = kept
    handed_in, counted, on_time, practitioner, feedback = flags
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
        tuple((section, view) for section, view in evidence),
        overall,
        senior,
        external,
        judged_,
        tuple((tier, code) for tier, code in reasons),
        Around(due, in_time, loop, dt.date.fromisoformat(changes_on) if changes_on else None),
    )


def facts_of(
    audit: Counted,
    evidence: Iterable[tuple[str, bool | None]] = (),
    reasons: Iterable[tuple[str, str]] = (),
    around: Around | None = None,
) -> Facts:
    """A counted audit as facts, with the senior moderator's views of the evidence and the reasons for changes."""

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
        evidence=tuple(evidence),
        overall=audit.overall,
        senior=_drawn(audit, SENIOR),
        external=_drawn(audit, EXTERNAL),
        sections=sections,
        reasons=tuple(reasons),
        around=around or Around(),
    )


def _drawn(audit: Counted, tier: str) -> Drawn | None:
    given = audit.given(tier)
    if given is None:
        return None
    random = given.route == RANDOM
    # External opinions are counted as they were drawn: a validation exercise stands for itself.
    chance = (given.inclusion_probability or 1.0) if random and tier == SENIOR else 1.0
    return Drawn(random, chance, given.done)
