"""The refs that actions of a plan are known by: 1a, 1b … under recommendation 1 (pure)."""

from collections.abc import Collection, Iterator
from itertools import count
from string import ascii_lowercase


def next_ref(recommendation: str, taken: Collection[str]) -> str:
    """The first ref of a recommendation's actions that comes after all that are taken."""
    held = {one.lower() for one in taken}
    last, found = -1, []
    for place, letters in enumerate(_letters()):
        found.append(letters)
        if f"{recommendation}{letters}".lower() in held:
            last = place
        elif place - last > len(ascii_lowercase):
            break
    return f"{recommendation}{found[last + 1]}"


def _letters() -> Iterator[str]:
    """a to z, then aa to az, ba …"""
    for number in count():
        first, second = divmod(number, len(ascii_lowercase))
        yield (ascii_lowercase[first - 1] if first else "") + ascii_lowercase[second]
