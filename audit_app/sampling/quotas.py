"""How many places each stratum gets: in proportion, by largest remainder, with or without a minimum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

StratumKey = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quota:
    """Places for a stratum; `expected` is their mean over seeds, and differs only where the seed broke a tie."""

    places: int
    expected: Fraction


def proportional_quotas(
    sizes: Mapping[StratumKey, int], places: int, ties: Sequence[StratumKey]
) -> dict[StratumKey, Quota]:
    """Places in proportion to size, by largest remainder; equal remainders go by the order of `ties`."""
    total = sum(sizes.values())
    claims = {key: Fraction(places * size, total) for key, size in sizes.items()}
    return largest_remainder(claims, places, ties)


def minimum_quotas(
    sizes: Mapping[StratumKey, int], places: int, minimum: int, ties: Sequence[StratumKey]
) -> dict[StratumKey, Quota]:
    """At least the minimum for each stratum (or all it has), the rest in proportion among those above it."""
    floors = {key: min(minimum, size) for key, size in sizes.items()}
    if sum(floors.values()) > places:
        raise ValueError("The minimum asks for more places than there are.")
    lifted: dict[StratumKey, Quota] = {}
    while True:
        above = {key: size for key, size in sizes.items() if key not in lifted}
        left = places - sum(quota.places for quota in lifted.values())
        total = sum(above.values())
        below = [key for key, size in above.items() if left * size < floors[key] * total]
        if not below:
            shared = proportional_quotas(above, left, [key for key in ties if key in above])
            return lifted | shared
        lifted |= {key: Quota(floors[key], Fraction(floors[key])) for key in below}


def largest_remainder(
    claims: Mapping[StratumKey, Fraction], places: int, ties: Sequence[StratumKey]
) -> dict[StratumKey, Quota]:
    """Each claim rounded down, and the places left over given to the largest remainders."""
    whole = {key: claim.numerator // claim.denominator for key, claim in claims.items()}
    remainder = {key: claims[key] - whole[key] for key in claims}
    left = places - sum(whole.values())
    rank = {key: number for number, key in enumerate(ties)}
    by_claim = sorted(claims, key=lambda key: (-remainder[key], rank[key]))
    lucky = set(by_claim[:left])
    if not lucky:
        return {key: Quota(whole[key], Fraction(whole[key])) for key in claims}
    last = remainder[by_claim[left - 1]]
    level = [key for key in claims if remainder[key] == last]
    shared = Fraction(sum(key in lucky for key in level), len(level))
    extra = {key: shared if remainder[key] == last else Fraction(int(remainder[key] > last)) for key in claims}
    return {key: Quota(whole[key] + (key in lucky), whole[key] + extra[key]) for key in claims}
