"""How far the moderation of a round or a quarter is, against what its programme aims at (pure)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

DONE, IN_HAND, WAITING, NONE = "done", "in_hand", "waiting", "none"
STATES = (DONE, IN_HAND, WAITING)


class Cell(NamedTuple):
    """So many audits of an auditor that came by one route and stand in one state."""

    auditor_id: int
    route: str | None
    state: str
    audits: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How many audits are moderated, in hand and waiting."""

    done: int = 0
    in_hand: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class TierStanding:
    """One tier: of how many audits that count how many are moderated, against its share, and by which routes."""

    tier: str
    percent: int
    counted: int
    all: Standing
    routes: Mapping[str, Standing]

    @property
    def aimed(self) -> int:
        """How many audits the share is, rounded up."""
        return -(-self.percent * self.counted // 100)

    @property
    def share(self) -> float | None:
        """The share that is moderated; None when nothing was handed in yet."""
        return self.all.done / self.counted if self.counted else None

    @property
    def missing(self) -> int:
        """How many more must be chosen before the share can be reached."""
        return max(0, self.aimed - self.all.done - self.all.in_hand - self.all.waiting)


@dataclass(frozen=True, slots=True)
class AuditorStanding:
    """One auditor in a quarter: what they handed in, and how much of it is moderated."""

    auditor_id: int
    handed_in: int
    all: Standing

    @property
    def words(self) -> str:
        """Whether they are covered, in words."""
        if self.all.done or self.all.in_hand:
            return "Covered" if self.all.done else "With a moderator"
        if self.all.waiting:
            return "Waits for a moderator"
        return "Not covered yet" if self.handed_in else "Nothing handed in"

    @property
    def tone(self) -> str:
        """How that looks."""
        tones = {"Covered": "good", "With a moderator": "info", "Nothing handed in": "quiet"}
        return tones.get(self.words, "attention")

    @property
    def uncovered(self) -> bool:
        """Whether they handed something in of which nothing was chosen."""
        return bool(self.handed_in) and self.all == Standing()


def _standing(cells: Iterable[Cell]) -> Standing:
    found: Counter[str] = Counter()
    for cell in cells:
        found[cell.state] += cell.audits
    return Standing(found[DONE], found[IN_HAND], found[WAITING])


def of_tier(tier: str, percent: int, cells: Iterable[Cell]) -> TierStanding:
    """One tier's standing."""
    cells = list(cells)
    by_route: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.route is not None and cell.state != NONE:
            by_route[cell.route].append(cell)
    routes = {route: _standing(some) for route, some in by_route.items()}
    return TierStanding(tier, percent, sum(cell.audits for cell in cells), _standing(cells), routes)


def of_auditors(cells: Iterable[Cell], others: Iterable[int] = ()) -> list[AuditorStanding]:
    """Each auditor's standing in the senior tier; with others who have handed nothing in."""
    mine: dict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        mine[cell.auditor_id].append(cell)
    for other in others:
        mine.setdefault(other, [])
    return [AuditorStanding(key, sum(cell.audits for cell in some), _standing(some)) for key, some in mine.items()]
