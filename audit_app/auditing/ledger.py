"""Reading the ledger of judgements: what stands, and what was judged by whom (pure)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

AUDITOR, SENIOR, EXTERNAL, INTERNAL = "auditor", "senior", "external", "internal"
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
    at: dt.datetime
    retracted_at: dt.datetime | None = None

    @property
    def retracted(self) -> bool:
        """Whether it stands no more."""
        return self.retracted_at is not None


def as_audited(lines: Iterable[Line]) -> dict[str, Line]:
    """By section: the auditor's grade as first handed in."""
    own = [one for one in lines if one.tier == AUDITOR and one.phase == "submitted"]
    return {one.section: one for one in sorted(own, key=lambda one: one.id, reverse=True)}


def judged(lines: Iterable[Line], tier: str, phase: str) -> dict[str, Line]:
    """By section: a later tier's last line of one phase, unless its moderation was reopened."""
    own = [one for one in lines if one.tier == tier and one.phase == phase and one.retracted_at is None]
    return {one.section: one for one in sorted(own, key=lambda one: one.id)}


def standing(lines: Iterable[Line]) -> dict[str, Line]:
    """By section: the line that stands - the highest tier's last that can stand; a blind grade never does."""
    return _highest(one for one in lines if one.retracted_at is None)


def _highest(lines: Iterable[Line]) -> dict[str, Line]:
    able = [one for one in lines if one.phase in STANDING_PHASES]
    return {one.section: one for one in sorted(able, key=lambda one: (RANK[one.tier], one.id))}


def stood_below(lines: Iterable[Line], commit: Line) -> dict[str, Line]:
    """By section: what stood below a tier as it committed a line; later resolutions and reopenings change nothing."""
    return _highest(
        one
        for one in lines
        if RANK[one.tier] < RANK[commit.tier]
        and one.id < commit.id
        and (one.retracted_at is None or one.retracted_at > commit.at)
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tiers' judgements on one section of one audit; a grade of None is "not applicable"."""

    section: str
    earlier: str | None
    later: str | None


def pairs(lines: Iterable[Line], earlier: str, later: str) -> tuple[Pair, ...]:
    """Each section that two tiers judged; earlier "internal" is what stood when the external committed.

    The later tier's blind grade is taken where there is one (it stays for good, even after a reopening),
    otherwise the grade it settled; later resolutions never change a pair.
    """
    lines = list(lines)
    blind = {one.section: one for one in lines if one.tier == later and one.phase == "blind"}
    second = {**judged(lines, later, "settled"), **blind}
    if not second:
        return ()
    if earlier == INTERNAL:
        first = stood_below(lines, min(second.values(), key=lambda one: one.id))
    else:
        first = as_audited(lines)
    return tuple(Pair(key, first[key].grade, line.grade) for key, line in second.items() if key in first)
