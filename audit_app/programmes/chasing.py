"""When audits are asked for, as data: names, limits and usual days; read by the room that reminds (pure)."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from audit_app.access.table import Role

MOST_CHASING_DAYS: Final = 60  # working days
CHASING: Final = ("before", "first_after", "every", "escalate")
# Who leads whom: where nobody holds the role over somebody's unit, the next one hears.
LINE: Final = (Role.SENIOR_MANAGER, Role.HEAD_OF_SERVICE, Role.AUDIT_OFFICER)
USUAL: Final[Mapping[str, Any]] = {
    "before": [3],
    "first_after": 1,
    "every": 3,
    "escalate": {"senior_manager": 5, "head_of_service": 10},
}


# Who hears of actions for the child that are late: first whoever manages the child's team.
LINE_OF_ACTIONS: Final = (Role.TEAM_MANAGER, *LINE)
USUAL_OF_ACTIONS: Final[Mapping[str, Any]] = {
    "before": [2, 0],
    "first_after": 1,
    "every": 3,
    "escalate": {"team_manager": 2, "head_of_service": 6},
}

# When updates for a board are asked for, before and after the day by which it wants them.
USUAL_OF_BOARDS: Final[Mapping[str, Any]] = {"before": [10, 3, 0], "first_after": 1, "every": 2, "escalate": {}}


def chasing_problems(data: object, line: Sequence[Role] = LINE) -> tuple[str, ...]:
    """Everything that keeps data from saying when audits are asked for, in plain words."""
    if not isinstance(data, Mapping):
        return ("Write when auditors are chased as names with values.",)
    problems = [f"Nothing is called “{name}” here." for name in data if name not in CHASING]
    before, escalate = data.get("before", []), data.get("escalate", {})
    if not isinstance(before, list | tuple) or not all(_days(one, 0) for one in before):
        problems.append(f"before must be a list of whole numbers from 0 to {MOST_CHASING_DAYS}.")
    if not _days(data.get("first_after", 1), 1):
        problems.append(f"first_after must be a whole number from 1 to {MOST_CHASING_DAYS}.")
    if not _days(data.get("every", 0), 0):
        problems.append(f"every must be a whole number from 0 to {MOST_CHASING_DAYS}; 0 means not again.")
    roles = {role.value for role in line}
    if not isinstance(escalate, Mapping) or not all(role in roles and _days(n, 1) for role, n in escalate.items()):
        known = ", ".join(sorted(roles))
        problems.append(f"escalate must say after how many days (1 to {MOST_CHASING_DAYS}) one of {known} hears.")
    return tuple(problems)


def _days(given: object, least: int) -> bool:
    return isinstance(given, int) and not isinstance(given, bool) and least <= given <= MOST_CHASING_DAYS


def chasing_pairs(chasing: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """When audits are asked for, in words; what a programme leaves out is as usual in the service."""
    usual, escalate = "As usual in this service", chasing.get("escalate")
    before, every = chasing.get("before"), chasing.get("every")
    days = ", ".join(str(one) for one in sorted(before, reverse=True)) if before else ""
    ahead = f"{days} working days before" if days else "Never"
    rows = [
        ("Reminded before the due day", usual if before is None else ahead),
        ("First reminded when late", _after(chasing.get("first_after")) or usual),
        ("Then", usual if every is None else f"Every {every} working days" if every else "Not again"),
    ]
    for role in LINE if escalate is not None else LINE[:2]:
        after = usual if escalate is None else _after(escalate.get(role.value)) or "Not told"
        if role in LINE[:2] or after != "Not told":
            rows.append((f"{role.words} hears", after))
    return tuple(rows)


def _after(days: int | None) -> str:
    return f"{days} working {'day' if days == 1 else 'days'} after the due day" if days is not None else ""
