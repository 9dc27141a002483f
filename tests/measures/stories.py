"""What happens to one audit, told as events: made into the ledger that the product would keep, and read by hand."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from hypothesis import strategies as st

from audit_app.auditing.ledger import Line
from audit_app.frameworks.content import Level, Scale
from audit_app.measures.population import Counted, Opinion

LEVELS = ("inadequate", "requires_improvement", "good", "outstanding")
SCALE = Scale("four", "Four levels", tuple(Level(k, k.title(), k[0], i > 1, "") for i, k in enumerate(LEVELS)))
OVERALL = "overall"
SECTIONS = ("plans", "voice", OVERALL)
START = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
Grades = Mapping[str, str | None]


@dataclass(frozen=True)
class Event:
    """Somebody hands in, commits blind, settles, reopens or resolves; grades by section."""

    what: str
    tier: str
    grades: Grades = field(default_factory=dict)


def ledger(events: Sequence[Event]) -> tuple[Line, ...]:
    """The lines that these events leave."""
    phases = {"hand in": "submitted", "commit": "blind", "settle": "settled", "resolve": "resolved"}
    lines: list[Line] = []
    for number, event in enumerate(events):
        at = START + dt.timedelta(hours=number)
        if event.what == "reopen":
            lines = [
                replace(line, retracted_at=at)
                if line.tier == event.tier and line.phase == "settled" and line.retracted_at is None
                else line
                for line in lines
            ]
        else:
            for section, grade in event.grades.items():
                lines.append(Line(len(lines) + 1, section, event.tier, phases[event.what], grade, at))
    return tuple(lines)


@dataclass
class Told:
    """What a reader of the events would say, kept up as they go: nothing of it looks at a ledger."""

    first: dict[str, str | None] = field(default_factory=dict)
    now: dict[str, dict[str, str | None]] = field(default_factory=lambda: {"auditor": {}, "senior": {}, "external": {}})
    resolved: dict[str, dict[str, str | None]] = field(
        default_factory=lambda: {"auditor": {}, "senior": {}, "external": {}}
    )
    blind: dict[str, dict[str, str | None]] = field(default_factory=lambda: {"senior": {}, "external": {}})
    internal: dict[str, str | None] = field(default_factory=dict)

    def stands(self, tiers: Sequence[str] = ("auditor", "senior", "external")) -> dict[str, str | None]:
        """By section: the grade that stands among some tiers."""
        found: dict[str, str | None] = {}
        for tier in tiers:
            found |= self.now[tier] | self.resolved[tier]
        return found

    def pairs(self, earlier: str, later: str) -> dict[str, tuple[str | None, str | None]]:
        """By section: the two grades that are compared."""
        second = self.now[later] | self.blind[later]
        first = self.internal if earlier == "internal" else self.first
        return {section: (first[section], second[section]) for section in second if section in first}


def told(events: Sequence[Event]) -> Told:
    """Read the events in order."""
    said = Told()
    for event in events:
        tier = event.tier
        if event.what == "hand in":
            said.first = said.first or dict(event.grades)
        if event.what in ("hand in", "settle"):
            if event.what == "settle" and tier == "external" and not said.blind[tier]:
                said.internal = said.stands(("auditor", "senior"))
            said.now[tier], said.resolved[tier] = dict(event.grades), {}
        elif event.what == "commit":
            said.blind[tier] = dict(event.grades)
            if tier == "external":
                said.internal = said.stands(("auditor", "senior"))
        elif event.what == "reopen":
            said.now[tier] = {}
        else:
            said.resolved[tier] |= event.grades
    return said


@dataclass(frozen=True)
class Story:
    """One audit: what happened to it, how its later opinions were drawn, and what else was noted."""

    id: int
    events: tuple[Event, ...]
    opinions: tuple[Opinion, ...]
    overall: str | None = OVERALL
    on_time: bool = True
    involved: bool | None = None
    feedback: bool | None = None

    @property
    def told(self) -> Told:
        """What a reader of its events would say."""
        return told(self.events)

    @property
    def counted(self) -> Counted:
        """The audit as the product counts it."""
        return Counted(
            self.id,
            dt.date(2026, 6, 1),
            7,
            self.on_time,
            SCALE,
            self.overall,
            self.involved,
            self.feedback,
            self.opinions,
            ledger(self.events),
        )


def opinion(tier: str, *, done: bool, route: str = "random", chance: float | None = 0.5) -> Opinion:
    """A tier's opinion."""
    return Opinion(tier, route, chance if route == "random" else None, done)


def _grades(chance: Random) -> Grades:
    """A grade for every section, now and then "not applicable"."""
    return {section: chance.choice((*LEVELS, *LEVELS, None)) for section in SECTIONS}


def _tier(chance: Random, tier: str) -> tuple[list[Event], list[Opinion]]:
    """What one later tier does: nothing, or a part of committing, settling, being reopened and settling again."""
    if chance.random() < 0.4:
        return [], []
    route = chance.choice(("random", "random", "random", "grade", "by_hand"))
    blind = route == "random" and chance.random() < 0.5
    steps = ["commit", "settle", "reopen", "settle"] if blind else ["settle", "reopen", "settle"]
    taken = steps[: chance.choice((0, 1, 2, 2, 3, 4))]
    events = [Event(what, tier, {} if what == "reopen" else _grades(chance)) for what in taken]
    if taken and chance.random() < 0.2:
        events.append(Event("resolve", tier, {section: chance.choice(LEVELS) for section in SECTIONS[1:]}))
    done = bool(taken) and taken[-1] == "settle"
    return events, [opinion(tier, done=done, route=route, chance=chance.choice((0.1, 0.25, 0.5, 1.0)))]


def story(number: int, chance: Random) -> Story:
    """One audit's story."""
    first = _grades(chance)
    events = [Event("hand in", "auditor", first)]
    if chance.random() < 0.2:
        events.append(Event("hand in", "auditor", first))  # sent back, and handed in again with the same grades
    senior, by_senior = _tier(chance, "senior")
    external, by_external = _tier(chance, "external")
    events += [*senior, *external]
    if by_senior and by_senior[0].done and chance.random() < 0.25:
        events.append(Event("reopen", "senior"))  # after everything else: no earlier pair may change
        by_senior = [replace(by_senior[0], done=False)]
    return Story(
        number,
        tuple(events),
        (*by_senior, *by_external),
        chance.choice((OVERALL, OVERALL, OVERALL, None)),
        chance.random() < 0.8,
        chance.choice((True, False, None)),
        chance.choice((True, False, None)),
    )


# Told by a seed: drawing every grade one by one would take Hypothesis minutes.
SEEDS = st.integers(0, 2**32)


def stories() -> st.SearchStrategy[Story]:
    """One audit's story."""
    return SEEDS.map(lambda seed: story(1, Random(seed)))


def _told_by(seed: int, size: int) -> list[Story]:
    chance = Random(seed)
    return [story(number + 1, chance) for number in range(size)]


def populations(largest: int = 60) -> st.SearchStrategy[list[Story]]:
    """Many audits' stories, or few, or none."""
    return st.builds(_told_by, SEEDS, st.integers(0, largest))
