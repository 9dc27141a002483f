"""Section by section: how often the later opinion was lower than the earlier one, and how often higher (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass

from audit_app.measures.pictures.canvas import (
    GRID,
    SIGNAL,
    SIZE,
    VALUE,
    Drawn,
    Entry,
    keyed,
    names,
    rounded_up,
    swatch,
    width_of,
)
from audit_app.measures.pictures.picture import NARROW, Lead, Picture, Value, of_share, picture
from audit_app.measures.statistics import FEWEST_PAIRS
from audit_app.web.formats import Share, listed, percent, plural
from audit_app.web.scene import INK, QUIET, Line, Rect, Shape, Words

STEP, BAR = 30.0, 18.0
NARROW_STEP = 42.0  # room for names of three lines
MOST_NAMED = 3
OPEN = "#ffffff"


@dataclass(frozen=True, slots=True)
class SectionPairs:
    """The pairs of one section: how many, and in how many the later opinion was lower, or higher."""

    key: str
    name: str
    total: int
    over: int
    under: int
    at: Lead | None = None  # how an address chooses this section alone, if it can

    @property
    def few(self) -> bool:
        """Whether there are too few to compare."""
        return self.total < FEWEST_PAIRS


def sections_picture(sections: Sequence[SectionPairs], earlier: str, later: str, *, ending: str = "") -> Picture | None:
    """Bars to the right for over-graded, to the left for under-graded; None where nothing is compared.

    With how the keys of its figures end, its counts lead to their audits.
    """
    counted = [one for one in sections if one.total]
    if not counted:
        return None
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (one.name, one.total, one.over, Share(one.over / one.total), one.under, Share(one.under / one.total))
        for one in counted
    )
    return picture(
        "sections",
        f"Over-graded and under-graded, section by section: {earlier.lower()} and {later.lower()}",
        sections_title(counted),
        sections_sentence(counted, later),
        lambda width: _drawn(width, counted, later),
        ("Section", "Pairs", "Over-graded", "Share over-graded", "Under-graded", "Share under-graded"),
        rows,
        f"Sections stand in the order of the tool. Over-graded means that the {later.lower()} gave a lower grade; "
        "under-graded, a higher one. The rest were agreed. Numbers beside the bars count pairs.",
        tuple(_leads(one, ending) for one in counted),
    )


def _leads(one: SectionPairs, ending: str) -> tuple[Lead | None, ...]:
    if not ending or one.at is None:
        return (None,) * 6
    over, whole = of_share(f"over{ending}", one.over, one.total, one.at)
    under, _ = of_share(f"under{ending}", one.under, one.total, one.at)
    return None, whole, over, None, under, None


def sections_title(sections: Sequence[SectionPairs]) -> str:
    """Which sections were over-graded most, in one line."""
    top = _most_over([one for one in sections if not one.few])
    if not top:
        few = all(one.few for one in sections)
        return "Too few pairs to compare sections" if few else "No section was over-graded"
    return f"Over-graded most often: {listed([one.name for one in top[:MOST_NAMED]])}"


def _most_over(enough: Sequence[SectionPairs]) -> list[SectionPairs]:
    """Those over-graded most often, if any was."""
    most = max((one.over / one.total for one in enough), default=0)
    return [one for one in enough if one.over / one.total == most] if most else []


def sections_sentence(sections: Sequence[SectionPairs], later: str) -> str:
    """Where grades were lowered most, as far as there is enough to say."""
    enough = [one for one in sections if not one.few]
    total, over = sum(one.total for one in sections), sum(one.over for one in sections)
    under = sum(one.under for one in sections)
    said = (
        f"In {over:,} of {plural(total, 'pair')} ({percent(over / total, 0)}) the {later.lower()} graded lower, in "
        f"{under:,} ({percent(under / total, 0)}) higher."
    )
    if not enough:
        return f"{said} No section has {FEWEST_PAIRS} pairs yet, so sections can't be compared."
    top = _most_over(enough)
    if not top:
        return said
    first, where = top[0], listed([one.name for one in top[:MOST_NAMED]])
    return f"{said} Most often lower: {where} ({first.over} of {first.total}, {percent(first.over / first.total, 0)})."


def _drawn(width: float, sections: Sequence[SectionPairs], later: str) -> Drawn:
    narrow = width <= NARROW
    left, right, top = (124.0 if narrow else 230.0), width - 34, 30.0
    most = max(max(one.over, one.under) / one.total for one in sections)
    end, step = rounded_up(most)
    lowest = max((one.under / one.total for one in sections), default=0.0)
    below = min(end, step * -(-lowest // step))
    scale = (right - left - 30) / (end + below)
    zero = left + 30 + below * scale
    step_down = NARROW_STEP if narrow else STEP
    bottom = top + step_down * len(sections)
    shapes: list[Shape] = []
    ticks = [place * step for place in range(-round(below / step), round(end / step) + 1)]
    least = 34.0
    nth = max(1, -(-int(least) // max(1, int(step * scale))))
    for tick in ticks:
        x = zero + tick * scale
        shapes.append(Line(x, top - 4, x, bottom, INK if tick == 0 else GRID))
        if round(tick / step) % nth == 0:
            shapes.append(Words(x, bottom + 17, f"{abs(tick) * 100:.0f}%", SIZE, "middle", QUIET))
    shapes.append(Words(zero + 6, 16, "Over-graded →", SIZE, "start", QUIET, bold=True))
    head = "← Under-graded" if zero - 6 - width_of("← Under-graded") > 4 else "← Under"
    shapes.append(Words(zero - 6, 16, head, SIZE, "end", QUIET, bold=True))
    rows = [(top + step_down * (at + 0.5), one.name) for at, one in enumerate(sections)]
    shapes += names(left, rows, 11 if narrow else SIZE, most=3 if narrow else 2)
    for at, one in enumerate(sections):
        y = top + step_down * at + (step_down - BAR) / 2
        over, under = one.over / one.total * scale, one.under / one.total * scale
        fill, less = (OPEN, OPEN) if one.few else (SIGNAL, VALUE)
        if one.over:
            shapes.append(Rect(zero, y, over, BAR, fill, SIGNAL, 1.5))
        if one.under:
            shapes.append(Rect(zero - under, y, under, BAR, less, VALUE, 1.5))
        shapes.append(Words(zero + over + 5, y + 13.5, str(one.over), SIZE))
        if one.under:
            shapes.append(Words(zero - under - 5, y + 13.5, str(one.under), SIZE, "end"))
    entries = [Entry(swatch(SIGNAL), f"{later} lower"), Entry(swatch(VALUE), f"{later} higher")]
    if any(one.few for one in sections):
        entries.append(Entry(swatch(OPEN, QUIET), f"Fewer than {FEWEST_PAIRS} pairs"))
    height, key = keyed(entries, 6 if narrow else left, width - 10, bottom + 42)
    return height, shapes + key
