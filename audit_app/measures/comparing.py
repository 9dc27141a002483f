"""Two populations that share no audit, figure by figure: how they differ, and whether chance could make it (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass

from audit_app.measures.apart import Apart, apart
from audit_app.measures.figure import Figure
from audit_app.measures.from_cells import Totals, pair_of, share_of
from audit_app.measures.shares import PAIRED
from audit_app.measures.statistics import FEWEST_PAIRS, Estimate, newcombe
from audit_app.refusal import Refusal
from audit_app.web.formats import percent, plural, rounded

COMPLETE = ("coverage", "on_time", "practitioner_involved", "feedback_obtained")
TOO_FEW = "Too few to compare"
TOGETHER = "No interval: the sections of one audit go together"


@dataclass(frozen=True, slots=True)
class Compared:
    """One share of both populations, and the first less the second with its interval."""

    first: Figure
    second: Figure
    difference: Estimate

    @property
    def few(self) -> bool:
        """Whether either counts too few to compare."""
        return min(self.first.total, self.second.total) < FEWEST_PAIRS

    @property
    def told(self) -> Apart:
        """Both shares and the points between them, as they are printed."""
        return apart((self.first.count, self.first.total), (self.second.count, self.second.total), 1)

    @property
    def shown(self) -> tuple[str, str]:
        """Both shares with their counts."""
        shares = (self.told.first, self.told.second) if self.first.total and self.second.total else ("", "")
        return shown(self.first, shares[0]), shown(self.second, shares[1])

    @property
    def said(self) -> str:
        """The difference in plain words."""
        value, low, high = self.difference.value, self.difference.low, self.difference.high
        if value is None:
            return "Nothing to compare"
        if self.few:
            return TOO_FEW
        points = f"{self.told.points} points {'higher' if value > 0 else 'lower'}"
        if self.first.count * self.second.total == self.second.count * self.first.total:
            points = "The same"
        if low is None or high is None:
            return f"{points}. {self.difference.why}"
        bounds = f"likely between {_signed(low)} and {_signed(high)}"
        chance = "chance alone could make it" if low <= 0 <= high else "more than chance would make it"
        return f"{points}, {bounds}: {chance}"


def refusal_to_compare(shared: int) -> Refusal | None:
    """Two sets that share audits are not compared: what both count would be held against itself."""
    if not shared:
        return None
    verb = "is" if shared == 1 else "are"
    return Refusal(
        f"{plural(shared, 'audit')} {verb} in both. Choose months or units that do not overlap, so that each audit "
        "counts once."
    )


def compared(first: Totals, second: Totals, *, every_section: bool = False) -> list[Compared]:
    """Every share of two populations that share no audit."""
    both = zip(_shares(first, every_section), _shares(second, every_section), strict=True)
    return [_one(one, other, every_section) for one, other in both]


def _shares(totals: Totals, every_section: bool) -> list[Figure]:
    pairs = [pair_of(totals, number, every_section=every_section) for number in PAIRED.values()]
    return [
        share_of("good_as_audited", totals.cells),
        share_of("good_as_stands", totals.cells),
        *(pair.exact for pair in pairs),
        *(pair.over for pair in pairs),
        *(share_of(key, totals.cells) for key in COMPLETE),
    ]


def _one(first: Figure, second: Figure, every_section: bool) -> Compared:
    if every_section and (first.audits or second.audits):
        told = first.value is not None and second.value is not None
        value = first.count / first.total - second.count / second.total if told else None
        return Compared(first, second, Estimate(value, why=TOGETHER))
    return Compared(first, second, newcombe(first.count, first.total, second.count, second.total))


def verdict(rows: Sequence[Compared], name: str, other: str) -> str:
    """The comparison in one sentence: how many figures differ by more than chance."""
    firm = [row for row in rows if not row.few and row.difference.low is not None and row.difference.high is not None]
    beyond = [row for row in firm if not (row.difference.low or 0.0) <= 0 <= (row.difference.high or 0.0)]
    both = f"{name} beside {other}"
    if not firm:
        return f"{both}: too few are counted to compare any figure."
    if not beyond:
        return f"{both}: no figure differs by more than chance alone could make."
    verb = "differs" if len(beyond) == 1 else "differ"
    return f"{both}: {len(beyond)} of {plural(len(firm), 'figure')} {verb} by more than chance alone would make."


def shown(figure: Figure, share: str = "") -> str:
    """A share with its counts, counted plainly."""
    if figure.value is None:
        return "None yet"
    return f"{share or percent(figure.count / figure.total)} ({figure.count:,} of {figure.total:,})"


def _signed(share: float) -> str:
    text = str(rounded(abs(share) * 100, 1))
    return text if float(text) == 0 else f"{'+' if share > 0 else '−'}{text}"
