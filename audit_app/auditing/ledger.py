"""Reading the ledger of judgements: what stands, and what was judged by whom (pure)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

AUDITOR, SENIOR, EXTERNAL = "auditor", "senior", "external"
RANK = {AUDITOR: 0, SENIOR: 1, EXTERNAL: 2}
STANDING_PHASES = frozenset({"submitted", "settled", "resolved"})


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the ledger, as much of it as figures need; retracted when its moderation was reopened."""

    id: int
    section: str
    tier: str
    phase: str
    grade: str | None
    retracted: bool = False


def latest(lines: Iterable[Line], tier: str, phases: frozenset[str]) -> Mapping[str, Line]:
    """By section: a tier's last line among some phases that was not retracted."""
    found: dict[str, Line] = {}
    for line in sorted(lines, key=lambda one: one.id):
        if line.tier == tier and line.phase in phases and not line.retracted:
            found[line.section] = line
    return found


def standing(lines: Iterable[Line]) -> Mapping[str, Line]:
    """By section: the line that stands - the highest tier's last that can stand; a blind grade never does."""
    found: dict[str, Line] = {}
    for line in sorted(lines, key=lambda one: one.id):
        if line.phase not in STANDING_PHASES or line.retracted:
            continue
        present = found.get(line.section)
        if present is None or RANK[line.tier] >= RANK[present.tier]:
            found[line.section] = line
    return found


def standing_below(lines: Iterable[Line], tier: str) -> Mapping[str, Line]:
    """By section: what stood before a tier judged - the highest lower tier's last settled line, no resolutions."""
    lower = [one for one in lines if RANK[one.tier] < RANK[tier] and one.phase != "resolved"]
    return standing(lower)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tiers' judgements on one section of one audit; a grade of None is "not applicable"."""

    section: str
    earlier: str | None
    later: str | None


def pairs(lines: Iterable[Line], earlier: str, later: str) -> tuple[Pair, ...]:
    """Each section that two tiers judged; earlier may be "internal": what stood when the external committed.

    The later tier's blind grade is taken where there is one (it stays for good, even after a reopening),
    otherwise the grade it settled; later resolutions never change a pair.
    """
    lines = list(lines)
    first = standing_below(lines, EXTERNAL) if earlier == "internal" else latest(lines, earlier, STANDING_PHASES)
    if earlier == AUDITOR:
        first = {}
        for line in sorted(lines, key=lambda one: one.id, reverse=True):
            if line.tier == AUDITOR and line.phase == "submitted":
                first[line.section] = line  # the first hand-in is what was audited
    blind = latest(lines, later, frozenset({"blind"}))
    settled = latest(lines, later, frozenset({"settled"}))
    second = {**settled, **blind}
    return tuple(
        Pair(section, first[section].grade, line.grade) for section, line in second.items() if section in first
    )
