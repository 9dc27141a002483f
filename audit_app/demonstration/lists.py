"""Case lists of one authority, one a quarter: children come, move on and leave between one list and the next."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import replace

from audit_app.cases.generating import GeneratedChild, TeamHolds, generate_rows
from audit_app.demonstration.people import TEAMS, workers_of

SIZE = 1500
STRANGE_TEAM, STRANGE = "Edge of Care", 6  # on the newest list: a team that nobody has said the unit of yet
POOL = 3000
KEPT_AFTER_CLOSING = dt.timedelta(days=180)
# What becomes of a category in a quarter, in hundredths; what is missing stays as it is.
MOVES: dict[str, dict[str, int]] = {
    "open_assessment": {"child_in_need": 45, "child_protection": 14, "closed": 38},
    "child_in_need": {"child_protection": 4, "closed": 22},
    "child_protection": {"child_in_need": 12, "looked_after": 4, "closed": 3},
}
KEEP_CLOSED = frozenset(team.name for team in TEAMS if "closed" in team.categories)


def _held() -> list[TeamHolds]:
    return [TeamHolds(team.name, team.categories, workers_of(place)) for place, team in enumerate(TEAMS)]


def first_list(seed: int, taken_on: dt.date) -> tuple[GeneratedChild, ...]:
    """The list that the demonstration begins with."""
    return generate_rows(_held(), seed=seed, today=taken_on, size=SIZE)


def next_list(
    children: Sequence[GeneratedChild], seed: int, before: dt.date, taken_on: dt.date
) -> tuple[GeneratedChild, ...]:
    """The list that follows one taken before: most children are on both, some have moved on, others are new."""
    chance = random.Random(seed)  # noqa: S311 - a believable list, not a secret
    pool = generate_rows(_held(), seed=seed, today=taken_on, size=POOL)
    alone = [child for child in pool if not child.care_leaver]
    like = {category: [one for one in alone if one.category == category] for category in {c.category for c in alone}}
    stayed = [
        _a_quarter_later(chance, child, like, before, taken_on)
        for child in children
        if _is_still_listed(child, taken_on)
    ]
    known = {child.reference for child in children}
    fresh = [child for child in pool if child.reference not in known and child.category != "closed"]
    fresh.sort(key=lambda child: child.started_on, reverse=True)
    return (*stayed, *fresh[: max(0, SIZE - len(stayed))])


def with_strange_team(children: Sequence[GeneratedChild]) -> tuple[GeneratedChild, ...]:
    """The same list with a team among its names that nobody knows yet, as after a reorganisation."""
    kept = len(children) - STRANGE
    return (*children[:kept], *(replace(child, team=STRANGE_TEAM) for child in children[kept:]))


def _is_still_listed(child: GeneratedChild, taken_on: dt.date) -> bool:
    return child.closed_on is None or taken_on - child.closed_on < KEPT_AFTER_CLOSING


def _a_quarter_later(
    chance: random.Random,
    child: GeneratedChild,
    like: dict[str, list[GeneratedChild]],
    before: dt.date,
    taken_on: dt.date,
) -> GeneratedChild:
    if child.closed_on is not None:
        return child
    days = (taken_on - before).days
    seen_on = taken_on - dt.timedelta(days=chance.randint(0, min(45, days - 1)))
    moves = MOVES.get(child.category, {})
    becomes = chance.choices(["", *moves], [100 - sum(moves.values()), *moves.values()])[0]
    if not becomes:
        return replace(child, seen_on=max(child.seen_on, seen_on))
    if becomes == "closed":
        closed_on = taken_on - dt.timedelta(days=chance.randint(1, days - 1))
        other = chance.choice(like["closed"])
        keeps = child.team in KEEP_CLOSED  # else the case closes in a team that keeps closed cases
        return replace(
            child,
            category="closed",
            seen_on=min(max(child.seen_on, seen_on), closed_on),
            closed_on=closed_on,
            details=other.details,
            team=child.team if keeps else other.team,
            worker=child.worker if keeps else other.worker,
        )
    other = chance.choice(like[becomes])
    return replace(
        child,
        category=becomes,
        seen_on=seen_on,
        details=other.details,
        team=other.team,
        worker=other.worker,
    )
