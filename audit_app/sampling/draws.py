"""The seeded order: a reference's place in it follows from the seed and the reference alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256

ALGORITHM = "sha256-order-1"
KEY_SPACE = 1 << 256
LONGEST_SEED = 100


class Purpose(StrEnum):
    """What an order is for: one seed gives each purpose an order of its own."""

    CASE = "case"
    START = "start"
    STRATUM = "stratum"
    SIBLING = "sibling"
    SHARE = "share"
    ALLOCATION = "allocation"


@dataclass(frozen=True, slots=True)
class RandomDraw:
    """Something drawn at random, with the chance it had."""

    reference: str
    inclusion_probability: Fraction


def seed_problem(seed: str) -> str | None:
    """Why a seed can't be used, or None."""
    if not seed.strip():
        return "Give the seed of the draw."
    if len(seed) > LONGEST_SEED:
        return f"The seed must be {LONGEST_SEED} characters or fewer."
    if not seed.isprintable():
        return "The seed must be letters, numbers, spaces and punctuation."
    return None


def prefix_of(seed: str, purpose: Purpose) -> bytes:
    """What is hashed before the reference."""
    return f"{ALGORITHM}\0{purpose}\0{seed}\0".encode()


def key_of(seed: str, purpose: Purpose, reference: str) -> bytes:
    """The 32 bytes that decide a reference's place in the order of a purpose."""
    return sha256(prefix_of(seed, purpose) + reference.encode()).digest()


def number_of(seed: str, purpose: Purpose, reference: str) -> int:
    """The key read as a whole number from 0 up to KEY_SPACE."""
    return int.from_bytes(key_of(seed, purpose, reference))


def seeded_order(references: Iterable[str], seed: str, purpose: Purpose = Purpose.CASE) -> list[str]:
    """References in their seeded order, whatever order they came in."""
    prefix = prefix_of(seed, purpose)
    # The reference is part of what is sorted, so that even equal keys would have one order everywhere.
    keyed = [sha256(prefix + text).digest() + text for text in (reference.encode() for reference in references)]
    keyed.sort()
    return [entry[32:].decode() for entry in keyed]


def is_drawn(seed: str, reference: str, probability: Fraction) -> bool:
    """Whether a reference is drawn with this probability: decided on its own, whenever it comes in."""
    if not 0 <= probability <= 1:
        raise ValueError("A probability lies between 0 and 1.")
    return number_of(seed, Purpose.SHARE, reference) * probability.denominator < probability.numerator * KEY_SPACE


def random_share(
    references: Sequence[str], seed: str, *, share: Fraction | None = None, count: int | None = None
) -> tuple[RandomDraw, ...]:
    """A share of the references, each decided on its own, or exactly so many of them, in seeded order."""
    if (share is None) == (count is None):
        raise ValueError("Draw either a share or a count.")
    if len(set(references)) != len(references):
        raise ValueError("A reference is listed twice.")
    order = seeded_order(references, seed, Purpose.SHARE)
    if share is not None:
        return tuple(RandomDraw(reference, share) for reference in order if is_drawn(seed, reference, share))
    drawn = order[: max(0, count or 0)]
    return tuple(RandomDraw(reference, Fraction(len(drawn), len(order))) for reference in drawn)
