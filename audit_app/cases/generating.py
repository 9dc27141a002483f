"""Invents a believable case list for a fictional authority: references only, no names of children."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

# How many of a list's children are in each category; made up, in proportions that an authority would recognise.
SHARES = {
    "looked_after": 21,
    "child_protection": 12,
    "child_in_need": 31,
    "open_assessment": 11,
    "closed": 14,
    "care_leaver": 11,
}
AGES: dict[str, tuple[int, int]] = {
    "looked_after": (0, 17),
    "child_protection": (-1, 16),
    "child_in_need": (0, 17),
    "open_assessment": (-1, 17),
    "closed": (0, 17),
    "care_leaver": (16, 24),
}
DAYS_OPEN = {
    "looked_after": (20, 2600),
    "child_protection": (15, 700),
    "child_in_need": (10, 500),
    "open_assessment": (1, 45),
    "closed": (60, 900),
    "care_leaver": (30, 2000),
}
ETHNICITIES = {
    "WBRI": 66, "WOTH": 6, "MWBC": 4, "MOTH": 4, "MWAS": 3, "BAFR": 4, "APKN": 4, "AIND": 2, "BOTH": 1, "ABAN": 1,
    "AOTH": 1, "MWBA": 1, "WROM": 1, "OOTH": 1, "REFU": 1, "NOBT": 2,
}  # fmt: skip
NEEDS = {"N1": 58, "N2": 9, "N3": 5, "N4": 9, "N5": 11, "N6": 4, "N8": 3, "N0": 1}
CLOSURES = {"RC7": 60, "RC8": 22, "RC4": 7, "RC5": 5, "RC1": 3, "RC6": 3}
ABUSE = {"neglect": 50, "emotional": 36, "physical": 8, "sexual": 4, "multiple": 2}
LEGAL_STATUSES = {"C2": 52, "C1": 20, "V2": 21, "E1": 6, "J1": 1}
PLACEMENTS = {"U4": 24, "U6": 31, "U1": 9, "U3": 8, "K2": 13, "H5": 6, "P1": 6, "A5": 3}
ELIGIBILITIES = {"former_relevant": 78, "relevant": 14, "qualifying": 8}
ACCOMMODATION = {"U": 38, "B": 16, "D": 16, "Z": 12, "E": 6, "K": 5, "T": 3, "X": 3, "S": 1}
ACTIVITIES = {"F2": 20, "F5": 26, "P5": 8, "F1": 7, "G4": 11, "G5": 22, "G6": 6}
WORKERS = 6
LIST_6_TOO = 0.12  # care leavers whose last episode closed within six months are in list 6 as well


@dataclass(frozen=True, slots=True)
class TeamHolds:
    """A team, the categories of case it holds, and its workers where the caller has names for them."""

    name: str
    categories: tuple[str, ...]
    workers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GeneratedChild:
    """One invented child of a case list."""

    reference: str
    category: str
    team: str
    worker: str
    born: dt.date
    gender: str
    ethnicity: str
    disability: str
    need: str
    started_on: dt.date
    seen_on: dt.date
    closed_on: dt.date | None
    details: Mapping[str, str]
    care_leaver: bool

    @property
    def in_list_6(self) -> bool:
        """Whether the child is among the children in need."""
        return self.category != "care_leaver"


def generate_rows(
    teams: Sequence[TeamHolds], *, seed: int, today: dt.date, size: int = 1500
) -> tuple[GeneratedChild, ...]:
    """Children of a case list taken today, shared among the teams by what each team holds; the same for a seed."""
    chance = random.Random(seed)  # noqa: S311 - a believable list, not a secret
    held = {category: [team for team in teams if category in team.categories] for category in SHARES}
    shares = {category: share for category, share in SHARES.items() if held[category]}
    if not shares:
        raise ValueError("No team holds any category of case.")
    workers = {team.name: team.workers or _workers(place) for place, team in enumerate(teams)}
    numbers = chance.sample(range(100_000, 5_000_000), size)
    children = []
    for number in numbers:
        category = _one(chance, shares)
        team = chance.choice(held[category])
        children.append(_child(chance, f"{number:07}", category, team.name, chance.choice(workers[team.name]), today))
    return tuple(children)


def _workers(place: int) -> tuple[str, ...]:
    """Plainly fictional workers of the team in this place: Worker A11, Worker A12 …"""
    letter = ascii_uppercase[place % 26] * (place // 26 + 1)
    return tuple(f"Worker {letter}{number}" for number in range(11, 11 + WORKERS))


def _one(chance: random.Random, shares: Mapping[str, int]) -> str:
    """One of the keys, as often as its share says."""
    return chance.choices(list(shares), list(shares.values()))[0]


def _child(
    chance: random.Random, reference: str, category: str, team: str, worker: str, today: dt.date
) -> GeneratedChild:
    leaver = category == "care_leaver"
    both = leaver and chance.random() < LIST_6_TOO
    started_on = today - dt.timedelta(days=chance.randint(*DAYS_OPEN[category]))
    closed_on = None
    if category == "closed" or both:
        closed_on = today - dt.timedelta(days=chance.randint(1, 180))
        started_on = min(started_on, closed_on - dt.timedelta(days=chance.randint(30, 400)))
    seen_by = closed_on or today
    born = _born(chance, category, today, started_on)
    return GeneratedChild(
        reference=reference,
        category="closed" if both else category,
        team=team,
        worker=worker,
        born=born,
        gender="not_stated" if born > today else _one(chance, {"male": 52, "female": 47, "neither": 1}),
        ethnicity=_one(chance, ETHNICITIES),
        disability=_one(chance, {"no": 84, "yes": 13, "unknown": 3}),
        need=_one(chance, NEEDS),
        started_on=started_on,
        seen_on=max(started_on, seen_by - dt.timedelta(days=min(chance.randint(0, 45), chance.randint(0, 90)))),
        closed_on=closed_on,
        details=_details(chance, category, closed=closed_on is not None),
        care_leaver=leaver,
    )


def _born(chance: random.Random, category: str, today: dt.date, started_on: dt.date) -> dt.date:
    """A birthday that makes the age fit the category; an unborn child's is expected within months."""
    youngest, oldest = AGES[category]
    age = chance.randint(youngest, oldest)
    if age < 0:
        return today + dt.timedelta(days=chance.randint(10, 150))
    born = today - dt.timedelta(days=age * 365 + age // 4 + chance.randint(1, 360))
    if born > started_on and category != "care_leaver":
        born = started_on - dt.timedelta(days=chance.randint(0, 300))
    return born


def _details(chance: random.Random, category: str, *, closed: bool) -> dict[str, str]:
    """What lists 7, 8 and 9 say of a child in this category, and why a case closed."""
    found: dict[str, str] = {}
    if closed:
        found["closure"] = _one(chance, CLOSURES)
    if category == "child_protection":
        found |= {"abuse_first": _one(chance, ABUSE), "abuse": _one(chance, ABUSE)}
    elif category == "looked_after":
        found |= {
            "legal_status": _one(chance, LEGAL_STATUSES),
            "placement": _one(chance, PLACEMENTS),
            "placement_location": _one(chance, {"in": 70, "out": 30}),
            "uasc": _one(chance, {"no": 95, "yes": 5}),
        }
    elif category == "care_leaver":
        found |= {
            "eligibility": _one(chance, ELIGIBILITIES),
            "accommodation": _one(chance, ACCOMMODATION),
            "activity": _one(chance, ACTIVITIES),
        }
    return found
