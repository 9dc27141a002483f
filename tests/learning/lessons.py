"""Opinions to count in tests, as values."""

from collections.abc import Sequence
from dataclasses import replace

from audit_app.frameworks.content import Criterion, Level, QualityView, Scale
from audit_app.learning.lessons import Judged, Opinion, way_of


def scale(*keys: str, good: int) -> Scale:
    """A scale of these levels, worst first, of which so many at the top count as good."""
    places = enumerate(keys, 1)
    levels = (Level(key, key.capitalize(), key[0], place > len(keys) - good, "") for place, key in places)
    return Scale("-".join(keys), "Levels", tuple(levels))


SCALE = scale("poor", "weak", "good", "best", good=2)
VIEW = QualityView(
    scale("thin", "sound", "strong", good=2),
    (Criterion("evidence", "Evidence", ""), Criterion("analysis", "Analysis", "")),
)


def judged(section: str, earlier: str | None = "good", later: str | None = "good", reason: str = "Misread") -> Judged:
    """One judgement on a section, with a reason where it was changed."""
    before, after = (SCALE.level(key) if key else None for key in (earlier, later))
    why = "" if earlier == later else reason
    way = way_of(SCALE, earlier, later)
    return Judged(section, section.capitalize(), section == "overall", before, after, way, why, supports=not why)


def opinion(audit_id: int, *those: Judged, random: bool = True, chance: float = 0.5, **more: object) -> Opinion:
    """A senior moderator's opinion of an audit."""
    made = Opinion(audit_id, "senior", random, chance, those, VIEW, (("evidence", "sound"), ("analysis", "thin")))
    return replace(made, **more)  # type: ignore[arg-type]


def many(changed: int, of: int, section: str = "plan", reason: str = "Misread", first: int = 1) -> Sequence[Opinion]:
    """So many opinions on one section each, the first of them changed."""
    return [
        opinion(first + n, judged(section, later="weak" if n < changed else "good", reason=reason)) for n in range(of)
    ]
