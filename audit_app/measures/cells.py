"""What one audit adds to the counts that figures are made of: sums only, so that they add up across audits (pure).

A row of cells is kept for the audit as a whole (section "") and for each graded section. The names of cells:
`audits`, `allocated`, `handed_in` …: how many; `audited:2`, `stands:2`: how many have that level; `gap:1:0`: good or
better as audited but not as settled. Of a pairing: `0r` is the first pairing's random draws (`0o` its other routes),
`0r=2:1` pairs of the earlier level 2 and the later level 1, `0rw2:1` and `0rv2:1` their weights and squared weights
(weight: 1 over the chance of being drawn), `0r*2:1` those pairs over every section, `0r#…` sums over audits of the
pairs of one audit (x) and how many of them are so (y), as `intervals.ratio_from_sums` wants them. `if:2:d:n` audits
that their auditor graded 2 and that were drawn or may be, `…:m` those of them that were moderated, `…:g` those good or
better then; `if:2:k:…` the same of audits moderated by another route. `why:senior:x` grades that seniors changed for
the reason x, `whyin:senior:x` the audits in which they did, `whyin::x` those in which anybody did.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from audit_app.frameworks.content import Scale
from audit_app.measures.facts import NOT_APPLICABLE, Drawn, Facts, Judged
from audit_app.measures.pairings import PAIRINGS

Cells = dict[str, float]
WHOLE = ""  # the row of the audit as a whole
NO_CELLS = "{}"  # what is kept of a row from which everything was taken off again
OF_SECTIONS = ("audited", "stands", "gap:", "if:", "evidence")
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
    for name, value in (*_over_sections(facts), *_evidence(facts), *_reasons(facts), *_around(facts)):
        add(whole, {name: value})
    for key, cells in found.items():
        add(cells, {"audits": 1, **given, **dict(_evidence(facts, key))})
    return {WHOLE: whole, **found}


def of_section(name: str) -> bool:
    """Whether a cell of the audit as a whole is really its overall judgement's, and so another one by section."""
    return name.startswith(OF_SECTIONS) or (name[0].isdigit() and name[2] in "=wv")


def _of_audit(facts: Facts) -> Iterator[tuple[str, int]]:
    yield "audits", 1
    yield "on_time", facts.on_time
    yield "moderated", facts.senior is not None and facts.senior.done
    yield "practitioner", facts.practitioner is True
    yield "practitioner_said", facts.practitioner is not None
    yield "feedback", facts.feedback is True
    yield "feedback_said", facts.feedback is not None


def _evidence(facts: Facts, section: str = "") -> Iterator[tuple[str, int]]:
    said = [view for key, view in facts.evidence if section in ("", key)]
    yield "evidence", said.count(True)
    yield "evidence_said", len(said) - said.count(None)
    yield "evidence_silent", said.count(None)
    yield "evidence_audits", any(view is not None for view in said)


def _reasons(facts: Facts) -> Iterator[tuple[str, int]]:
    for tier, code in facts.reasons:
        yield f"why:{tier}:{code}", 1
    for tier, code in dict.fromkeys(facts.reasons):
        yield f"whyin:{tier}:{code}", 1
    for code in {code for _, code in facts.reasons}:
        yield f"whyin::{code}", 1


def _around(facts: Facts) -> Iterator[tuple[str, int]]:
    came = facts.around
    yield "actions", came.due
    yield "actions_in_time", came.in_time
    yield "actions_audits", came.due > 0
    if came.loop:
        yield "loops", 1
        yield f"loops_{came.loop}", 1


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
    if _graded(one.audited):
        moderated = _graded(one.settled)
        after = moderated and good[one.settled or 0]
        drawn = facts.senior is None or not facts.senior.done or facts.senior.random or not moderated
        head = f"if:{one.audited}:{'d' if drawn else 'k'}:"
        yield f"{head}n", 1
        yield f"{head}m", moderated
        yield f"{head}g", after
        if moderated:
            yield f"gap:{int(good[one.audited or 0])}:{int(after)}", 1
    for number, opinion, earlier, later in _pairs(facts, [one]):
        head = f"{number}{_route(opinion)}"
        if NOT_APPLICABLE in (earlier, later):
            yield f"{head}=na", 1
            continue
        yield f"{head}={earlier}:{later}", 1
        if opinion.chance != 1.0:
            yield f"{head}w{earlier}:{later}", 1 / opinion.chance - 1
            yield f"{head}v{earlier}:{later}", 1 / opinion.chance**2 - 1


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
