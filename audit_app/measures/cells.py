"""What one audit adds to the counts that figures are made of: sums only, so that they add up across audits (pure).

A row of cells is kept for the audit as a whole (section "") and for each graded section. The names of cells:
`audits`, `allocated`, `handed_in` …: how many; `audited:2`, `stands:2`: how many have that level; `gap:1:0`: good or
better as audited but not as settled. Of a pairing: `0r` is the first pairing's random draws (`0o` its other routes),
`0r=2:1` pairs of the earlier level 2 and the later level 1, `0rw2:1` and `0rv2:1` their weights and squared weights
(weight: 1 over the chance of being drawn), `0r*2:1` those pairs over every section, `0r#…` sums over audits of the
pairs of one audit (x) and how many of them are so (y), as `intervals.ratio_from_sums` wants them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from audit_app.frameworks.content import Scale
from audit_app.measures.facts import NOT_APPLICABLE, Drawn, Facts, Judged
from audit_app.measures.pairings import PAIRINGS

Cells = dict[str, float]
WHOLE = ""  # the row of the audit as a whole
KINDS: dict[str, Callable[[int, int], bool]] = {
    "exact": lambda earlier, later: earlier == later,
    "within_one": lambda earlier, later: abs(earlier - later) <= 1,
    "over": lambda earlier, later: later < earlier,
    "under": lambda earlier, later: later > earlier,
}


def add(into: Cells, more: Mapping[str, float], times: int = 1) -> None:
    """Add cells to others, or take them off again (times = −1)."""
    for name, value in more.items():
        left = into.get(name, 0) + times * value
        if left:
            into[name] = left
        else:
            into.pop(name, None)


def cells_of(facts: Facts, scale: Scale) -> dict[str, Cells]:
    """What an audit adds, by section; the whole audit's own are in WHOLE."""
    whole: Cells = {"allocated": 1}
    if facts.handed_in:
        whole["handed_in"] = 1
    if not facts.counted:
        return {WHOLE: whole}
    add(whole, dict(_of_audit(facts)))
    given = dict(_given(facts))
    add(whole, given)
    found = {key: dict(_of_section(facts, one, scale)) for key, one in facts.sections.items()}
    add(whole, found.get(facts.overall or "", {}))
    for name, value in _over_sections(facts):
        add(whole, {name: value})
    return {WHOLE: whole, **{key: {"audits": 1, **given, **cells} for key, cells in found.items()}}


def _of_audit(facts: Facts) -> Iterator[tuple[str, int]]:
    supports, does_not, silent = facts.evidence
    yield "audits", 1
    yield "on_time", facts.on_time
    yield "moderated", facts.senior is not None and facts.senior.done
    yield "practitioner", facts.practitioner is True
    yield "practitioner_said", facts.practitioner is not None
    yield "feedback", facts.feedback is True
    yield "feedback_said", facts.feedback is not None
    yield "evidence", supports
    yield "evidence_said", supports + does_not
    yield "evidence_silent", silent
    yield "evidence_audits", supports + does_not > 0


def _given(facts: Facts) -> Iterator[tuple[str, int]]:
    for number, (_, later) in enumerate(PAIRINGS):
        drawn = facts.drawn(later)
        if drawn is not None:
            yield f"{number}{_route(drawn)}given", 1
            if drawn.done:
                yield f"{number}{_route(drawn)}done", 1


def _of_section(facts: Facts, one: Judged, scale: Scale) -> Iterator[tuple[str, float]]:
    good = [scale.is_good(level.key) for level in scale.levels]
    for name, level in (("audited", one.audited), ("stands", one.stands)):
        if level is not None and level != NOT_APPLICABLE:
            yield f"{name}:{level}", 1
            yield f"{name}_graded", 1
            if good[level]:
                yield f"{name}_good", 1
    if _graded(one.audited) and _graded(one.settled):
        yield f"gap:{int(good[one.audited or 0])}:{int(good[one.settled or 0])}", 1
    for number, drawn, earlier, later in _pairs(facts, [one]):
        head = f"{number}{_route(drawn)}"
        if NOT_APPLICABLE in (earlier, later):
            yield f"{head}=na", 1
            continue
        yield f"{head}={earlier}:{later}", 1
        if drawn.chance != 1.0:
            yield f"{head}w{earlier}:{later}", 1 / drawn.chance - 1
            yield f"{head}v{earlier}:{later}", 1 / drawn.chance**2 - 1


def _over_sections(facts: Facts) -> Iterator[tuple[str, float]]:
    compared: dict[int, list[tuple[int, int]]] = {}
    for number, drawn, earlier, later in _pairs(facts, facts.sections.values()):
        head = f"{number}{_route(drawn)}*"
        if NOT_APPLICABLE in (earlier, later):
            yield f"{head}na", 1
        else:
            yield f"{head}{earlier}:{later}", 1
            compared.setdefault(number, []).append((earlier, later))
    for number, levels in compared.items():
        drawn_ = facts.drawn(PAIRINGS[number][1])
        if drawn_ is not None:
            yield from _cluster(f"{number}{_route(drawn_)}#", levels, 1 / drawn_.chance)


def _cluster(head: str, levels: list[tuple[int, int]], weight: float) -> Iterator[tuple[str, float]]:
    x = len(levels)
    sums = {"n": 1.0, "x": x, "xx": x * x}
    for kind, is_so in KINDS.items():
        y = sum(is_so(*pair) for pair in levels)
        sums |= {f"y{kind}": y, f"yy{kind}": y * y, f"xy{kind}": x * y}
    for name, value in sums.items():
        if value:
            yield f"{head}{name}", value
    if weight != 1.0:
        # Kept less the plain sum, so that draws with the same chance of 1 cost nothing.
        for name, value in sums.items():
            power = 2 if name == "xx" or name[:2] in ("yy", "xy") else 1
            if value:
                yield f"{head}w{name}", value * (weight**power - 1)
        yield f"{head}wnn", weight * weight - 1


def _pairs(facts: Facts, judged: Iterable[Judged]) -> Iterator[tuple[int, Drawn, int, int]]:
    sections = list(judged)
    for number, (_, later_tier) in enumerate(PAIRINGS):
        drawn = facts.drawn(later_tier)
        if drawn is None:
            continue
        for one in sections:
            earlier, later = one.pairs[number]
            if earlier is not None and later is not None:
                yield number, drawn, earlier, later


def _route(drawn: Drawn) -> str:
    return "r" if drawn.random else "o"


def _graded(level: int | None) -> bool:
    return level is not None and level != NOT_APPLICABLE
