"""Papers as Word documents: opened by a reader that is not ours."""

import zipfile
from io import BytesIO

import docx as reader
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from audit_app.reporting.document import Heading, PageBreak, Table, Text
from audit_app.reporting.docx import docx
from audit_app.reporting.to_fill_in import Boxes, Room
from tests.reporting.hostile import ALPHABET, HOSTILE
from tests.reporting.papers import PAPER, ROOT, TEAMS, paper, table_of

TICKS = "http://schemas.microsoft.com/office/word/2010/wordml"


def opened(*parts: object) -> WordDocument:
    """The paper, or one of other parts, opened again."""
    return reader.Document(BytesIO(docx(paper(*parts))))  # type: ignore[arg-type]


def words(word: WordDocument) -> str:
    """Everything that stands in a Word document, tables too."""
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in word.element.body.iter(qn("w:p")))


def test_a_paper_is_a_document_with_real_headings_in_order() -> None:
    word = opened()
    styled = [(line.style.name, line.text) for line in word.paragraphs if line.style and line.text]
    assert ("Title", PAPER.title) in styled
    headings = [(name, text) for name, text in styled if name and name.startswith("Heading")]
    assert headings == [(f"Heading {one.level}", one.text) for one in PAPER.headings()]


def test_its_marking_and_receipt_run_on_every_page() -> None:
    section = opened().sections[0]
    assert section.header.paragraphs[0].text == "OFFICIAL-SENSITIVE\tDRAFT"
    assert ROOT in section.footer.paragraphs[0].text
    assert {one.get(qn("w:instr")) for one in section.footer._element.iter(qn("w:fldSimple"))} == {"PAGE", "NUMPAGES"}


def test_an_appendix_with_wide_tables_lies_on_its_long_side_and_is_marked_too() -> None:
    upright, wide = opened(Heading(1, "Report"), PageBreak(wide=True), Heading(1, "Appendix"), TEAMS).sections
    assert upright.page_width == wide.page_height
    assert wide.page_width == upright.page_height
    assert (upright.page_width or 0) < (wide.page_width or 0)
    assert wide.header.paragraphs[0].text == upright.header.paragraphs[0].text == "OFFICIAL-SENSITIVE\tDRAFT"
    assert ROOT in wide.footer.paragraphs[0].text


def test_it_says_what_it_is_and_in_which_language() -> None:
    word = opened()
    about = word.core_properties
    assert (about.title, about.author, about.language) == (PAPER.title, PAPER.council, "en-GB")
    assert about.created == PAPER.produced_at
    assert {one.get(qn("w:val")) for one in word.styles.element.iter(qn("w:lang"))} == {"en-GB"}


def test_a_table_repeats_its_headings_and_keeps_every_cell() -> None:
    table = opened(TEAMS).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == [column.name for column in TEAMS.columns]
    assert table.rows[0]._tr.trPr is not None
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [[cell.text for cell in row.cells] for row in table.rows[1:]] == [list(row) for row in TEAMS.shown_rows]


@pytest.mark.parametrize("text", [*HOSTILE, ALPHABET, "Łukasz Nguyễn", "a\x00b\x1fc", "one\ntwo"])
def test_words_stay_words(text: str) -> None:
    kept = text.replace("\x00", "").replace("\x1f", "")
    word = opened(Heading(1, "Found"), Text(text), Table("T", (table_of(1).columns[0],), ((text,),)))
    assert kept in [line.text for line in word.paragraphs]
    assert word.tables[0].cell(1, 0).text == kept


def test_boxes_can_be_ticked_on_screen_and_each_has_a_number_of_its_own() -> None:
    word = opened(Boxes("Your grade", (("Good", "seen weekly"), ("Poor", ""))))
    boxes = list(word.element.body.iter(qn("w:sdt")))
    assert len(boxes) == 2
    assert len({box.find(f".//{qn('w:id')}").get(qn("w:val")) for box in boxes}) == 2
    assert all(
        box.find(".//{http://schemas.microsoft.com/office/word/2010/wordml}checkbox") is not None for box in boxes
    )
    assert "☐ Good: seen weekly" in words(word)


def test_room_to_write_in_is_a_frame_with_what_is_to_be_written_there() -> None:
    frame = opened(Room("Evidence", "long")).tables[0]
    assert frame.cell(0, 0).paragraphs[0].text == "Evidence"
    assert frame.cell(0, 0).paragraphs[1].text == ""
    short = opened(Room("Evidence", "line")).tables[0]
    assert frame.rows[0].height is not None
    assert short.rows[0].height is not None
    assert frame.rows[0].height > 4 * short.rows[0].height


def test_the_same_paper_is_the_same_bytes_without_a_moment_of_writing_in_it() -> None:
    first = docx(PAPER)
    assert docx(PAPER) == first
    with zipfile.ZipFile(BytesIO(first)) as file:
        assert {one.date_time for one in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
