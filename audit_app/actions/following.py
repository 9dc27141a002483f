"""To whom an action goes when the child's worker or team changes, or its owner leaves (pure)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit_app.access.actor import Actor
from audit_app.access.table import Permission, Role

# Who looks after the children of a team: the nearest of the first of these that there is.
LINE = (Role.TEAM_MANAGER, Role.SENIOR_MANAGER, Role.HEAD_OF_SERVICE)


@dataclass(frozen=True, slots=True)
class Child:
    """Where a child's case stands: the path of its team, and the worker, where they have an account."""

    path: str
    worker_id: int | None = None


def goes_to(
    owner_id: int, before: Child, now: Child, people: Sequence[Actor], *, without: Iterable[int] = ()
) -> int | None:
    """Who owns an action after a change; None where it stays with its owner (or nobody else could do it).

    It leaves its owner when they were the child's worker and are no longer, or do not work for the child's team.
    """
    here = {one.id: one for one in people if one.reaches(Permission.DO_ACTIONS, now.path)}
    was_worker = before.worker_id == owner_id and now.worker_id != owner_id
    if owner_id in here and not was_worker:
        return None
    found = best_owner(now, here.values(), without={owner_id, *without})
    return found if found != owner_id else None


def best_owner(child: Child, people: Iterable[Actor], *, without: Iterable[int] = ()) -> int | None:
    """Who should own an action for a child: the worker, else the manager of the team, else who leads them."""
    left = set(without)
    able = {one.id: one for one in people if one.id not in left and one.reaches(Permission.DO_ACTIONS, child.path)}
    if child.worker_id in able:
        return child.worker_id
    for role in LINE:
        places = {
            one.id: max(len(grant.path) for grant in held)
            for one in able.values()
            if (held := [g for g in one.grants if g.role is role and child.path.startswith(g.path)])
        }
        if places:
            return min(places, key=lambda person: (-places[person], person))
    return None


def in_order(child: Child, people: Iterable[Actor]) -> list[Actor]:
    """Those who could own an action for a child: the worker, then whoever works in the team, then who leads it."""
    able = [one for one in people if one.reaches(Permission.DO_ACTIONS, child.path)]

    def place(one: Actor) -> tuple[bool, int, int, str, int]:
        nearest = max(len(grant.path) for grant in one.grants if child.path.startswith(grant.path))
        leads = LINE.index(Role.TEAM_MANAGER) if one.has(Role.TEAM_MANAGER) else len(LINE)
        return one.id != child.worker_id, -nearest, leads, one.name, one.id

    return sorted(able, key=place)
