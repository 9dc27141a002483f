"""An inspection framework: its judgement areas, its scale and the judgements that limit others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from audit_app.frameworks.scale import Scale


@dataclass(frozen=True, slots=True)
class Area:
    """One judgement area of an inspection framework, in the order in which reports print it."""

    key: str
    name: str
    order: int


@dataclass(frozen=True, slots=True)
class LimitingRule:
    """Where any of these sections is so low, the overall judgement is expected to be no better than this."""

    key: str
    sections: tuple[str, ...]
    at_or_below: str
    overall_at_most: str
    prompt: str


@dataclass(frozen=True, slots=True)
class Framework:
    """One version of an inspection framework and the dates between which inspections used it."""

    key: str
    version: str
    name: str
    effective_from: date
    effective_to: date | None
    scale: Scale
    areas: tuple[Area, ...]
    overall: bool
    limiting: tuple[LimitingRule, ...]
    official_url: str
    wording: str
    overall_name: str = ""

    def area(self, key: str) -> Area:
        """The judgement area with this key."""
        for area in self.areas:
            if area.key == key:
                return area
        raise KeyError(f"the framework {self.key!r} {self.version} has no area {key!r}")

    @property
    def judgement_names(self) -> tuple[str, ...]:
        """The judgements that a report under this version prints, the overall one last where there is one."""
        return tuple(area.name for area in self.areas) + ((self.overall_name,) if self.overall else ())

    def in_force(self, day: date) -> bool:
        """Whether inspections on this day used this version."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)


def broken(rule: LimitingRule, grades: Mapping[str, str | None], scale: Scale, overall: str | None) -> bool:
    """Whether the overall judgement is better than a limiting rule expects.

    A section that is not graded (missing, none, or marked not applicable) limits nothing.
    """
    if overall not in scale.keys or scale.index(overall) <= scale.index(rule.overall_at_most):
        return False
    ceiling = scale.index(rule.at_or_below)
    given = (grades.get(section) for section in rule.sections)
    return any(grade in scale.keys and scale.index(grade) <= ceiling for grade in given)
