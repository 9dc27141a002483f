"""An audit tool as a paper to fill in by hand, for working beside a record (pure)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from audit_app.auditing.drafts import RIGHTED
from audit_app.frameworks.content import CATEGORIES, Section, Tool
from audit_app.reporting.document import Callout, Column, Document, Facts, Heading, Part, Table, Text
from audit_app.reporting.to_fill_in import BOX, Boxes, Room
from audit_app.web.formats import day, month

YES_NO = (("Yes", ""), ("No", ""))
CONCERNS = 4  # rows for concerns of an earlier audit; more go on another sheet
ASKED = {
    "feedback": ("Was feedback obtained from the family or child?", "What they said, in summary, without names"),
    "reflection": ("Did the practitioner take part in this audit?", "What the practitioner reflected"),
}
WORDED = {
    "actions": "What is to be done, by whom, by when, and what will show it",
    "learning": "Themes for the practitioner, the team or the service",
}
KEEP = (
    "Write no names: the case’s reference is enough. Once you write on this paper it is about a child: keep it as you "
    "keep the record, copy it into the service, hand the audit in there, then destroy the paper securely."
)


@dataclass(frozen=True, slots=True)
class Allotted:
    """The audit that a paper is filled in for: nothing of it but what its auditor was given to start with."""

    reference: str
    category: str
    month: dt.date
    due_on: dt.date


def blank_tool(tool: Tool, for_: Allotted | None, *, council: str, produced_at: dt.datetime) -> Document:
    """A tool to fill in: for any case, or for the case of one audit with the sections that are asked of it.

    It is marked from the start as what it will be once somebody writes on it.
    """
    sections = tool.sections_for(for_.category) if for_ else tool.sections
    title = f"{tool.name}: case {for_.reference}" if for_ else tool.name
    parts: list[Part] = [Text(tool.summary, "lead"), _facts(tool, for_), Callout("While you write", KEEP)]
    parts.append(_levels(tool))
    for number, section in enumerate(sections, 1):
        parts += _section(tool, section, number, any_case=for_ is None)
    return Document(
        title=title,
        subtitle=f"Blank tool, version {tool.version}, to work with beside the record",
        marking="OFFICIAL-SENSITIVE",
        status="FORM",
        council=council,
        version="",
        produced_at=produced_at,
        parts=tuple(parts),
    )


def _facts(tool: Tool, for_: Allotted | None) -> Facts:
    if for_ is None:
        case: tuple[tuple[str, str], ...] = (("Case reference", ""), ("Kind of case", ""), ("Round", ""))
        end: tuple[tuple[str, str], ...] = (("Auditor", ""), ("Date of the audit", ""))
    else:
        case = (
            ("Case reference", for_.reference),
            ("Kind of case", CATEGORIES.get(for_.category, for_.category)),
            ("Round", month(for_.month)),
        )
        end = (("Due", day(for_.due_on)), ("Auditor", ""), ("Date of the audit", ""))
    return Facts((*case, *end, ("Time that is judged", tool.period_under_audit)))


def _levels(tool: Tool) -> Table:
    """The scale, the best first, and which of it counts as good."""
    rows = tuple(
        (level.name, "Counts as good or better" if level.good else "") for level in reversed(tool.scale.levels)
    )
    return Table("The grades", (Column("Grade"), Column("What it counts as", width_share=2)), rows, row_headers=True)


def _section(tool: Tool, section: Section, number: int, *, any_case: bool) -> Iterable[Part]:
    yield Heading(1, f"{number}. {section.name}")
    if section.purpose:
        yield Text(section.purpose)
    if section.agency:
        yield Text(f"{tool.agency(section.agency).name} contributes to this section.", "note")
    if section.applies_to and any_case:
        kinds = ", ".join(CATEGORIES[key].lower() for key in section.applies_to)
        yield Text(f"Only for these cases: {kinds}.", "note")
    if section.questions:
        yield _questions(section)
    if section.graded:
        yield from _graded(tool, section)
    else:
        yield from _worded(section)
    if section.overall:
        for rule in tool.limiting:
            yield Room(f"If it applies: {rule.prompt}", "short")


def _questions(section: Section) -> Table:
    columns = (Column("Question", width_share=5), *(Column(name, "centre") for name in ("Yes", "No", "Not applicable")))
    rows = tuple(
        (f"{question.text}\n{question.hint}" if question.hint else question.text, BOX, BOX, BOX)
        for question in section.questions
    )
    return Table("Facts of the record, which make no grade", columns, rows)


def _graded(tool: Tool, section: Section) -> Iterable[Part]:
    yield Room(f"Evidence. {section.evidence_hint}".strip(), "long")
    yield Room("What is working well", "short")
    yield Room("What needs to improve", "short")
    options = [(level.name, section.descriptors.get(level.key, "")) for level in reversed(tool.scale.levels)]
    if section.may_be_not_applicable:
        options.append(("Not applicable", "say why, in place of the evidence"))
    yield Boxes("Your grade: tick one", tuple(options))


def _worded(section: Section) -> Iterable[Part]:
    if section.may_be_not_applicable:
        yield Boxes("Does this apply? If not, say why below", YES_NO)
    if section.kind in ASKED:
        ask, write = ASKED[section.kind]
        yield Boxes(ask, YES_NO)
        yield Room("How", "line")
        yield Room(write, "short")
    elif section.kind == "concerns":
        columns = (Column("Concern of the earlier audit", width_share=3), *map(Column, RIGHTED.values()))
        columns = (*columns, Column("What shows it", width_share=3))
        rows = tuple((f"{n}.\n\n\n", *[BOX] * len(RIGHTED), "") for n in range(1, CONCERNS + 1))
        yield Table("Concern by concern", columns, rows)
        yield Room("If there was no concern, say so", "line")
    else:
        yield Room(section.evidence_hint or WORDED.get(section.kind, "What you found"), "long")
