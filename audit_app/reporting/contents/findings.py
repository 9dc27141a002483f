"""What one external auditor found in a validation exercise: their paper, and the same as rows for a sheet (pure)."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from audit_app.auditing.ledger import EXTERNAL, INTERNAL
from audit_app.measures.figures import PairFigures, pair_figures
from audit_app.measures.population import RANDOM, Counted
from audit_app.refusal import Refusal
from audit_app.reporting.contents.figures import figure_row, pair_table
from audit_app.reporting.document import Callout, Column, Document, Facts, Heading, Part, Status, Table, Text
from audit_app.reporting.words import Cell
from audit_app.web.formats import day, month, plural

NOT_WRITTEN = "Not written yet."
HEADINGS = (("strong", "What is strong"), ("improve", "What must improve"), ("recommend", "Recommendations"))
EVERY = "Every judgement"
NOT_GRADED, OWN = "Not applicable", "No grade (a section of their own)"
DECIDED = {"agree": "Agreed", "override": "Changed", "": "Added"}
SAID: dict[bool | None, str] = {True: "Yes", False: "No", None: ""}
COLUMNS = (
    Column("Case", width_share=1),
    Column("Section", width_share=1.5),
    Column("Grade before", width_share=1.3),
    Column("External auditor", width_share=1.6),
    Column("Why", width_share=3.4),
)
# The columns of the sheet, with what each holds.
MEANINGS = (
    ("Case reference", "The case system’s own reference."),
    ("Month", "The month of the audit’s round: its first day."),
    ("Tool", "The audit tool and its version."),
    ("Section", "The section of the tool."),
    ("Grade before", "What stood internally when the external auditor committed their own grades, or finished."),
    ("Judged blind", "The external auditor’s own grade, before they saw any other; empty where they worked open."),
    ("Reason while blind", "Why they gave that grade."),
    ("Decision", "Whether they agreed with the grade before or changed it, with everything in sight."),
    ("Grade given", "The external auditor’s grade, which stands."),
    ("Reason", "The coded reason for a change."),
    ("Words", "The external auditor’s words."),
    ("Evidence supports the grade", "Whether the auditor’s evidence supports the auditor’s grade, where they said."),
)
DIFFERS = (
    "Agreement compares the grade that stood internally with the external auditor’s own: the one committed blind where "
    "they judged blind, otherwise the one that they gave. What an external auditor decides later changes no pair."
)


@dataclass(frozen=True, slots=True)
class Observations:
    """What an external auditor writes of the exercise as a whole."""

    strong: str = ""
    improve: str = ""
    recommend: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One judgement of the external auditor on one section of one audit, all grades in words."""

    reference: str
    month: dt.date
    tool: str
    section: str
    before: str
    blind: str
    blind_reason: str
    decision: str
    grade: str
    reason: str
    words: str
    supports: bool | None


@dataclass(frozen=True, slots=True)
class Together:
    """An audit that was gone through with its auditor: which, on which day, and who was there."""

    reference: str
    day: dt.date | None = None
    present: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a paper says nothing of, in numbers; blind: the external auditor is to commit their grades first."""

    blind: int = 0
    unfinished: int = 0
    void: int = 0
    elsewhere: int = 0

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is left out and why, in words."""
        said = (
            (self.blind, "still judged blind: nothing of {} is in this paper"),
            (self.unfinished, "not finished yet"),
            (self.void, "void, so no longer counted"),
            (self.elsewhere, "of units that are not open to you, or you judge {} blind yourself"),
        )
        return tuple(
            f"{plural(count, 'audit')} {'is' if count == 1 else 'are'} {words.format('it' if count == 1 else 'them')}."
            for count, words in said
            if count
        )


@dataclass(frozen=True, slots=True)
class FindingsMaterial:
    """Everything that an external auditor's paper is made from; sections are keys with their names, in order."""

    exercise: str
    unit: str
    auditor: str
    audits: Sequence[Counted]
    sections: Sequence[tuple[str, str]]
    found: Sequence[Found]
    quality: Sequence[tuple[str, tuple[tuple[str, int], ...]]] = ()
    together: Sequence[Together] = ()
    left_out: LeftOut = field(default_factory=LeftOut)
    observations: Observations = field(default_factory=Observations)


def refusal_to_finish(made_from: FindingsMaterial) -> Refusal | None:
    """Why a copy cannot be finished."""
    if not made_from.audits:
        return Refusal("Finish at least one audit of this exercise first.")
    missing = [words for name, words in HEADINGS if not getattr(made_from.observations, name).strip()]
    if missing:
        asked = "; ".join(words[:1].lower() + words[1:] for words in missing)
        return Refusal(f"Write your overall observations first. Still empty: {asked}.")
    return None


def findings_paper(
    made_from: FindingsMaterial,
    *,
    council: str,
    produced_at: dt.datetime,
    receipt: str | None,
    number: int | None = None,
) -> Document:
    """The findings as a paper: a draft, or the copy of a number."""
    status: Status = "DRAFT" if number is None else "FINAL"
    return Document(
        title="Findings of external validation",
        subtitle=f"{made_from.exercise}: {made_from.auditor}",
        marking="OFFICIAL-SENSITIVE",
        status=status,
        council=council,
        version=str(number or ""),
        produced_at=produced_at,
        parts=_parts(made_from),
        receipt=receipt,
    )


def digest(paper: Document) -> str:
    """A mark of all that a paper says, so that what was looked at is what is finished."""
    return hashlib.sha256(repr(paper.parts).encode()).hexdigest()


def found_table(found: Sequence[Found]) -> Table:
    """Every judgement in one row, as a sheet."""
    return Table(EVERY, tuple(Column(name) for name, _ in MEANINGS), tuple(_row(one) for one in found))


def _row(one: Found) -> tuple[Cell, ...]:
    return (
        one.reference,
        one.month,
        one.tool,
        one.section,
        one.before,
        one.blind,
        one.blind_reason,
        DECIDED.get(one.decision, ""),
        one.grade,
        one.reason,
        one.words,
        SAID[one.supports],
    )


def _parts(found: FindingsMaterial) -> tuple[Part, ...]:
    left = found.left_out.sentences
    before: tuple[Part, ...] = (Callout("What is left out", "\n".join(left)),) if left else ()
    if not found.audits:
        return (*before, *_observed(found.observations), Text("Figures appear here with the first audit finished."))
    return (
        *before,
        _facts(found),
        *_observed(found.observations),
        *_agreement(found),
        *_quality(found),
        *_together(found),
        *_every(found.found),
    )


def _facts(found: FindingsMaterial) -> Facts:
    months = sorted({audit.period for audit in found.audits})
    span = month(months[0]) if len(months) == 1 else f"{month(months[0])} to {month(months[-1])}"
    changed = sum(one.decision == "override" for one in found.found)
    added = [one for one in found.found if not one.decision]
    return Facts(
        (
            ("Exercise", f"{found.exercise}, {found.unit}"),
            ("External auditor", found.auditor),
            ("Audits", f"{plural(len(found.audits), 'audit')} of {span}"),
            ("Judgements", f"{plural(len(found.found) - len(added), 'section')} judged, {changed} of them changed"),
            *((("Sections added", f"{len(added)}, compared with nothing before"),) if added else ()),
            ("With the auditor present", f"{len(found.together)} of {len(found.audits)}"),
        )
    )


def _observed(written: Observations) -> tuple[Part, ...]:
    parts: list[Part] = [Heading(1, "Overall observations")]
    for name, heading in HEADINGS:
        parts += [Heading(2, heading), Text(getattr(written, name).strip() or NOT_WRITTEN)]
    return tuple(parts)


def _agreement(found: FindingsMaterial) -> tuple[Part, ...]:
    parts: list[Part] = [Heading(1, "How far the grades agreed"), Text(DIFFERS, "note")]
    for random, title in ((True, "Drawn at random"), (False, "Chosen otherwise")):
        audits = [one for one in found.audits if _is_random(one) == random]
        if not audits:
            continue
        overall = pair_figures(audits, INTERNAL, EXTERNAL, random=random)
        every = pair_figures(audits, INTERNAL, EXTERNAL, every_section=True, random=random)
        parts += [Heading(2, title), Text(_sentence(overall))]
        if not random:
            parts.append(Text("How these audits were chosen may tilt the figures: they speak of these audits only."))
        parts += [
            pair_table("Overall grades", overall),
            pair_table("All graded sections", every),
            _by_section(audits, found.sections, random=random),
        ]
    return tuple(parts)


def _is_random(audit: Counted) -> bool:
    given = audit.given(EXTERNAL)
    return given is not None and given.route == RANDOM


def _sentence(overall: PairFigures) -> str:
    exact = overall.exact
    if exact.value is None:
        return "No overall grade of both can be compared."
    agreed = f"{exact.count} of {plural(exact.total, 'overall grade')} agreed"
    return f"{agreed}; {overall.over.count} had been higher before, {overall.under.count} lower."


def _by_section(audits: Sequence[Counted], sections: Sequence[tuple[str, str]], *, random: bool) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for key, name in sections:
        one = pair_figures([replace(audit, overall=key) for audit in audits], INTERNAL, EXTERNAL, random=random)
        if one.exact.total or one.not_applicable:
            row = figure_row(one.exact, name)
            rows.append((*row[:4], one.over.count, one.under.count, row[4]))
    columns = (
        Column("Section", width_share=2.6),
        Column("Agreed", "right", 0.9),
        Column("Out of", "right", 0.8),
        Column("Share", "right", 0.9),
        Column("Higher before", "right", 0.9),
        Column("Lower before", "right", 0.9),
        Column("How sure", width_share=2.2),
    )
    return Table("Section by section", columns, tuple(rows), row_headers=True)


def _quality(found: FindingsMaterial) -> tuple[Part, ...]:
    if not found.quality:
        return ()
    names = [name for name, _ in found.quality[0][1]]
    columns = (Column("Criterion", width_share=3), *(Column(name, "right") for name in names))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (criterion, *(count for _, count in counts)) for criterion, counts in found.quality
    )
    note = "The quality of the audits, not of the practice that they looked at. Counts are audits."
    return (
        Heading(1, "How good the audits are"),
        Table("Quality of the audits", columns, rows, row_headers=True, note=note),
    )


def _together(found: FindingsMaterial) -> tuple[Part, ...]:
    if not found.together:
        return ()
    columns = (Column("Case"), Column("Day"), Column("Who was there", width_share=3))
    rows = tuple(
        (one.reference, day(one.day) if one.day else "Not recorded", _present(one.present)) for one in found.together
    )
    return (
        Heading(1, "With the auditor present"),
        Table("Audits gone through together with their auditor", columns, rows, row_headers=True),
    )


def _present(others: str) -> str:
    return f"The auditor and: {others}" if others else "The auditor"


def _every(found: Sequence[Found]) -> tuple[Part, ...]:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.reference, one.section, one.before, _given(one), _why(one)) for one in found
    )
    return (Heading(1, EVERY), Table(f"{EVERY}, audit by audit", COLUMNS, rows, row_headers=True, note=RESOLVED))


RESOLVED = "Where a judgement was challenged, what its resolver found stands in the audit itself."


def _given(one: Found) -> str:
    said = f"{DECIDED.get(one.decision, '')}: {one.grade}" if one.decision in DECIDED else one.grade
    return f"{said}\nBlind: {one.blind}" if one.blind and one.blind != one.grade else said


def _why(one: Found) -> str:
    return "\n".join(part for part in (f"{one.reason}." if one.reason else "", one.words or one.blind_reason) if part)
