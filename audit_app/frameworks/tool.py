"""An audit tool: its sections, their descriptors, and the reasons and criteria a moderator works with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from audit_app.frameworks.framework import LimitingRule, broken
from audit_app.frameworks.scale import Scale

CATEGORIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "looked_after": "Child in care",
        "child_protection": "Child protection plan",
        "child_in_need": "Child in need plan",
        "open_assessment": "Open assessment",
        "closed": "Closed",
        "care_leaver": "Care leaver",
    }
)
SECTION_KINDS: Final = ("text", "graded", "feedback", "reflection", "concerns", "actions", "learning")
TOOL_KINDS: Final = ("case file", "thematic", "supervision", "multi-agency", "closure", "re-audit")
# Entries that came after tools were first kept are written only where they say something, so that hashes stay.
LATER: Final[Mapping[str, Any]] = MappingProxyType({"written_if_said": True})


@dataclass(frozen=True, slots=True)
class Question:
    """A compliance question, answered yes, no or not applicable; it never computes a grade."""

    key: str
    text: str
    hint: str


@dataclass(frozen=True, slots=True)
class Section:
    """One section of an audit tool: what it asks, of which cases, and what each level looks like."""

    key: str
    name: str
    purpose: str
    evidence_hint: str
    kind: str
    graded: bool
    area: str | None
    applies_to: tuple[str, ...]
    may_be_not_applicable: bool
    required: bool
    overall: bool
    descriptors: Mapping[str, str] = field(hash=False)
    questions: tuple[Question, ...]
    official_url: str
    agency: str = field(default="", metadata=LATER)

    def __post_init__(self) -> None:
        """Keep the descriptors read-only, so that a section is one value wherever it is held."""
        object.__setattr__(self, "descriptors", MappingProxyType(dict(self.descriptors)))

    def applies(self, category: str) -> bool:
        """Whether the section is asked of a case of this category."""
        return not self.applies_to or category in self.applies_to


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency whose people write sections of their own, which the auditor reads and grades."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that makes an audit a good audit."""

    key: str
    name: str
    hint: str


@dataclass(frozen=True, slots=True)
class QualityView:
    """The moderator's view of the quality of the audit, apart from the quality of the practice."""

    scale: Scale
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """A coded reason for overriding a judgement, and whether it needs words beside it."""

    key: str
    name: str
    needs_words: bool


@dataclass(frozen=True, slots=True)
class Tool:
    """One version of an audit tool, whole: whatever an audit pins, it pins all of this."""

    key: str
    version: str
    name: str
    summary: str
    kind: str
    framework_key: str
    framework_version: str
    scale: Scale
    sections: tuple[Section, ...]
    limiting: tuple[LimitingRule, ...]
    reasons: tuple[Reason, ...]
    quality: QualityView
    period_under_audit: str
    local_wording: bool
    agencies: tuple[Agency, ...] = field(default=(), metadata=LATER)

    @property
    def graded_sections(self) -> tuple[Section, ...]:
        """The sections that carry a grade, the overall judgement included."""
        return tuple(section for section in self.sections if section.graded)

    @property
    def overall_section(self) -> Section | None:
        """The section that holds the overall judgement, where the tool has one."""
        return next((section for section in self.sections if section.overall), None)

    def section(self, key: str) -> Section:
        """The section with this key."""
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(f"the tool {self.key!r} {self.version} has no section {key!r}")

    def sections_for(self, category: str) -> tuple[Section, ...]:
        """The sections that are asked of a case of this category, in order."""
        return tuple(section for section in self.sections if section.applies(category))

    def agency(self, key: str) -> Agency:
        """The agency with this key."""
        for agency in self.agencies:
            if agency.key == key:
                return agency
        raise KeyError(f"the tool {self.key!r} {self.version} has no agency {key!r}")

    def agency_sections(self, category: str, agency: str) -> tuple[Section, ...]:
        """The sections that people of an agency write of a case of this category, in order."""
        return tuple(section for section in self.sections_for(category) if agency and section.agency == agency)

    def agencies_for(self, category: str) -> tuple[Agency, ...]:
        """The agencies that have something to write of a case of this category."""
        return tuple(agency for agency in self.agencies if self.agency_sections(category, agency.key))

    def reason(self, key: str) -> Reason:
        """The override reason with this key."""
        for reason in self.reasons:
            if reason.key == key:
                return reason
        raise KeyError(f"the tool {self.key!r} {self.version} has no reason {key!r}")


def limiting_prompts(tool: Tool, grades: Mapping[str, str | None]) -> tuple[LimitingRule, ...]:
    """The rules that the grades given so far would break: prompts for the auditor to think again, never arithmetic."""
    section = tool.overall_section
    if section is None:
        return ()
    overall = grades.get(section.key)
    return tuple(rule for rule in tool.limiting if broken(rule, grades, tool.scale, overall))
