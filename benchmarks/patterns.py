"""What audits of the generated authority look like: a hundred and twenty patterns, the same at every run (pure)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

PATTERNS = 120
SEED = 20_26
NOT_HANDED_IN, SENT_BACK, WITH_SENIOR, MODERATED, VALIDATED = (2, 1, 2, 24, 6)  # of the patterns; the rest: handed in
BLIND_SHARE, BY_HAND_SHARE, OVERRIDDEN, OTHER_BLIND = 0.4, 0.15, 0.15, 0.25


@dataclass(frozen=True, slots=True)
class Line:
    """One judgement of a pattern."""

    section: str
    overall: bool
    tier: str
    phase: str
    grade: str
    decision: str | None = None
    reason_code: str | None = None
    supports: bool | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A later tier's opinion within a pattern."""

    tier: str
    route: str
    chance: float | None
    blind: bool
    done: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """One audit's course: where it stands, what was judged by whom, how it was drawn."""

    stage: str
    on_time: bool
    practitioner: bool | None
    feedback: bool | None
    given: tuple[Given, ...]
    lines: tuple[Line, ...]

    @property
    def finished(self) -> bool:
        """Whether nobody has anything to do for it any more."""
        return self.stage in ("submitted", "moderated", "validated")

    @property
    def handed_in(self) -> bool:
        """Whether its auditor ever handed it in."""
        return self.stage != "allocated"


def patterns(sections: Sequence[tuple[str, bool]], levels: Sequence[str], reason: str) -> list[Pattern]:
    """Every pattern, of a tool's sections (key, whether it is the overall judgement) and the levels of its scale."""
    chance = Random(SEED)
    stages = ["allocated"] * NOT_HANDED_IN + ["sent_back"] * SENT_BACK + ["with_senior"] * WITH_SENIOR
    stages += ["moderated"] * MODERATED + ["validated"] * VALIDATED
    stages += ["submitted"] * (PATTERNS - len(stages))
    return [_pattern(chance, stage, sections, levels, reason) for stage in stages]


def _pattern(
    chance: Random, stage: str, sections: Sequence[tuple[str, bool]], levels: Sequence[str], reason: str
) -> Pattern:
    given = tuple(_given(chance, stage))
    first = {key: chance.randrange(len(levels)) for key, _ in sections}
    lines = [Line(key, whole, "auditor", "submitted", levels[first[key]]) for key, whole in sections]
    for one in given:
        if one.done:
            lines += _opinion(chance, one, sections, first, levels, reason)
    on_time = chance.random() < 0.85
    said = chance.choice((True, True, False, None)), chance.choice((True, False, None))
    return Pattern(stage, on_time, *said, given, tuple(lines) if stage != "allocated" else ())


def _given(chance: Random, stage: str) -> Iterator[Given]:
    if stage in ("with_senior", "moderated", "validated"):
        random = chance.random() > BY_HAND_SHARE
        blind = random and stage != "with_senior" and chance.random() < BLIND_SHARE
        yield Given("senior", "random" if random else "by_hand", 0.2 if random else None, blind, stage != "with_senior")
    if stage == "validated":
        yield Given("external", "random", 0.05, False, True)


def _opinion(
    chance: Random,
    one: Given,
    sections: Sequence[tuple[str, bool]],
    first: dict[str, int],
    levels: Sequence[str],
    reason: str,
) -> Iterator[Line]:
    if one.blind:
        for key, whole in sections:
            level = _other(chance, first[key], len(levels)) if chance.random() < OTHER_BLIND else first[key]
            yield Line(key, whole, one.tier, "blind", levels[level])
    for key, whole in sections:
        changed = chance.random() < OVERRIDDEN
        level = _other(chance, first[key], len(levels)) if changed else first[key]
        supports = chance.choice((True, True, True, False, None))
        decision, why = ("override", reason) if changed else ("agree", None)
        yield Line(key, whole, one.tier, "settled", levels[level], decision, why, supports)


def _other(chance: Random, level: int, levels: int) -> int:
    """The next level, mostly the stricter one."""
    down = level > 0 and (level == levels - 1 or chance.random() < 0.8)
    return level - 1 if down else level + 1
