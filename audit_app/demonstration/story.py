"""One audit of the demonstration, from the day it was given out: what was seen, written and decided, and when."""

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from audit_app.auditing.drafts import Draft, limits_met
from audit_app.auditing.ledger import EXTERNAL, RANK, SENIOR
from audit_app.auditing.workflow import TABLE, Stage, Step
from audit_app.demonstration.drift import Grades, Lots, Month, as_audited, practice
from audit_app.demonstration.second import Second
from audit_app.demonstration.words import graded_draft, limit_words, other_draft
from audit_app.frameworks.content import Section, Tool


@dataclass(slots=True)
class Story:
    """An audit as it went; grades are the auditor's own, truth is what a careful reader would find."""

    audit_id: int
    tool: Tool
    category: str
    unit_id: int
    auditor_id: int
    month: Month
    due_on: dt.date
    allocated_at: dt.datetime
    truth: Grades = field(default_factory=dict)
    grades: Grades = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    saved_at: dt.datetime | None = None
    handed_in_at: dt.datetime | None = None
    sent_back_because: str | None = None
    withdrawn: bool = False
    seconds: dict[str, Second] = field(default_factory=dict)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections of its tool that its case has."""
        return self.tool.sections_for(self.category)

    @property
    def graded(self) -> tuple[Section, ...]:
        """Those of them that carry a grade."""
        return tuple(section for section in self.sections if section.graded)

    @property
    def overall(self) -> str | None:
        """The auditor's overall grade."""
        return next((self.grades.get(section.key) for section in self.graded if section.overall), None)

    def standing(self, below: str) -> dict[str, str | None]:
        """By section: what stands below a tier."""
        found = dict(self.grades)
        for tier in (SENIOR, EXTERNAL):
            second = self.seconds.get(tier)
            if second is not None and second.done_at is not None and RANK[tier] < RANK[below]:
                found |= second.settled(found)
        return found

    def standing_overall(self, below: str) -> str | None:
        """The overall grade that stands below a tier."""
        key = next(section.key for section in self.graded if section.overall)
        return self.standing(below)[key]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that led to where it stands."""
        taken: list[Step] = [Step.START] if self.drafts else []
        if self.withdrawn:
            return (*taken, Step.WITHDRAW)
        if self.handed_in_at is None:
            return tuple(taken)
        taken.append(Step.SUBMIT)
        for tier, give, done in (
            (SENIOR, Step.GIVE_TO_SENIOR, Step.MODERATE),
            (EXTERNAL, Step.GIVE_TO_EXTERNAL, Step.VALIDATE),
        ):
            second = self.seconds.get(tier)
            if second is not None:
                taken += [give, *([done] if second.done_at is not None else [])]
        if self.sent_back_because is not None:
            taken.append(Step.SEND_BACK)
        return tuple(taken)

    @property
    def stage(self) -> Stage:
        """Where it stands, as the workflow has it."""
        stage = Stage.ALLOCATED
        for step in self.steps:
            stage = TABLE[(stage, step)]
        return stage

    def told(self, kind: str, name: str) -> bool | None:
        """What it says of the practitioner's part or of feedback, once it was handed in."""
        if self.handed_in_at is None:
            return None
        said = [
            self.drafts[s.key].particulars.get(name) for s in self.sections if s.kind == kind and s.key in self.drafts
        ]
        return said[0] == "yes" if said else None


def write(chance: random.Random, story: Story, lots: Lots, *, leniency: float) -> None:
    """Write an audit whole, as its auditor would."""
    tool, scale = story.tool, story.tool.scale
    told = {
        "reflection": chance.random() < story.month.involved,
        "feedback": chance.random() < story.month.feedback,
    }
    story.truth = practice(chance, tool, story.graded, story.month, lots)
    story.grades = as_audited(chance, tool, story.truth, story.month, lots, leniency)
    for section in story.sections:
        if section.graded:
            grade = story.grades[section.key]
            draft = graded_draft(chance, tool.key, section, grade, scale, story.category)
        else:
            draft = other_draft(chance, section, story.category, told)
        story.drafts[section.key] = draft
    _explain_limits(chance, story)


def _explain_limits(chance: random.Random, story: Story) -> None:
    overall = story.tool.overall_section
    if overall is None:
        return
    said = {rule.key: limit_words(chance, story.category) for rule in limits_met(story.tool, story.drafts)}
    story.drafts[overall.key] = _with_limits(story.drafts[overall.key], said)


def _with_limits(draft: Draft, said: Mapping[str, str]) -> Draft:
    return Draft(**{**draft.columns, "limits": dict(said)})


def leave_unfinished(story: Story, share: float) -> None:
    """Keep only the first part of what was written; the last section begun has words and no grade yet."""
    keys = [section.key for section in story.sections]
    kept = max(1, int(share * len(keys)))
    for key in keys[kept:]:
        del story.drafts[key]
    last = story.drafts[keys[kept - 1]]
    if last.grade is not None:
        story.drafts[keys[kept - 1]] = Draft(evidence=last.evidence)
