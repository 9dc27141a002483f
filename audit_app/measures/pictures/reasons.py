"""Why moderators changed grades: how often each reason was given (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass

from audit_app.measures.pictures.canvas import SIZE, VALUE, Drawn, names
from audit_app.measures.pictures.picture import NARROW, Picture, Value, picture
from audit_app.web.formats import Share, listed, percent, plural
from audit_app.web.scene import Line, Rect, Shape, Words

STEP, BAR = 30.0, 18.0
NARROW_STEP = 42.0  # room for names of three lines


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, how many changed grades have it, and in how many audits."""

    key: str
    name: str
    count: int
    audits: int = 0


def reasons_picture(reasons: Sequence[Reason]) -> Picture | None:
    """A bar for each reason, the most frequent first; None where no grade was changed."""
    found = sorted((one for one in reasons if one.count), key=lambda one: (-one.count, one.name))
    if not found:
        return None
    total = sum(one.count for one in found)
    rows: tuple[tuple[Value, ...], ...] = tuple((one.name, one.count, Share(one.count / total)) for one in found)
    top = [one for one in found if one.count == found[0].count]
    share = percent(top[0].count / total, 0)
    often = f"Most often: {listed([one.name for one in top[:2]])} ({top[0].count} of {total}, {share})."
    return picture(
        "reasons",
        "Why grades were changed",
        f"Grades were changed most often for this reason: {_quoted(top)}",
        f"{plural(total, 'grade')} {'was' if total == 1 else 'were'} changed. {often}",
        lambda width: _drawn(width, found),
        ("Reason", "Changed grades", "Share"),
        rows,
        leads=tuple((None, {"figure": f"reason_{one.key}"}, None) for one in found),
    )


def _quoted(top: Sequence[Reason]) -> str:
    return listed([f"{one.name[:1].lower()}{one.name[1:]}" for one in top[:2]])


def _drawn(width: float, reasons: Sequence[Reason]) -> Drawn:
    narrow = width <= NARROW
    left, right, top = (150.0 if narrow else 330.0), width - 40, 4.0
    most = max(one.count for one in reasons)
    step = NARROW_STEP if narrow else STEP
    rows = [(top + step * (at + 0.5), one.name) for at, one in enumerate(reasons)]
    shapes: list[Shape] = names(left, rows, 11 if narrow else SIZE, most=3 if narrow else 2)
    for at, one in enumerate(reasons):
        y, across = top + step * at + (step - BAR) / 2, (right - left) * one.count / most
        shapes.append(Rect(left, y, across, BAR, VALUE))
        shapes.append(Words(left + across + 6, y + 13.5, f"{one.count:,}", SIZE))
    bottom = top + step * len(reasons)
    shapes.append(Line(left, top, left, bottom))
    return bottom + 6, shapes
