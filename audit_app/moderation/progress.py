"""How far a moderation is: the state of each section in words, and what comes next (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit_app.frameworks.content import Section, Tool
from audit_app.moderation.rules import BlindGrade, Decision, is_judged, refusal_to_decide


@dataclass(frozen=True, slots=True)
class SectionState:
    """One section in a moderation: how far it is in words, how that looks, and whether nothing is left to do."""

    section: Section
    words: str
    tone: str
    done: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """All sections of a moderation with their states."""

    sections: tuple[SectionState, ...]

    @property
    def done(self) -> int:
        """How many sections are finished."""
        return sum(one.done for one in self.sections)

    @property
    def total(self) -> int:
        """How many sections there are."""
        return len(self.sections)

    @property
    def left(self) -> tuple[Section, ...]:
        """The sections that still need something, in order."""
        return tuple(one.section for one in self.sections if not one.done)

    def after(self, key: str) -> Section | None:
        """The section to go on with after this one: the next that needs something, or the first that does."""
        keys = [one.section.key for one in self.sections]
        here = keys.index(key)
        later = [section for section in self.left if keys.index(section.key) > here]
        return next(iter([*later, *self.left]), None)


def blind_progress(sections: Sequence[Section], grades: Mapping[str, BlindGrade]) -> Progress:
    """How far a moderator is who works blind."""
    return Progress(tuple(_blind_state(section, grades.get(section.key)) for section in sections))


def _blind_state(section: Section, grade: BlindGrade | None) -> SectionState:
    if is_judged(grade):
        return SectionState(section, "Graded", "good", done=True)
    if grade is None or grade == BlindGrade():
        return SectionState(section, "Not graded", "quiet", done=False)
    missing = "Grade needed" if grade.grade is None and not grade.not_applicable else "Reason needed"
    return SectionState(section, missing, "attention", done=False)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a moderator brings to the decisions: the sections they opened, and the grades they gave blind."""

    opened: frozenset[str] = frozenset()
    blind: Mapping[str, str | None] | None = None

    def differs(self, key: str, standing: str | None) -> bool:
        """Whether the moderator's own blind grade is another than the one that stands."""
        return self.blind is not None and key in self.blind and self.blind[key] != standing


def deciding_progress(
    tool: Tool,
    sections: Sequence[Section],
    standing: Mapping[str, str | None],
    decisions: Mapping[str, Decision],
    seen: Seen,
) -> Progress:
    """How far a moderator is who decides or settles."""

    def state(section: Section) -> SectionState:
        before, decision = standing.get(section.key), decisions.get(section.key)
        differs = seen.differs(section.key, before)
        if decision is None or decision == Decision():
            if differs:
                return SectionState(section, "Differs: to settle", "attention", done=False)
            opened = section.key in seen.opened
            return SectionState(section, "Opened" if opened else "Not opened", "quiet", done=False)
        if refusal_to_decide(tool, section, before, decision) is not None:
            return SectionState(section, "Not complete", "attention", done=False)
        if decision.decision == "override":
            return SectionState(section, "Overridden", "info", done=True)
        same = seen.blind is not None and not differs
        return SectionState(section, "Agreed: same grade" if same else "Agreed", "good", done=True)

    return Progress(tuple(state(section) for section in sections))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a round is moderated by seniors, counted in audits that were handed in."""

    moderated: int
    under_way: int
    counted: int
    aimed_percent: int

    @property
    def share(self) -> float | None:
        """The share that is moderated; None when nothing was handed in yet."""
        return self.moderated / self.counted if self.counted else None

    @property
    def aimed(self) -> int:
        """How many audits the coverage aimed at is, rounded up."""
        return -(-self.aimed_percent * self.counted // 100)

    @property
    def missing(self) -> int:
        """How many more must be given to a senior moderator before the coverage aimed at can be reached."""
        return max(0, self.aimed - self.moderated - self.under_way)
