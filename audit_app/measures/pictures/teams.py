"""Teams side by side without a league table: each share in the funnel of what chance alone would give (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from audit_app.measures.pictures.canvas import (
    SIGNAL,
    SIZE,
    VALUE,
    Drawn,
    Entry,
    Frame,
    clear_of,
    dash,
    dot,
    keyed,
    shortened,
    signal,
    width_of,
)
from audit_app.measures.pictures.picture import NARROW, Lead, Picture, Value, of_share, picture
from audit_app.measures.statistics import FEWEST_PAIRS, Funnel, FunnelPoint, Standing, funnel, funnel_limits
from audit_app.web.formats import Share, listed, percent, plural
from audit_app.web.scene import QUIET, Anchor, Line, Mark, Path, Shape, Words

INNER, OUTER = (5.0, 4.0), (2.0, 3.0)
SIDES: tuple[Anchor, ...] = ("start", "end")
NUMBERED = 12  # up to so many teams carry numbers, which the key explains; of more, those outside carry names
MOST_NAMED = 3
STANDINGS = {
    Standing.INSIDE: "within chance",
    Standing.ABOVE_95: "above, beyond 19 in 20",
    Standing.BELOW_95: "below, beyond 19 in 20",
    Standing.ABOVE_998: "above, beyond 998 in 1,000",
    Standing.BELOW_998: "below, beyond 998 in 1,000",
}


@dataclass(frozen=True, slots=True)
class Team:
    """One team's so many of so many, in the order of the structure."""

    name: str
    count: int
    total: int
    at: Lead | None = None  # how an address chooses this team alone, if it can


def funnel_picture(name: str, noun: str, teams: Sequence[Team], *, figure: str = "") -> Picture | None:
    """Each team's share against that of all together; None with fewer than two teams that count anything.

    With the key of its figure, the counts of teams that can be chosen lead to their audits.
    """
    counted = [team for team in teams if team.total]
    if len(counted) < 2:
        return None
    found = funnel([(team.count, team.total) for team in counted])
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (team.name, team.count, team.total, Share(team.count / team.total), *_limits(point), _standing(point))
        for team, point in zip(counted, found.points, strict=True)
    )
    return picture(
        "teams",
        f"{name}: teams and what chance would make",
        funnel_title(name, counted, found),
        funnel_sentence(noun, counted, found),
        lambda width: _drawn(width, counted, found, noun),
        ("Team", "Count", "Out of", "Share", "Chance alone: from", "to (19 in 20)", "Where it stands"),
        rows,
        "Few audits swing widely by chance, so the funnel is wide where few are counted. A team within it does not "
        "differ from the others by more than chance would make it; one just past a line does so only if it is marked, "
        "as the lines run between whole numbers. Teams stand in the order of the structure: this is no league table.",
        tuple(_leads(team, figure) for team in counted),
    )


def _leads(team: Team, figure: str) -> tuple[Lead | None, ...]:
    shown = (None, None) if team.at is None else of_share(figure, team.count, team.total, team.at)
    return (None, *shown, None, None, None, None)


def funnel_title(name: str, teams: Sequence[Team], found: Funnel) -> str:
    """How many teams lie outside, in one line; by name where they are few."""
    out = [team.name for team, point in zip(teams, found.points, strict=True) if _outside(point)]
    if not out:
        return f"{name}: no team differs by more than chance"
    said = listed(out) if len(out) <= MOST_NAMED else f"{len(out)} of {plural(len(teams), 'team')}"
    return f"{name}: {said} {'differs' if len(out) == 1 else 'differ'} by more than chance"


def funnel_sentence(noun: str, teams: Sequence[Team], found: Funnel) -> str:
    """Which teams lie outside, if any."""
    total = sum(team.total for team in teams)
    said = f"All together: {percent(found.target or 0.0, 0)} of {plural(total, noun)}."
    both = list(zip(teams, found.points, strict=True))
    far = [team.name for team, point in both if point.standing in (Standing.ABOVE_998, Standing.BELOW_998)]
    some = [team.name for team, point in both if point.standing in (Standing.ABOVE_95, Standing.BELOW_95)]
    if not far and not some:
        return f"{said} No team differs from the others by more than chance would make it."
    parts = []
    if far:
        parts.append(f"Beyond what chance gives in 998 of 1,000: {', '.join(far)}.")
    if some:
        parts.append(
            f"Beyond what chance gives in 19 of 20: {', '.join(some)}. With {len(teams)} teams, about one in 20 would "
            "lie there by chance."
        )
    return f"{said} {' '.join(parts)}"


def _drawn(width: float, teams: Sequence[Team], found: Funnel, noun: str) -> Drawn:
    frame = Frame(44, width - 14, 14, 254)
    most = max(team.total for team in teams) * 1.12 + 1
    shapes = frame.rungs()

    def x(n: float) -> float:
        return frame.left + (frame.right - frame.left) * n / most

    target = found.target or 0.0
    step = max(1, int(most) // 60)
    sizes = range(1, int(most) + 1, step)
    for side, pattern in (("low_95", INNER), ("high_95", INNER), ("low_998", OUTER), ("high_998", OUTER)):
        run = tuple((x(n), frame.y(getattr(funnel_limits(target, n), side))) for n in sizes)
        if len(run) > 1:
            shapes.append(Path(run, QUIET, 1.5, pattern))
    shapes.append(Line(frame.left, frame.y(target), frame.right, frame.y(target), QUIET, 1.5))
    tick = next(s for m in (1, 10, 100, 1000, 10**4, 10**5, 10**6) for s in (m, 2 * m, 5 * m) if most / s <= 6)
    for n in range(0, int(most) + 1, tick):
        shapes.append(Words(x(n), frame.bottom + 17, f"{n:,}", SIZE, "middle", QUIET))
    about = f"How many {noun}s were counted"
    shapes.append(Words(frame.right, frame.bottom + 35, about, SIZE, "end", QUIET))
    points = list(zip(teams, found.points, strict=True))
    spots = [(team, point, x(team.total), frame.y(point.share or 0.0)) for team, point in points]
    shapes += [_mark(across, up, point) for _, point, across, up in spots]
    shapes += _labels(width, spots, frame)
    few = any(team.total < FEWEST_PAIRS for team in teams)
    entries = [Entry(dot(), "One team")]
    entries += [Entry(dot(None), f"Fewer than {FEWEST_PAIRS} counted")] if few else []
    entries += [Entry(signal(), "More than chance")] if any(_outside(point) for _, point in points) else []
    entries += [Entry(dash(), "All together"), Entry(dash(pattern=INNER), "19 in 20 by chance")]
    entries.append(Entry(dash(pattern=OUTER), "998 in 1,000"))
    end, key = keyed(entries, frame.left - 30, frame.right, frame.bottom + 60)
    shapes += key
    if len(teams) <= NUMBERED:
        end, numbered = _numbered(teams, frame.left - 26, frame.right, end + 12)
        shapes += numbered
    return end, shapes


def _numbered(teams: Sequence[Team], left: float, right: float, y: float) -> Drawn:
    """Which number is which team, in the order of the structure."""
    room = max(150.0, max(width_of(f"12 {team.name}") for team in teams) + 14)
    columns = max(1, int((right - left) // room))
    down = -(-len(teams) // columns)
    shapes: list[Shape] = []
    for at, team in enumerate(teams):
        x, at_y = left + (at // down) * room, y + (at % down) * 18
        shapes.append(Words(x + 16, at_y, str(at + 1), SIZE, "end", bold=True))
        shapes.append(Words(x + 22, at_y, shortened(team.name, right - x - 22), SIZE))
    return y + down * 18, shapes


def _labels(width: float, spots: Sequence[tuple[Team, FunnelPoint, float, float]], frame: Frame) -> list[Shape]:
    """The numbers of teams where they are few; else the names of those outside, where there is room."""
    taken = [(x - 6, y - 6, x + 6, y + 6) for _, _, x, y in spots]
    shapes: list[Shape] = []
    numbered = len(spots) <= NUMBERED
    both = sorted(enumerate(spots, 1), key=lambda spot: not _outside(spot[1][1]))
    for number, (team, point, x, y) in both:
        if not numbered and not _outside(point):
            continue
        text = str(number) if numbered else shortened(team.name, 150 if width > NARROW else 110, 11)
        for off, down, anchor in product((9, 22, 35) if numbered else (9,), (4, -8, 16), SIDES):
            away = off if anchor == "start" else -off
            left = x + away if anchor == "start" else x + away - width_of(text, 11)
            box = (left, y + down - 9, left + width_of(text, 11), y + down + 2)
            inside = left >= frame.left and box[2] <= width - 2 and box[1] >= 0 and box[3] <= frame.bottom
            if inside and clear_of(taken, box):
                taken.append(box)
                shapes.append(Words(x + away, y + down, text, 11, anchor))
                break
    return shapes


def _mark(x: float, y: float, point: FunnelPoint) -> Mark:
    if _outside(point):
        return Mark(x, y, 6, SIGNAL, "#ffffff", 1, "diamond")
    few = point.n < FEWEST_PAIRS
    return Mark(x, y, 4.5, None if few else VALUE, VALUE if few else "#ffffff", 1.5 if few else 1)


def _outside(point: FunnelPoint) -> bool:
    return point.standing not in (None, Standing.INSIDE)


def _limits(point: FunnelPoint) -> tuple[Share | None, Share | None]:
    if point.limits is None:
        return None, None
    return Share(point.limits.low_95), Share(point.limits.high_95)


def _standing(point: FunnelPoint) -> str:
    return STANDINGS[point.standing] if point.standing else ""
