"""How grades drift: practice that improves slowly, and auditors who hope for too much at first and less so later."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from audit_app.frameworks.content import Scale, Section, Tool, limiting_prompts

Grades = Mapping[str, str | None]  # by section; None is "not applicable"
SLIDES = {"supervision", "management_oversight", "voice", "impact"}  # sections that are often weaker than the whole
FROM, TO = (0.07, 0.41, 0.46, 0.06), (0.02, 0.22, 0.64, 0.12)  # the truth overall, worst to best, first month and last
NOT_APPLICABLE = 0.035


@dataclass(frozen=True, slots=True)
class Month:
    """How far an authority has come in a month (0 at the first, 1 at the last), in shares of its audits."""

    progress: float

    def _along(self, first: float, last: float) -> float:
        return first + (last - first) * self.progress

    @property
    def over_optimism(self) -> float:
        """Audits graded more kindly than what was found deserves."""
        return self._along(0.50, 0.06)

    @property
    def coverage(self) -> float:
        """Audits moderated by a random draw."""
        return self._along(0.14, 0.31)

    @property
    def on_time(self) -> float:
        """Audits handed in by their due day."""
        return self._along(0.80, 0.95)

    @property
    def involved(self) -> float:
        """Audits in which the practitioner took part."""
        return self._along(0.46, 0.86)

    @property
    def feedback(self) -> float:
        """Audits with feedback from the child or the family."""
        return self._along(0.24, 0.58)

    def truth(self) -> list[float]:
        """How often practice is truly at each quarter of the scale, worst first."""
        return [self._along(first, last) for first, last in zip(FROM, TO, strict=True)]


def _moved(scale: Scale, grade: str, steps: int) -> str:
    return scale.keys[max(0, min(len(scale.keys) - 1, scale.index(grade) + steps))]


@dataclass(frozen=True, slots=True)
class Lots:
    """The two lots (0 to 1) that decide most about an audit: how good the practice is, and how rosily it is seen."""

    truth: float
    rosy: float


def even_lots(chance: random.Random, count: int) -> list[Lots]:
    """Lots for the audits of a round, spread evenly, so that a round of fifty is like the month that it comes from."""
    truth, rosy = ([(place + chance.random()) / count for place in range(count)] for _ in range(2))
    chance.shuffle(truth)
    chance.shuffle(rosy)
    return [Lots(*pair) for pair in zip(truth, rosy, strict=True)]


def practice(
    chance: random.Random, tool: Tool, sections: Sequence[Section], month: Month, lots: Lots
) -> dict[str, str | None]:
    """What is truly there in one case, section by section, the whole with it."""
    scale = tool.scale
    place = sum(lots.truth >= below for below in list(accumulate(month.truth()))[:-1])
    whole = scale.keys[round(place * (len(scale.keys) - 1) / (len(FROM) - 1))]
    found: dict[str, str | None] = {}
    for section in sections:
        if section.overall:
            found[section.key] = whole
        elif section.may_be_not_applicable and chance.random() < NOT_APPLICABLE:
            found[section.key] = None
        else:
            lower = 0.28 if section.key in SLIDES else 0.13
            found[section.key] = _moved(scale, whole, chance.choices((-1, 0, 1), (lower, 0.7, 0.17))[0])
    return _within_limits(tool, found)


def _within_limits(tool: Tool, grades: dict[str, str | None]) -> dict[str, str | None]:
    """Grades that go against no limiting rule: what is truly there is of one piece."""
    scale = tool.scale
    for rule in tool.limiting:
        if rule in limiting_prompts(tool, grades):
            least = _moved(scale, rule.at_or_below, 1)
            for key in rule.sections:
                grade = grades.get(key)
                if grade is not None and scale.index(grade) < scale.index(least):
                    grades[key] = least
    return grades


def as_audited(
    chance: random.Random, tool: Tool, truth: Grades, month: Month, lots: Lots, leniency: float = 1.0
) -> dict[str, str | None]:
    """The auditor's grades: now and then rosier than the truth, seldom harsher."""
    rosy, harsh = lots.rosy < month.over_optimism * leniency, lots.rosy > 0.975
    found: dict[str, str | None] = {}
    for section in tool.graded_sections:
        if section.key not in truth:
            continue
        grade = truth[section.key]
        if grade is None:
            found[section.key] = None
        elif rosy and (section.overall or chance.random() < 0.4):
            found[section.key] = _moved(tool.scale, grade, 1)
        elif harsh and (section.overall or chance.random() < 0.3):
            found[section.key] = _moved(tool.scale, grade, -1)
        elif section.overall:
            found[section.key] = grade
        else:
            found[section.key] = _moved(tool.scale, grade, chance.choices((-1, 0, 1), (0.03, 0.92, 0.05))[0])
    # Most who are told that a section limits the whole think again; some say why they do not.
    return _within_limits(tool, found) if chance.random() < 0.75 else found


def as_seen_by_another(chance: random.Random, tool: Tool, truth: Grades, unsure: float) -> dict[str, str | None]:
    """A second person's own grades: close to the truth, and a step away in a share of the sections."""
    found: dict[str, str | None] = {}
    for key, grade in truth.items():
        away = unsure / 3 if tool.section(key).overall else unsure
        steps = chance.choices((-1, 0, 1), (away / 2, 1 - away, away / 2))[0]
        found[key] = None if grade is None else _moved(tool.scale, grade, steps)
    return found
