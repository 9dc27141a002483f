"""A picture of figures: drawn wide for a page and paper, narrow for a phone, with its numbers as a table (pure)."""

from collections.abc import Callable
from dataclasses import dataclass

from audit_app.measures.pictures.canvas import Drawn
from audit_app.web.scene import Scene

WIDE, NARROW = 720.0, 340.0
Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn, the sentence that says what it shows, and its table; the key names it in addresses."""

    key: str
    title: str
    sentence: str
    wide: Scene
    narrow: Scene
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str = ""


def picture(
    key: str,
    title: str,
    sentence: str,
    draw: Callable[[float], Drawn],
    columns: tuple[str, ...],
    rows: tuple[tuple[Value, ...], ...],
    note: str = "",
) -> Picture:
    """A picture whose drawing can be made in any width; its text alternative is its sentence."""
    scenes = []
    for width in (WIDE, NARROW):
        height, shapes = draw(width)
        scenes.append(Scene(width, height, title, sentence, tuple(shapes)))
    return Picture(key, title, sentence, scenes[0], scenes[1], columns, rows, note)
