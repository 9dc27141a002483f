"""Chance that can be had again: everything random in the demonstration follows from its seed and a name."""

import random
from hashlib import sha256


def chance_of(seed: str, *names: object) -> random.Random:
    """The chance for one thing, independent of all others."""
    return random.Random(number_of(seed, *names))  # noqa: S311 - a believable story, not a secret


def number_of(seed: str, *names: object) -> int:
    """A number for one thing."""
    text = "\0".join([seed, *map(str, names)])
    return int.from_bytes(sha256(text.encode()).digest()[:8])
