"""A report to a committee: the council's words in numbered paragraphs, the action plan as its appendix (pure)."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from audit_app.reporting.committee import sections
from audit_app.reporting.contents.action_plan import action_plan
from audit_app.reporting.contents.audience import Audience
from audit_app.reporting.document import Callout, Document, Facts, Heading, Marking, Numbered, PageBreak, Part, Text
from audit_app.reporting.words import Cell, paragraphs
from audit_app.web.formats import day

NOT_WRITTEN = "Not written yet."
NOT_FINAL = "This is a draft. Its words and its appendix can still change."
APPENDIX = "Appendix 1: "


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote of a report: what it is, and the words of each section by its key."""

    title: str
    reference: str
    report_of: str
    words: Mapping[str, str]


def committee_report(
    written: Written,
    contents: Mapping[str, Any],
    *,
    marking: Marking,
    final: bool,
    version: int,
    council: str,
    produced_at: dt.datetime,
    frozen: str,
) -> Document:
    """The report as a paper; contents are what the meeting is shown, frozen or as they are today."""
    plan = action_plan(contents, Audience.BOARD, council=council, produced_at=produced_at, frozen=frozen)
    return Document(
        title=written.title,
        subtitle=f"{contents['board']}, {day(dt.date.fromisoformat(contents['held_on']))}",
        marking=marking,
        status="FINAL" if final else "DRAFT",
        council=council,
        version=str(version),
        produced_at=produced_at,
        parts=(*_parts(written, plan.title, final), PageBreak(), *_appendix(plan)),
        receipt=plan.receipt,
    )


def _parts(written: Written, plan: str, final: bool) -> Iterator[Part]:
    if not final:
        yield Callout("Not final yet", NOT_FINAL)
    facts: list[tuple[str, Cell]] = [("Report of", written.report_of), ("Report reference", written.reference)]
    if any(value for _, value in facts):
        yield Facts(tuple(row for row in facts if row[1]))
    number, group = 0, ""
    for one in sections():
        words = written.words.get(one.key, "").strip() or one.empty or (NOT_WRITTEN if one.needed else "")
        if not words:
            continue
        if one.group and one.group != group:
            yield Heading(1, one.group)
        group = one.group
        yield Heading(2 if one.group else 1, one.heading)
        if one.numbered:
            yield Numbered(tuple(line for line in words.split("\n") if line.strip()))
            continue
        for words_of_one in paragraphs(words):
            number += 1
            yield Text(f"{number}. {words_of_one}")
    yield Heading(2 if group else 1, "Appendices")
    yield Text(f"{APPENDIX}{plan}")


def _appendix(plan: Document) -> Iterator[Part]:
    """The action plan below a heading of its own: each of its headings a level further down."""
    yield Heading(1, f"{APPENDIX}{plan.title}")
    for part in plan.parts:
        yield Heading(3 if part.level > 1 else 2, part.text) if isinstance(part, Heading) else part
