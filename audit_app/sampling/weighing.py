"""Drawing by weight, no case twice: equal steps of weight along the seeded order (Madow 1949; Hartley and Rao 1962)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import lcm

from audit_app.sampling.draws import KEY_SPACE

Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weighing:
    """How weight turns into chance: cases from `certain_from` on are certain, the rest share `places` by weight."""

    places: int
    total: int
    certain_from: int | None
    scale: int

    def chance(self, weight: int) -> Fraction:
        """The exact chance of a case with this (scaled) weight."""
        if self.certain_from is not None and weight >= self.certain_from:
            return Fraction(1)
        return Fraction(self.places * weight, self.total)


def whole_weights(weights: Mapping[Values, Fraction]) -> tuple[dict[Values, int], int]:
    """Weights multiplied by the least number that makes them whole, and that number."""
    scale = lcm(*{weight.denominator for weight in weights.values()})
    return {values: int(weight * scale) for values, weight in weights.items()}, scale


def weigh(weights: Sequence[int], places: int, scale: int = 1) -> Weighing:
    """Set aside the cases so heavy that their share of the places reaches one; the others share what is left."""
    total, certain_from = sum(weights), None
    for weight in sorted(weights, reverse=True):
        if places == 0 or places * weight < total:
            break
        certain_from, places, total = weight, places - 1, total - weight
    return Weighing(places, total, certain_from, scale)


def stepped(order: Sequence[str], weights: Mapping[str, int], weighing: Weighing, start: int) -> list[str]:
    """The cases that the steps fall on, the certain ones with them, in seeded order."""
    certain_weights = {weight for weight in set(weights.values()) if weighing.chance(weight) == 1}
    certain = {reference for reference in order if weights[reference] in certain_weights}
    walked = [reference for reference in order if reference not in certain]
    chosen = set(certain)
    ends = list(accumulate(weights[reference] for reference in walked))
    place = 0
    for step in range(weighing.places):
        # Whole numbers throughout, so that no machine rounds differently: a case is hit when its end passes the mark.
        mark = (start + step * KEY_SPACE) * weighing.total // (weighing.places * KEY_SPACE)
        while ends[place] <= mark:
            place += 1
        chosen.add(walked[place])
    return [reference for reference in order if reference in chosen]


def weighted_order(numbers: Mapping[str, int], weights: Mapping[str, int]) -> list[str]:
    """References by key divided by weight, so that heavier cases tend to come sooner: the order of reserves."""
    common = lcm(*set(weights.values()))
    shares = {weight: common // weight for weight in set(weights.values())}
    return sorted(numbers, key=lambda reference: (numbers[reference] * shares[weights[reference]], reference))
