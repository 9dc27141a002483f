"""A share month by month: a control chart from twelve months on, a median run chart below that (pure)."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from audit_app.measures.apart import apart
from audit_app.measures.pictures.canvas import (
    SIGNAL,
    SIZE,
    VALUE,
    Drawn,
    Entry,
    Frame,
    dash,
    dot,
    every_nth,
    keyed,
    signal,
)
from audit_app.measures.pictures.picture import Leads, Picture, Value, of_share, picture, within
from audit_app.measures.statistics import (
    FEWEST_PAIRS,
    PERIODS_FOR_LIMITS,
    ChartPoint,
    RunChart,
    SpecialCause,
    anhoej,
    newcombe,
    p_chart,
)  # fmt: skip
from audit_app.web.formats import Month, Share, listed, month, months, percent, plural, rounded
from audit_app.web.scene import INK, QUIET, Line, Mark, Path, Shape, Words

DASHES = (5.0, 4.0)
CAUSES = {
    SpecialCause.OUTSIDE: "outside the limits",
    SpecialCause.TREND: "one of seven that rise or fall in a row",
    SpecialCause.TWO_OF_THREE: "one of two in three near a limit",
    SpecialCause.SHIFT: "one of seven in a row on one side of the middle",
}


@dataclass(frozen=True, slots=True)
class Period:
    """What was counted in one month: so many of so many."""

    first_day: dt.date
    count: int
    total: int

    @property
    def share(self) -> float | None:
        """The share, if anything was counted."""
        return self.count / self.total if self.total else None


def months_picture(
    name: str, noun: str, periods: Sequence[Period], steps: Collection[dt.date] = (), *, figure: str = ""
) -> Picture | None:
    """The picture of one share over time, with step changes at some months; None with fewer than two months.

    With the key of its figure, its counts lead to their audits.
    """
    counted = [period for period in periods if period.total]
    if len(counted) < 2:
        return None
    days = [period.first_day for period in counted]
    places = [days.index(step) for step in steps if step in days and days.index(step)]
    if len(counted) < PERIODS_FOR_LIMITS:
        return _run_chart(name, noun, counted, figure)
    points = p_chart([(period.count, period.total) for period in counted], places)
    told = ("Month", "Count", "Out of", "Share", "Middle", "Lower limit", "Upper limit", "More than chance?")
    beyond = [day for day, point in zip(days, points, strict=True) if point.cause]
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (Month.of(period.first_day), period.count, period.total, _said(period.share), _said(point.centre),
         _said(point.low), _said(point.high), CAUSES[point.cause] if point.cause else "No")
        for period, point in zip(counted, points, strict=True)
    )  # fmt: skip
    return picture(
        "months",
        f"{name}, month by month",
        f"{name}: {_beyond(beyond)}",
        f"{_span(counted, noun)} {causes_sentence(days, points)}",
        lambda width: _drawn(width, counted, points),
        told,
        rows,
        "The dashed limits show how far a month can stray by chance alone: the fewer it counts, the further. A month "
        "outside them, or one of several that run one way, is more than chance: look for what changed. Between the "
        "limits, one month above or below another says nothing.",
        leads_of_months(counted, figure, len(told)),
    )


def _beyond(days: Sequence[dt.date]) -> str:
    if not days:
        return "no month differs by more than chance"
    return f"more than chance in {month(days[0]) if len(days) == 1 else plural(len(days), 'month')}"


def leads_of_months(counted: Sequence[Period], figure: str, columns: int) -> Leads:
    """Where the counts of a table by month lead, its columns being the month, the count, the whole and others."""
    month_by_month = [within(one.first_day, one.first_day) for one in counted]
    return tuple(
        (None, *of_share(figure, one.count, one.total, at), *(None,) * (columns - 3))
        for one, at in zip(counted, month_by_month, strict=True)
    )


def _run_chart(name: str, noun: str, counted: Sequence[Period], figure: str) -> Picture:
    chart = anhoej([period.share for period in counted])
    points = [ChartPoint(period.share, chart.median, None, None, None, None) for period in counted]
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (Month.of(period.first_day), period.count, period.total, _said(period.share)) for period in counted
    )
    return picture(
        "months",
        f"{name}, month by month",
        f"{name}: {'something changed' if chart.signal else 'nothing is more than chance so far'}",
        f"{_span(counted, noun)} {run_sentence(chart)}",
        lambda width: _drawn(width, counted, points),
        ("Month", "Count", "Out of", "Share"),
        rows,
        f"With fewer than {PERIODS_FOR_LIMITS} months there are no limits yet. The line is the middle month "
        "(the median): as many months lie below it as above.",
        leads_of_months(counted, figure, 4),
    )


def causes_sentence(days: Sequence[dt.date], points: Sequence[ChartPoint]) -> str:
    """Which months are more than chance, and why."""
    found: dict[SpecialCause, list[dt.date]] = {}
    for day, point in zip(days, points, strict=True):
        if point.cause is not None:
            found.setdefault(point.cause, []).append(day)
    if not found:
        return "No month differs from the others by more than chance would make it."
    said = [f"{_months(found[cause])} ({CAUSES[cause]})" for cause in SpecialCause if cause in found]
    return f"More than chance: {'; '.join(said)}."


def run_sentence(chart: RunChart) -> str:
    """Whether a short series shifted."""
    if chart.signal:
        return "The months keep to one side of their median for longer than chance would: something changed."
    return "Nothing in so few months is more than chance."


def trend_sentence(name: str, noun: str, periods: Sequence[Period], *, complete: bool) -> str:
    """How the first third of the months compares with the last; nothing where there are too few."""
    counted = [period for period in periods if period.total]
    third = len(counted) // 3
    first, last = counted[:third], counted[len(counted) - third :]
    n1, n2 = sum(one.total for one in first), sum(one.total for one in last)
    if third < 2 or min(n1, n2) < FEWEST_PAIRS:
        return ""
    k1, k2 = sum(one.count for one in first), sum(one.count for one in last)
    change = newcombe(k2, n2, k1, n1)
    told = apart((k1, n1), (k2, n2), 0)
    said = (
        f"{name}, the first {third} months beside the last {third}: {k1:,} of {plural(n1, noun)} ({told.first}) from "
        f"{months(first[0].first_day, first[-1].first_day)}, and {k2:,} of {n2:,} ({told.second}) from "
        f"{months(last[0].first_day, last[-1].first_day)}"
    )
    if told.points == 0:
        return f"{said}: {'the same' if k1 * n2 == k2 * n1 else 'nearly the same'}."
    way = f"{told.said} {'more' if k2 * n1 > k1 * n2 else 'fewer'}"
    if complete or change.low is None or change.high is None:
        return f"{said}: {way}."
    low, high = sorted((abs(change.low), abs(change.high)))
    if change.low <= 0 <= change.high:
        return f"{said}: {way}, which chance alone could make."
    bounds = f"likely between {rounded(low * 100, 0)} and {rounded(high * 100, 0)}"
    return f"{said}: {way}, {bounds}, which chance alone would hardly make."


def _drawn(width: float, counted: Sequence[Period], points: Sequence[ChartPoint]) -> Drawn:
    frame = Frame(44, width - 12, 16, 236)
    slot = (frame.right - frame.left) / len(counted)
    xs = [frame.left + slot * (place + 0.5) for place in range(len(counted))]
    shapes = frame.rungs()
    for start, stop in _stretches(points):
        edges = [(xs[at] + side * slot / 2, at) for at in range(start, stop) for side in (-1, 1)]
        for line, pattern in (("centre", ()), ("low", DASHES), ("high", DASHES)):
            run = [(x, frame.y(value)) for x, at in edges if (value := getattr(points[at], line)) is not None]
            if len(run) > 1:
                shapes.append(Path(tuple(run), QUIET, 1.5, pattern))
        if start:
            x = xs[start] - slot / 2
            shapes += [Line(x, frame.top - 6, x, frame.bottom, INK, 1, (2.0, 3.0))]
            shapes += [Words(x + 4, frame.top - 2, "New limits", 11, fill=QUIET)]
    values = [(x, frame.y(period.share or 0.0)) for x, period in zip(xs, counted, strict=True)]
    shapes.append(Path(tuple(values), VALUE, 1.5))
    shapes += [_mark(x, y, *both) for (x, y), both in zip(values, zip(counted, points, strict=True), strict=True)]
    nth = every_nth(len(counted), frame.right - frame.left, 50)
    for at in range(0, len(counted), nth):
        x = xs[at]
        shapes.append(Line(x, frame.bottom, x, frame.bottom + 5, QUIET))
        words = f"{counted[at].first_day:%b %y}"
        shapes.append(Words(x, frame.bottom + 19, words, SIZE, "middle", QUIET))
    end, key = keyed(_key(counted, points), frame.left - 30, frame.right, frame.bottom + 42)
    return end, shapes + key


def _mark(x: float, y: float, period: Period, point: ChartPoint) -> Shape:
    if point.cause is not None:
        return Mark(x, y, 6, SIGNAL, "#ffffff", 1, "diamond")
    few = period.total < FEWEST_PAIRS
    return Mark(x, y, 4.5, None if few else VALUE, VALUE if few else "#ffffff", 1.5 if few else 1)


def _key(counted: Sequence[Period], points: Sequence[ChartPoint]) -> list[Entry]:
    limits = any(point.low is not None for point in points)
    entries = [Entry(dot(), "One month")]
    if any(period.total < FEWEST_PAIRS for period in counted):
        entries.append(Entry(dot(None), f"Fewer than {FEWEST_PAIRS} counted"))
    if any(point.cause for point in points):
        entries.append(Entry(signal(), "More than chance"))
    entries.append(Entry(dash(), "All months together" if limits else "Middle month (median)"))
    if limits:
        entries.append(Entry(dash(pattern=DASHES), "Limits of chance"))
    return entries


def _stretches(points: Sequence[ChartPoint]) -> list[tuple[int, int]]:
    starts = [at for at in range(len(points)) if at == 0 or points[at].stretch != points[at - 1].stretch]
    return list(zip(starts, [*starts[1:], len(points)], strict=True))


def _span(counted: Sequence[Period], noun: str) -> str:
    hits, total = sum(one.count for one in counted), sum(one.total for one in counted)
    return (
        f"{months(counted[0].first_day, counted[-1].first_day)}: {hits:,} of {plural(total, noun)} "
        f"({percent(hits / total, 0)})."
    )


def _said(share: float | None) -> Share | None:
    return None if share is None else Share(share)


def _months(days: Sequence[dt.date]) -> str:
    return listed([month(day) for day in days])
