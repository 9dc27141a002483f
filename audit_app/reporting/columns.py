"""How wide the columns of a table stand, in print and in Word (pure)."""

from collections.abc import Sequence

MOST = 0.4  # of the room, for one long word


def fitted(shares: Sequence[float], longest: Sequence[float], room: float) -> list[float]:
    """The shares asked for of some room, moved as little as keeps each column's longest word whole."""
    asked = [max(share, 0.01) for share in shares]
    wished = [room * share / sum(asked) for share in asked]
    least = [min(word, room * MOST) for word in longest]
    if sum(least) >= room:
        return [room * width / sum(least) for width in least]
    spare = [max(wish - need, 0) for wish, need in zip(wished, least, strict=True)]
    return [need + own * (room - sum(least)) / sum(spare) for need, own in zip(least, spare, strict=True)]
