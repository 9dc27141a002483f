"""How much of each month was moderated, against what its programmes aim at (pure)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
from audit_app.web.scene import INK, QUIET, Path, Rect, Shape, Words, ink_on

TARGET = (6.0, 3.0)
NUMBERED = 26.0  # a month so wide has room for its number
INSIDE = 18.0  # a number stands in its bar, clear of the target, if the bar is so high
MOST_PROGRAMMES = 6  # of which a note tells one by one


@dataclass(frozen=True, slots=True)
class Aim:
    """The share of its audits, in per cent, that a programme means to have moderated; by month, audits and moderated.

    None (0) stands for a programme that sets no target.
    """

    name: str
    percent: int
    months: Mapping[dt.date, tuple[int, int]]

    @property
    def counted(self) -> tuple[int, int]:
        """How many audits of all months, and how many of them were moderated."""
        return sum(audits for audits, _ in self.months.values()), sum(done for _, done in self.months.values())


def target_of(day: dt.date, aims: Sequence[Aim]) -> float | None:
    """The share of a month's audits that its programmes together mean to have moderated; None if one sets no target."""
    shares = [(one.percent, one.months[day][0]) for one in aims if one.months.get(day, (0, 0))[0] > 0]
    if not shares or not all(share for share, _ in shares):
        return None
    return sum(share * audits for share, audits in shares) / (100 * sum(audits for _, audits in shares))


def coverage_picture(periods: Sequence[Period], aims: Sequence[Aim]) -> Picture | None:
    """A bar a month, and a line at each month's target; None where nothing is handed in."""
    counted = [one for one in periods if one.total]
    if not counted:
        return None
    targets = [target_of(one.first_day, aims) for one in counted]
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (Month.of(one.first_day), one.count, one.total, Share(one.share or 0.0),
         "none set" if target is None else Share(target))
        for one, target in zip(counted, targets, strict=True)
    )  # fmt: skip
    return picture(
        "coverage",
        "How much was moderated, month by month",
        coverage_title(counted, targets),
        coverage_words(counted, targets, aims),
        lambda width: _drawn(width, counted, targets),
        ("Month", "Moderated", "Handed in", "Coverage", "Target"),
        rows,
        " ".join(filter(None, (_by_programme(aims), "Every month's share is a fact about its audits, no estimate."))),
        leads_of_months(counted, "coverage", 5),
    )


def is_met(period: Period, target: float | None) -> bool:
    """Whether a month's target was met; a month without one has met it."""
    return target is None or period.count >= round(target * period.total, 9)


def coverage_title(periods: Sequence[Period], targets: Sequence[float | None]) -> str:
    """In how many months the target was met; without one, the share of all."""
    aimed = [(one, target) for one, target in zip(periods, targets, strict=True) if target is not None]
    if not aimed:
        count, total = sum(one.count for one in periods), sum(one.total for one in periods)
        return f"{percent(count / total, 0)} of {plural(total, 'audit')} moderated"
    met = sum(is_met(*both) for both in aimed)
    return f"The target for moderation was met in {met} of {plural(len(aimed), 'month')}"


def coverage_words(periods: Sequence[Period], targets: Sequence[float | None], aims: Sequence[Aim]) -> str:
    """Coverage over all months, and what it is held against."""
    count, total = sum(one.count for one in periods), sum(one.total for one in periods)
    verb = "has" if total == 1 else "have"
    said = f"{count:,} of {plural(total, 'audit')} ({percent(count / total, 0)}) {verb} been moderated."
    shares = sorted({one.percent for one in aims if one.percent})
    if not shares:
        return f"{said} No target is set."
    without = [one.name for one in aims if not one.percent]
    if without:
        said += f" {listed(without[:MOST_PROGRAMMES])} {'sets' if len(without) == 1 else 'set'} no target."
    if len(shares) == 1:
        return f"{said} {'The others aim at' if without else 'The target is'} {shares[0]}%."
    listing = listed([f"{share}%" for share in shares])
    return f"{said} The programmes aim at {listing}, so a month's target depends on whose audits it holds."


def _by_programme(aims: Sequence[Aim]) -> str:
    """Each programme with its own target, where they differ."""
    if len({one.percent for one in aims}) < 2 or len(aims) > MOST_PROGRAMMES:
        return ""
    parts = []
    for one in aims:
        audits, done = one.counted
        target = f"target {one.percent}%" if one.percent else "no target"
        parts.append(f"{one.name}, {done:,} of {audits:,} ({percent(done / audits)}, {target})")
    return f"By programme: {'; '.join(parts)}."


def _drawn(width: float, counted: Sequence[Period], targets: Sequence[float | None]) -> Drawn:
    aimed = [target for target in targets if target is not None]
    end, step = rounded_up(max([*aimed, *(one.share or 0.0 for one in counted)]))
    frame = Frame(44, width - 12, 24, 204, end)
    slot = (frame.right - frame.left) / len(counted)
    bar = min(44.0, slot * 0.7)
    shapes: list[Shape] = frame.rungs(step)
    nth = every_nth(len(counted), frame.right - frame.left, 50)
    for at, (one, target) in enumerate(zip(counted, targets, strict=True)):
        x, y = frame.left + slot * (at + 0.5), frame.y(one.share or 0.0)
        if one.count:
            fill = VALUE if is_met(one, target) else QUIET_TINT
            shapes.append(Rect(x - bar / 2, y, bar, frame.bottom - y, fill, VALUE))
        if slot >= NUMBERED:
            within = frame.bottom - y >= INSIDE
            ink = ink_on(VALUE) if within and is_met(one, target) else INK
            shapes.append(Words(x, (frame.bottom if within else y) - 5, str(one.count), 11, "middle", ink))
        if at % nth == 0:
            shapes.append(Words(x, frame.bottom + 19, f"{one.first_day:%b %y}", SIZE, "middle", QUIET))
    shapes += _line(frame, slot, targets)
    if aimed:
        entries = [Entry(swatch(VALUE), "Target met"), Entry(swatch(QUIET_TINT, VALUE), "Not met")]
        same = f", {percent(aimed[0], 0)}" if len(set(aimed)) == 1 else " of the month"
        entries.append(Entry(dash(SIGNAL, TARGET, 2), f"Target{same}"))
    else:
        entries = [Entry(swatch(VALUE), "Share moderated")]
    if slot >= NUMBERED:
        entries.append(Entry(Words(0, 4, "7", 11, "middle"), "How many were moderated"))
    low, key = keyed(entries, frame.left - 30, frame.right, frame.bottom + 42)
    return low, shapes + key


def _line(frame: Frame, slot: float, targets: Sequence[float | None]) -> list[Shape]:
    """The targets from month to month, in one line wherever neighbours have one."""
    runs: list[list[tuple[float, float]]] = [[]]
    for at, target in enumerate(targets):
        if target is None:
            runs.append([])
            continue
        left, y = frame.left + slot * at, frame.y(target)
        runs[-1] += [(left, y), (left + slot, y)]
    return [Path(tuple(run), SIGNAL, 2, TARGET) for run in runs if run]
