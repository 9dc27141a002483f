"""The logo of whoever a paper is from, above its title."""

from io import BytesIO

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFArray, PDFName
from reportlab.platypus import Flowable

from audit_app.organisation import looks
from audit_app.reporting.pdf.tagging import Element, TaggedCanvas

HIGHEST, WIDEST = 40.0, 160.0  # in points


class Logo(Flowable):
    """A logo at the left margin, as large as there is room for it."""

    canv: TaggedCanvas

    def __init__(self, logo: looks.Logo, element: Element) -> None:
        super().__init__()
        self.logo, self.element = logo, element
        scale = min(HIGHEST / logo.height, WIDEST / logo.width)
        self.width, self.height = logo.width * scale, logo.height * scale
        self.spaceAfter = 10

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803  the names are ReportLab's
        """The room it takes."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw it, and say in the structure where on the page it stands."""
        x, y = self.canv.absolutePosition(0, 0)
        box = PDFArray([round(n, 2) for n in (x, y, x + self.width, y + self.height)])
        self.element.attributes = {"O": PDFName("Layout"), "Placement": PDFName("Block"), "BBox": box}
        with self.canv.tagged(self.element):
            self.canv.drawImage(ImageReader(BytesIO(self.logo.png)), 0, 0, self.width, self.height)
