"""Room on paper that somebody writes in by hand."""

from reportlab.platypus import Flowable

from audit_app.reporting.pdf.prose import RULE
from audit_app.reporting.pdf.tagging import TaggedCanvas

HANDWRITING = 20.0  # from one written line to the next


class Blank(Flowable):
    """An empty frame as wide as the page's text."""

    canv: TaggedCanvas

    def __init__(self, height: float) -> None:
        super().__init__()
        self.height, self.spaceAfter = height, 10

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803  the names are ReportLab's
        """The room it takes."""
        self.width = aW
        return aW, self.height

    def draw(self) -> None:
        """Set the frame, which is no content: nothing is in it yet."""
        with self.canv.artifact():
            self.canv.setStrokeColor(RULE)
            self.canv.setLineWidth(0.75)
            self.canv.rect(0, 0, self.width, self.height, fill=0)
