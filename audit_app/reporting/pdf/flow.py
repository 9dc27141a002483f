"""The parts of a paper, one after the other, as what is set on pages and as its structure."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFName
from reportlab.platypus import Flowable, HRFlowable, NextPageTemplate, PageBreak

from audit_app.reporting import document as paper
from audit_app.reporting import words
from audit_app.reporting.pdf import page, typefaces
from audit_app.reporting.pdf.blank import HANDWRITING, Blank
from audit_app.reporting.pdf.drawing import Figure
from audit_app.reporting.pdf.logo import Logo
from audit_app.reporting.pdf.prose import QUIET, Bookmark, Label, Prose, Style
from audit_app.reporting.pdf.table import Layout, RuledTable
from audit_app.reporting.pdf.tagging import Element, TaggedCanvas
from audit_app.reporting.to_fill_in import BOX, Boxes, Room

WIDE_PAGE = "wide"  # what the press calls its page that lies on its long side
BODY = Style(9.5, 14, after=8)
LEAD = Style(11.5, 17, after=10)
NOTE = Style(8, 11.5, colour=QUIET, after=8)
ITEM = Style(9.5, 14, after=4)
CAPTION = Style(9.5, 13, typefaces.BOLD, before=8, after=4, measure=page.MEASURE)
PROMPT = Style(9.5, 13, typefaces.BOLD, before=6, after=4, measure=page.MEASURE)
CALLOUT = Style(9.5, 14)
CALLOUT_TITLE = Style(9.5, 14, typefaces.BOLD, before=6)
COUNCIL = Style(9.5, 13, colour=QUIET, after=6)
TITLE = Style(22, 28, typefaces.BOLD, after=6, measure=page.MEASURE)
SUBTITLE = Style(13, 18, colour=QUIET, after=8)
IMPRINT = Style(8.5, 12, colour=QUIET, after=8)
HEADINGS = {
    1: Style(15, 20, typefaces.BOLD, before=20, after=8, measure=page.MEASURE),
    2: Style(12, 16, typefaces.BOLD, before=14, after=6, measure=page.MEASURE),
    3: Style(10, 14, typefaces.BOLD, before=10, after=4),
}

MISSING_LETTERS = (
    f"{typefaces.UNPRINTABLE} stands for a character that this typeface has no letter for. "
    "The page on screen shows every character."
)


class _Rule(HRFlowable):
    canv: TaggedCanvas

    def draw(self) -> None:
        with self.canv.artifact():
            super().draw()


class Story:
    """A paper being set: what goes on the pages in order, and the structure it stands in."""

    def __init__(self, document: paper.Document) -> None:
        self.root = Element("Document")
        self.flowables: list[Flowable] = []
        self.sheet = page.sheet_of(document)
        self.accent = page.accent_of(document)
        self._letters_missing = False
        self._headings = 0
        self._title(document)
        for part in document.parts:
            self._part(part)
        if self._letters_missing:
            self._set(MISSING_LETTERS, NOTE, self.root.add("P"))
        self._keep_company()

    def _keep_company(self) -> None:
        """A heading above a heading, a caption or a callout stays with all of what that must stay with."""
        for above, below in zip(self.flowables[-2::-1], self.flowables[:0:-1], strict=True):
            if isinstance(above, Prose) and isinstance(below, Prose) and above.company:
                above.company = max(above.company, below.opening)

    def _part(self, part: paper.Part) -> None:  # noqa: C901  one case for each kind of part
        match part:
            case paper.Heading():
                self._heading(part)
            case paper.Text():
                style = {"body": BODY, "note": NOTE, "lead": LEAD}[part.style]
                for passage in part.paragraphs:
                    self._set(passage, style, self.root.add("P"))
            case paper.Bullets():
                self._list(((item, "•") for item in part.items), "Disc")
            case paper.Numbered():
                self._list(((item, f"{number}.") for number, item in enumerate(part.items, 1)), "Decimal")
            case paper.Facts():
                self._facts(part)
            case paper.Table():
                self._table(part)
            case paper.Grid():
                self._grid(part)
            case paper.Chart():
                self._chart(part)
            case paper.Callout():
                self._callout(part)
            case paper.PageBreak():
                self._break(part)
            case Boxes():
                self._set(part.prompt, PROMPT, self.root.add("P"), company=40)
                self._list(((option, BOX) for option in part.worded), "None")
            case Room():
                height = part.lines * HANDWRITING + 4
                self._set(part.label, PROMPT, self.root.add("P"), company=height)
                self.flowables.append(Blank(height))

    def para(self, text: str) -> str:
        """The one way for words onto paper: set letter by letter, never read as markup."""
        printed = typefaces.printable(text)
        if typefaces.UNPRINTABLE in printed and typefaces.UNPRINTABLE not in text:
            self._letters_missing = True
        return printed

    def _set(self, text: str, style: Style, element: Element, **more: Any) -> None:
        self.flowables.append(Prose(self.para(text), style, element, **more))

    def _title(self, document: paper.Document) -> None:
        if document.look and document.look.logo:
            self.flowables.append(Logo(document.look.logo, self.root.add("Figure", alt=_alt(document))))
        if document.council:
            self._set(document.council, COUNCIL, self.root.add("P"))
        self._set(document.title, replace(TITLE, colour=self.accent), self.root.add("H1"))
        if document.subtitle:
            self._set(document.subtitle, SUBTITLE, self.root.add("P"))
        self._set(" · ".join(document.imprint), IMPRINT, self.root.add("P"))
        self.flowables.append(_Rule(width="100%", thickness=1.5, color=self.accent, spaceBefore=2, spaceAfter=14))

    def _break(self, part: paper.PageBreak) -> None:
        if part.wide:
            self.sheet = page.WIDE
            self.flowables.append(NextPageTemplate(WIDE_PAGE))
        self.flowables.append(PageBreak())

    def _heading(self, heading: paper.Heading) -> None:
        self._headings += 1
        title = " ".join(words.without_controls(heading.text).split())
        bookmark = Bookmark(f"heading-{self._headings}", title, heading.level - 1)
        element = self.root.add(f"H{heading.level + 1}")
        style = HEADINGS[heading.level]
        style = replace(style, colour=self.accent) if heading.level == 1 else style
        self._set(heading.text, style, element, bookmark=bookmark, company=60)

    def _list(self, items: Iterable[tuple[str, str]], numbering: str) -> None:
        whole = self.root.add("L", O=PDFName("List"), ListNumbering=PDFName(numbering))
        for item, sign in items:
            entry = whole.add("LI")
            label: Label | None = Label(sign, entry.add("Lbl"))
            body = entry.add("LBody")
            for passage in words.paragraphs(item) or ("",):
                self._set(passage, ITEM, body.add("P"), indent=20, label=label)
                label = None

    def _callout(self, callout: paper.Callout) -> None:
        group = self.root.add("Div")
        self._set(callout.title, CALLOUT_TITLE, group.add("P"), indent=16, bar=True, company=40)
        for passage in callout.paragraphs:
            self._set(passage, CALLOUT, group.add("P"), indent=16, bar=True)
        self.flowables[-1].spaceAfter = 12

    def _facts(self, facts: paper.Facts) -> None:
        columns = (paper.Column("", width_share=3), paper.Column("", width_share=7))
        rows = [(self.para(term), self.para(value)) for term, value in facts.shown_rows]
        element = self.root.add("Table")
        layout = Layout(columns, rows, element, self.sheet.body_width, headed=False, row_headers=True)
        self.flowables.append(RuledTable(layout, waiting=layout.first, before=8))

    def _table(
        self, table: paper.Table, *, boxed: frozenset[tuple[int, int]] = frozenset(), totals: bool = False
    ) -> None:
        element = self.root.add("Table")
        caption = element.add("Caption") if table.caption else None
        columns = [paper.Column(self.para(c.name), c.align, c.width_share) for c in table.columns]
        rows = [tuple(self.para(cell) for cell in row) for row in table.shown_rows]
        layout = Layout(
            columns, rows, element, self.sheet.body_width, row_headers=table.row_headers, boxed=boxed, bold_last=totals
        )
        if caption is not None:
            self._set(table.caption, CAPTION, caption, company=CAPTION.after + layout.opening)
        self.flowables.append(
            RuledTable(layout, waiting=layout.first, before=0 if table.caption else 8, after=6 if table.note else 14)
        )
        for passage in words.paragraphs(table.note):
            self._set(passage, NOTE, self.root.add("P"))

    def _grid(self, grid: paper.Grid) -> None:
        same = frozenset((place, place + 1) for place in range(len(grid.labels)))
        table = grid.table()
        note = "\n\n".join(filter(None, (grid.key, grid.note)))
        said = paper.Table(table.caption, table.columns, table.rows, row_headers=True, note=note)
        self._table(said, boxed=same, totals=True)

    def _chart(self, chart: paper.Chart) -> None:
        limit = self.sheet.body_height * 0.6
        scale = min(1.0, self.sheet.body_width / chart.scene.width, limit / chart.scene.height)
        room = chart.scene.height * scale + 10
        above = self.flowables[-1] if self.flowables else None
        if chart.caption:
            self._set(chart.caption, CAPTION, self.root.add("P"), company=room)
        elif isinstance(above, Prose):  # what it shows in words stays with it
            above.company = max(above.company, room)
        figure = self.root.add("Figure", alt=words.without_controls(chart.alt or chart.scene.description))
        self.flowables.append(Figure(chart.scene, figure, limit))
        self._table(chart.table)


def _alt(document: paper.Document) -> str:
    """The logo in words."""
    return f"Logo of {document.council}" if document.council else "Logo"
