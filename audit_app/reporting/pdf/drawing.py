"""A chart on paper: its scene drawn as a figure that carries its words."""

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfdoc import PDFArray, PDFName
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from audit_app.reporting.pdf import typefaces
from audit_app.reporting.pdf.direction import turned
from audit_app.reporting.pdf.tagging import Element, TaggedCanvas
from audit_app.web.scene import INK, PAPER, Line, Mark, Path, Rect, Scene, Words, outline

_NARROWER = 0.9  # the paper's typeface runs wider than the page's


class Figure(Flowable):
    """A chart across the page, never larger than it was drawn."""

    canv: TaggedCanvas

    def __init__(self, scene: Scene, element: Element, height_limit: float) -> None:
        super().__init__()
        self.scene, self.element, self.height_limit = scene, element, height_limit
        self.scale = 1.0
        self.spaceBefore, self.spaceAfter = 4, 10

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803  the names are ReportLab's
        """The room it takes, scaled down to fit the page."""
        self.scale = min(1.0, aW / self.scene.width, self.height_limit / self.scene.height)
        self.width, self.height = self.scene.width * self.scale, self.scene.height * self.scale
        return self.width, self.height

    def draw(self) -> None:
        """Draw it, and say in the structure where on the page it stands."""
        canvas = self.canv
        x, y = canvas.absolutePosition(0, 0)
        box = PDFArray([round(n, 2) for n in (x, y, x + self.width, y + self.height)])
        self.element.attributes = {"O": PDFName("Layout"), "Placement": PDFName("Block"), "BBox": box}
        with canvas.tagged(self.element):
            canvas.saveState()
            canvas.scale(self.scale, self.scale)
            draw_scene(canvas, self.scene)
            canvas.restoreState()


def draw_scene(canvas: Canvas, scene: Scene) -> None:
    """Draw a scene's shapes, the first at the back; on paper y runs upwards."""
    for shape in scene.shapes:
        match shape:
            case Rect(x=x, y=y, width=width, height=height):
                corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
                _run(canvas, scene.height, corners, shape.fill, shape.stroke, shape.stroke_width, closed=True)
            case Line():
                ends = ((shape.x1, shape.y1), (shape.x2, shape.y2))
                _run(canvas, scene.height, ends, None, shape.stroke, shape.stroke_width, shape.dash)
            case Path():
                fill = shape.fill if shape.closed else None
                width, dash, closed = shape.stroke_width, shape.dash, shape.closed
                _run(canvas, scene.height, shape.points, fill, shape.stroke, width, dash, closed=closed)
            case Mark():
                _mark(canvas, scene.height, shape)
            case Words():
                _words(canvas, scene.height, shape)


def _run(
    canvas: Canvas,
    height: float,
    points: tuple[tuple[float, float], ...],
    fill: str | None,
    stroke: str | None,
    width: float,
    dash: tuple[float, ...] = (),
    *,
    closed: bool = False,
) -> None:
    if not points:
        return
    path = canvas.beginPath()
    path.moveTo(points[0][0], height - points[0][1])
    for x, y in points[1:]:
        path.lineTo(x, height - y)
    if closed:
        path.close()
    _ink(canvas, fill, stroke, width, dash)
    canvas.drawPath(path, stroke=int(stroke is not None), fill=int(fill is not None))


def _mark(canvas: Canvas, height: float, mark: Mark) -> None:
    fill, stroke = mark.fill or PAPER, mark.stroke or (INK if mark.fill is None else None)
    if mark.shape != "circle":
        _run(canvas, height, outline(mark), fill, stroke, mark.stroke_width, closed=True)
        return
    _ink(canvas, fill, stroke, mark.stroke_width)
    canvas.circle(mark.x, height - mark.y, mark.radius, stroke=int(stroke is not None), fill=1)


def _words(canvas: Canvas, height: float, words: Words) -> None:
    text, face = typefaces.printable(words.text), typefaces.BOLD if words.bold else typefaces.PLAIN
    size = words.size * _NARROWER
    back = {"start": 0.0, "middle": 0.5, "end": 1.0}[words.anchor] * typefaces.width(text, face, size)
    canvas.saveState()
    canvas.translate(words.x, height - words.y)
    if words.turned:
        canvas.rotate(90)
    canvas.setFillColor(HexColor(words.fill))
    canvas.setFont(face, size)
    canvas.drawString(-back, 0, turned(text))
    canvas.restoreState()


def _ink(canvas: Canvas, fill: str | None, stroke: str | None, width: float, dash: tuple[float, ...] = ()) -> None:
    if fill:
        canvas.setFillColor(HexColor(fill))
    if stroke:
        canvas.setStrokeColor(HexColor(stroke))
        canvas.setLineWidth(width)
        canvas.setDash(list(dash))
