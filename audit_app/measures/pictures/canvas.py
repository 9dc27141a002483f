"""What pictures are drawn with: a frame with a scale of shares, keys, labels that fit and do not collide (pure)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit_app.web.scene import INK, QUIET, Line, Mark, Rect, Shape, Words

GRID = "#b1b4b6"
VALUE = "#1d5f9e"
SIGNAL = "#b4470f"
QUIET_TINT = "#e4ecf4"
SIZE = 12.0
Drawn = tuple[float, list[Shape]]  # a height and the shapes, the first at the back
_LETTER = 0.56  # the width of a letter of the typeface, as a share of its size


def width_of(text: str, size: float = SIZE) -> float:
    """About how wide a text stands."""
    return _LETTER * size * len(text)


def shortened(text: str, room: float, size: float = SIZE) -> str:
    """A text cut to the room there is, with dots where something is left out."""
    letters = max(2, int(room / (_LETTER * size)))
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a drawing in which values stand; shares run from 0 to 1, upwards or to the right."""

    left: float
    right: float
    top: float
    bottom: float
    most: float = 1.0

    def x(self, share: float) -> float:
        """Where a share stands from left to right."""
        return self.left + (self.right - self.left) * share / self.most

    def y(self, share: float) -> float:
        """Where a share stands from the bottom up."""
        return self.bottom - (self.bottom - self.top) * share / self.most

    def rungs(self, step: float = 0.25) -> list[Shape]:
        """Lines across at round shares, with their percentages at the left."""
        shapes: list[Shape] = []
        for place in range(round(self.most / step) + 1):
            y = self.y(place * step)
            shapes.append(Line(self.left, y, self.right, y, GRID))
            shapes.append(Words(self.left - 7, y + 4, f"{place * step * 100:.0f}%", SIZE, "end", QUIET))
        return shapes

    def posts(self, step: float = 0.25) -> list[Shape]:
        """Lines down at round shares, with their percentages beneath."""
        shapes: list[Shape] = []
        for place in range(round(self.most / step) + 1):
            x = self.x(place * step)
            shapes.append(Line(x, self.top, x, self.bottom, GRID))
            shapes.append(Words(x, self.bottom + 17, f"{place * step * 100:.0f}%", SIZE, "middle", QUIET))
        return shapes


def rounded_up(share: float) -> tuple[float, float]:
    """The end of a scale that holds a share, and the step of its lines."""
    for step in (0.02, 0.05, 0.1):
        if share <= 5 * step:
            return step * max(1, -(-share // step)), step
    return 1.0, 0.25


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a key: the sign as it is drawn about (0, 0), and what it means."""

    sign: Shape
    words: str


def dot(fill: str | None = VALUE) -> Mark:
    """One observation; open where little stands behind it."""
    return Mark(0, 0, 4.5, fill, VALUE if fill is None else None)


def signal() -> Mark:
    """One observation that is more than chance."""
    return Mark(0, 0, 5.5, SIGNAL, shape="diamond")


def dash(stroke: str = QUIET, pattern: tuple[float, ...] = (), width: float = 1.5) -> Line:
    """A line in a key."""
    return Line(-9, 0, 9, 0, stroke, width, pattern)


def swatch(fill: str, stroke: str | None = None) -> Rect:
    """A box in a key."""
    return Rect(-6.5, -6.5, 13, 13, fill, stroke)


def keyed(entries: Iterable[Entry], left: float, right: float, y: float) -> Drawn:
    """A key from y on, in as many rows as it needs; gives where it ends."""
    shapes: list[Shape] = []
    x = left
    for entry in entries:
        room = 26 + width_of(entry.words) + 16
        if x > left and x + room > right + 12:
            x, y = left, y + 20
        shapes += [moved(entry.sign, x + 9, y), Words(x + 24, y + 4, entry.words, SIZE)]
        x += room
    return y + 14, shapes


def moved(shape: Shape, x: float, y: float) -> Shape:
    """A sign of a key in its place."""
    match shape:
        case Mark():
            return Mark(x, y, shape.radius, shape.fill, shape.stroke, shape.stroke_width, shape.shape)
        case Line():
            return Line(x + shape.x1, y, x + shape.x2, y, shape.stroke, shape.stroke_width, shape.dash)
        case Rect():
            return Rect(x + shape.x, y + shape.y, shape.width, shape.height, shape.fill, shape.stroke)
        case Words():
            return Words(x + shape.x, y + shape.y, shape.text, shape.size, shape.anchor)
        case _:
            raise TypeError("a key shows marks, lines, boxes and numbers")


def names(
    left: float, rows: Sequence[tuple[float, str]], size: float = SIZE, room: float = 0, most: int = 2
) -> list[Shape]:
    """The names of rows at the left of a frame, in more lines where one is too short."""
    shapes: list[Shape] = []
    for y, name in rows:
        lines = in_lines(name, room or left - 12, size, most)
        start = y + 4 - (len(lines) - 1) * size * 0.55
        for at, line in enumerate(lines):
            shapes.append(Words(left - 10, start + at * size * 1.1, line, size, "end", INK))
    return shapes


def in_lines(text: str, room: float, size: float = SIZE, most: int = 2) -> list[str]:
    """A text in as few lines as hold it, up to so many; the last is cut to the room there is."""
    if most == 1 or width_of(text, size) <= room:
        return [shortened(text, room, size)]
    first, words = "", text.split()
    while words and width_of(f"{first} {words[0]}".strip(), size) <= room:
        first = f"{first} {words.pop(0)}".strip()
    return [first, *in_lines(" ".join(words), room, size, most - 1)] if first else [shortened(text, room, size)]


def every_nth(count: int, room: float, least: float) -> int:
    """Each how manieth of evenly spaced labels can be written, so that none touches the next."""
    return max(1, -(-int(count * least) // max(1, int(room)))) if count else 1


def clear_of(taken: Sequence[tuple[float, float, float, float]], box: tuple[float, float, float, float]) -> bool:
    """Whether a label would touch none of those already placed."""
    left, top, right, bottom = box
    return all(right < l or left > r or bottom < t or top > b for l, t, r, b in taken)  # noqa: E741
