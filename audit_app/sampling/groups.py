"""The groups of a list as a sample shows them: on the list, could be drawn, drawn, audited (pure)."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from audit_app.sampling.explanation import stratum_words, times_words
from audit_app.sampling.frame import NOT_RECORDED
from audit_app.sampling.selection import Drawn

SHOWN = 4
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Group:
    """Cases that had the same chance in the draw: a stratum, or the cases of one weight (said in words)."""

    name: str
    listed: int
    eligible: int
    drawn: int
    audited: int
    chance: Fraction
    weight: str = ""

    @property
    def certain(self) -> bool:
        """Whether every one of them was drawn for its weight alone."""
        return bool(self.weight) and self.eligible > 0 and self.chance == 1


def groups_of(drawn: Drawn, audited: Collection[str] = ()) -> tuple[Group, ...]:
    """The strata of a sample, or of a weighted one its weights, the heaviest first."""
    weighing, policy = drawn.weighing, drawn.policy
    if weighing is None:
        keys = [(case.reference, policy.stratum_of(case)) for case in drawn.frame.cases]
        counts = _counts(keys, drawn, audited)
        return tuple(
            Group(stratum_words(one.key), *counts[one.key], one.expected / max(1, one.eligible)) for one in drawn.strata
        )
    kinds = {case.reference: policy.weighed_values(case) for case in drawn.frame.cases}
    weights = {kind: policy.weight_of(kind) for kind in set(kinds.values())}
    weighed = _counts([(reference, weights[kind]) for reference, kind in kinds.items()], drawn, audited)
    groups = []
    for weight in sorted(weighed, reverse=True):
        eligible = weighed[weight][1]
        chance = weighing.chance(int(weight * weighing.scale)) if eligible else Fraction(0)
        names = _names([kind for kind in weights if weights[kind] == weight])
        groups.append(Group(names, *weighed[weight], chance, times_words(weight)))
    return tuple(groups)


def _counts(
    cases: Iterable[tuple[str, Key]], drawn: Drawn, audited: Collection[str]
) -> dict[Key, tuple[int, int, int, int]]:
    """By group: cases on the list, cases that could be drawn, cases in the sample, and those of them audited."""
    out, chosen, done = drawn.left_out, set(drawn.references), set(audited)
    listed, eligible, taken, finished = Counter[Key](), Counter[Key](), Counter[Key](), Counter[Key]()
    for reference, key in cases:
        listed[key] += 1
        eligible[key] += reference not in out
        taken[key] += reference in chosen
        finished[key] += reference in chosen and reference in done
    return {key: (listed[key], eligible[key], taken[key], finished[key]) for key in listed}


def _names(kinds: Sequence[tuple[str, ...]]) -> str:
    """Kinds of cases in a row, the first few of many."""
    names = sorted(", ".join(value or NOT_RECORDED for value in kind) for kind in kinds)
    more = len(names) - SHOWN
    return "; ".join(names[:SHOWN]) + (f"; {more} more kinds" if more > 0 else "")
