"""A chart as a list of shapes: drawn as SVG on a page and by the PDF writer on paper (pure)."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Literal

from markupsafe import Markup, escape

INK = "#0b0c0c"
QUIET = "#505a5f"
PAPER = "#ffffff"

_COLOUR = re.compile(r"#[0-9a-f]{6}\Z")

Anchor = Literal["start", "middle", "end"]
Attributes = dict[str, str | float]
MarkShape = Literal["circle", "square", "diamond", "triangle"]


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle: a bar, a cell, a key's swatch."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    stroke: str | None = None
    stroke_width: float = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line: an axis, a limit, a tick."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str = INK
    stroke_width: float = 1
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """A line through points, or, when closed, the area it encloses, which may be filled."""

    points: tuple[tuple[float, float], ...]
    stroke: str | None = INK
    stroke_width: float = 2
    dash: tuple[float, ...] = ()
    fill: str | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """One observation. Open (no fill): little stands behind it; shapes, not colours, tell series apart."""

    x: float
    y: float
    radius: float = 4
    fill: str | None = INK
    stroke: str | None = None
    stroke_width: float = 1.5
    shape: MarkShape = "circle"


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of text, its baseline at y; turned runs upwards."""

    x: float
    y: float
    text: str
    size: float = 12
    anchor: Anchor = "start"
    fill: str = INK
    bold: bool = False
    turned: bool = False


Shape = Rect | Line | Path | Mark | Words


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole chart: its size, its name, what it shows in words, and its shapes, the first at the back."""

    width: float
    height: float
    title: str
    description: str
    shapes: tuple[Shape, ...] = ()

    def __post_init__(self) -> None:
        for shape in self.shapes:
            for name, number in _numbers(shape):
                if not math.isfinite(number):
                    raise ValueError(f"{type(shape).__name__}.{name} is not a number: {number}")
            for colour in (getattr(shape, "fill", None), getattr(shape, "stroke", None)):
                if colour is not None and not _COLOUR.match(colour):
                    raise ValueError(f"A colour is written #rrggbb in small letters, not {colour!r}")

    def svg(self, name: str = "chart") -> Markup:
        """The chart as SVG without styles or scripts; `name` keeps its ids apart from another chart's on the page."""
        title, description = f"{name}-title", f"{name}-description"
        head = Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {w} {h}" role="img" '
            'aria-labelledby="{t} {d}" font-family="Arial, sans-serif" focusable="false">'
            '<title id="{t}">{title}</title><desc id="{d}">{text}</desc>'
        ).format(w=_n(self.width), h=_n(self.height), t=title, d=description, title=self.title, text=self.description)
        shapes = "".join(map(_svg, self.shapes))
        return head + Markup(shapes + "</svg>")  # noqa: S704 (every text in it was escaped)


def ink_on(fill: str) -> str:
    """The text colour that reads best on a fill: nearly black or white."""
    return PAPER if contrast(fill, PAPER) > contrast(fill, INK) else INK


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def outline(mark: Mark) -> tuple[tuple[float, float], ...]:
    """The corners of a mark that is not a circle, sized to look as heavy as a circle of its radius."""
    x, y, r = mark.x, mark.y, mark.radius
    if mark.shape == "square":
        r *= 0.9
        return ((x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r))
    if mark.shape == "diamond":
        r *= 1.25
        return ((x, y - r), (x + r, y), (x, y + r), (x - r, y))
    r *= 1.25
    return ((x, y - r), (x + 0.87 * r, y + r / 2), (x - 0.87 * r, y + r / 2))


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _numbers(shape: Shape) -> Iterator[tuple[str, float]]:
    for field in fields(shape):
        value = getattr(shape, field.name)
        if isinstance(value, int | float):
            yield field.name, value
        elif field.name == "points":
            for x, y in value:
                yield "points", x
                yield "points", y


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".") if number % 1 else str(int(number))


def _svg(shape: Shape) -> str:
    match shape:
        case Rect(x=x, y=y, width=width, height=height, fill=fill):
            box: Attributes = {"x": x, "y": y, "width": width, "height": height, "fill": fill or "none"}
            return _element("rect", box | _stroke(shape))
        case Line(x1=x1, y1=y1, x2=x2, y2=y2):
            ends: Attributes = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
            return _element("line", ends | _stroke(shape))
        case Path(points=points, fill=fill, closed=closed):
            tag = "polygon" if closed else "polyline"
            run: Attributes = {"points": _points(points), "fill": (closed and fill) or "none"}
            return _element(tag, run | _stroke(shape))
        case Mark(shape="circle"):
            place: Attributes = {"cx": shape.x, "cy": shape.y, "r": shape.radius, "fill": shape.fill or PAPER}
            return _element("circle", place | _stroke(shape))
        case Mark():
            corners: Attributes = {"points": _points(outline(shape)), "fill": shape.fill or PAPER}
            return _element("polygon", corners | _stroke(shape))
        case Words():
            return _words(shape)


def _words(words: Words) -> str:
    attributes: Attributes = {"x": words.x, "y": words.y, "font-size": words.size, "text-anchor": words.anchor}
    attributes["fill"] = words.fill
    if words.bold:
        attributes["font-weight"] = "bold"
    if words.turned:
        attributes["transform"] = f"rotate(-90 {_n(words.x)} {_n(words.y)})"
    return _element("text", attributes, words.text)


def _stroke(shape: Rect | Line | Path | Mark) -> Attributes:
    colour = shape.stroke
    if colour is None and isinstance(shape, Mark) and shape.fill is None:
        colour = INK
    if colour is None:
        return {}
    stroke: Attributes = {"stroke": colour, "stroke-width": shape.stroke_width}
    if isinstance(shape, Line | Path) and shape.dash:
        stroke["stroke-dasharray"] = " ".join(_n(d) for d in shape.dash)
    return stroke


def _points(points: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _element(tag: str, attributes: Attributes, text: str | None = None) -> str:
    # In plain strings, escaped piece by piece: through Markup's own formatting this was half the cost of a page.
    written = "".join(
        f' {name}="{escape(value) if isinstance(value, str) else _n(value)}"' for name, value in attributes.items()
    )
    return f"<{tag}{written}/>" if text is None else f"<{tag}{written}>{escape(text)}</{tag}>"
