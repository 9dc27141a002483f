"""Why no fair allocation exists: the cases that compete, and the auditors they can only go to."""

from collections.abc import Mapping
from dataclasses import dataclass

from audit_app.sampling.exclusions import counted

MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Room:
    """An auditor's name, and how many audits they had room for (None: no limit)."""

    name: str
    audits: int | None


def obstacles(
    permitted: Mapping[str, frozenset[str]],
    placed: Mapping[str, str],
    rooms: Mapping[str, Room],
    independent: Mapping[str, frozenset[str]],
    teamless: frozenset[str],
) -> tuple[str, ...]:
    """Sentences that say why cases are left over: none where every case has its auditor."""
    left_over = sorted(reference for reference in permitted if reference not in placed)
    if left_over and not rooms:
        return ("There are no auditors to give cases to.",)
    unteamed = [reference for reference in left_over if reference in teamless]
    nobody = [reference for reference in left_over if reference not in teamless and not permitted[reference]]
    stuck = [reference for reference in nobody if not independent[reference]]
    waiting = [reference for reference in nobody if independent[reference]]
    words = []
    if unteamed:
        words.append(f"{having(unteamed)} no team, so nobody can be shown to be independent. Map the team first.")
    if stuck:
        words.append(
            f"{having(stuck)} nobody to go to: every auditor belongs to or supervises the team, supervised the "
            "practitioner or worked on the case. Add an auditor from elsewhere."
        )
    if waiting:
        names = sorted({rooms[key].name for reference in waiting for key in independent[reference]})
        state = "is on leave or has no room" if len(names) == 1 else "are on leave or have no room"
        words.append(f"{having(waiting)} nobody free to go to: {named(names)} {state}.")
    contested = [reference for reference in left_over if permitted[reference]]
    words += [_contest(group, keys, contested, rooms) for group, keys in _contests(contested, permitted, placed)]
    return tuple(words)


def _contests(
    left_over: list[str], permitted: Mapping[str, frozenset[str]], placed: Mapping[str, str]
) -> list[tuple[set[str], set[str]]]:
    """Groups of cases with the only auditors they can go to: more cases than those have room for (Hall's condition)."""
    held: dict[str, set[str]] = {}
    for reference, key in placed.items():
        held.setdefault(key, set()).add(reference)
    groups: list[tuple[set[str], set[str]]] = []
    for reference in left_over:
        group, keys = _reach(reference, permitted, held)
        for other in [one for one in groups if one[1] & keys]:
            groups.remove(other)
            group, keys = group | other[0], keys | other[1]
        groups.append((group, keys))
    return groups


def _reach(
    reference: str, permitted: Mapping[str, frozenset[str]], held: Mapping[str, set[str]]
) -> tuple[set[str], set[str]]:
    """The case, the auditors it may go to, the cases those hold, the auditors those may go to, and so on."""
    group, keys, waiting = {reference}, set[str](), [reference]
    while waiting:
        for key in permitted[waiting.pop()] - keys:
            keys.add(key)
            more = held.get(key, set()) - group
            group |= more
            waiting += more
    return group, keys


def _contest(group: set[str], keys: set[str], left_over: list[str], rooms: Mapping[str, Room]) -> str:
    """One such group in a sentence."""
    room = sum(rooms[key].audits or 0 for key in keys)
    short = sum(reference in group for reference in left_over)
    names = named(sorted(rooms[key].name for key in keys))
    have = f"who have room for {room:,} between them" if len(keys) > 1 else f"who has room for {room:,}"
    over = f"{short:,} is left over" if short == 1 else f"{short:,} are left over"
    return f"{counted(len(group), 'case')} ({references(group)}) can only go to {names}, {have}: {over}."


def having(of: list[str]) -> str:
    """Cases at the start of a sentence, with their verb."""
    return f"{counted(len(of), 'case')} ({references(of)}) {'has' if len(of) == 1 else 'have'}"


def references(of: set[str] | list[str]) -> str:
    """References, the first few of them."""
    return _few(sorted(of), ", ")


def named(names: list[str]) -> str:
    """Names in a sentence, the first few of them."""
    if 1 < len(names) <= MOST_NAMED:
        return f"{', '.join(names[:-1])} and {names[-1]}"
    return _few(names, ", ")


def _few(of: list[str], between: str) -> str:
    """The first few of many, and how many more there are."""
    if len(of) <= MOST_NAMED:
        return between.join(of)
    return f"{between.join(of[:MOST_NAMED])} and {len(of) - MOST_NAMED:,} more"
