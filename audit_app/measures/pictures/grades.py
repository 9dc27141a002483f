"""How many audits have which grade, as bars of the full width, and the grade grid of two opinions (pure)."""

import datetime as dt
from collections.abc import Mapping, Sequence

from audit_app.frameworks.content import Scale
from audit_app.measures.pictures.canvas import (
    SIZE,
    VALUE,
    Drawn,
    Entry,
    every_nth,
    keyed,
    names,
    shortened,
    swatch,
    width_of,
)
from audit_app.measures.pictures.picture import NARROW, Lead, Leads, Picture, Value, picture
from audit_app.web import palette
from audit_app.web.formats import percent, plural
from audit_app.web.scene import INK, QUIET, Line, Rect, Shape, Words, ink_on

Row = tuple[str, Mapping[str, int]]
NARROW_BAR = 24.0  # a number stands in its bar only if the bar is wide enough for it


def grades_picture(
    scale: Scale, found: Sequence[Row], *, key: str = "grades", title: str = "", leads: Sequence[Lead] = ()
) -> Picture | None:
    """A bar for each row, the best grade at the left; None where nothing is graded.

    Where each row leads: what its address says, with the beginning of the keys of its grades as the figure.
    """
    rows = [(name, counts) for name, counts in found if sum(counts.values())]
    ways = [lead for lead, (_, counts) in zip(leads, found, strict=True) if sum(counts.values())] if leads else []
    if not rows:
        return None
    levels = tuple(reversed(scale.levels))
    table: tuple[tuple[Value, ...], ...] = tuple(
        (name, *(counts.get(level.key, 0) for level in levels), sum(counts.values())) for name, counts in rows
    )
    said = " ".join(f"{name}: {counted_grades(scale, counts)}." for name, counts in rows[:2])
    more = f" {len(rows) - 2} more bars are in the table." if len(rows) > 2 else ""
    return picture(
        key,
        title or "Overall grades, as audited and as it stands",
        f"{said}{more}",
        lambda width: _bars(width, scale, rows),
        ("", *(level.name for level in levels), "All"),
        table,
        leads=tuple(
            (None, *(_graded(lead, level.key, counts) for level in levels), lead)
            for lead, (_, counts) in zip(ways, rows, strict=True)
        )
        if ways
        else (),
    )


def _graded(lead: Lead, level: str, counts: Mapping[str, int]) -> Lead | None:
    return {**lead, "figure": f"{lead['figure']}{level}"} if counts.get(level) else None


def counted_grades(scale: Scale, counts: Mapping[str, int]) -> str:
    """How many have each grade, best first, in words."""
    return ", ".join(f"{counts.get(level.key, 0):,} {level.name.lower()}" for level in reversed(scale.levels))


def colours(scale: Scale) -> dict[str, str]:
    """The colour of each level: its own, or by its place on the scale."""
    return {lv.key: lv.colour or palette.colour(at, len(scale.levels)) for at, lv in enumerate(scale.levels)}


def _bars(width: float, scale: Scale, rows: Sequence[Row]) -> Drawn:
    left, right = (100.0 if width <= NARROW else 130.0), width - 10
    bar, step = (36.0, 52.0) if len(rows) < 4 else (24.0, 32.0)
    shapes: list[Shape] = []
    fills = colours(scale)
    for at, (name, counts) in enumerate(rows):
        y, x, whole = 10 + at * step, left, sum(counts.values())
        shapes += names(left, [(y + bar / 2, name)])
        for level in reversed(scale.levels):
            count = counts.get(level.key, 0)
            across = (right - left) * count / whole
            if count:
                shapes.append(Rect(x, y, across, bar, fills[level.key], "#ffffff"))
            if across >= NARROW_BAR:
                ink = ink_on(fills[level.key])
                shapes.append(Words(x + across / 2, y + bar / 2 + 4.5, f"{count:,}", SIZE, "middle", ink, bold=True))
            x += across
    bottom = 10 + (len(rows) - 1) * step + bar
    shapes.append(Line(left, 4, left, bottom + 6))
    entries = [Entry(swatch(fills[level.key]), level.name) for level in reversed(scale.levels)]
    end, key = keyed(entries, 4 if width <= NARROW else left, right, bottom + 24)
    return end, shapes + key


def grid_picture(
    scale: Scale, matrix: Sequence[Sequence[int]], earlier: str, later: str, *, key: str, title: str, figure: str = ""
) -> Picture | None:
    """The grade grid: rows the earlier opinion, columns the later, the same grade outlined; None without pairs.

    With the beginning of its figures' keys, each number leads to its audits.
    """
    total = sum(map(sum, matrix))
    if not total:
        return None
    best_first = [tuple(reversed(row)) for row in reversed(matrix)]
    labels = [level.name for level in reversed(scale.levels)]
    same = sum(matrix[at][at] for at in range(len(matrix)))
    over = sum(sum(row[:at]) for at, row in enumerate(matrix))
    said = (
        f"Of {plural(total, 'pair')}, {same:,} ({percent(same / total, 0)}) have the same grade and lie on the "
        f"outlined diagonal. In {over:,} the {later.lower()} graded lower, in {total - same - over:,} higher."
    )
    return picture(
        key,
        title,
        said,
        lambda width: _cells(width, [(lv.name, lv.short) for lv in reversed(scale.levels)], best_first, earlier, later),
        (f"{earlier} (down) by {later.lower()} (across)", *labels, "All"),
        tuple((name, *row, sum(row)) for name, row in zip(labels, best_first, strict=True)),
        leads=_grid_leads(matrix, figure) if figure else (),
    )


def _grid_leads(matrix: Sequence[Sequence[int]], figure: str) -> Leads:
    """Where the numbers of a grid lead, the best grade first."""
    best_first = range(len(matrix) - 1, -1, -1)
    return tuple(
        (
            None,
            *({"figure": f"{figure}{row}_{place}"} if matrix[row][place] else None for place in best_first),
            {"figure": f"{figure}{row}_all"} if sum(matrix[row]) else None,
        )
        for row in best_first
    )


def _cells(
    width: float, labels: Sequence[tuple[str, str]], rows: Sequence[Sequence[int]], earlier: str, later: str
) -> Drawn:
    narrow, k = width <= NARROW, len(labels)
    left, top, high = (104.0 if narrow else 190.0), 52.0, 44.0
    wide = min(100.0, (width - left - 8) / k)
    most = max(map(max, rows)) or 1
    shapes: list[Shape] = [
        Words(left + wide * k / 2, 14, shortened(later, wide * k + 60), SIZE, "middle", QUIET, bold=True),
        Words(12, top + high * k / 2 + min(high * k, 8 * len(earlier)) / 2, earlier, SIZE, "start", QUIET, True, True),
    ]
    for at, ((name, short), row) in enumerate(zip(labels, rows, strict=True)):
        y = top + at * high
        shapes += names(left + 2, [(y + high / 2, name)], room=left - 32)
        head = name if width_of(name) <= wide - 2 else short or shortened(name, wide - 2)
        shapes += [Words(left + (at + 0.5) * wide, top - 9, head, SIZE, "middle")]
        for place, count in enumerate(row):
            fill = _shade(count / most)
            x = left + place * wide
            shapes.append(Rect(x, y, wide, high, fill, "#b1b4b6"))
            ink = ink_on(fill) if count else QUIET
            shapes.append(Words(x + wide / 2, y + high / 2 + 5, f"{count:,}", 14, "middle", ink, bold=count > 0))
    shapes += [
        Rect(left + at * wide + 1.5, top + at * high + 1.5, wide - 3, high - 3, None, INK, 2.5) for at in range(k)
    ]
    end, key = keyed([Entry(swatch("#ffffff", INK), "Same grade")], left - 4, width, top + k * high + 20)
    return end, shapes + key


def _shade(share: float) -> str:
    """From white to the colour of values, by how many stand in a cell."""
    deep = tuple(int(VALUE[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 + (part - 255) * share):02x}" for part in deep)


def spread_days(days: Sequence[dt.date], most: int) -> list[tuple[dt.date, dt.date]]:
    """The first and the last day of each row, where rows are joined as `spread_rows` joins them."""
    size = every_nth(len(days), most, 1)
    return [(days[start], days[min(start + size, len(days)) - 1]) for start in range(0, len(days), size)]


def spread_rows(rows: Sequence[Row], most: int) -> list[Row]:
    """Rows joined, neighbour to neighbour, until there are at most so many."""
    size = every_nth(len(rows), most, 1)
    joined: list[Row] = []
    for start in range(0, len(rows), size):
        part = rows[start : start + size]
        counts: dict[str, int] = {}
        for _, more in part:
            for level, count in more.items():
                counts[level] = counts.get(level, 0) + count
        name = part[0][0] if len(part) == 1 else f"{part[0][0]} – {part[-1][0]}"
        joined.append((name, counts))
    return joined
