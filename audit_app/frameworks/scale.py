"""A scale: the levels that a judgement may take, in order, worst first."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a scale, whether it counts as good or better, and the colour it is drawn in."""

    key: str
    name: str
    short: str
    good: bool
    colour: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The ordered levels of a judgement; index 0 is the worst."""

    key: str
    name: str
    levels: tuple[Level, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the levels, worst first."""
        return tuple(level.key for level in self.levels)

    @property
    def good_keys(self) -> frozenset[str]:
        """The keys of the levels that count as good or better."""
        return frozenset(level.key for level in self.levels if level.good)

    def index(self, key: str) -> int:
        """How far up the scale a level stands, 0 being the worst."""
        for index, level in enumerate(self.levels):
            if level.key == key:
                return index
        raise KeyError(f"the scale {self.key!r} has no level {key!r}")

    def level(self, key: str) -> Level:
        """The level with this key."""
        return self.levels[self.index(key)]

    def is_good(self, key: str) -> bool:
        """Whether a grade counts as good or better."""
        return self.level(key).good
