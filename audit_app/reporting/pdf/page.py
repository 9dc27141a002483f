"""The page of a paper: its size and margins, and what runs on every one."""

from collections.abc import Callable
from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4

from audit_app.reporting.document import Document
from audit_app.reporting.pdf import typefaces
from audit_app.reporting.pdf.prose import INK, QUIET, RULE
from audit_app.reporting.pdf.tagging import TaggedCanvas

SIDE, TOP, BOTTOM = 62.0, 82.0, 84.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's size, and the room in it for the paper itself."""

    width: float
    height: float

    @property
    def body_width(self) -> float:
        """The width between the margins."""
        return self.width - 2 * SIDE

    @property
    def body_height(self) -> float:
        """The height between the running lines."""
        return self.height - TOP - BOTTOM


UPRIGHT, WIDE = Sheet(*A4), Sheet(A4[1], A4[0])
MEASURE = UPRIGHT.body_width  # headings and captions are no longer than this on any page

_FAINT = HexColor("#efefef")


def sheet_of(document: Document) -> Sheet:
    """The page that a paper is set on."""
    return WIDE if document.wide else UPRIGHT


def _sheet_on(canvas: TaggedCanvas, number: int) -> Sheet:
    """The page that was set as this one of a paper: its appendix may lie on its long side."""
    leaf = canvas._doc.Pages.pages[number - 1]
    return Sheet(leaf.pagewidth, leaf.pageheight)


def accent_of(document: Document) -> Color:
    """The colour of headings and rules: the council's own, or ink."""
    return HexColor(document.look.colour) if document.look and document.look.colour else INK


def furniture(document: Document) -> Callable[[TaggedCanvas, int, int], None]:
    """What draws the running lines of a paper: marking, standing, what it is, page, receipt."""
    marking = document.marking
    version = f"version {document.version}" if document.version else ""
    what = typefaces.printable(" · ".join(filter(None, (document.council, document.title, version))))
    receipt = typefaces.printable(f"History receipt: {document.receipt}") if document.receipt else ""

    def furnish(canvas: TaggedCanvas, number: int, pages: int) -> None:
        page, sheet = f"Page {number} of {pages}", _sheet_on(canvas, number)
        with canvas.artifact("Pagination", "Header"):
            canvas.setFillColor(INK)
            canvas.setFont(typefaces.BOLD, 8.5)
            canvas.drawString(SIDE, sheet.height - 46, marking)
            if document.status == "DRAFT":
                canvas.drawRightString(sheet.width - SIDE, sheet.height - 46, "DRAFT")
            _rule(canvas, sheet, sheet.height - 54)
        with canvas.artifact("Pagination", "Footer"):
            _rule(canvas, sheet, 62)
            canvas.setFillColor(QUIET)
            canvas.setFont(typefaces.PLAIN, 7.5)
            canvas.drawRightString(sheet.width - SIDE, 50, page)
            room = sheet.body_width - typefaces.width(page, typefaces.PLAIN, 7.5) - 16
            canvas.drawString(SIDE, 50, _shortened(what, 7.5, room))
            if receipt:
                size = min(6.5, 6.5 * sheet.body_width / typefaces.width(receipt, typefaces.PLAIN, 6.5))
                canvas.setFont(typefaces.PLAIN, size)
                canvas.drawString(SIDE, 38, receipt)

    return furnish


def watermark(canvas: TaggedCanvas, sheet: Sheet) -> None:
    """The word DRAFT across the page, behind everything."""
    with canvas.artifact("Pagination", "Watermark"):
        canvas.saveState()
        canvas.setFillColor(_FAINT)
        canvas.setFont(typefaces.BOLD, 130)
        canvas.translate(sheet.width / 2, sheet.height / 2)
        canvas.rotate(52 if sheet.height > sheet.width else 32)
        canvas.drawCentredString(0, -45, "DRAFT")
        canvas.restoreState()


def _rule(canvas: TaggedCanvas, sheet: Sheet, y: float) -> None:
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.5)
    canvas.line(SIDE, y, sheet.width - SIDE, y)


def _shortened(text: str, size: float, room: float) -> str:
    """A running line that fits: its end, the version, stays."""
    if typefaces.width(text, typefaces.PLAIN, size) <= room:
        return text
    head, dot, tail = text.rpartition(" · ")
    while head and typefaces.width(f"{head}…{dot}{tail}", typefaces.PLAIN, size) > room:
        head = head[:-1]
    return f"{head.rstrip()}…{dot}{tail}"
