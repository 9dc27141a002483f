"""Grades that moderators changed, and why: by reason, and one by one for those who may open the cases (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit_app.measures.suppression import HIDDEN, NOTE, SMALL, hidden_counts, hidden_shares, is_small
from audit_app.reporting.document import Column, Heading, Part, Table, Text
from audit_app.reporting.words import Cell
from audit_app.web.formats import plural

NONE_YET = "No grade has been changed."
COLUMNS = (
    Column("Case", width_share=1.1),
    Column("Section", width_share=1.5),
    Column("From", width_share=1.3),
    Column("To", width_share=1.3),
    Column("Why", width_share=3.4),
)
WHO = {"senior": "Senior moderator", "external": "External auditor"}


@dataclass(frozen=True, slots=True)
class Override:
    """One grade that a later tier changed; the reference is empty where the reader may not open the case."""

    reference: str
    tier: str
    section: str
    overall: bool
    earlier: str
    later: str
    reason: str
    words: str


def overrides(found: Sequence[Override], told: Mapping[str, tuple[bool, bool]], *, published: bool) -> tuple[Part, ...]:
    """The section on overrides and their reasons, tier by tier.

    Of each tier is said whether a published paper may tell how many grades were changed: in all, and of them overall.
    """
    parts: list[Part] = [Heading(1, "Overrides and their reasons")]
    if not found:
        return (*parts, Text(NONE_YET))
    for tier in WHO:
        of_tier = [one for one in found if one.tier == tier]
        if of_tier:
            parts += [Heading(2, WHO[tier]), *_reasons(of_tier, told[tier] if published else None)]
    if not published:
        parts.append(Text("Each of them is in the annex, with the moderator’s words."))
    return tuple(parts)


def annex(found: Sequence[Override]) -> tuple[Part, ...]:
    """Every changed grade, one by one, for those who may open the cases."""
    of_tiers = [[one for one in found if one.tier == tier] for tier in WHO]
    parts = [part for of_tier in of_tiers if of_tier for part in _one_by_one(of_tier)]
    return (Heading(1, "Annex: every changed grade"), *parts) if parts else ()


def _reasons(found: Sequence[Override], told: tuple[bool, bool] | None) -> tuple[Part, ...]:
    names = sorted({one.reason for one in found})
    all_sections = [sum(one.reason == name for one in found) for name in names]
    overall = [sum(one.reason == name and one.overall for one in found) for name in names]
    order = sorted(range(len(names)), key=lambda at: (-all_sections[at], names[at]))
    few = frozenset[int]() if told is None else hidden_counts(all_sections)
    part = few if told is None else hidden_shares(list(zip(overall, all_sections, strict=True)), few)
    hidden = (few, part)
    total = _how_many(len(found), sum(overall), told)
    if told is not None and len(hidden[0]) == len(names):
        said = f" Reason by reason the numbers are too small to publish ({SMALL} or fewer)." if len(names) > 1 else ""
        return (Text(f"{total} The reasons given: {'; '.join(names[at].lower() for at in order)}.{said}"),)
    columns = (Column("Reason", width_share=4), Column("All sections", "right"), Column("Overall grade", "right"))
    rows: list[tuple[Cell, ...]] = [
        (
            names[at],
            HIDDEN if at in hidden[0] else all_sections[at],
            HIDDEN if at in hidden[1] else overall[at],
        )
        for at in order
    ]
    note = NOTE if any(hidden) else ""
    caption = f"{WHO[found[0].tier]}: reasons for changing a grade"
    return (Text(total), Table(caption, columns, tuple(rows), row_headers=True, note=note))


def _how_many(changed: int, overall: int, told: tuple[bool, bool] | None) -> str:
    """How many grades were changed, and how many of them overall, where each of these is told."""
    every, whole = told or (True, True)
    if told is not None and (is_small(changed) or not every):
        return "Grades were changed; how many is not published."
    if told is not None and (is_small(overall) or is_small(changed - overall) or not whole):
        return f"{plural(changed, 'grade')} changed; how many of them overall is not published."
    return f"{plural(changed, 'grade')} changed, {overall} of them overall."


def _one_by_one(found: Sequence[Override]) -> list[Part]:
    mine = [one for one in found if one.reference]
    rows = tuple((one.reference, one.section, one.earlier, one.later, _why(one)) for one in mine)
    more = len(found) - len(mine)
    note = f"And {more} more in cases that you may not open." if more else ""
    if not rows:
        return [Text(note)]
    return [Table(f"{WHO[found[0].tier]}: every changed grade", COLUMNS, rows, row_headers=True, note=note)]


def _why(one: Override) -> str:
    return f"{one.reason}.\n{one.words}" if one.words else one.reason
