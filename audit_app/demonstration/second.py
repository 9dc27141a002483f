"""A second or third opinion of the demonstration: blind or open, as far as it has come."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from audit_app.demonstration.drift import Grades
from audit_app.demonstration.second_words import override_reason, quality_view
from audit_app.demonstration.words import evidence
from audit_app.frameworks.content import Section, Tool
from audit_app.moderation.rules import BlindGrade, Decision


@dataclass(slots=True)
class Second:
    """One tier's opinion of one audit, with where it came from and how far it is."""

    tier: str
    moderator_id: int
    route: str
    blind: bool
    given_at: dt.datetime
    due_on: dt.date
    probability: float | None = None
    draw_id: int | None = None
    exercise_id: int | None = None
    grades: dict[str, BlindGrade] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    opened: tuple[str, ...] = ()
    quality: dict[str, str] = field(default_factory=dict)
    quality_words: str = ""
    with_auditor: bool | None = None
    saved_at: dt.datetime | None = None
    committed_at: dt.datetime | None = None
    done_at: dt.datetime | None = None

    @property
    def phase(self) -> str:
        """Where it stands, in the words of the ledger."""
        if self.done_at is not None:
            return "done"
        if not self.blind:
            return "deciding"
        return "judging_blind" if self.committed_at is None else "settling"

    def settled(self, standing: Grades) -> dict[str, str | None]:
        """By section: the grade that it settled."""
        return {
            key: standing[key] if decision.decision == "agree" else decision.chosen
            for key, decision in self.decisions.items()
        }

    @property
    def touched(self) -> list[str]:
        """The sections on which there is a draft of this opinion."""
        return list(dict.fromkeys([*self.grades, *self.decisions, *self.opened]))


@dataclass(frozen=True, slots=True)
class Case:
    """What is judged: the tool, the sections that apply, and the case's category."""

    tool: Tool
    sections: Sequence[Section]
    category: str


def judge_blind(chance: random.Random, second: Second, case: Case, own: Grades, share: float = 1.0) -> None:
    """Write one's own grades with their reasons, all of them or the first part."""
    for section in case.sections[: round(share * len(case.sections))]:
        grade = own[section.key]
        if grade is None:
            second.grades[section.key] = BlindGrade(None, True, "I could find nothing in the period to judge.")
        else:
            words = evidence(chance, case.tool.key, section.key, grade, case.tool.scale, case.category)
            second.grades[section.key] = BlindGrade(grade, False, words.split(". ")[0].rstrip(".") + ".")


def decide(
    chance: random.Random,
    second: Second,
    case: Case,
    own: Grades,
    standing: Grades,
    *,
    firm: float = 0.8,
    share: float = 1.0,
) -> None:
    """Agree or override, section by section; how firm one is says how often one's own different grade is kept."""
    decided = case.sections[: round(share * len(case.sections))]
    second.opened = tuple(section.key for section in decided)
    for section in decided:
        before, mine = standing[section.key], own[section.key]
        if before == mine or mine is None or (not section.overall and chance.random() > firm):
            second.decisions[section.key] = Decision("agree", evidence_supports=True)
        else:
            second.decisions[section.key] = _override(chance, case, section, before, mine)
    if share >= 1:
        overridden = sum(one.decision == "override" for one in second.decisions.values())
        second.quality, second.quality_words = quality_view(chance, case.tool, min(3, overridden // 2))
        second.with_auditor = chance.random() < 0.3


def _override(chance: random.Random, case: Case, section: Section, before: str | None, mine: str) -> Decision:
    scale = case.tool.scale
    lower = before is None or scale.index(mine) < scale.index(before)
    code, words = override_reason(chance, case.tool, section, case.category, lower=lower)
    supports = before is not None and chance.random() < 0.25
    return Decision("override", mine, False, code, words, supports)


def agree_where_equal(second: Second, standing: Grades) -> None:
    """What the product does when blind grades are committed: where both gave the same there is nothing to settle."""
    for key, grade in second.grades.items():
        if grade.chosen == standing[key]:
            second.decisions[key] = Decision("agree")


def differing(second: Second, standing: Mapping[str, str | None]) -> list[str]:
    """The sections in which a blind grade is another than the one that stands."""
    return [key for key, grade in second.grades.items() if grade.chosen != standing[key]]
