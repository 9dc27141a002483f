"""How many audits have which grade, as bars of the full width, and the grade grid of two opinions (pure)."""

import datetime as dt
from collections.abc import Mapping, Sequence

from audit_app.frameworks.content import Scale
from audit_app.frameworks.scale import Level
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
from audit_app.measures.statistics import FEWEST_AUDITS
from audit_app.web import palette
from audit_app.web.formats import percent, plural
from audit_app.web.scene import INK, QUIET, Line, Rect, Shape, Words, ink_on

Row = tuple[str, Mapping[str, int]]
NARROW_BAR = 24.0  # a number stands in its bar only if the bar is wide enough for it


def grades_picture(
    scale: Scale, found: Sequence[Row], *, key: str = "grades", name: str = "", leads: Sequence[Lead] = ()
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
    ends = [rows[0], *rows[1:][-1:]]
    said = " ".join(f"{row}: {counted_grades(scale, counts)}." for row, counts in ends)
    between = f" The {plural(len(rows) - 2, 'bar')} between them {'is' if len(rows) == 3 else 'are'} in the table."
    return picture(
        key,
        name or "Grades, as audited and as it stands",
        f"Good or better: {', '.join(f'{_good(scale, counts)} {_lowered(row)}' for row, counts in ends)}",
        f"{said}{between if len(rows) > 2 else ''}",
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


def _good(scale: Scale, counts: Mapping[str, int]) -> str:
    """How many of some grades are good or better: a percentage, or counts where they are few."""
    good, whole = sum(counts.get(level.key, 0) for level in scale.levels if level.good), sum(counts.values())
    return percent(good / whole, 0) if whole >= FEWEST_AUDITS else f"{good} of {whole}"


def _lowered(name: str) -> str:
    """A row's name within a line; what begins with the name of a month keeps its capital."""
    return f"{name[:1].lower()}{name[1:]}" if name.startswith("As ") else f"in {name}"


def _graded(lead: Lead, level: str, counts: Mapping[str, int]) -> Lead | None:
    return {**lead, "figure": f"{lead['figure']}{level}"} if counts.get(level) else None


def counted_grades(scale: Scale, counts: Mapping[str, int]) -> str:
    """How many have each grade, best first, in words."""
    return ", ".join(f"{counts.get(level.key, 0):,} {level.name.lower()}" for level in reversed(scale.levels))


def colours(scale: Scale) -> dict[str, str]:
    """The colour of each level: its own, or by its place on the scale."""
    return {lv.key: lv.colour or palette.colour(at, len(scale.levels)) for at, lv in enumerate(scale.levels)}


def _bars(width: float, scale: Scale, rows: Sequence[Row]) -> Drawn:
    left, right = (100.0 if width <= NARROW else 130.0), width - 34
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
            ink, middle = ink_on(fills[level.key]), y + bar / 2 + 4.5
            both = f"{level.short} {count:,}"
            if across >= width_of(both) + 14:
                shapes.append(Words(x + across / 2, middle, both, SIZE, "middle", ink, bold=True))
            elif across >= NARROW_BAR:
                shapes.append(Words(x + across / 2, middle, f"{count:,}", SIZE, "middle", ink, bold=True))
            elif count and level is scale.levels[0]:  # the last of the bar: there is room beside it
                shapes.append(Words(right + 5, middle, f"{count:,}", SIZE))
            x += across
    bottom = 10 + (len(rows) - 1) * step + bar
    shapes.append(Line(left, 4, left, bottom + 6))
    entries = [Entry(swatch(fills[level.key]), _named(level)) for level in reversed(scale.levels)]
    end, key = keyed(entries, 4 if width <= NARROW else left, right, bottom + 24)
    return end, shapes + key


def _named(level: Level) -> str:
    """A level in a key: its name, and what it is called in the bars where that is shorter."""
    return level.name if level.short == level.name else f"{level.name} ({level.short})"


def grid_picture(
    scale: Scale, matrix: Sequence[Sequence[int]], earlier: str, later: str, *, key: str, name: str, figure: str = ""
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
    under = total - same - over
    said = (
        f"Of {plural(total, 'pair')}, {same:,} ({percent(same / total, 0)}) have the same grade and lie on the "
        f"outlined diagonal. In {over or 'none'} the {later.lower()} graded lower, in {under or 'none'} higher."
    )
    return picture(
        key,
        name,
        f"The same grade in {same:,} of {plural(total, 'pair')}: {earlier.lower()} and {later.lower()}",
        said,
        lambda width: _cells(width, [(lv.name, lv.short) for lv in reversed(scale.levels)], best_first, earlier, later),
        (f"{earlier} (down) by {later.lower()} (across)", *labels, "All"),
        tuple((name, *row, sum(row)) for name, row in zip(labels, best_first, strict=True)),
        f"Each row is a grade of one ({earlier.lower()}), each column of the other ({later.lower()}). The darker a "
        "cell, the more pairs.",
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
    left, top, high = (118.0 if narrow else 190.0), 52.0, 44.0
    wide = min(100.0, (width - left - 8) / k)
    most = max(map(max, rows)) or 1
    shapes: list[Shape] = [
        Words(left + wide * k / 2, 14, shortened(later, wide * k + 60), SIZE, "middle", QUIET, bold=True),
        Words(12, top + high * k / 2 + min(high * k, 8 * len(earlier)) / 2, earlier, SIZE, "start", QUIET, True, True),
    ]
    for at, ((name, short), row) in enumerate(zip(labels, rows, strict=True)):
        y = top + at * high
        shapes += names(left + 2, [(y + high / 2, name)], 11 if narrow else SIZE, room=left - 32, most=3)
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


def joined_name(first: str, last: str) -> str:
    """Two months and what lies between in one name: Jun–Jul 25, Dec 25–Jan 26."""
    month, _, year = first.rpartition(" ")
    return f"{month}–{last}" if month and last.endswith(f" {year}") else f"{first}–{last}"


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
        name = part[0][0] if len(part) == 1 else joined_name(part[0][0], part[-1][0])
        joined.append((name, counts))
    return joined
