"""How much of each month was moderated, against what the programme aims at (pure)."""

from collections.abc import Sequence

from audit_app.measures.pictures.canvas import (
    QUIET_TINT,
    SIGNAL,
    SIZE,
    VALUE,
    Drawn,
    Entry,
    Frame,
    dash,
    every_nth,
    keyed,
    rounded_up,
    swatch,
)
from audit_app.measures.pictures.months import Period, leads_of_months
from audit_app.measures.pictures.picture import Picture, Value, picture
from audit_app.web.formats import Month, Share, listed, percent, plural
from audit_app.web.scene import QUIET, Line, Rect, Shape, Words

TARGET = (6.0, 3.0)


def coverage_picture(periods: Sequence[Period], targets: Sequence[int]) -> Picture | None:
    """A bar a month, and a line at the target where there is one target for all; None where nothing is handed in."""
    counted = [one for one in periods if one.total]
    if not counted:
        return None
    target = targets[0] if len(set(targets)) == 1 and targets[0] else None
    aim = Share(target / 100) if target else None
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            Month.of(one.first_day),
            one.count,
            one.total,
            Share(one.share or 0.0),
            aim,
        )
        for one in counted
    )
    return picture(
        "coverage",
        "How much was moderated, month by month",
        coverage_words(counted, targets),
        lambda width: _drawn(width, counted, target),
        ("Month", "Moderated", "Handed in", "Coverage", "Target"),
        rows,
        "Every month's share is a fact about its audits, not an estimate.",
        leads_of_months(counted, "coverage", 5),
    )


def coverage_words(periods: Sequence[Period], targets: Sequence[int]) -> str:
    """Coverage over all months, and in how many the target was met."""
    count, total = sum(one.count for one in periods), sum(one.total for one in periods)
    said = f"{count:,} of {plural(total, 'audit')} ({percent(count / total, 0)}) have been moderated."
    aims = sorted(set(targets))
    if len(aims) == 1 and aims[0]:
        met = sum(one.count * 100 >= aims[0] * one.total for one in periods)
        return f"{said} The target is {aims[0]}%: met in {met} of {plural(len(periods), 'month')}."
    if len(aims) > 1:
        shares = listed([f"{aim}%" for aim in aims])
        return f"{said} The programmes aim at {shares}: choose one programme to see its target."
    return f"{said} No target is set."


def _drawn(width: float, counted: Sequence[Period], target: int | None) -> Drawn:
    most = max([(target or 0) / 100, *(one.share or 0.0 for one in counted)])
    end, step = rounded_up(most)
    frame = Frame(44, width - 12, 24, 204, end)
    slot = (frame.right - frame.left) / len(counted)
    bar = min(44.0, slot * 0.7)
    shapes: list[Shape] = frame.rungs(step)
    nth = every_nth(len(counted), frame.right - frame.left, 50)
    for at, one in enumerate(counted):
        x, y = frame.left + slot * (at + 0.5), frame.y(one.share or 0.0)
        met = target is None or one.count * 100 >= target * one.total
        if one.count:
            fill = VALUE if met else QUIET_TINT
            shapes.append(Rect(x - bar / 2, y, bar, frame.bottom - y, fill, VALUE))
        if slot >= 26:
            shapes.append(Words(x, y - 5, str(one.count), 11, "middle"))
        if at % nth == 0:
            shapes.append(Words(x, frame.bottom + 19, f"{one.first_day:%b %y}", SIZE, "middle", QUIET))
    if target is not None:
        shapes.append(Line(frame.left, frame.y(target / 100), frame.right, frame.y(target / 100), SIGNAL, 2, TARGET))
        entries = [Entry(swatch(VALUE), "Target met"), Entry(swatch(QUIET_TINT, VALUE), "Not met")]
        entries.append(Entry(dash(SIGNAL, TARGET, 2), f"Target, {target}%"))
    else:
        entries = [Entry(swatch(VALUE), "Share moderated")]
    low, key = keyed(entries, frame.left - 30, frame.right, frame.bottom + 42)
    return low, shapes + key
