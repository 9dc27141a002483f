"""The parts of a paper, one after the other, as paragraphs and tables of a Word document."""

from collections.abc import Iterable
from io import BytesIO

from docx.document import Document as WordDocument
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Pt
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from audit_app.organisation.looks import Logo
from audit_app.reporting import document as paper
from audit_app.reporting.columns import fitted
from audit_app.reporting.docx.look import QUIET, lie_down, width
from audit_app.reporting.to_fill_in import BOX, Boxes, Room
from audit_app.reporting.words import paragraphs, without_controls

ALIGNED = {"left": WD_ALIGN_PARAGRAPH.LEFT, "right": WD_ALIGN_PARAGRAPH.RIGHT, "centre": WD_ALIGN_PARAGRAPH.CENTER}
HANDWRITING = Pt(22)
CELL = Pt(9.5)  # letters in a table
LETTER = 0.6  # the width of a letter, of its height
AIR = Pt(12)  # beside the words of a cell
HIGHEST, WIDEST = 40.0, 160.0  # of a logo, in points
WHOLE = 600  # a row of fewer letters is never cut by a page's end
TICKED = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
FONT = "MS Gothic"  # which Word has the boxes from
FONTED = '<w:rPr><w:rFonts w:ascii="{0}" w:eastAsia="{0}" w:hAnsi="{0}" w:hint="eastAsia"/></w:rPr>'


class Script:
    """A paper being written into a Word document."""

    def __init__(self, word: WordDocument, document: paper.Document) -> None:
        self.word, self.document, self.width = word, document, width(document)
        if document.look and document.look.logo:
            _put_logo(word, document.look.logo, f"Logo of {document.council}" if document.council else "Logo")
        if document.council:
            self._say(document.council, quiet=True)
        word.add_paragraph(_plain(document.title), "Title")
        if document.subtitle:
            word.add_paragraph(_plain(document.subtitle), "Subtitle")
        self._say(" · ".join(document.imprint), quiet=True)
        for above, part in zip((None, *document.parts), document.parts, strict=False):
            if not (isinstance(part, paper.Chart) and isinstance(above, paper.Text) and above.text == part.alt):
                self._part(part)
            else:  # its words stand above it already
                self._table(part.table)
            if isinstance(above, paper.Heading) and isinstance(part, paper.Text):  # a heading's words stay with more
                self.word.paragraphs[-1].paragraph_format.keep_with_next = True

    def _part(self, part: paper.Part) -> None:  # noqa: C901  one case for each kind of part
        match part:
            case paper.Heading():
                self.word.add_paragraph(_plain(part.text), f"Heading {part.level}")
            case paper.Text():
                for passage in part.paragraphs:
                    self._say(passage, quiet=part.style == "note", large=part.style == "lead")
            case paper.Bullets():
                self._list(part.items, "List Bullet")
            case paper.Numbered():  # numbered in words: a list of Word's own would count on from the last one
                self._list((f"{number}. {item}" for number, item in enumerate(part.items, 1)), "Normal")
            case paper.Facts():
                self._facts(part)
            case paper.Table():
                self._table(part)
            case paper.Grid():
                self._table(part.table())
                self._say(part.key, quiet=True)
            case paper.Chart():
                self._say(part.alt or part.scene.description)
                self._table(part.table)
            case paper.Callout():
                self._callout(part)
            case Boxes():
                self._say(part.prompt, bold=True)
                for option in part.worded:
                    line = self.word.add_paragraph()
                    _tick(line)
                    _write(line, f" {option}")
                    line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Pt(20), Pt(-20)
            case Room():
                self._room(part)
            case paper.PageBreak(wide=True):
                self.width = lie_down(self.word, self.document)
            case paper.PageBreak():
                self.word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _say(self, text: str, *, quiet: bool = False, large: bool = False, bold: bool = False) -> Paragraph:
        line = self.word.add_paragraph()
        run = _write(line, text)
        run.bold = bold or None
        line.paragraph_format.keep_with_next = bold or None
        if quiet:
            run.font.color.rgb, run.font.size = QUIET, Pt(9)
        if large:
            run.font.size = Pt(12)
        return line

    def _list(self, items: Iterable[str], style: str) -> None:
        for item in items:
            _write(self.word.add_paragraph(style=style), item)

    def _callout(self, callout: paper.Callout) -> None:
        cell = self._frame(1)
        _write(cell.paragraphs[0], callout.title).bold = True
        for passage in callout.paragraphs:
            _write(cell.add_paragraph(), passage)
        self._after()

    def _room(self, room: Room) -> None:
        cell = self._frame(room.lines)
        first = cell.paragraphs[0]
        _write(first, room.label).bold = True
        first.paragraph_format.keep_with_next = True
        cell.add_paragraph()  # where the first word goes
        self._after()

    def _frame(self, lines: int) -> WordCell:
        table = self.word.add_table(1, 1, "Table Grid")
        _quiet_lines(table)
        table.rows[0].height, table.rows[0].height_rule = Length(lines * HANDWRITING), WD_ROW_HEIGHT_RULE.AT_LEAST
        _whole(table, 0)
        cell: WordCell = table.cell(0, 0)
        return cell

    def _after(self) -> None:
        """The air under a table, without which two tables would run into one."""
        air = self.word.add_paragraph()
        air.paragraph_format.space_after = Pt(2)

    def _facts(self, facts: paper.Facts) -> None:
        columns = (paper.Column("", width_share=3), paper.Column("", width_share=7))
        self._rows(columns, facts.shown_rows, headed=False, row_headers=True)
        self._after()

    def _table(self, table: paper.Table) -> None:
        if table.caption:
            self.word.add_paragraph(_plain(table.caption), "Caption")
        self._rows(table.columns, table.shown_rows, headed=True, row_headers=table.row_headers)
        self._after()
        for passage in paragraphs(table.note):
            self._say(passage, quiet=True)

    def _rows(
        self, columns: tuple[paper.Column, ...], rows: Iterable[tuple[str, ...]], *, headed: bool, row_headers: bool
    ) -> None:
        every = [tuple(column.name for column in columns)] * headed + list(rows)
        table = self.word.add_table(len(every), len(columns), "Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        _quiet_lines(table)
        longest = [max(map(_word_width, texts)) for texts in zip(*every, strict=True)] if every else []
        widths = fitted([column.width_share for column in columns], longest, self.width)
        for column, wide in zip(table.columns, widths, strict=True):
            column.width = Length(int(wide))
        for place, cells in enumerate(every):
            head = headed and place == 0
            if sum(map(len, cells)) < WHOLE:
                _whole(table, place)
            for number, (cell, text) in enumerate(zip(table.rows[place].cells, cells, strict=True)):
                cell.width = table.columns[number].width
                _fill(cell, text, bold=head or (row_headers and number == 0))
                cell.paragraphs[0].alignment = ALIGNED[columns[number].align]
        if headed:
            table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _word_width(text: str) -> float:
    """The width of the longest word of a cell, about: the reader's letters are not known here."""
    return max(map(len, text.split()), default=0) * CELL * LETTER + AIR


def _quiet_lines(table: WordTable) -> None:
    """Grey rules, and air around the words of each cell."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    rules = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="B1B4B6"/>' for side in sides)
    air = "".join(f'<w:{side} w:w="{60 if side in sides[::2] else 100}" w:type="dxa"/>' for side in sides[:4])
    said = table._tbl.tblPr
    said.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{rules}</w:tblBorders>"))
    said.append(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{air}</w:tblCellMar>"))


def _whole(table: WordTable, row: int) -> None:
    """A row is not cut by a page's end."""
    table.rows[row]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _fill(cell: WordCell, text: str, *, bold: bool) -> None:
    line = cell.paragraphs[0]
    line.paragraph_format.space_after = Pt(2)
    if text == BOX:
        _tick(line)
    else:
        run = _write(line, text)
        run.bold, run.font.size = bold or None, CELL


def _write(line: Paragraph, text: str) -> Run:
    """Words on a line; a line end of theirs stays one."""
    return line.add_run(_plain(text))


def _plain(text: str) -> str:
    return without_controls(text).replace("\t", " ")


def _tick(line: Paragraph) -> None:
    """A box that can be ticked on screen, and by hand."""
    number = sum(1 for _ in line.part.element.iter(qn("w:sdt"))) + 1
    box = FONTED.format(FONT)
    states = "".join(
        f'<w14:{name} w14:val="{code}" w14:font="{FONT}"/>'
        for name, code in (("checkedState", "2612"), ("uncheckedState", "2610"))
    )
    line._p.append(
        parse_xml(
            f'<w:sdt {nsdecls("w")} {TICKED}><w:sdtPr><w:id w:val="{number}"/>'
            f'<w14:checkbox><w14:checked w14:val="0"/>{states}</w14:checkbox></w:sdtPr>'
            f"<w:sdtContent><w:r>{box}<w:t>{BOX}</w:t></w:r></w:sdtContent></w:sdt>"
        )
    )


def _put_logo(word: WordDocument, logo: Logo, words: str) -> None:
    """The logo above the title, with its words for whoever does not see it."""
    scale = min(HIGHEST / logo.height, WIDEST / logo.width)
    run = word.add_paragraph().add_run()
    picture = run.add_picture(BytesIO(logo.png), Pt(logo.width * scale), Pt(logo.height * scale))
    picture._inline.docPr.set("descr", without_controls(words))
