"""The figures, made from sums of cells: the same as from the audits themselves, whatever their number (pure)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from audit_app.frameworks.content import Scale
from audit_app.measures.cells import KINDS, Cells, add
from audit_app.measures.counts import Counts
from audit_app.measures.figure import Figure, estimated
from audit_app.measures.figures import NO_AUDITS, Row, why_open
from audit_app.measures.intervals import weighted_ratio_from_sums, weighted_share_from_sums
from audit_app.measures.pairings import GO_TOGETHER, PAIRINGS, PairFigures, key_of, nothing_of
from audit_app.measures.statistics import Estimate, mean_bias, newcombe_paired, ratio_from_sums, sign_test, wilson

NO_GRADES = "no audits with an overall grade yet"
# By share: the cells that it counts, those that it counts them of, and what is said where there are none.
SHARES = {
    "good_as_audited": ("audited_good", "audited_graded", NO_GRADES),
    "good_as_stands": ("stands_good", "stands_graded", NO_GRADES),
    "coverage": ("moderated", "audits", NO_AUDITS),
    "on_time": ("on_time", "audits", NO_AUDITS),
    "completed": ("handed_in", "allocated", "no audits allocated yet"),
    "practitioner_involved": ("practitioner", "practitioner_said", NO_AUDITS),
    "feedback_obtained": ("feedback", "feedback_said", NO_AUDITS),
    "actions_on_time": ("actions_in_time", "actions", "no action was due yet"),
    "loop_closed": ("loops_closed", "loops", "no re-audit due yet"),
}
_EQUAL = 1e-9  # weights are sums of floats; chances that differ, differ by more


@dataclass(frozen=True, slots=True)
class Totals:
    """The cells of a population, by the scale on which its audits were graded."""

    by_scale: Mapping[Scale, Cells]

    @property
    def cells(self) -> Cells:
        """All cells together; those of levels mean something only where there is one scale."""
        found: Cells = {}
        for cells in self.by_scale.values():
            add(found, cells)
        return found

    def one_scale(self, having: str) -> Scale | None:
        """The scale of all audits that have something in a cell, or None where there are several (or none)."""
        scales = [scale for scale, cells in self.by_scale.items() if cells.get(having)]
        return scales[0] if len(scales) == 1 else None

    @property
    def audits(self) -> int:
        """How many audits are counted."""
        return int(sum(cells.get("audits", 0) for cells in self.by_scale.values()))

    @property
    def scale(self) -> Scale | None:
        """The scale that all counted audits share."""
        return self.one_scale("audits")

    def distribution(self, of: str) -> dict[str, int]:
        """How many audits have each overall grade, of "audited" or "stands"."""
        found: dict[str, int] = {}
        for scale, cells in self.by_scale.items():
            for number, level in enumerate(scale.levels):
                count = int(cells.get(f"{of}:{number}", 0))
                if count:
                    found[level.key] = found.get(level.key, 0) + count
        return found


def counts_of(totals: Totals, *, every_section: bool = False) -> Counts:
    """Every figure of a population."""
    cells = totals.cells
    shares = (
        share_of("good_as_audited", cells),
        share_of("good_as_stands", cells),
        _gap(cells),
        share_of("coverage", cells),
        share_of("on_time", cells),
        share_of("completed", cells),
        _evidence(cells),
        share_of("practitioner_involved", cells),
        share_of("feedback_obtained", cells),
        _actions(cells),
        _loops(cells),
    )
    random, other = (
        tuple(_pairing(totals, cells, number, route, every_section=every_section) for number in range(len(PAIRINGS)))
        for route in "ro"
    )
    return Counts(shares, random, other)


def row_of(name: str, totals: Totals, *, every_section: bool = False, key: str = "") -> Row:
    """The figures of one row of a table."""
    cells = totals.cells
    return Row(
        name,
        int(cells.get("audits", 0)),
        share_of("good_as_audited", cells),
        share_of("good_as_stands", cells),
        share_of("coverage", cells),
        pair_of(totals, 0, every_section=every_section).exact,
        key,
    )


def share_of(key: str, cells: Cells) -> Figure:
    """One share of a complete count."""
    hits, of, nothing = SHARES[key]
    count, total = int(cells.get(hits, 0)), int(cells.get(of, 0))
    if not total:
        return Figure(key, 0, 0, None, why=nothing)
    return Figure(key, count, total, count / total)


def pair_of(totals: Totals, number: int, *, every_section: bool = False, random: bool = True) -> PairFigures:
    """The figures of one pairing, by its number: of the random draws, or of the other routes."""
    return _pairing(totals, totals.cells, number, "r" if random else "o", every_section=every_section)


def _gap(cells: Cells) -> Figure:
    both, lost, won, neither = (int(cells.get(f"gap:{a}:{b}", 0)) for a, b in ((1, 1), (1, 0), (0, 1), (0, 0)))
    estimate = newcombe_paired(both, lost, won, neither)
    total = both + lost + won + neither
    return estimated("inflation_gap", lost - won, total, estimate, nothing="no moderations yet")


def _evidence(cells: Cells) -> Figure:
    count, total, silent = (int(cells.get(name, 0)) for name in ("evidence", "evidence_said", "evidence_silent"))
    if not total:
        return Figure("evidence_supports", 0, 0, None, why="no moderator has said yet")
    why = f"moderators did not say on {silent:,} more" if silent else ""
    audits = int(cells.get("evidence_audits", 0))
    return Figure("evidence_supports", count, total, count / total, why=why, audits=audits)


def _actions(cells: Cells) -> Figure:
    return replace(share_of("actions_on_time", cells), audits=int(cells.get("actions_audits", 0)))


def _loops(cells: Cells) -> Figure:
    found = share_of("loop_closed", cells)
    if found.value is None:
        return found
    moved, waiting = (int(cells.get(f"loops_{name}", 0)) for name in ("moved", "waiting"))
    return replace(found, why=why_open(moved, waiting))


def _pairing(totals: Totals, cells: Cells, number: int, route: str, *, every_section: bool) -> PairFigures:
    (earlier, later), head, random = PAIRINGS[number], f"{number}{route}", route == "r"
    sign = "*" if every_section else "="
    found = _grid(cells, f"{head}{sign}")
    done = bool(cells.get(f"{head}done"))
    nothing = "no grades of both to compare" if done else nothing_of(later, random=random)
    total = sum(found.values())
    audits = int(cells.get(f"{head}#n", 0)) if every_section else 0

    def share(kind: str) -> Figure:
        count = sum(n for pair, n in found.items() if KINDS[kind](*pair))
        if every_section:
            estimate, unequal = _clustered(cells, f"{head}#", kind)
        else:
            estimate, unequal = _weighted(cells, head, found, KINDS[kind])
        return estimated(
            key_of(kind, earlier, later, random=random),
            count,
            total,
            estimate,
            nothing=nothing,
            weighted=unequal and 0 < count < total,
            audits=audits,
        )

    over, under = share("over"), share("under")
    return PairFigures(
        earlier,
        later,
        every_section,
        exact=share("exact"),
        within_one=share("within_one"),
        over=over,
        under=under,
        bias=_bias(key_of("bias", earlier, later, random=random), found, nothing, audits, every_section=every_section),
        sign=None if every_section else sign_test(over.count, under.count),
        not_applicable=int(cells.get(f"{head}{sign}na", 0)),
        matrix=_matrix(totals.one_scale(f"{head}given"), found),
    )


def _grid(cells: Cells, head: str) -> dict[tuple[int, int], int]:
    found = {}
    for name, value in cells.items():
        if name.startswith(head) and not name.endswith("na"):
            earlier, _, later = name[len(head) :].partition(":")
            found[int(earlier), int(later)] = int(value)
    return found


def _weighted(
    cells: Cells, head: str, found: Mapping[tuple[int, int], int], is_so: Callable[[int, int], bool]
) -> tuple[Estimate, bool]:
    total = sum(found.values())
    hits = sum(n for pair, n in found.items() if is_so(*pair))
    weight, square = ({p: n + cells.get(f"{head}{k}{p[0]}:{p[1]}", 0) for p, n in found.items()} for k in "wv")
    weights, squares = sum(weight.values()), sum(square.values())
    if not total or abs(total * squares - weights**2) <= _EQUAL * weights**2:
        return wilson(hits, total), False
    counted = sum(w for pair, w in weight.items() if is_so(*pair))
    counted_squares = sum(w for pair, w in square.items() if is_so(*pair))
    none, every = hits == 0, hits == total
    return weighted_share_from_sums(weights, counted, squares, counted_squares, every=every, none=none), True


def _clustered(cells: Cells, head: str, kind: str) -> tuple[Estimate, bool]:
    names = ("n", f"y{kind}", "x", f"yy{kind}", f"xy{kind}", "xx")
    plain = [int(cells.get(head + name, 0)) for name in names]
    weighted = [value + cells.get(f"{head}w{name}", 0) for value, name in zip(plain, names, strict=True)]
    squares = plain[0] + cells.get(f"{head}wnn", 0)
    if not plain[0] or abs(plain[0] * squares - weighted[0] ** 2) <= _EQUAL * weighted[0] ** 2:
        return ratio_from_sums(*plain), False
    alike = plain[4] ** 2 == plain[3] * plain[5]
    return weighted_ratio_from_sums(plain[0], *weighted[1:], alike=alike), True


def _bias(key: str, found: Mapping[tuple[int, int], int], nothing: str, audits: int, *, every_section: bool) -> Figure:
    estimate = mean_bias(_rows(found, 1 + max((max(pair) for pair in found), default=0)))
    if every_section:
        estimate = Estimate(estimate.value, why=GO_TOGETHER)  # the t interval would claim too much
    steps = sum((earlier - later) * n for (earlier, later), n in found.items())
    return estimated(key, steps, sum(found.values()), estimate, nothing=nothing, audits=audits)


def _matrix(scale: Scale | None, found: Mapping[tuple[int, int], int]) -> tuple[tuple[int, ...], ...] | None:
    return tuple(tuple(row) for row in _rows(found, len(scale.levels))) if scale else None


def _rows(found: Mapping[tuple[int, int], int], size: int) -> list[list[int]]:
    return [[found.get((earlier, later), 0) for later in range(size)] for earlier in range(size)]
