"""The grades of a round: how many audits have which, as audited and as it stands, and the grade grid (pure)."""

from collections.abc import Mapping, Sequence

from audit_app.frameworks.content import Scale
from audit_app.measures.figures import PairFigures, distribution
from audit_app.measures.population import Counted, one_scale
from audit_app.measures.suppression import HIDDEN, NOTE, SMALL, hidden_counts, is_small
from audit_app.reporting.document import Chart, Column, Grid, Part, Table, Text
from audit_app.reporting.words import Cell
from audit_app.web import palette
from audit_app.web.formats import percent, plural
from audit_app.web.scene import Line, Rect, Scene, Shape, Words, ink_on

CAPTION = "Overall grades, as audited and as it stands"
COUNTED = "How many audits have which overall grade"
SEVERAL = "These audits were graded on more than one scale, so their grades are not put into one table."
LEFT, RIGHT, TOP, BAR, STEP, KEY = 130.0, 640.0, 14.0, 38.0, 58.0, 24.0
NARROW = 24.0  # a number stands in its bar only if the bar is wide enough for it


def grades(audits: Sequence[Counted], told: tuple[bool, bool], *, published: bool) -> tuple[Part, ...]:
    """How many audits have which overall grade: a picture with its table, or a table where numbers are hidden.

    Of each of the two it is said whether the share of good or better is told: without it, no grade is.
    """
    scale = one_scale(audits)
    if scale is None:
        return (Text(SEVERAL if audits else "No audit has been handed in yet."),)
    found = (
        ("As audited", distribution(audits, Counted.overall_as_audited)),
        ("As it stands", distribution(audits, Counted.overall_as_it_stands)),
    )
    if not any(sum(counts.values()) for _, counts in found):
        return (Text("None of these audits has an overall grade."),)
    hidden = [
        (_hidden(scale, counts) if tell else frozenset(one.key for one in scale.levels)) if published else frozenset()
        for (_, counts), tell in zip(found, told, strict=True)
    ]
    table = _table(scale, found, hidden)
    if any(hidden):
        return (table,)
    alt = " ".join(f"{name}: {_said(scale, counts)}." for name, counts in found)
    return (Chart(_scene(scale, found, alt), CAPTION, alt, table),)


def _hidden(scale: Scale, counts: Mapping[str, int]) -> frozenset[str]:
    """The grades whose number is not shown. How many are good or better is known, so each side has a known total."""
    gone: set[str] = set()
    for good in (True, False):
        side = [level.key for level in scale.levels if level.good is good]
        gone |= {side[place] for place in hidden_counts([counts.get(key, 0) for key in side])}
    return frozenset(gone)


def _table(scale: Scale, found: Sequence[tuple[str, Mapping[str, int]]], hidden: Sequence[frozenset[str]]) -> Table:
    columns = (Column("Overall grade", width_share=2), *(Column(name, "right") for name, _ in found))
    rows: list[tuple[Cell, ...]] = [
        (level.name, *(_cell(level.key, counts, gone) for (_, counts), gone in zip(found, hidden, strict=True)))
        for level in reversed(scale.levels)
    ]
    wholes = [(sum(counts.values()), gone) for (_, counts), gone in zip(found, hidden, strict=True)]
    rows.append(("All", *(HIDDEN if gone and is_small(whole) else whole for whole, gone in wholes)))
    return Table(COUNTED, columns, tuple(rows), row_headers=True, note=NOTE if any(hidden) else "")


def _cell(key: str, counts: Mapping[str, int], hidden: frozenset[str]) -> Cell:
    if key in hidden:
        return HIDDEN
    whole, count = sum(counts.values()), counts.get(key, 0)
    return f"{count} ({percent(count / whole)})" if whole else 0


def _said(scale: Scale, counts: Mapping[str, int]) -> str:
    return ", ".join(f"{counts.get(level.key, 0)} {level.name.lower()}" for level in reversed(scale.levels))


def _scene(scale: Scale, found: Sequence[tuple[str, Mapping[str, int]]], alt: str) -> Scene:
    """A bar of the full width for each: the best grade at the left, a number where there is room, the key beneath."""
    shapes: list[Shape] = []
    levels = tuple(reversed(scale.levels))
    colours = {lv.key: lv.colour or palette.colour(at, len(scale.levels)) for at, lv in enumerate(scale.levels)}
    for at, (name, counts) in enumerate(found):
        y, x, whole = TOP + at * STEP, LEFT, sum(counts.values())
        shapes.append(Words(LEFT - 12, y + BAR / 2 + 4.5, name, 13, "end"))
        for level in levels:
            count = counts.get(level.key, 0)
            width = (RIGHT - LEFT) * count / whole if whole else 0
            if count:
                shapes.append(Rect(x, y, width, BAR, colours[level.key], "#ffffff"))
            if width >= NARROW:
                ink = ink_on(colours[level.key])
                shapes.append(Words(x + width / 2, y + BAR / 2 + 4.5, str(count), 13, "middle", ink, bold=True))
            x += width
    y = TOP + (len(found) - 1) * STEP + BAR
    shapes.append(Line(LEFT, TOP - 6, LEFT, y + 6))
    x, y = LEFT, y + 22
    for level in levels:
        width = 18 + 6.6 * len(level.name) + 22
        if x > LEFT and x + width > RIGHT:
            x, y = LEFT, y + KEY
        shapes += [Rect(x, y, 13, 13, colours[level.key]), Words(x + 19, y + 11, level.name, 12)]
        x += width
    return Scene(RIGHT + 10, y + KEY, CAPTION, alt, tuple(shapes))


def grid(pair: PairFigures, scale: Scale | None, rows: str, columns: str, *, published: bool) -> tuple[Part, ...]:
    """The grade grid of a pairing; it is published only where no number in it is small."""
    if pair.matrix is None or scale is None:
        return (Text("These audits were graded on more than one scale, so there is no one grid."),)
    if published and any(is_small(count) for cells in pair.matrix for count in cells):
        return (Text(f"The grade grid is not published: it has numbers from 1 to {SMALL}."),)
    labels = [level.name for level in reversed(scale.levels)]
    counts = [tuple(reversed(cells)) for cells in reversed(pair.matrix)]
    note = f"{plural(pair.exact.total, 'overall grade')} of audits drawn at random."
    return (Grid.of_counts(f"Grade grid: {rows.lower()} and {columns.lower()}", rows, columns, labels, counts, note),)
