"""Were auditors too hopeful: good or better before and after moderation, and had every audit been moderated (pure)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from audit_app.measures.pictures.canvas import SIGNAL, VALUE, Drawn, Entry, Frame, keyed, names
from audit_app.measures.pictures.picture import NARROW, Lead, Leads, Picture, Value, picture, within
from audit_app.measures.statistics import FEWEST_AUDITS, GoodIfAllModerated
from audit_app.web.formats import Points, Share, percent, plural, rounded
from audit_app.web.scene import INK, QUIET, Line, Mark, Rect, Shape, Words

STEP = 34.0


@dataclass(frozen=True, slots=True)
class Before:
    """Moderated audits of one period: how many, how many good or better as audited, and how many after."""

    name: str
    audits: int
    before: int
    after: int
    first: dt.date | None = None
    last: dt.date | None = None


def gap_picture(periods: Sequence[Before]) -> Picture | None:
    """The inflation gap, a row for each period and one for all; None where nothing is moderated."""
    counted = [one for one in periods if one.audits]
    if not counted:
        return None
    whole = Before("All", *(sum(getattr(one, part) for one in counted) for part in ("audits", "before", "after")))
    rows = [*counted, whole] if len(counted) > 1 else [whole]
    table: tuple[tuple[Value, ...], ...] = tuple(
        (one.name, one.audits, one.before, one.after, _points(one)) for one in rows
    )
    return picture(
        "gap",
        "Good or better before and after moderation, on the same moderated audits",
        gap_title(whole),
        gap_words(whole),
        lambda width: _gaps(width, rows),
        ("Period", "Moderated audits", "Good or better as audited", "Good or better after moderation", "Gap in points"),
        table,
        "The distance between the two marks is the inflation gap. Where the diamond stands to the right of the dot, "
        "auditors were more hopeful than moderators.",
        _leads(rows),
    )


def _leads(rows: Sequence[Before]) -> Leads:
    """Where the counts lead: to the moderated audits, and to those good or better before and after."""
    found: list[tuple[Lead | None, ...]] = []
    for one in rows:
        at = within(one.first, one.last) if one.first and one.last else {}
        counts = (("gap_moderated", one.audits), ("gap_before", one.before), ("gap_after", one.after))
        found.append((None, *({"figure": key, **at} if count else None for key, count in counts), None))
    return tuple(found)


def gap_title(one: Before) -> str:
    """What moderation changed, in one line."""
    if one.before == one.after:
        return f"As many of {plural(one.audits, 'audit')} were good or better after moderation as before"
    return f"Of {plural(one.audits, 'audit')}, {_fewer(one)} {_was(one)} good or better after moderation"


def gap_words(one: Before) -> str:
    """What moderation changed, in counts."""
    said = (
        f"Of {plural(one.audits, 'moderated audit')}, {one.before:,} {'was' if one.before == 1 else 'were'} good or "
        f"better as audited and {one.after:,} after moderation"
    )
    if one.before == one.after:
        return f"{said}."
    points = rounded(abs(_points(one)), 1)
    return f"{said}: {_fewer(one)}, which is {points} percentage point{'' if points == 1 else 's'}."


def _fewer(one: Before) -> str:
    return f"{abs(one.before - one.after):,} {'fewer' if one.before > one.after else 'more'}"


def _was(one: Before) -> str:
    return "was" if abs(one.before - one.after) == 1 else "were"


def _points(one: Before) -> Points:
    return Points((one.before - one.after) * 100 / one.audits)


def _gaps(width: float, rows: Sequence[Before]) -> Drawn:
    narrow = width <= NARROW
    frame = Frame(112 if narrow else 170, width - 20, 10, 10 + STEP * len(rows))
    shapes = frame.posts(0.5 if narrow else 0.25)
    shapes += names(frame.left, [(frame.top + STEP * (at + 0.5), one.name) for at, one in enumerate(rows)])
    for at, one in enumerate(rows):
        y = frame.top + STEP * (at + 0.5)
        before, after = frame.x(one.before / one.audits), frame.x(one.after / one.audits)
        few = one.audits < FEWEST_AUDITS
        shapes.append(Line(before, y, after, y, QUIET, 2))
        shapes.append(Mark(before, y, 6, None if few else SIGNAL, SIGNAL, 1.5, "diamond"))
        shapes.append(Mark(after, y, 5, None if few else VALUE, VALUE, 1.5))
    entries = [
        Entry(Mark(0, 0, 6, SIGNAL, shape="diamond"), "As audited"),
        Entry(Mark(0, 0, 5, VALUE), "After moderation"),
    ]
    if any(one.audits < FEWEST_AUDITS for one in rows):
        entries.append(Entry(Mark(0, 0, 5, None, QUIET), f"Fewer than {FEWEST_AUDITS} audits"))
    end, key = keyed(entries, 8 if narrow else frame.left, width, frame.bottom + 40)
    return end, shapes + key


def estimate_picture(audited: tuple[int, int], moderated: Before, found: GoodIfAllModerated) -> Picture | None:
    """As audited, after moderation, and the estimate with its interval; None where there is no estimate."""
    estimate = found.estimate
    if estimate.value is None or estimate.low is None or estimate.high is None or not audited[1]:
        return None
    rows = [
        (f"As audited, all {audited[1]:,}", audited[0] / audited[1], None, None),
        (
            f"After moderation, {moderated.audits:,}",
            moderated.after / moderated.audits if moderated.audits else None,
            None,
            None,
        ),
        (f"Had all {found.audits:,} been moderated", estimate.value, estimate.low, estimate.high),
    ]
    table: tuple[tuple[Value, ...], ...] = (
        ("As audited", Share(audited[0] / audited[1]), None, None, f"all {audited[1]:,} audits"),
        ("After moderation", Share(moderated.after / moderated.audits) if moderated.audits else None, None, None,
         f"the {moderated.audits:,} moderated ones"),
        ("Had all been moderated", Share(estimate.value), Share(estimate.low), Share(estimate.high),
         f"an estimate for all {found.audits:,}: likely"),
        ("Certain bounds", None, Share(found.least or 0.0), Share(found.most or 0.0),
         "whatever the others would have been"),
    )  # fmt: skip
    return picture(
        "estimate",
        "Good or better, had every audit been moderated",
        f"Had every audit been moderated, about {percent(estimate.value, 0)} would be good or better",
        estimate_sentence(audited, found),
        lambda width: _estimates(width, rows, found),
        ("", "Good or better", "From", "To", "Of"),
        table,
        "What our own moderators would have found in these very audits, worked out from those they moderated, round by "
        "round and grade by grade, because some months and grades are moderated more than others. It is no forecast of "
        "an inspection.",
        tuple(
            (None, {"figure": figure, "part": "hits"} if figure else None, None, None, None)
            for figure in ("good_as_audited", "gap_after" if moderated.after else "", "", "")
        ),
    )


def estimate_sentence(audited: tuple[int, int], found: GoodIfAllModerated) -> str:
    """The estimate beside what auditors said, or why there is none."""
    estimate = found.estimate
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return ""
    said = (
        f"Had every one of the {plural(found.audits, 'audit')} been moderated, about {percent(estimate.value, 0)} "
        f"would be good or better (likely between {percent(estimate.low, 0)} and {percent(estimate.high, 0)})"
    )
    if not audited[1]:
        return f"{said}."
    own = audited[0] / audited[1]
    return f"{said}; auditors themselves said {percent(own, 0)}."


def _estimates(
    width: float, rows: Sequence[tuple[str, float | None, float | None, float | None]], found: GoodIfAllModerated
) -> Drawn:
    narrow = width <= NARROW
    frame = Frame(128 if narrow else 220, width - 24, 12, 12 + STEP * len(rows))
    shapes: list[Shape] = frame.posts(0.5 if narrow else 0.25)
    shapes += names(frame.left, [(frame.top + STEP * (at + 0.5), row[0]) for at, row in enumerate(rows)])
    for at, (_, value, low, high) in enumerate(rows):
        y = frame.top + STEP * (at + 0.5)
        if value is None:
            continue
        if low is not None and high is not None:
            least, most = frame.x(found.least or 0.0), frame.x(found.most or 1.0)
            shapes.append(Line(least, y, most, y, QUIET, 1, (2.0, 3.0)))
            shapes.append(Rect(frame.x(low), y - 5, max(1.0, frame.x(high) - frame.x(low)), 10, "#cfe0ef", VALUE))
        mark = Mark(frame.x(value), y, 6, SIGNAL, shape="diamond") if at == 0 else Mark(frame.x(value), y, 5, VALUE)
        shapes.append(mark)
        shapes.append(Words(frame.x(value), y - 9, percent(value, 0), 12, "middle", INK, bold=True))
    entries = [Entry(Rect(-8, -5, 16, 10, "#cfe0ef", VALUE), "Likely range")]
    entries.append(Entry(Line(-9, 0, 9, 0, QUIET, 1, (2.0, 3.0)), "Certain range"))
    end, key = keyed(entries, 8 if narrow else frame.left, width, frame.bottom + 40)
    return end, shapes + key
