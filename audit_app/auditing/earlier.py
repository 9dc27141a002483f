"""An earlier audit of the same case: what stands of it, its concerns, and how a later audit compares (pure)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from audit_app.auditing.comparison import Judged, Row
from audit_app.auditing.drafts import MOST_CONCERNS, Concern, Draft, concerns_of
from audit_app.frameworks.content import Level, Scale, Section

LISTED = "listed"  # in the particulars: how many concerns came from the earlier audit, in its words
MOST_WORDS = 5000
PUT_RIGHT, IN_PART, NOT_RIGHT = "yes", "partly", "not"


class Said(Protocol):
    """What an auditor's line says beside its grade."""

    strengths: str
    improvements: str


@dataclass(frozen=True, slots=True)
class Stands:
    """One section of an audit as it stands: its grade (none: not applicable), and what the auditor wrote of it."""

    section: Section
    level: Level | None
    good: bool
    strengths: str
    improvements: str


@dataclass(slots=True)
class Found:
    """What whoever added a section found: nothing was asked of it before."""

    strengths: str
    improvements: str


def said_of_added(line: Judged, words: str, scale: Scale) -> Said:
    """What is said of a section that a later tier added: a strength where its grade is good, else what to improve."""
    good = line.grade is not None and scale.is_good(line.grade)
    return Found(words, "") if good else Found("", words)


def what_stands(rows: Iterable[Row], said: Mapping[str, Said], scale: Scale) -> tuple[Stands, ...]:
    """The graded sections of an audit as they stand, in order; nothing of who judged otherwise before."""
    found = []
    for row in rows:
        if row.stands is None:
            continue
        grade, words = row.stands.grade, said.get(row.section.key)
        found.append(
            Stands(
                row.section,
                None if grade is None else scale.level(grade),
                grade is not None and scale.is_good(grade),
                words.strengths if words else "",
                words.improvements if words else "",
            )
        )
    return tuple(found)


def concerns_from(stands: Iterable[Stands], left: Iterable[Concern] = ()) -> tuple[str, ...]:
    """The concerns of an audit, in words: what it found not put right, then each section that is not good.

    The overall judgement is a concern only where no section explains it.
    """
    open_ = [one.words for one in left if one.righted != PUT_RIGHT and one.words.strip()]
    low = [one for one in stands if one.level is not None and not one.good]
    explained = [one for one in low if not one.section.overall] or low
    found = [*open_, *(_words(one) for one in explained)]
    return tuple(words[:MOST_WORDS] for words in found[:MOST_CONCERNS])


def _words(one: Stands) -> str:
    level = one.level.name if one.level else ""
    return (
        f"{one.section.name} ({level.lower()}): {one.improvements}"
        if one.improvements
        else (f"{one.section.name}: {level.lower()}")
    )


def listed_in(particulars: Mapping[str, str]) -> tuple[str, ...]:
    """The concerns that a saved section took over from the earlier audit."""
    count = particulars.get(LISTED, "")
    numbers = range(1, int(count) + 1) if count.isdecimal() else ()
    return tuple(particulars.get(f"concern-{n}", "") for n in numbers)


def with_listed(draft: Draft, listed: Sequence[str]) -> Draft:
    """A draft whose first concerns are those of the earlier audit, in its words, whatever was sent for them."""
    if not listed:
        return draft
    taken = {f"concern-{n}": words for n, words in enumerate(listed, start=1)}
    return replace(draft, particulars={**draft.particulars, **taken, LISTED: str(len(listed))})


@dataclass(frozen=True, slots=True)
class Became:
    """What became of the concerns of an earlier audit: how many, and how many are put right, in part, or not."""

    concerns: int
    righted: int
    partly: int

    @property
    def closed(self) -> bool:
        """Whether the loop is closed: there were concerns, and each is put right."""
        return 0 < self.concerns == self.righted

    @property
    def moved(self) -> bool:
        """Whether something is put right at least in part, and not everything."""
        return not self.closed and self.righted + self.partly > 0


def became(concerns: Iterable[Concern]) -> Became:
    """Count what became of concerns."""
    said = [one.righted for one in concerns]
    return Became(len(said), said.count(PUT_RIGHT), said.count(IN_PART))


def became_in(sections: Iterable[Section], drafts: Mapping[str, Draft]) -> Became:
    """What became of each concern, as an audit says in the sections that ask it."""
    asked = [drafts[one.key] for one in sections if one.kind == "concerns" and one.key in drafts]
    return became(concern for draft in asked for concern in concerns_of(draft.particulars))


@dataclass(frozen=True, slots=True)
class Beside:
    """One section then and now."""

    name: str
    overall: bool
    then: Stands | None
    now: Stands | None
    way: str  # better, the same, worse; empty where that cannot be said


def beside(then: Sequence[Stands], now: Sequence[Stands], scale: Scale | None) -> tuple[Beside, ...]:
    """The sections of two audits, those that both asked first; a way is said only where both used one scale."""
    later = {one.section.key: one for one in now}
    earlier = {one.section.key: one for one in then}
    keys = [key for key in earlier if key in later]
    keys += [key for key in earlier if key not in later] + [key for key in later if key not in earlier]
    found = []
    for key in keys:
        one, other = earlier.get(key), later.get(key)
        section = (one or other).section  # type: ignore[union-attr]
        found.append(Beside(section.name, section.overall, one, other, _way(one, other, scale)))
    return tuple(found)


def _way(then: Stands | None, now: Stands | None, scale: Scale | None) -> str:
    if scale is None or then is None or now is None or then.level is None or now.level is None:
        return ""
    change = scale.index(now.level.key) - scale.index(then.level.key)
    return "better" if change > 0 else "worse" if change < 0 else "the same"
