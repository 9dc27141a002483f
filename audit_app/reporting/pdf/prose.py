"""Running text: how it is broken into lines, set on the page, and carried over to the next."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reportlab.lib.colors import Color, HexColor
from reportlab.platypus import Flowable

from audit_app.reporting.document import Align
from audit_app.reporting.pdf import typefaces
from audit_app.reporting.pdf.tagging import Element, TaggedCanvas

INK = HexColor("#0b0c0c")
QUIET = HexColor("#505a5f")
RULE = HexColor("#b1b4b6")
ACCENT = HexColor("#1d70b8")
MEASURE = 432.0  # about 75 characters of body text

_TOGETHER = 560.0  # no more than this is kept on one page; it must fit an empty one
_ASCENT, _DEPTH = 0.93, 1.17  # of DejaVu Sans, in sizes


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of text is set."""

    size: float
    leading: float
    face: str = typefaces.PLAIN
    colour: Color = INK
    before: float = 0
    after: float = 0
    measure: float = MEASURE


@dataclass(frozen=True, slots=True)
class Label:
    """A bullet or a number that stands before the first line."""

    text: str
    element: Element


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A heading's place in the list of contents that a reader opens beside the pages."""

    key: str
    text: str
    level: int


def wrapped(text: str, style: Style, limit: float) -> list[str]:
    """A text in lines that fit; a line broken at a space keeps it, so that words stay apart when read aloud."""
    if "\n" not in text and typefaces.width(text, style.face, style.size) <= limit:
        return [" ".join(filter(None, text.split(" ")))]  # most cells of a table
    lines: list[str] = []
    space = typefaces.width(" ", style.face, style.size)
    for passage in text.split("\n"):
        line, used = "", 0.0
        for word in passage.split(" "):
            if not word:
                continue
            room = typefaces.width(word, style.face, style.size)
            if line and used + room > limit:
                lines.append(line)
                line, used = "", 0.0
            if room > limit:
                *full, word = _broken(word, style, limit)
                lines.extend(full)
                room = typefaces.width(word, style.face, style.size)
            line, used = f"{line}{word} ", used + room + space
        lines.append(line)
    lines[-1] = lines[-1].rstrip(" ")
    return lines


def set_lines(
    canvas: TaggedCanvas, lines: Iterable[str], style: Style, x: float, top: float, room: float, align: Align = "left"
) -> None:
    """Set lines of text below each other, the first under `top`."""
    canvas.ink(style.colour)
    y = top - (style.leading - _DEPTH * style.size) / 2 - _ASCENT * style.size
    for line in lines:
        start = x
        if align != "left":
            spare = room - typefaces.width(line.rstrip(" "), style.face, style.size)
            start += spare if align == "right" else spare / 2
        canvas.say(line, style.face, style.size, start, y)
        y -= style.leading


class Prose(Flowable):
    """A paragraph, heading or list item: lines of one style that belong to one element."""

    canv: TaggedCanvas

    def __init__(
        self,
        text: str,
        style: Style,
        element: Element,
        *,
        indent: float = 0,
        label: Label | None = None,
        bar: bool = False,
        bookmark: Bookmark | None = None,
        company: float = 0,
    ) -> None:
        super().__init__()
        self.text, self.style, self.element = text, style, element
        self.indent, self.label, self.bar, self.bookmark = indent, label, bar, bookmark
        self.company = company  # how much of what follows must stand on the same page
        self.spaceBefore, self.spaceAfter = style.before, style.after
        self.lines: list[str] = []

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803  the names are ReportLab's
        """The room it takes; more than there is when what must stay with it would not fit."""
        self.width = aW
        if not self.lines:
            self.lines = wrapped(self.text, self.style, min(aW, self.style.measure) - self.indent)
        self.height = len(self.lines) * self.style.leading + self._padding
        self.company = min(self.company, max(_TOGETHER - self.height, 0))
        return aW, self.height + (self.company if self.height + self.company > aH else 0)

    def split(self, width: float, height: float, /) -> list[Flowable]:
        """What fits on this page and what goes to the next; never one line alone."""
        fitting = min(int((height - self._padding) // self.style.leading), len(self.lines) - 2)
        if self.company or fitting < 2:
            return []
        return [self._part(self.lines[:fitting], first=True), self._part(self.lines[fitting:], first=False)]

    def draw(self) -> None:
        """Set it on the page."""
        canvas = self.canv
        if self.bar:
            with canvas.artifact():
                canvas.setFillColor(ACCENT)
                canvas.rect(0, 0, 3, self.height, stroke=0, fill=1)
        if self.bookmark:
            canvas.bookmarkHorizontal(self.bookmark.key, 0, self.height + 6)
            canvas.addOutlineEntry(self.bookmark.text, self.bookmark.key, self.bookmark.level)
        top = self.height - self._padding / 2
        if self.label:
            with canvas.tagged(self.label.element):
                set_lines(canvas, [f"{self.label.text} "], self.style, self.indent - 18, top, 18)
        with canvas.tagged(self.element):
            set_lines(canvas, self.lines, self.style, self.indent, top, 0)

    @property
    def opening(self) -> float:
        """The room of its first lines, enough for something that must not stand alone above it."""
        return self.style.before + 2 * self.style.leading + self.style.after + self._padding + self.company

    @property
    def _padding(self) -> float:
        return 8 if self.bar else 0

    def _part(self, lines: list[str], first: bool) -> "Prose":
        style = replace(self.style, before=self.style.before if first else 0, after=0 if first else self.style.after)
        label, bookmark = (self.label, self.bookmark) if first else (None, None)
        part = Prose("", style, self.element, indent=self.indent, label=label, bar=self.bar, bookmark=bookmark)
        part.lines = lines
        return part


def _broken(word: str, style: Style, limit: float) -> list[str]:
    """A word too long for a line, in pieces that fit, each at least one letter."""
    pieces, start, used = [], 0, 0.0
    for place, letter in enumerate(word):
        room = typefaces.width(letter, style.face, style.size)
        if place > start and used + room > limit:
            pieces.append(word[start:place])
            start, used = place, 0.0
        used += room
    return [*pieces, word[start:]]
