"""Drafts of sections, and what is missing before an audit can be handed in (pure)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any

from audit_app.frameworks.content import LimitingRule, Section, Tool, limiting_prompts


@dataclass(frozen=True, slots=True)
class Draft:
    """What is written in one section so far."""

    grade: str | None = None
    not_applicable: bool = False
    not_applicable_because: str = ""
    evidence: str = ""
    strengths: str = ""
    improvements: str = ""
    questions: Mapping[str, str] = field(default_factory=dict)
    particulars: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> dict[str, Any]:
        """The draft as the columns of its row."""
        return {
            f.name: dict(value) if isinstance(value := getattr(self, f.name), Mapping) else value for f in fields(self)
        }

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that was typed, answers to questions apart."""
        said = (self.evidence, self.strengths, self.improvements, self.not_applicable_because)
        return (*said, *(w for c in concerns_of(self.particulars) for w in (c.words, c.shown)))

    @classmethod
    def of(cls, row: object) -> "Draft":
        """The draft that a row holds."""
        return cls(*_FIELDS(row))


DRAFTED = tuple(one.name for one in fields(Draft))
_FIELDS = attrgetter(*DRAFTED)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing: in which section, where on its page, and in words."""

    section: str
    place: str
    words: str


def state_of(section: Section, draft: Draft | None) -> str:
    """How far a section is: not started, in progress, complete or not applicable."""
    if draft is None or draft == Draft():
        return "not started"
    if section_gaps(section, draft):
        return "in progress"
    return "not applicable" if draft.not_applicable else "complete"


def section_gaps(section: Section, draft: Draft | None) -> tuple[Gap, ...]:
    """What is missing in one section."""
    draft = draft or Draft()
    if draft.not_applicable and section.may_be_not_applicable:
        said = draft.not_applicable_because.strip()
        found = [] if said else [("not_applicable_because", "say why it does not apply")]
    else:
        found = [*_missing_words(section, draft), *_missing_answers(section, draft)]
    return tuple(Gap(section.key, place, f"{section.name}: {words}") for place, words in found)


# What a section asks besides its words: the question's name, and what to do about it.
ASKED = {
    "feedback": ("obtained", "say whether feedback was obtained", "summarise it, or say why there is none"),
    "reflection": ("involved", "say whether the practitioner took part", "write it, or say why there is none"),
}


MOST_CONCERNS = 20
RIGHTED = {"yes": "Put right", "partly": "Put right in part", "not": "Not put right"}


@dataclass(frozen=True, slots=True)
class Concern:
    """One concern of an earlier audit: its words, what became of it, and what shows that."""

    number: int
    words: str
    righted: str
    shown: str


def concerns_of(particulars: Mapping[str, str]) -> tuple[Concern, ...]:
    """The concerns that a section holds, those without a word left out."""
    every = (
        Concern(n, *(particulars.get(f"{name}-{n}", "") for name in ("concern", "righted", "shown")))
        for n in range(1, MOST_CONCERNS + 1)
    )
    return tuple(one for one in every if one.words.strip() or one.righted or one.shown.strip())


def _missing_concerns(section: Section, draft: Draft) -> Iterator[tuple[str, str]]:
    concerns = concerns_of(draft.particulars)
    if section.required and not concerns and not draft.evidence.strip():
        yield "concern-1", "write at least one concern, or say why there is none"
    for one in concerns:
        if not one.words.strip():
            yield f"concern-{one.number}", f"write concern {one.number}"
        if one.righted not in RIGHTED:
            yield f"righted-{one.number}", f"say whether concern {one.number} is put right"
        if not one.shown.strip():
            yield f"shown-{one.number}", f"say what shows it of concern {one.number}"


def _missing_words(section: Section, draft: Draft) -> Iterator[tuple[str, str]]:
    written = bool(draft.evidence.strip())
    if section.graded:
        if draft.grade is None:
            yield "grade", "choose a grade"
        if not written:
            yield "evidence", "give the evidence for your grade"
    elif section.kind in ASKED:
        name, ask, write = ASKED[section.kind]
        if draft.particulars.get(name) not in ("yes", "no"):
            yield name, ask
        elif not written:
            yield "evidence", write
    elif section.kind == "concerns":
        yield from _missing_concerns(section, draft)
    elif section.required and not written:
        yield "evidence", "write this section"


def _missing_answers(section: Section, draft: Draft) -> Iterator[tuple[str, str]]:
    unanswered = [q for q in section.questions if draft.questions.get(q.key) not in ("yes", "no", "na")]
    if unanswered:
        noun = "question" if len(unanswered) == 1 else "questions"
        yield f"question-{unanswered[0].key}", f"answer {len(unanswered)} {noun}"


def limits_met(tool: Tool, drafts: Mapping[str, Draft]) -> tuple[LimitingRule, ...]:
    """The limiting rules that the grades chosen so far go against; each is a prompt, never arithmetic."""
    return limiting_prompts(tool, {key: None if d.not_applicable else d.grade for key, d in drafts.items()})


def gaps(tool: Tool, category: str, drafts: Mapping[str, Draft]) -> tuple[Gap, ...]:
    """Everything that is missing before an audit can be handed in, in the tool's order."""
    found = [gap for section in tool.sections_for(category) for gap in section_gaps(section, drafts.get(section.key))]
    overall = tool.overall_section
    if overall is not None:
        said = drafts.get(overall.key, Draft()).limits
        for rule in limits_met(tool, drafts):
            if not said.get(rule.key, "").strip():
                words = f"{overall.name}: change a grade, or say why this is right: {rule.prompt}"
                found.append(Gap(overall.key, f"limit-{rule.key}", words))
    return tuple(found)


def first_hand_in(lines: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    """By section: the grade as first handed in ("" for not applicable), from lines in order."""
    found: dict[str, str] = {}
    for section, grade in lines:
        found.setdefault(section, grade or "")
    return found
