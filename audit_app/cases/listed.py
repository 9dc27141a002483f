"""A case as a list has it, ready to be kept, and how it is compared with the same case on another list."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from audit_app.cases.caselist import CaseList, CaseRow, Held
from audit_app.cases.difference import Difference, KnownCase, difference

NOT_COMPARED = frozenset({"age_band"})  # children grow older without anything having changed
KINDS = {"category": "Case status", "team": "Team", "worker": "Worker"}
OTHER = "Other details"
MOST_ALIKE = 10_000
NOWHERE = CaseRow("", None, None, "", None, None, None, None, None, None, None, False, "", 0)


@dataclass(frozen=True, slots=True)
class ListedCase:
    """One case of a list: what is kept of it and nothing else."""

    reference: str
    category: str
    team: str
    worker: str
    attributes: Mapping[str, str]
    started_on: dt.date | None

    @property
    def closed(self) -> bool:
        """Whether the list says that the case is closed."""
        return self.category == "closed"

    @staticmethod
    def of(row: CaseRow) -> "ListedCase":
        """What is kept of a row."""
        return _listed(row, row.strata())

    def kept(self) -> dict[str, Any]:
        """It as JSON can hold it, for a row that is held."""
        day = self.started_on.isoformat() if self.started_on else None
        return {**asdict(self), "attributes": dict(self.attributes), "started_on": day}

    @staticmethod
    def from_kept(kept: Mapping[str, Any]) -> "ListedCase":
        """It as it was kept."""
        day = kept["started_on"]
        return ListedCase(**{**kept, "started_on": dt.date.fromisoformat(day) if day else None})


def _listed(row: CaseRow, attributes: Mapping[str, str]) -> ListedCase:
    return ListedCase(row.reference, row.category or "", row.team or "", row.worker, attributes, row.started_on)


def listed(placed: Iterable[tuple[CaseRow, int]]) -> Iterator[tuple[ListedCase, int]]:
    """What is kept of rows, each with its unit; rows that are described alike share what describes them."""
    alike: dict[tuple[object, ...], Mapping[str, str]] = {}
    for row, unit_id in placed:
        key = (row.gender, row.ethnicity, row.age_band, row.disability, row.care_leaver, *row.attributes.items())
        if (attributes := alike.get(key)) is None:
            if len(alike) >= MOST_ALIKE:
                alike.clear()
            attributes = alike[key] = row.strata()
        yield _listed(row, attributes), unit_id


@dataclass(frozen=True, slots=True)
class Placed:
    """A case of a list and the unit that holds it: what two lists are compared by."""

    reference: str
    unit_id: int
    category: str
    worker: str
    attributes: Mapping[str, str]

    def row(self) -> CaseRow:
        """It as the comparison reads it."""
        return replace(
            NOWHERE,
            reference=self.reference,
            category=self.category,
            team=str(self.unit_id),
            worker=self.worker,
            attributes=dict(self.attributes),
        )


def compared(before: Iterable[Placed], after: Iterable[Placed], held: Iterable[str]) -> Difference:
    """What changed from one list to the next; a reference that is held on the next one is not gone."""
    new = CaseList(
        taken_on=dt.date.min,
        rows=tuple(case.row() for case in after),
        held=tuple(Held(replace(NOWHERE, reference=reference), ()) for reference in held),
    )
    names = {name for row in new.rows for name in row.values()} - NOT_COMPARED
    return difference((_known(case, names) for case in before), new)


def _known(case: Placed, names: Iterable[str]) -> KnownCase:
    said = {name: value for name, value in case.row().values().items() if name not in NOT_COMPARED}
    # A value that only the new list has is a change too, from nothing.
    return KnownCase(case.reference, {**dict.fromkeys(names, ""), **said})


def kinds_of_change(found: Difference) -> dict[str, int]:
    """How many of the changed cases changed in status, team, worker or something else; one case may be in several."""
    kinds: Counter[str] = Counter()
    for change in found.changed:
        kinds.update({KINDS.get(name, OTHER) for name, _, _ in change.values})
    return {kind: kinds[kind] for kind in (*KINDS.values(), OTHER) if kinds[kind]}
