"""A proposed allocation changed by hand: the rules are asked again of each change, and nothing else moves (pure)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from audit_app.refusal import Refusal
from audit_app.sampling.allocation import Allocation, Auditor, CaseToAllocate, Pair, refusal_to_allocate

UNKNOWN = "Choose somebody who may audit in this round."


@dataclass(frozen=True, slots=True)
class Adjusted:
    """Who gets what after the changes, the cases that go to nobody, and why each refused change can't be made.

    A case whose change was refused is with nobody until another choice is made; loads count audits in hand as well.
    """

    pairs: tuple[Pair, ...]
    unplaced: tuple[str, ...]
    refusals: Mapping[str, Refusal]
    loads: Mapping[str, int]


def adjusted(
    cases: Sequence[CaseToAllocate],
    auditors: Sequence[Auditor],
    found: Allocation,
    moves: Mapping[str, str | None],
    *,
    cap: int | None = None,
) -> Adjusted:
    """A proposal with some cases moved to other auditors (or, None, to nobody); the rest stays where it was.

    All that moves is taken away first, so that two auditors with no room left can exchange cases.
    """
    people = {one.key: one for one in auditors}
    files = {one.reference: one for one in cases}
    placed = {pair.reference: pair.auditor for pair in found.pairs if pair.reference not in moves}
    held = Counter(placed.values())
    refusals: dict[str, Refusal] = {}
    for reference in sorted(reference for reference in moves if reference in files):
        key = moves[reference]
        if key is None:
            continue
        auditor = people.get(key)
        if auditor is None:
            refusals[reference] = Refusal(UNKNOWN)
            continue
        laden = replace(auditor, in_hand=auditor.in_hand + held[key])
        refused = refusal_to_allocate(files[reference], laden, cap=cap)
        if refused is not None:
            refusals[reference] = refused
            continue
        placed[reference] = key
        held[key] += 1
    order = [*(pair.reference for pair in found.pairs), *found.unplaced]
    return Adjusted(
        pairs=tuple(Pair(reference, placed[reference]) for reference in order if reference in placed),
        unplaced=tuple(reference for reference in order if reference not in placed and reference not in refusals),
        refusals=refusals,
        loads={one.key: one.in_hand + held[one.key] for one in auditors},
    )
