"""An audit tool as a paper to fill in."""

import datetime as dt
from dataclasses import replace

import page
import pytest

from audit_app.frameworks.content import Question, Tool
from audit_app.frameworks.reading import SHIPPED, library
from audit_app.reporting.contents.blank_tool import Allotted, blank_tool
from audit_app.reporting.document import Document, Heading, Table
from audit_app.reporting.docx import docx
from audit_app.reporting.pdf import pdf
from audit_app.reporting.to_fill_in import Boxes, Room
from tests.moderation.samples import SAFETY, TOOL
from tests.reporting.papers import MOMENT
from tests.reporting.reading import flat, said, tags

TOOLS = library(SHIPPED).tools
CASE = Allotted("0012345", "care_leaver", dt.date(2026, 6, 1), dt.date(2026, 6, 22))


def blank(tool: Tool = TOOL, for_: Allotted | None = None) -> Document:
    return blank_tool(tool, for_, council="Łukasz Nguyễn Council", produced_at=MOMENT)


def of_kind(document: Document, kind: type) -> list[object]:
    return [part for part in document.parts if isinstance(part, kind)]


def test_every_section_has_room_to_write_and_every_graded_one_a_box_for_each_grade() -> None:
    paper = blank()
    assert [part.text for part in paper.parts if isinstance(part, Heading)] == [
        f"{number}. {section.name}" for number, section in enumerate(TOOL.sections, 1)
    ]
    grades = [part for part in paper.parts if isinstance(part, Boxes)]
    assert len(grades) == len(TOOL.graded_sections)
    names = [level.name for level in reversed(TOOL.scale.levels)]
    assert all([name for name, _ in boxes.options][: len(names)] == names for boxes in grades)
    assert len(of_kind(paper, Room)) == 1 + 3 * len(TOOL.graded_sections)


def test_a_grade_stands_with_what_it_looks_like() -> None:
    tool = replace(TOOL, sections=(replace(SAFETY, descriptors={"good": "Seen weekly, and alone."}),))
    (boxes,) = of_kind(blank(tool), Boxes)
    assert isinstance(boxes, Boxes)
    assert "Good: Seen weekly, and alone." in boxes.worded


def test_questions_of_the_record_are_apart_from_the_grade() -> None:
    asked = replace(SAFETY, questions=(Question("seen", "Was the child seen?", ""),))
    tables = [part for part in blank(replace(TOOL, sections=(asked,))).parts if isinstance(part, Table)]
    assert tables[-1].caption == "Facts of the record, which make no grade"
    assert tables[-1].rows == (("Was the child seen?", "☐", "☐", "☐"),)


def test_it_is_marked_from_the_start_as_what_it_will_be() -> None:
    paper = blank()
    assert paper.marking == "OFFICIAL-SENSITIVE"
    assert paper.standing == "To be filled in"
    assert "DRAFT" not in said(paper)


def test_for_an_audit_it_asks_only_what_is_asked_of_its_case() -> None:
    tool = next(tool for tool in TOOLS if tool.kind == "case file")
    paper = blank(tool, CASE)
    headings = [part.text.partition(". ")[2] for part in paper.parts if isinstance(part, Heading)]
    assert headings == [section.name for section in tool.sections_for("care_leaver")]
    assert len(headings) < len(tool.sections)
    assert "0012345" in paper.title
    assert "Due 22 June 2026" in flat(said(paper))


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.key)
def test_every_tool_that_comes_with_the_service_prints_so_that_everybody_can_read_it(tool: Tool) -> None:
    paper = blank(tool)
    assert page.validate_pdf_bytes(pdf(paper), profile="pdfua-1").failures == []
    assert docx(paper).startswith(b"PK")
    words = flat(said(paper))
    assert "Łukasz Nguyễn Council" in words
    assert all(flat(section.name) in words for section in tool.sections)
    assert tags(paper).count("LI") == sum(len(part.options) for part in paper.parts if isinstance(part, Boxes))
