"""Case lists in the structure of Ofsted's Annex A: lists 6 and 9 make the frame, lists 7 and 8 add to it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from audit_app.cases.caselist import CaseList, CaseRow, Held, Problem, Recognised, Refused, Warnings
from audit_app.cases.columns import TELLING
from audit_app.cases.fields import WITHHELD
from audit_app.cases.lines import LineReader
from audit_app.cases.tables import Table, tables_of
from audit_app.cases.workbook import Row, Sheet


@dataclass(frozen=True, slots=True)
class Entry:
    """A child as one list has them: the row, and what holds it back."""

    row: CaseRow
    problems: tuple[Problem, ...]
    column: str

    def standing(self) -> tuple[bool, bool, dt.date]:
        """Which of two rows for one child is the one to read: complete, then open, then the later start."""
        return not self.problems, self.row.category != "closed", self.row.started_on or dt.date.min


@dataclass(slots=True)
class More:
    """What list 7 or list 8 adds to a child in the frame."""

    attributes: dict[str, str]
    visited_on: dt.date | None


class FrameReader:
    """Puts the lists of one workbook together, child by child."""

    def __init__(self, taken_on: dt.date) -> None:
        self.taken_on = taken_on
        self.warnings = Warnings()
        self.refused: list[Refused] = []
        self.recognised: list[Recognised] = []
        self.notes: list[str] = []

    def entries(self, tables: Iterable[Table]) -> dict[str, Entry]:
        """One entry for each child of list 6 or of list 9."""
        found: dict[str, Entry] = {}
        for table in tables:
            count = 0
            reader = LineReader(table, self.taken_on, self.warnings)
            for row in table.rows():
                count += 1
                self._enter(found, reader, row)
            self._recognise(table, count)
        return found

    def more(self, tables: Iterable[Table]) -> dict[str, More]:
        """What lists 7 and 8 add, for each child."""
        found: dict[str, More] = {}
        for table in tables:
            count = 0
            reader = LineReader(table, self.taken_on, self.warnings)
            for row in table.rows():
                count += 1
                more = found.setdefault(reader.reference(row).text, More({}, None))
                more.attributes = reader.attributes(row) | more.attributes
                more.visited_on = max(filter(None, (more.visited_on, reader.last_visit(row))), default=None)
            self._recognise(table, count)
        return found

    def _enter(self, found: dict[str, Entry], reader: LineReader, row: Row) -> None:
        reference = reader.reference(row)
        if not reference.text:
            value = WITHHELD if reference.hide else None
            self.refused.append(Refused((reader.table.problem("reference", row, reference.refusal, value=value),)))
            return
        case, problems = reader.case(row, reference.text)
        entry = Entry(case, problems, reader.table.heading("reference"))
        other = found.get(reference.text)
        kept, set_aside = (entry, None) if other is None else (other, entry)
        if other is not None and entry.standing() > other.standing():
            kept, set_aside = entry, other
        found[reference.text] = kept
        if set_aside is not None:
            expected = f"One row for each child: row {kept.row.row} of sheet “{kept.row.sheet}” is the one read"
            second = set_aside.row
            self.refused.append(
                Refused((Problem(second.sheet, second.row, set_aside.column, second.reference, expected),))
            )

    def _recognise(self, table: Table, rows: int) -> None:
        found = table.recognised(rows)
        self.recognised.append(found)
        if not rows:
            self.notes.append(f"{found.title} (sheet “{found.sheet}”) has headings and no rows.")
        for field, effect in (("team", "held until you say which team it is"), ("category", "held")):
            needed = table.number in (6, None) or (table.number == 9 and field == "team")
            if needed and rows and field not in table.columns:
                heading = table.heading(field)
                self.notes.append(f"Sheet “{found.sheet}” has no column “{heading}”, so every row of it is {effect}.")


def read_case_list(sheets: Iterable[Sheet], *, taken_on: dt.date) -> CaseList:
    """The cases of a workbook in the structure of Annex A, as it stood on a day."""
    tables, notes = tables_of(sheets)
    frame = FrameReader(taken_on)
    of_number = {number: [table for table in tables if table.number == number] for number in (6, 7, 8, 9)}
    cases = frame.entries(of_number[6])
    leavers = frame.entries(of_number[9])
    more = frame.more([*of_number[7], *of_number[8]])
    joined = 0
    for reference, leaver in leavers.items():
        if reference in cases:
            joined += 1
            cases[reference] = _joined(cases[reference], leaver)
        else:
            cases[reference] = leaver
    rows: list[CaseRow] = []
    held: list[Held] = []
    for reference, entry in cases.items():
        row = _enriched(entry.row, more.get(reference))
        if entry.problems:
            held.append(Held(row, entry.problems))
        else:
            rows.append(row)
    return CaseList(
        taken_on=taken_on,
        rows=tuple(rows),
        held=tuple(held),
        refused=tuple(frame.refused),
        recognised=tuple(sorted(frame.recognised, key=lambda found: found.number or 0)),
        left_out=tuple(
            sorted((column for table in tables for column in table.left_out), key=lambda one: one.kind not in TELLING)
        ),
        warnings=frame.warnings.all(),
        notes=(*_verdict(of_number, rows, held), *frame.notes, *notes),
        joined=joined,
    )


def _joined(case: Entry, leaver: Entry) -> Entry:
    """A child of list 6 who is also in list 9: list 6 wins, with a care leaver's mark and details."""
    row = replace(case.row, care_leaver=True, attributes=leaver.row.attributes | case.row.attributes)
    return replace(case, row=row)


def _enriched(row: CaseRow, more: More | None) -> CaseRow:
    """A case with what lists 7 and 8 say of it; what the frame says itself wins."""
    if more is None:
        return row
    return replace(row, attributes=more.attributes | row.attributes, last_seen_on=row.last_seen_on or more.visited_on)


def _verdict(of_number: dict[int, list[Table]], rows: list[CaseRow], held: list[Held]) -> list[str]:
    """What to say first where there is no frame, or nothing in it."""
    if not of_number[6] and not of_number[9]:
        return ["There is no list 6 (children in need) and no list 9 (care leavers), so there are no cases to read."]
    missing = [
        f"There is no list {number} ({what}) here, so the case list has none of those cases."
        for number, what in ((6, "children in need"), (9, "care leavers"))
        if not of_number[number]
    ]
    if not rows and not held:
        missing.insert(0, "The lists have headings and no cases: nothing was read.")
    elif not rows:
        missing.insert(0, "Every row is held: none has both a case status and a team.")
    return missing
