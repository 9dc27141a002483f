"""What a file of readings would bring to a plan: new readings, corrected ones, or nothing (pure)."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from audit_app.improvement.wording import Unit, shown
from audit_app.improvement.written import Finding

NEW, CORRECTS = "New", "Corrects"


@dataclass(frozen=True, slots=True)
class Kept:
    """A reading that is there already, and whether a person states its position otherwise."""

    finding: Finding
    overridden: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """One reading that a file brings, whole, with what is there now."""

    ref: str
    finding: Finding
    before: Kept | None

    @property
    def kind(self) -> str:
        """Whether it is new, or corrects one of the same day."""
        return CORRECTS if self.before else NEW


def brought(
    found: Mapping[tuple[str, dt.date], Finding], there: Mapping[tuple[str, dt.date], Kept]
) -> Sequence[Brought]:
    """What the readings of a file would change; what the file does not say of a day stays as it is."""
    changes = []
    for (ref, day), finding in found.items():
        before = there.get((ref, day))
        whole = merged(before.finding, finding) if before else finding
        if before is None or whole != before.finding:
            changes.append(Brought(ref, whole, before))
    return changes


def merged(before: Finding, after: Finding) -> Finding:
    """A reading as it is after a file: its rows by name, and the whole where the file has one."""
    silent = after.amount.exact is None and not after.judged
    equal = after.amount.exact == before.amount.exact
    same = silent or after.amount == before.amount or (equal and after.amount.total is None)
    return replace(
        before,
        amount=before.amount if same else after.amount,
        words=after.words or (before.words if same else ""),
        judged=after.judged or (before.judged if same else ""),
        source=after.source or before.source,
        rows=tuple((dict(before.rows) | dict(after.rows)).items()),
        stated=None,
    )


def said(finding: Finding, unit: Unit) -> str:
    """A reading in one line."""
    parts = [shown(finding.amount, unit)]
    parts += [f"{name}: {shown(amount, unit)}" for name, amount in finding.rows]
    return "; ".join(part for part in (*parts, finding.words) if part)


def mark_of(changes: Sequence[Brought]) -> str:
    """What tells one preview from another: a yes to one is no yes to the other."""
    return hashlib.sha256(repr([(one.ref, one.finding, one.before) for one in changes]).encode()).hexdigest()[:32]
