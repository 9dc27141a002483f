"""What changed between the cases already known and a new case list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from audit_app.cases.caselist import CaseList


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A case as it is known now: only the values named here are compared."""

    reference: str
    values: Mapping[str, str]

    @property
    def closed(self) -> bool:
        """Whether it is known as closed."""
        return self.values.get("category") == "closed"


@dataclass(frozen=True, slots=True)
class Change:
    """A case that differs: each value's name with what it was and what it is."""

    reference: str
    values: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """New, changed, closed, gone and unchanged cases, by reference, each case in one of them."""

    new: tuple[str, ...]
    changed: tuple[Change, ...]
    closed: tuple[str, ...]
    gone: tuple[str, ...]
    unchanged: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Whether taking the list in would change nothing."""
        return not (self.new or self.changed or self.closed or self.gone)


def difference(old: Iterable[KnownCase], new: CaseList) -> Difference:
    """Compare what is known with a new list. A held row counts as present; a closed case may leave the list."""
    known = {case.reference: case for case in old}
    here = {row.reference: row for row in new.rows}
    waiting = {held.row.reference for held in new.held}
    changed: list[Change] = []
    closed: list[str] = []
    unchanged: list[str] = []
    for reference in sorted(known.keys() & here.keys()):
        case, values = known[reference], here[reference].values()
        differing = tuple(
            (name, was, is_now) for name, was in sorted(case.values.items()) if was != (is_now := values.get(name, ""))
        )
        if values.get("category") == "closed" and not case.closed:
            closed.append(reference)
        elif differing:
            changed.append(Change(reference, differing))
        else:
            unchanged.append(reference)
    absent = known.keys() - here.keys() - waiting
    return Difference(
        new=tuple(sorted(here.keys() - known.keys())),
        changed=tuple(changed),
        closed=tuple(closed),
        gone=tuple(sorted(reference for reference in absent if not known[reference].closed)),
        unchanged=tuple(unchanged),
    )
