"""Who gave which grade when and why, and which grades that changed: the ledger as evidence (pure)."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit_app.auditing.ledger import RANK, STANDING_PHASES
from audit_app.reporting.contents.judged import TIERS
from audit_app.reporting.document import Column, Part, Table, Text
from audit_app.web.formats import moment

NOT_APPLICABLE = "Not applicable"
NOT_ASKED = "Not asked before"
PHASES = {
    "submitted": "As handed in",
    "blind": "Judged blind",
    "settled": "Settled",
    "resolved": "Resolved after a challenge",
}
DECISIONS = {"agree": "Agreed", "override": "Changed"}


@dataclass(frozen=True, slots=True)
class Given:
    """One grade that somebody gave to one section, with their reason; perhaps taken back later."""

    id: int
    section: str
    tier: str
    phase: str
    grade: str  # in words
    who: str
    at: dt.datetime
    decision: str = ""
    reason: str = ""
    words: str = ""
    taken_back_at: dt.datetime | None = None
    taken_back_because: str = ""

    @property
    def step(self) -> str:
        """Which tier gave it and how."""
        return f"{TIERS[self.tier]}: {PHASES[self.phase].lower()}"

    @property
    def why(self) -> str:
        """The reason that was given, and that it was taken back."""
        said = [": ".join(filter(None, (self.reason, self.words)))]
        if self.taken_back_at is not None:
            because = f": {self.taken_back_because}" if self.taken_back_because else ""
            said.append(f"Taken back {moment(self.taken_back_at)}{because}")
        return "\n".join(filter(None, said))


@dataclass(frozen=True, slots=True)
class Change:
    """That a grade came to stand in place of another."""

    reference: str
    before: str
    given: Given


def told(given: Iterable[Given]) -> tuple[Given, ...]:
    """The grades that may be told, in order: a blind one only once its tier has settled."""
    rows = sorted(given, key=lambda one: one.id)
    done = {one.tier for one in rows if one.phase in ("settled", "resolved") and one.taken_back_at is None}
    return tuple(one for one in rows if one.phase != "blind" or one.tier in done)


def stands(given: Iterable[Given]) -> str:
    """Which of the grades of one section stands today: the highest tier's last that was not taken back."""
    able = [one for one in given if one.phase in STANDING_PHASES and one.taken_back_at is None]
    return max(able, key=lambda one: (RANK[one.tier], one.id)).grade if able else ""


def changes_in(reference: str, given: Iterable[Given]) -> tuple[Change, ...]:
    """The grades of one audit that changed what stood as they were given; an agreement changes nothing."""
    rows = [one for one in sorted(given, key=lambda one: one.id) if one.phase in STANDING_PHASES]
    found = []
    for one in rows:
        if one.phase == "submitted":
            continue
        before = _stood(rows, one)
        if before != one.grade:
            found.append(Change(reference, before, one))
    return tuple(found)


def _stood(rows: Sequence[Given], later: Given) -> str:
    """What stood for a section just before a grade was given."""
    able = [
        one
        for one in rows
        if one.section == later.section
        and one.id < later.id
        and (one.taken_back_at is None or one.taken_back_at > later.at)
    ]
    return max(able, key=lambda one: (RANK[one.tier], one.id)).grade if able else NOT_ASKED


def changes_part(changes: Sequence[Change], *, named: bool) -> Part:
    """The changed grades as a table; with the case's reference where there are several cases."""
    if not changes:
        return Text("No grade was changed.")
    columns = (
        *((Column("Case"),) if named else ()),
        Column("Section", width_share=1.4),
        Column("From"),
        Column("To"),
        Column("By whom and when", width_share=1.6),
        Column("Why", width_share=2.4),
    )
    rows = tuple(
        (
            *((one.reference,) if named else ()),
            one.given.section,
            one.before,
            one.given.grade,
            f"{one.given.who}\n{one.given.step}\n{moment(one.given.at)}",
            one.given.why,
        )
        for one in changes
    )
    return Table("Grades that were changed, in order", columns, rows, row_headers=True)


def ledger_part(given: Sequence[Given]) -> Part:
    """Every grade that was given, in order."""
    if not given:
        return Text("No grade has been handed in.")
    columns = (
        Column("When", width_share=1.3),
        Column("Section", width_share=1.4),
        Column("Grade"),
        Column("By whom", width_share=1.6),
        Column("Decision", width_share=0.9),
        Column("Why", width_share=2),
    )
    rows = tuple(
        (one.at, one.section, one.grade, f"{one.who}\n{one.step}", DECISIONS.get(one.decision, ""), one.why)
        for one in given
    )
    note = "Nothing is ever changed or removed here: a later grade stands in place of an earlier one."
    return Table("Every grade, in the order in which they were given", columns, rows, note=note)
