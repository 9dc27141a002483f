"""Every figure counted once more, by hand, from audits' stories and the definitions in measures.md: slow and plain."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import sqrt

from tests.measures.stories import LEVELS, Story

Answer = tuple[int, int, float | None, frozenset[int], frozenset[int]]  # hits, of, value, audits hit, audits counted
Judged = list[tuple[Story, int, int]]  # audit, earlier level, later level


def good(grade: str | None) -> bool:
    """Good or better: the framework's scale says which levels count."""
    return grade in ("good", "outstanding")


def _share(found: list[tuple[int, bool]]) -> Answer:
    hits = [audit for audit, hit in found if hit]
    value = float(Fraction(len(hits), len(found))) if found else None
    return len(hits), len(found), value, frozenset(hits), frozenset(audit for audit, _ in found)


def good_as_audited(audits: Sequence[Story]) -> Answer:
    """Audits whose auditor's overall is good+ / audits."""
    grades = [(story.id, story.told.first.get(story.overall or "")) for story in audits]
    return _share([(audit, good(grade)) for audit, grade in grades if grade is not None])


def good_as_stands(audits: Sequence[Story]) -> Answer:
    """Audits whose standing overall is good+ / audits."""
    grades = [(story.id, story.told.stands().get(story.overall or "")) for story in audits]
    return _share([(audit, good(grade)) for audit, grade in grades if grade is not None])


def coverage(audits: Sequence[Story]) -> Answer:
    """Audits with a completed moderation / submitted audits; the senior tier's done moderations."""
    return _share([(s.id, any(o.tier == "senior" and o.done for o in s.opinions)) for s in audits])


def on_time(audits: Sequence[Story]) -> Answer:
    """Handed in by due / handed in."""
    return _share([(story.id, story.on_time) for story in audits])


def inflation_gap(audits: Sequence[Story]) -> tuple[int, float | None]:
    """As audited − after moderation, on the same moderated audits; of those, how many, and the gap."""
    before = after = number = 0
    for story in audits:
        first = story.told.first.get(story.overall or "")
        settled = story.told.now["senior"].get(story.overall or "")
        if first is not None and settled is not None:
            number += 1
            before += good(first)
            after += good(settled)
    return number, (before - after) / number if number else None


def judged(
    audits: Sequence[Story], earlier: str, later: str, *, every_section: bool, random: bool
) -> tuple[Judged, int]:
    """The pairs of the random draws (or of the other routes), and how many sections made none: not applicable."""
    found: Judged = []
    without = 0
    for story in audits:
        if not any(one.tier == later and (one.route == "random") == random for one in story.opinions):
            continue
        for section, (first, second) in sorted(story.told.pairs(earlier, later).items()):
            if not every_section and section != story.overall:
                continue
            if first is None or second is None:
                without += 1
            else:
                found.append((story, LEVELS.index(first), LEVELS.index(second)))
    return found, without


RULES: dict[str, Callable[[int, int], bool]] = {
    "exact": lambda earlier, later: earlier == later,
    "within_one": lambda earlier, later: abs(earlier - later) <= 1,
    "over": lambda earlier, later: later < earlier,
    "under": lambda earlier, later: later > earlier,
}


def pair_share(found: Judged, rule: str, *, weigh: bool) -> Answer:
    """Pairs that a rule holds for / pairs; each weighs 1 / its chance where senior draws had unequal chances."""
    holds = [(story, RULES[rule](earlier, later)) for story, earlier, later in found]
    weights = [1 / Fraction(chance_of(story)) if weigh else Fraction(1) for story, _ in holds]
    hit = sum((w for (_, held), w in zip(holds, weights, strict=True) if held), Fraction())
    value = float(hit / sum(weights)) if holds else None
    ids = frozenset(story.id for story, held in holds if held)
    return sum(held for _, held in holds), len(holds), value, ids, frozenset(story.id for story, _ in holds)


def chance_of(story: Story) -> float:
    """The chance that an audit had of being drawn for senior moderation."""
    return next(one.inclusion_probability or 1.0 for one in story.opinions if one.tier == "senior")


def bias(found: Judged) -> float | None:
    """Mean of (earlier level − later level), in grade steps."""
    return sum(earlier - later for _, earlier, later in found) / len(found) if found else None


def matrix(found: Judged) -> tuple[tuple[int, ...], ...]:
    """Rows the earlier tier, columns the later; the scale's full levels, worst first."""
    levels = range(len(LEVELS))
    return tuple(tuple(sum((e, n) == (i, j) for _, e, n in found) for j in levels) for i in levels)


def wilson(hits: int, of: float, share: float | None = None) -> tuple[float, float]:
    """Wilson's 95% limits: where a share lies that many standard errors from the one that was found."""
    p, z = hits / of if share is None else share, 1.959963984540054
    middle, reach = p + z * z / (2 * of), z * sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return (middle - reach) / (1 + z * z / of), (middle + reach) / (1 + z * z / of)
