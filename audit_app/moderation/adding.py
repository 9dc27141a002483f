"""Sections that an external auditor adds to an audit: of its tool, or of their own (pure).

Both are made with the audit in sight, so neither is ever blind. One of the tool is a judgement like every other, with
nothing before it to agree with; one of their own has no descriptors and no scale, so it carries words and no grade.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from audit_app.auditing.ledger import EXTERNAL
from audit_app.frameworks.content import Section, Tool
from audit_app.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Addition:
    """One section that was added, as far as it was written: of the tool by its key, otherwise under a heading."""

    section: str | None
    heading: str = ""
    grade: str | None = None
    words: str = ""


def can_be_added(tool: Tool, category: str, added: Iterable[Addition] = ()) -> tuple[Section, ...]:
    """The graded sections of a tool that are not asked of a case of this category, and were not added yet."""
    known = {section.key for section in tool.sections_for(category)} | {one.section for one in added}
    return tuple(one for one in tool.graded_sections if one.key not in known and not one.overall)


def refusal_to_add_section(
    tier: str, offered: Collection[str], added: Iterable[Addition], wanted: Addition
) -> Refusal | None:
    """Why a section may not be added; offered are the keys of those of the tool that may be."""
    if tier != EXTERNAL:
        return Refusal("Only an external auditor adds sections.")
    if wanted.section is not None:
        return None if wanted.section in offered else Refusal("This section is in the audit already.")
    if not wanted.heading.strip():
        return Refusal("Give your section a heading.")
    if wanted.heading.strip().casefold() in {one.heading.casefold() for one in added}:
        return Refusal("You have added a section with this heading already.")
    return None


def addition_lacks(tool: Tool, addition: Addition) -> tuple[str, ...]:
    """What an added section still needs: sentences that say what to do."""
    found = []
    if addition.section is not None and addition.grade not in tool.scale.keys:
        found.append("Choose the grade that you give.")
    if not addition.words.strip():
        found.append("Say what you found.")
    return tuple(found)


def refusal_to_finish_additions(incomplete: int) -> Refusal | None:
    """Why a moderation may not be finished: so many added sections lack something."""
    if not incomplete:
        return None
    words = "section that you added is" if incomplete == 1 else "sections that you added are"
    return Refusal(f"{incomplete} {words} not complete. Complete what is missing, or remove it.")
