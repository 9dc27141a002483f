"""How a sample compares with its list, attribute by attribute, and what of that may be published."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from audit_app.sampling.frame import Frame

SUPPRESSED = "c"
NOT_APPLICABLE = "z"
SMALL = 5
NOTEWORTHY = 2


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One value of an attribute: how many cases of the list have it, and how many of the sample."""

    value: str
    listed: int
    sampled: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How the sample compares with the list by one attribute."""

    attribute: str
    rows: tuple[CoverageRow, ...]
    listed: int
    sampled: int

    def listed_share(self, row: CoverageRow) -> Fraction | None:
        """The row's share of the list; None where the list is empty."""
        return Fraction(row.listed, self.listed) if self.listed else None

    def sampled_share(self, row: CoverageRow) -> Fraction | None:
        """The row's share of the sample; None where the sample is empty."""
        return Fraction(row.sampled, self.sampled) if self.sampled else None

    def expected(self, row: CoverageRow) -> Fraction | None:
        """How many of the sample would have the value if it mirrored the list."""
        return Fraction(row.listed * self.sampled, self.listed) if self.listed else None

    def beyond_chance(self, row: CoverageRow) -> bool:
        """Whether the sample is more than two standard deviations of a simple draw away from the list."""
        if self.listed < 2 or not 0 < self.sampled < self.listed:
            return False
        share = Fraction(row.listed, self.listed)
        variance = self.sampled * share * (1 - share) * Fraction(self.listed - self.sampled, self.listed - 1)
        gap = row.sampled - self.sampled * share
        return gap * gap > NOTEWORTHY**2 * variance


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A count and its share as they may be published, or the symbol that stands for them."""

    count: int | None
    share: Fraction | None
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One value of an attribute as it may be published."""

    value: str
    listed: PublishedFigure
    sampled: PublishedFigure


@dataclass(frozen=True, slots=True)
class PublishedCoverage:
    """How the sample compares with the list by one attribute, with small numbers suppressed."""

    attribute: str
    rows: tuple[PublishedRow, ...]
    listed: PublishedFigure
    sampled: PublishedFigure


def coverage(
    frame: Frame,
    references: Collection[str],
    attributes: Sequence[str],
    orders: Mapping[str, Sequence[str]] | None = None,
) -> tuple[Coverage, ...]:
    """Compare some of a list's cases with all of it; values stand in the order given, else by name, unrecorded last."""
    chosen = set(references)
    strangers = chosen - frame.references()
    if strangers:
        raise ValueError(f"Case {min(strangers)} is not on the list.")
    tables = []
    for attribute in attributes:
        listed = Counter(case.value(attribute) for case in frame.cases)
        sampled = Counter(case.value(attribute) for case in frame.cases if case.reference in chosen)
        values = _ordered(listed, (orders or {}).get(attribute, ()))
        rows = tuple(CoverageRow(value, listed[value], sampled[value]) for value in values)
        tables.append(Coverage(attribute, rows, len(frame.cases), len(chosen)))
    return tuple(tables)


def _ordered(values: Iterable[str], order: Sequence[str]) -> list[str]:
    """Values in the order given, then by name; not recorded stands last."""
    places = {value: place for place, value in enumerate(order)}
    return sorted(values, key=lambda value: (value == "", places.get(value, len(places)), value))


def suppressed(counts: Sequence[int], small: int = SMALL) -> frozenset[int] | None:
    """Places of counts to hide when their total is known; None where nothing can be shown without giving one away.

    Counts from 1 to `small` are hidden; more are hidden, smallest first, until a reader who takes the shown ones from
    the total can't tell that any hidden one is small. Zeros are shown.
    """
    hidden = {place for place, count in enumerate(counts) if 1 <= count <= small}
    spare = sorted((count, place) for place, count in enumerate(counts) if count > small)
    while hidden and sum(counts[place] for place in hidden) - (len(hidden) - 1) <= small:
        if not spare:
            return None
        hidden.add(spare.pop(0)[1])
    return frozenset(hidden)


def published(table: Coverage, small: int = SMALL) -> PublishedCoverage:
    """The comparison as it may be published."""
    listed = _column([row.listed for row in table.rows], table.listed, small)
    sampled = _column([row.sampled for row in table.rows], table.sampled, small)
    rows = zip(table.rows, listed, sampled, strict=False)
    return PublishedCoverage(
        table.attribute,
        tuple(PublishedRow(row.value, in_list, in_sample) for row, in_list, in_sample in rows),
        listed[-1],
        sampled[-1],
    )


def _column(counts: Sequence[int], total: int, small: int) -> list[PublishedFigure]:
    """A column of counts as it may be published, its total last."""
    hidden = suppressed(counts, small)
    if hidden is None:
        return [PublishedFigure(None, None, SUPPRESSED) for _ in (*counts, total)]
    if total == 0:
        return [PublishedFigure(count, None, NOT_APPLICABLE) for count in (*counts, total)]
    figures = [
        PublishedFigure(None, None, SUPPRESSED) if place in hidden else PublishedFigure(count, Fraction(count, total))
        for place, count in enumerate(counts)
    ]
    return [*figures, PublishedFigure(total, Fraction(1))]
