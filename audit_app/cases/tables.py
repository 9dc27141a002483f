"""The lists of a workbook: which sheet is which list, where its headings stand, which column holds what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from audit_app.cases.caselist import LeftOut, Problem, Recognised
from audit_app.cases.columns import SAMPLE, kind_of_column, left_out
from audit_app.cases.headings import (
    EVERY_LIST,
    HEADING_ROWS,
    OF_LIST,
    TITLES,
    USED,
    HeadingRow,
    field_of,
    has_reference,
    heading_row,
    list_of_headings,
    list_of_name,
    rank_of,
)
from audit_app.cases.values import shown, text_in
from audit_app.cases.workbook import Cell, Row, Sheet

DESCRIPTION = (
    "reference", "gender", "ethnicity", "date_of_birth", "age", "disability", "team", "worker", "family", "supervisor",
    "complaint", "legal_hold",
)  # fmt: skip
TAKEN: dict[int, tuple[str, ...]] = {
    6: (*DESCRIPTION, "started_on", "need", "seen_on", "closed_on", "closure", "category"),
    7: ("reference", "abuse_first", "abuse", "visited_on"),
    8: ("reference", "uasc", "legal_status", "placement", "placement_location", "social_work_visit_on"),
    9: (*DESCRIPTION, "eligibility", "accommodation", "activity", "contact_on", "uasc"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose headings were found: each field's column, and what the other columns are."""

    number: int | None
    sheet: Sheet
    headings: HeadingRow
    columns: dict[str, tuple[int, str]]
    left_out: tuple[LeftOut, ...]
    by: str
    extras: dict[str, tuple[int, str]]  # an authority's own columns, by the name they are kept under

    def rows(self) -> Iterator[Row]:
        """The rows under the headings, without blank rows and repeated headings."""
        for row in self.sheet.rows:
            if row.number > self.headings.number and not self._repeats_headings(row):
                yield row

    def place(self, field: str) -> int | None:
        """Which column a field stands in."""
        return self.columns[field][0] if field in self.columns else None

    def problem(self, field: str, row: Row, expected: str, *, value: str | None = None) -> Problem:
        """Something wrong in one cell; `value` replaces one that must not be shown."""
        seen = shown(self._cell(field, row)) if value is None else value
        return Problem(self.sheet.name, row.number, self.heading(field), seen[:200], expected)

    def _cell(self, field: str, row: Row) -> Cell:
        place = (self.columns.get(field) or self.extras.get(field) or (len(row.cells), ""))[0]
        return row.cells[place] if place < len(row.cells) else None

    def _repeats_headings(self, row: Row) -> bool:
        """Whether a row is the headings over again, as at the top of each printed page."""
        first = self._cell("reference", row)
        if not isinstance(first, str) or first[-1:].isdigit():
            return False
        return all(
            shown(self._cell(field, row)).lower() == heading.lower() for field, (_, heading) in self.columns.items()
        )

    def heading(self, field: str) -> str:
        """What a column is called in the sheet, or officially where the sheet does not have it."""
        if found := self.columns.get(field) or self.extras.get(field):
            return found[1]
        spellings = EVERY_LIST.get(field) or OF_LIST.get(self.number or 6, {}).get(field)
        return spellings[0] if spellings else field

    def recognised(self, rows: int) -> Recognised:
        """This table for the preview."""
        title = f"List {self.number}: {TITLES[self.number]}" if self.number else "Case list"
        columns = tuple((heading, field) for field, (_, heading) in (self.columns | self.extras).items())
        return Recognised(self.number, title, self.sheet.name, self.headings.number, rows, columns, self.by)


def tables_of(sheets: Iterable[Sheet]) -> tuple[list[Table], list[str]]:
    """The lists that make up a case list (6 to 9) and plain notes about every other sheet."""
    tables: list[Table] = []
    notes: list[str] = []
    unused: set[int] = set()
    unknown: list[str] = []
    for sheet in sheets:
        number = list_of_name(sheet.name)
        headings = heading_row(sheet.rows)
        if headings is None:
            if number in USED:
                notes.append(f"Sheet “{sheet.name}” has no row of headings that we know, so it was not read.")
            elif number is None:
                unknown.append(sheet.name)
            else:
                unused.add(number)
            continue
        found, by, note = _agreed(sheet, number, headings)
        notes.extend(note)
        if found is None:
            unknown.append(sheet.name)
        elif found not in USED:
            unused.add(found)
        elif not has_reference(headings.headings):
            notes.append(
                f"Sheet “{sheet.name}” has no column for the child’s reference, such as “Child Unique ID”, "
                "so none of its rows could be read."
            )
        else:
            table = table_of(sheet, headings, found, by)
            place, heading = table.columns["reference"]
            if place in sheet.emptied:
                notes.append(
                    f"The column “{heading}” of sheet “{sheet.name}” looks like NHS numbers or other personal numbers, "
                    "which are never kept. Its rows need the case system’s own reference."
                )
            tables.append(table)
    if unused:
        numbers = ", ".join(map(str, sorted(unused)))
        notes.append(f"Not used: lists {numbers}. Cases come from lists 6 and 9, with details from lists 7 and 8.")
    if unknown:
        notes.append("Sheets that are not a list we know: " + ", ".join(f"“{name}”" for name in unknown) + ".")
    return tables, notes


def _agreed(sheet: Sheet, by_name: int | None, headings: HeadingRow) -> tuple[int | None, str, list[str]]:
    """Which list a sheet is by its name and by its headings; where they differ the headings win."""
    by_headings = list_of_headings(headings.headings)
    if by_headings is None:
        return by_name, "name", []
    if by_name is None:
        return (by_headings if has_reference(headings.headings) else None), "headings", []
    if by_name == by_headings:
        return by_name, "name and headings", []
    note = (
        f"Sheet “{sheet.name}” is named like list {by_name}, but its headings are those of list {by_headings}. "
        f"It was read as list {by_headings}."
    )
    return by_headings, "headings", [note]


def table_of(sheet: Sheet, headings: HeadingRow, number: int, by: str) -> Table:
    """A recognised list with each of its columns taken or left out."""
    fields = [field_of(heading, number) if heading else None for heading in headings.headings]
    columns: dict[str, tuple[int, str]] = {}
    for field in TAKEN[number]:
        places = [place for place, other in enumerate(fields) if other == field]
        if places:
            best = min(places, key=lambda place: rank_of(headings.headings[place], field, number))
            columns[field] = (best, headings.headings[best])
    samples = samples_of(sheet, headings)
    kept = {place for field, (place, _) in columns.items() if field != "date_of_birth" and place not in sheet.emptied}
    out = [
        left_out(
            sheet.name,
            heading,
            sheet.emptied.get(place) or _kind(heading, fields[place], columns, number, samples[place]),
        )
        for place, heading in enumerate(headings.headings)
        if heading and place not in kept
    ]
    return Table(number, sheet, headings, columns, tuple(out), by, {})


def _kind(heading: str, field: str | None, columns: dict[str, tuple[int, str]], number: int, sample: list[str]) -> str:
    """Why one column of a list is left out."""
    if field == "date_of_birth":
        return "date_of_birth"
    if field in columns or (field in DESCRIPTION and number in (7, 8)):
        return "repeated"
    return "not_used" if field else kind_of_column(heading, sample)


def samples_of(sheet: Sheet, headings: HeadingRow) -> list[list[str]]:
    """Some values of each column."""
    rows = list(islice(sheet.rows, HEADING_ROWS + SAMPLE))
    return [
        [text_in(row.cells[place]) for row in rows if row.number > headings.number and place < len(row.cells)]
        for place in range(len(headings.headings))
    ]
