"""A paper as a PDF that everybody can read: tagged, with its letters embedded, the same bytes every time."""

from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from audit_app.reporting.document import Document
from audit_app.reporting.pdf import page
from audit_app.reporting.pdf.flow import WIDE_PAGE, Story
from audit_app.reporting.pdf.tagging import Particulars, TaggedCanvas
from audit_app.reporting.words import without_controls

rl_config.trustedSchemes = []  # nothing is ever fetched, not even a file
rl_config.useA85 = 0  # bytes stay bytes: a quarter smaller than written as letters


def printed(document: Document) -> bytes:
    """The paper as a tagged PDF (PDF/UA-1)."""
    target = BytesIO()
    story, furnish = Story(document), page.furniture(document)
    particulars = Particulars(
        title=_one_line(document.title),
        author=_one_line(document.council),
        subject=_one_line(document.subtitle),
        keywords=document.marking,
        language=document.language,
        produced_at=document.produced_at,
    )

    def canvas(target: Any, /, **options: Any) -> TaggedCanvas:
        return TaggedCanvas(target, story.root, particulars, furnish, **options)

    def template(sheet: page.Sheet, name: str) -> PageTemplate:
        def behind(canvas: Canvas, _template: BaseDocTemplate) -> None:
            if document.status == "DRAFT" and isinstance(canvas, TaggedCanvas):
                page.watermark(canvas, sheet)

        body = Frame(page.SIDE, page.BOTTOM, sheet.body_width, sheet.body_height, 0, 0, 0, 0, id="body")
        return PageTemplate(name, [body], onPage=behind, pagesize=(sheet.width, sheet.height))

    first = page.sheet_of(document)
    press = BaseDocTemplate(target, pagesize=(first.width, first.height))
    press.addPageTemplates([template(first, "page"), template(page.WIDE, WIDE_PAGE)])
    press.build(story.flowables, canvasmaker=canvas)
    del press.canv  # it refers to itself, and would keep all pages until the garbage is looked for
    return target.getvalue()


def _one_line(text: str) -> str:
    return " ".join(without_controls(text).split())
