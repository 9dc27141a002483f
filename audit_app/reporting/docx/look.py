"""How a Word document looks: its page, its letters, and what runs on every page."""

from dataclasses import replace
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from audit_app.reporting.document import Document
from audit_app.reporting.words import without_controls

INK, QUIET = RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x50, 0x5A, 0x5F)
LETTERS = "Arial"
BODY = 10.5
SIZES = {"Title": 22.0, "Subtitle": 13.0, "Heading 1": 15.0, "Heading 2": 12.0, "Heading 3": 10.5, "Caption": 10.0}
BOLD = frozenset({"Title", "Heading 1", "Heading 2", "Heading 3", "Caption"})
SHORT, LONG, SIDE = 210, 297, 20  # of a page and its margins, in millimetres


def width(document: Document) -> Length:
    """The width between the margins."""
    return Mm((LONG if document.wide else SHORT) - 2 * SIDE)


def dress(word: WordDocument, document: Document) -> None:
    """Set the page, the styles, and the lines that run on every page."""
    _styles(word, document.language)
    _colour(word, document)
    _lay(word.sections[0], document)


def lie_down(word: WordDocument, document: Document) -> Length:
    """Go on upon pages that lie on their long side; gives the width between their margins."""
    section = word.add_section(WD_SECTION.NEW_PAGE)
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    wide = replace(document, wide=True)
    _lay(section, wide)
    return width(wide)


def _lay(section: Section, document: Document) -> None:
    """The size of a section's pages, their margins, and the lines that run on them."""
    section.orientation = WD_ORIENT.LANDSCAPE if document.wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(LONG), Mm(SHORT)) if document.wide else (Mm(SHORT), Mm(LONG))
    section.left_margin = section.right_margin = Mm(SIDE)
    section.top_margin, section.bottom_margin = Mm(24), Mm(22)
    _header(section.header.paragraphs[0], document)
    _footer(section.footer.paragraphs[0], document)


def _styles(word: WordDocument, language: str) -> None:
    styles: Any = word.styles
    _letters(styles["Normal"], BODY)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for name, size in SIZES.items():
        style = styles[name]
        _letters(style, size, bold=name in BOLD)
        style.font.italic = False
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.space_before = Pt(14 if name == "Heading 1" else 9)
        style.paragraph_format.space_after = Pt(4)
        for border in style.element.findall(f".//{qn('w:pBdr')}"):
            border.getparent().remove(border)
    for name in ("List Bullet", "List Number", "Header", "Footer"):
        _letters(styles[name], BODY if name.startswith("List") else 8.5)
        styles[name].paragraph_format.tab_stops.clear_all()
    defaults = styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for said in defaults.findall(qn("w:lang")):
        defaults.remove(said)
    defaults.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>'))


def _colour(word: WordDocument, document: Document) -> None:
    """The council's own colour, for the title and the headings that open a section."""
    if document.look and document.look.colour:
        styles: Any = word.styles
        for name in ("Title", "Heading 1"):
            styles[name].font.color.rgb = RGBColor.from_string(document.look.colour.removeprefix("#").upper())


def _letters(style: Any, size: float, *, bold: bool = False) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.color.rgb = LETTERS, Pt(size), bold, INK
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("w:cs", "w:eastAsia"):
        fonts.set(qn(script), LETTERS)


def _header(line: Paragraph, document: Document) -> None:
    line.paragraph_format.tab_stops.add_tab_stop(width(document), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(document.marking).bold = True
    if document.status == "DRAFT":
        line.add_run("\tDRAFT").bold = True


def _footer(line: Paragraph, document: Document) -> None:
    line.paragraph_format.tab_stops.add_tab_stop(width(document), WD_TAB_ALIGNMENT.RIGHT)
    version = f"version {document.version}" if document.version else ""
    line.add_run(without_controls(" · ".join(filter(None, (document.council, document.title, version)))))
    line.add_run("\tPage ")
    _counted(line, "PAGE")
    line.add_run(" of ")
    _counted(line, "NUMPAGES")
    if document.receipt:
        receipt = line.add_run()
        receipt.add_break()
        receipt.add_text(f"History receipt: {document.receipt}")
        receipt.font.size = Pt(6.5)


def _counted(line: Paragraph, what: str) -> None:
    """A number that the reader's program fills in."""
    line._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{what}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
