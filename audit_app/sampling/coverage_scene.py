"""How a sample compares with its list, as a picture: for each value a mark for the list and one for the sample."""

from audit_app.sampling.coverage import Coverage
from audit_app.web.formats import percent
from audit_app.web.scene import QUIET, Line, Mark, Scene, Shape, Words

LEFT, RIGHT, TOP, STEP, MOST = 190.0, 620.0, 44.0, 26.0, 30
LETTERS = 27
GRID, LIST, SAMPLE = "#b1b4b6", "#505a5f", "#1d70b8"


def coverage_scene(table: Coverage, title: str) -> Scene | None:
    """The picture of one comparison; None where there is nothing, or too much, to draw."""
    if not table.sampled or not 2 <= len(table.rows) <= MOST:
        return None
    shares = [
        (row.value or "Not recorded", _float(row.listed, table.listed), _float(row.sampled, table.sampled))
        for row in table.rows
    ]
    top = max(max(one, other) for _, one, other in shares)
    step = next(step for step in (0.02, 0.05, 0.1, 0.2, 0.25) if top <= step * 5 or step == 0.25)
    ticks = int(-(-top // step)) or 1
    scale = (RIGHT - LEFT) / (ticks * step)
    bottom = TOP + STEP * len(shares)
    shapes: list[Shape] = []
    for tick in range(ticks + 1):
        x = LEFT + tick * step * scale
        shapes.append(Line(x, TOP - 8, x, bottom, GRID))
        shapes.append(Words(x, bottom + 18, f"{tick * step * 100:.0f}%", 12, "middle", QUIET))
    for at, (name, listed, sampled) in enumerate(shares):
        y = TOP + STEP * (at + 0.5)
        shown = name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…"
        shapes.append(Words(LEFT - 12, y + 4, shown, 12, "end"))
        shapes.append(Line(LEFT + listed * scale, y, LEFT + sampled * scale, y, LIST, 2))
        shapes.append(Mark(LEFT + listed * scale, y, 5.5, None, LIST, 2))
        shapes.append(Mark(LEFT + sampled * scale, y, 4.5, SAMPLE, shape="diamond"))
    shapes.append(Mark(LEFT + 6, 14, 5.5, None, LIST, 2))
    shapes.append(Words(LEFT + 18, 18, "Share of the list", 12))
    shapes.append(Mark(LEFT + 156, 14, 4.5, SAMPLE, shape="diamond"))
    shapes.append(Words(LEFT + 168, 18, "Share of the sample", 12))
    said = "; ".join(f"{name}: list {percent(one, 0)}, sample {percent(other, 0)}" for name, one, other in shares)
    return Scene(RIGHT + 30, bottom + 28, title, f"{said}.", tuple(shapes))


def _float(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
