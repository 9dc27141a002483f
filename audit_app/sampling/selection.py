"""Drawing a sample: same list, same policy, same exclusions and same seed give the same cases, on any machine."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as changed
from fractions import Fraction

from audit_app.refusal import Refusal
from audit_app.sampling.draws import ALGORITHM, Purpose, number_of, seed_problem, seeded_order
from audit_app.sampling.exclusions import Exclusion, kept_by_lot
from audit_app.sampling.frame import Frame, frame_hash
from audit_app.sampling.policy import Method, Policy
from audit_app.sampling.quotas import Quota, StratumKey, minimum_quotas, proportional_quotas
from audit_app.sampling.weighing import Weighing, stepped, weigh, weighted_order, whole_weights


@dataclass(frozen=True, slots=True)
class DrawnCase:
    """A case in the sample: its place in the seeded order of all that could be drawn, and the chance it had."""

    reference: str
    position: int
    stratum: StratumKey
    inclusion_probability: Fraction
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of the list: how many cases it has, how many could be drawn, its places, how many are drawn now."""

    key: StratumKey
    population: int
    eligible: int
    target: int
    expected: Fraction
    drawn: int


@dataclass(frozen=True, slots=True)
class Replacement:
    """A drawn case taken out of the sample, and the reserve that took its place, where there was one."""

    removed: DrawnCase
    added: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample with everything that led to it.

    Lots are the chances of cases that were kept out of their families; left out are the cases that had no part in it.
    """

    frame: Frame
    policy: Policy
    seed: str
    exclusions: tuple[Exclusion, ...]
    asked: int
    cases: tuple[DrawnCase, ...]
    strata: tuple[Stratum, ...]
    reserves: Mapping[StratumKey, tuple[str, ...]]
    lots: Mapping[str, Fraction]
    left_out: frozenset[str]
    weighing: Weighing | None = None
    replacements: tuple[Replacement, ...] = ()
    algorithm: str = ALGORITHM

    @property
    def frame_hash(self) -> str:
        """The fingerprint of the list."""
        return frame_hash(self.frame)

    @property
    def references(self) -> tuple[str, ...]:
        """The cases in the sample, in seeded order."""
        return tuple(case.reference for case in self.cases)


def refusal_to_draw(frame: Frame, policy: Policy, seed: str, exclusions: Sequence[Exclusion] = ()) -> Refusal | None:
    """Why this sample can't be drawn, or None."""
    problem = seed_problem(seed)
    if problem:
        return Refusal(problem)
    listed = frame.references()
    left_out = {exclusion.reference for exclusion in exclusions}
    strangers = sorted(left_out - listed)
    if strangers:
        return Refusal(f"Case {strangers[0]} can't be left out: it is not on the list.")
    if not listed:
        return Refusal("No case can be drawn: the list is empty.")
    if not listed - left_out:
        return Refusal("No case can be drawn: all of them are left out.")
    return _refusal_of_minimum(frame, policy, left_out) if policy.method is Method.MINIMUM else None


def draw(frame: Frame, policy: Policy, seed: str, exclusions: Sequence[Exclusion] = ()) -> Drawn:
    """Draw a sample from a list; ask `refusal_to_draw` first."""
    refusal = refusal_to_draw(frame, policy, seed, exclusions)
    if refusal:
        raise ValueError(refusal.reason)
    left_out = {exclusion.reference for exclusion in exclusions}
    order = seeded_order((case.reference for case in frame.cases if case.reference not in left_out), seed)
    asked = policy.asked(len(frame.cases))
    kept = tuple(sorted(exclusions, key=lambda exclusion: (exclusion.reference, exclusion.reason, exclusion.words)))
    drawn = Drawn(
        frame,
        policy,
        seed,
        kept,
        asked,
        cases=(),
        strata=(),
        reserves={},
        lots=kept_by_lot(kept),
        left_out=frozenset(left_out),
    )
    draw_from = _draw_by_weight if policy.method is Method.WEIGHTED else _draw_by_stratum
    return draw_from(drawn, order, min(asked, len(order)))


def refusal_to_replace(drawn: Drawn, reference: str, reason: str) -> Refusal | None:
    """Why a drawn case can't be replaced, or None."""
    if not reason.strip():
        return Refusal("Say why the case is replaced.")
    return None if reference in drawn.references else Refusal(f"Case {reference} is not in the sample.")


def replace(drawn: Drawn, reference: str, reason: str) -> Drawn:
    """Take a case out and put the next reserve of its stratum in; the other cases stay as they are."""
    refusal = refusal_to_replace(drawn, reference, reason)
    if refusal:
        raise ValueError(refusal.reason)
    removed = next(case for case in drawn.cases if case.reference == reference)
    key = removed.stratum
    cases = [case for case in drawn.cases if case is not removed]
    waiting = drawn.reserves[key]
    added = waiting[0] if waiting else None
    strata = drawn.strata
    if added is not None:
        cases.append(DrawnCase(added, positions(drawn)[added], key, chance_of(drawn, added), replaces=reference))
    else:
        strata = tuple(changed(one, drawn=one.drawn - 1) if one.key == key else one for one in strata)
    return changed(
        drawn,
        cases=_in_order(cases),
        strata=strata,
        reserves={**drawn.reserves, key: waiting[1:]},
        replacements=(*drawn.replacements, Replacement(removed, added, reason.strip())),
    )


def chance_of(drawn: Drawn, reference: str) -> Fraction:
    """The chance a case on the list had, drawn or not; none where it was left out.

    Where it was kept out of a family, the chance of that times the chance in the draw.
    """
    return chance_in_draw(drawn, reference) * drawn.lots.get(reference, 1)


def chance_in_draw(drawn: Drawn, reference: str) -> Fraction:
    """The chance a case had in the draw itself, given all that was left out; none where it was left out."""
    if reference in drawn.left_out:
        return Fraction(0)
    case = next(case for case in drawn.frame.cases if case.reference == reference)
    if drawn.weighing is not None:
        weight = drawn.policy.weight_of(drawn.policy.weighed_values(case))
        return drawn.weighing.chance(int(weight * drawn.weighing.scale))
    stratum = next(one for one in drawn.strata if one.key == drawn.policy.stratum_of(case))
    return stratum.expected / stratum.eligible


def positions(drawn: Drawn) -> dict[str, int]:
    """The place of every case that could be drawn in the seeded order, counted from 1."""
    eligible = drawn.frame.references() - drawn.left_out
    return {reference: place for place, reference in enumerate(seeded_order(eligible, drawn.seed), start=1)}


def position_in_stratum(drawn: Drawn, reference: str) -> int:
    """The place of a case in the seeded order of its stratum, counted from 1."""
    strata = {case.reference: drawn.policy.stratum_of(case) for case in drawn.frame.cases}
    members = {other for other, key in strata.items() if key == strata[reference]} - drawn.left_out
    return seeded_order(members, drawn.seed).index(reference) + 1


def _refusal_of_minimum(frame: Frame, policy: Policy, left_out: set[str]) -> Refusal | None:
    """Why the minimum can't be met with the places there are, or None."""
    sizes = Counter(policy.stratum_of(case) for case in frame.cases if case.reference not in left_out)
    needed = sum(min(policy.minimum, size) for size in sizes.values())
    asked = policy.asked(len(frame.cases))
    if needed <= asked:
        return None
    return Refusal(
        f"A minimum of {policy.minimum} in each of {len(sizes)} strata needs {needed} cases, "
        f"but only {asked} are to be drawn. Draw more cases, lower the minimum or use fewer strata."
    )


def _draw_by_stratum(drawn: Drawn, order: Sequence[str], places: int) -> Drawn:
    """Give each stratum its places, and take the first cases of its order."""
    strata = {case.reference: drawn.policy.stratum_of(case) for case in drawn.frame.cases}
    population = Counter(strata.values())
    members: dict[StratumKey, list[tuple[int, str]]] = {key: [] for key in sorted(population)}
    for position, reference in enumerate(order, start=1):
        members[strata[reference]].append((position, reference))
    quotas = _quotas(drawn.policy, places, {key: len(placed) for key, placed in members.items()}, drawn.seed)
    cases: list[DrawnCase] = []
    for key, placed in members.items():
        chance = quotas[key].expected / max(1, len(placed))
        cases += [
            DrawnCase(reference, position, key, chance * drawn.lots.get(reference, 1))
            for position, reference in placed[: quotas[key].places]
        ]
    return changed(
        drawn,
        cases=_in_order(cases),
        strata=tuple(
            Stratum(key, population[key], len(placed), quotas[key].places, quotas[key].expected, quotas[key].places)
            for key, placed in members.items()
        ),
        reserves={
            key: tuple(reference for _, reference in placed[quotas[key].places :]) for key, placed in members.items()
        },
    )


def _quotas(policy: Policy, places: int, sizes: Mapping[StratumKey, int], seed: str) -> dict[StratumKey, Quota]:
    """How many places each stratum gets."""
    # A seeded order for ties: by name, the same teams would win every month.
    texts = {json.dumps(key, ensure_ascii=False, separators=(",", ":")): key for key in sizes}
    ties = [texts[text] for text in seeded_order(texts, seed, Purpose.STRATUM)]
    if policy.method is Method.MINIMUM:
        return minimum_quotas(sizes, places, policy.minimum, ties)
    return proportional_quotas(sizes, places, ties)


def _draw_by_weight(drawn: Drawn, order: Sequence[str], places: int) -> Drawn:
    """One stratum, chances in proportion to weight, heavy cases certain."""
    eligible = set(order)
    values = {case.reference: drawn.policy.weighed_values(case) for case in drawn.frame.cases}
    whole, scale = whole_weights({kind: drawn.policy.weight_of(kind) for kind in set(values.values())})
    weights = {reference: whole[kind] for reference, kind in values.items() if reference in eligible}
    weighing = weigh(list(weights.values()), places, scale)
    chosen = set(stepped(order, weights, weighing, number_of(drawn.seed, Purpose.START, "")))
    chances = {weight: weighing.chance(weight) for weight in set(weights.values())}
    cases = tuple(
        DrawnCase(reference, position, (), chances[weights[reference]] * drawn.lots.get(reference, 1))
        for position, reference in enumerate(order, start=1)
        if reference in chosen
    )
    spare = {
        reference: number_of(drawn.seed, Purpose.CASE, reference) for reference in order if reference not in chosen
    }
    stratum = Stratum((), len(drawn.frame.cases), len(order), places, Fraction(places), len(cases))
    return changed(
        drawn,
        cases=cases,
        strata=(stratum,),
        reserves={(): tuple(weighted_order(spare, weights))},
        weighing=weighing,
    )


def _in_order(cases: Sequence[DrawnCase]) -> tuple[DrawnCase, ...]:
    """Drawn cases in the seeded order, across strata."""
    return tuple(sorted(cases, key=lambda case: case.position))
