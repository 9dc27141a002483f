"""What a file would change of a plan, in words: new, changed, or nothing at all (pure)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from audit_app.improvement.written import Action, Advice, Measure, WrittenPlan
from audit_app.web.formats import day

WithRef = TypeVar("WithRef", Advice, Measure, Action)
NEW, CHANGED = "new", "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a file brings."""

    kind: str
    what: str
    words: str


def difference(before: WrittenPlan | None, after: WrittenPlan) -> list[Change]:
    """Everything that a file brings to a plan; nothing where it is there already."""
    found = []
    if before is None:
        found.append(Change(NEW, "Plan", after.head.name))
    elif before.head != after.head:
        found.append(Change(CHANGED, "Plan", after.head.name))
    found += _parts("Recommendation", before.advice if before else (), after.advice, lambda a: a.wording)
    old = {one.ref: one for one in before.measures} if before else {}
    found += _parts(
        "Indicator",
        [_bare_measure(one) for one in old.values()],
        [_bare_measure(one) for one in after.measures],
        lambda m: m.name,
    )
    for measure in after.measures:
        found += _of_measure(old.get(measure.ref), measure)
    acts = {one.ref: one for one in before.actions} if before else {}
    found += _parts(
        "Action",
        [replace(one, updates=()) for one in acts.values()],
        [replace(one, updates=()) for one in after.actions],
        lambda a: a.wording,
    )
    for action in after.actions:
        known = acts[action.ref].updates if action.ref in acts else ()
        news = [one for one in action.updates if one not in known]
        found += [Change(NEW, f"Update of {action.ref}", f"{day(one.told_on)}: {one.words}") for one in news]
    return found


def _bare_measure(one: Measure) -> Measure:
    return replace(one, targets=(), findings=())


def _parts(
    what: str, before: Iterable[WithRef], after: Iterable[WithRef], words: Callable[[WithRef], str]
) -> Iterator[Change]:
    known = {one.ref: one for one in before}
    for one in after:
        if one.ref not in known:
            yield Change(NEW, f"{what} {one.ref}", words(one))
        elif known[one.ref] != one:
            yield Change(CHANGED, f"{what} {one.ref}", words(one))


def _of_measure(before: Measure | None, after: Measure) -> Iterator[Change]:
    targets = {one.due.on: one for one in before.targets} if before else {}
    for target in after.targets:
        if targets.get(target.due.on) != target:
            kind = CHANGED if target.due.on in targets else NEW
            yield Change(kind, f"Target of {after.ref}", f"{target.due.said}: {target.amount or target.words}")
    findings = {one.read_on: one for one in before.findings} if before else {}
    for finding in after.findings:
        if findings.get(finding.read_on) != finding:
            kind = CHANGED if finding.read_on in findings else NEW
            yield Change(kind, f"Reading of {after.ref}", f"{day(finding.read_on)}: {finding.words or 'figures'}")
