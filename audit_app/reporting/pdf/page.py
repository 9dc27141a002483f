"""The page of a paper: its size and margins, and what runs on every one."""

from collections.abc import Callable

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4

from audit_app.reporting.document import Document
from audit_app.reporting.pdf import typefaces
from audit_app.reporting.pdf.prose import INK, QUIET, RULE
from audit_app.reporting.pdf.tagging import TaggedCanvas

WIDTH, HEIGHT = A4
SIDE, TOP, BOTTOM = 62.0, 82.0, 84.0
BODY_WIDTH, BODY_HEIGHT = WIDTH - 2 * SIDE, HEIGHT - TOP - BOTTOM

_FAINT = HexColor("#efefef")


def furniture(document: Document) -> Callable[[TaggedCanvas, int, int], None]:
    """What draws the running lines of a paper: marking, standing, what it is, page, receipt."""
    marking = document.marking
    version = f"version {document.version}" if document.version else ""
    what = typefaces.printable(" · ".join(filter(None, (document.council, document.title, version))))
    receipt = typefaces.printable(f"History receipt: {document.receipt}") if document.receipt else ""

    def furnish(canvas: TaggedCanvas, number: int, pages: int) -> None:
        page = f"Page {number} of {pages}"
        with canvas.artifact("Pagination", "Header"):
            canvas.setFillColor(INK)
            canvas.setFont(typefaces.BOLD, 8.5)
            canvas.drawString(SIDE, HEIGHT - 46, marking)
            if document.status == "DRAFT":
                canvas.drawRightString(WIDTH - SIDE, HEIGHT - 46, "DRAFT")
            _rule(canvas, HEIGHT - 54)
        with canvas.artifact("Pagination", "Footer"):
            _rule(canvas, 62)
            canvas.setFillColor(QUIET)
            canvas.setFont(typefaces.PLAIN, 7.5)
            canvas.drawRightString(WIDTH - SIDE, 50, page)
            room = BODY_WIDTH - typefaces.width(page, typefaces.PLAIN, 7.5) - 16
            canvas.drawString(SIDE, 50, _shortened(what, 7.5, room))
            if receipt:
                size = min(6.5, 6.5 * BODY_WIDTH / typefaces.width(receipt, typefaces.PLAIN, 6.5))
                canvas.setFont(typefaces.PLAIN, size)
                canvas.drawString(SIDE, 38, receipt)

    return furnish


def watermark(canvas: TaggedCanvas) -> None:
    """The word DRAFT across the page, behind everything."""
    with canvas.artifact("Pagination", "Watermark"):
        canvas.saveState()
        canvas.setFillColor(_FAINT)
        canvas.setFont(typefaces.BOLD, 130)
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(52)
        canvas.drawCentredString(0, -45, "DRAFT")
        canvas.restoreState()


def _rule(canvas: TaggedCanvas, y: float) -> None:
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.5)
    canvas.line(SIDE, y, WIDTH - SIDE, y)


def _shortened(text: str, size: float, room: float) -> str:
    """A running line that fits: its end, the version, stays."""
    if typefaces.width(text, typefaces.PLAIN, size) <= room:
        return text
    head, dot, tail = text.rpartition(" · ")
    while head and typefaces.width(f"{head}…{dot}{tail}", typefaces.PLAIN, size) > room:
        head = head[:-1]
    return f"{head.rstrip()}…{dot}{tail}"
