"""A report to a committee: the council's words in numbered paragraphs, the action plan as its appendix (pure)."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from audit_app.reporting.committee import Section
from audit_app.reporting.contents.action_plan import action_plan
from audit_app.reporting.contents.audience import Audience
from audit_app.reporting.document import (
    Bullets,
    Callout,
    Document,
    Facts,
    Heading,
    Marking,
    Numbered,
    PageBreak,
    Part,
    Text,
)
from audit_app.reporting.words import Cell, paragraphs, plain_lines
from audit_app.web.formats import day

NOT_WRITTEN = "Not written yet."
NOT_FINAL = "This is a draft. Its words and its appendix can still change."
BULLETS = ("- ", "* ", "• ", "– ")


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote of a report: what it is, and the words of each section by its key."""

    title: str
    reference: str
    report_of: str
    wards: str
    words: Mapping[str, str]

    def of(self, section: Section) -> str:
        """The words of a section, empty where none are written."""
        return plain_lines(self.words.get(section.key, "")).strip()


def committee_report(
    written: Written,
    sections: Sequence[Section],
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
        parts=(*_parts(written, sections, plan.title, final), PageBreak(wide=True), *_appendix(plan)),
        receipt=plan.receipt,
    )


def _parts(written: Written, sections: Sequence[Section], plan: str, final: bool) -> Iterator[Part]:
    if not final:
        yield Callout("Not final yet", NOT_FINAL)
    facts = (
        ("Report of", written.report_of),
        ("Report reference", written.reference),
        ("Wards affected", written.wards),
    )
    if any(value for _, value in facts):
        yield Facts(tuple(row for row in facts if row[1]))
    count = Count()
    for group, together in groupby(sections, key=lambda one: one.group):
        if group:
            yield Heading(1, group)
        for short, those in groupby(together, key=lambda one: one.lines in ("fact", "appendices")):
            if short:
                yield Facts(tuple(row for one in those for row in _short(one, written, plan)))
                continue
            for one in those:
                yield from _section(one, written, count)


class Count:
    """The number of the last paragraph: all of a report's are counted through."""

    def __init__(self) -> None:
        self.last = 0

    def next(self) -> int:
        """The number of the next one."""
        self.last += 1
        return self.last


def _short(one: Section, written: Written, plan: str) -> Iterator[tuple[str, Cell]]:
    """A row of a short list; the appendices begin with the plan."""
    said = written.of(one)
    if one.lines == "appendices":
        named = [plan, *_lines(said)]
        yield one.heading, "\n".join(f"{number}. {name}" for number, name in enumerate(named, 1))
    elif said or one.empty or one.needed:
        yield one.heading, said or one.empty or NOT_WRITTEN


def _section(one: Section, written: Written, count: Count) -> Iterator[Part]:
    said = written.of(one) or one.empty or (NOT_WRITTEN if one.needed else "")
    if not said:
        return
    yield Heading(2 if one.group else 1, one.heading)
    if one.lead:
        yield Text(one.lead)
    if one.lines == "numbered":
        yield Numbered(_lines(said))
        return
    for passage in paragraphs(said):
        yield from _passage(passage, count)


def _passage(passage: str, count: Count) -> Iterator[Part]:
    """A paragraph with its number; lines that begin with a dash are a list."""
    for listed, lines in groupby(passage.split("\n"), key=lambda line: line.lstrip().startswith(BULLETS)):
        if listed:
            yield Bullets(tuple(line.strip()[2:].strip() for line in lines))
        else:
            yield Text(f"{count.next()}. " + "\n".join(lines))


def _lines(words: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in words.split("\n") if line.strip())


def _appendix(plan: Document) -> Iterator[Part]:
    """The action plan below a heading of its own: each of its headings a level further down."""
    yield Heading(1, f"Appendix 1: {plan.title}")
    for part in plan.parts:
        yield Heading(3 if part.level > 1 else 2, part.text) if isinstance(part, Heading) else part
