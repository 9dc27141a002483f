"""What a calibration says: how grades lie about the reference, and how far people agree (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit_app.frameworks.content import Scale
from audit_app.measures.estimate import Estimate
from audit_app.measures.many_raters import ManyRaters, many_raters, spread

FEWEST = 5  # with fewer people, who gave which grade could be guessed


@dataclass(frozen=True, slots=True)
class Lie:
    """How the grades of one section of a vignette lie; nothing but their number is known of fewer than five."""

    ratings: int
    counts: tuple[int, ...] = ()  # at each level, worst first
    lowest: str = ""
    highest: str = ""
    on_reference: int = 0
    within_one: int = 0
    distance: float = 0.0  # mean of grade less reference, in levels: above nothing where people graded higher

    @property
    def shown(self) -> bool:
        """Whether enough people graded it to show how."""
        return self.ratings >= FEWEST


def lie_of(grades: Sequence[str], reference: str, scale: Scale) -> Lie:
    """How the committed grades of one section lie about its reference grade."""
    if len(grades) < FEWEST:
        return Lie(len(grades))
    levels, middle = [scale.index(grade) for grade in grades], scale.index(reference)
    found = spread(levels, len(scale.levels))
    return Lie(
        ratings=len(levels),
        counts=found.counts,
        lowest=scale.keys[min(levels)],
        highest=scale.keys[max(levels)],
        on_reference=levels.count(middle),
        within_one=sum(abs(level - middle) <= 1 for level in levels),
        distance=sum(level - middle for level in levels) / len(levels),
    )


def compared(own: Mapping[str, str], reference: Mapping[str, str], scale: Scale) -> tuple[int, int]:
    """How many of somebody's grades have a reference, and how many are at most one level from it."""
    both = [(scale.index(own[key]), scale.index(reference[key])) for key in own if key in reference]
    return len(both), sum(abs(mine - panel) <= 1 for mine, panel in both)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far people agree on one section over several vignettes."""

    section: str
    people: int
    found: ManyRaters

    @property
    def shown(self) -> bool:
        """Whether enough people graded it."""
        return self.people >= FEWEST

    @property
    def headline(self) -> Estimate:
        """Gwet's AC2 with quadratic weights."""
        return self.found.ac2_quadratic


def agreement_on(section: str, by_vignette: Sequence[Mapping[int, str]], scale: Scale, *, seed: int) -> Agreement:
    """Agreement on one section: each vignette a subject, each person a rater, gaps where somebody graded none."""
    people = sorted({person for grades in by_vignette for person in grades})
    table = [[scale.index(grades[p]) if p in grades else None for p in people] for grades in by_vignette]
    return Agreement(section, len(people), many_raters(table, len(scale.levels), seed=seed))


def interval_words(estimate: Estimate) -> str:
    """The interval of a coefficient in words, or why there is none."""
    if estimate.value is None:
        return estimate.why
    if estimate.low is None or estimate.high is None:
        return estimate.why
    if estimate.low < -1:
        return "too few vignettes for an interval"
    return f"likely between {estimate.low:.2f} and {estimate.high:.2f}".replace("-", "−")


def distance_words(distance: float) -> str:
    """A mean distance from the reference in words."""
    if abs(distance) < 0.005:
        return "None"
    return f"{abs(distance):.2f} {'higher' if distance > 0 else 'lower'}"
