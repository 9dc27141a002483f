"""What may be kept of a stranger's file until somebody says yes: its tables without what identifies a child.

Every reading goes through here. Columns of names, addresses and personal numbers are emptied, a date of birth becomes
its age band, long text is withheld, and whatever stands outside a table is dropped.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit_app.cases.codes import folded
from audit_app.cases.columns import LONG_TEXT, SAMPLE, kind_of_column, kind_of_values
from audit_app.cases.fields import LONGEST, NO_AGE, NO_REFERENCE, TOO_LONG_TO_KEEP, WITHHELD
from audit_app.cases.headings import USED, HeadingRow, field_of, list_of_headings, list_of_name
from audit_app.cases.mapping import guess_mapping, headings_of
from audit_app.cases.values import AGE_BANDS, OLDEST, REFERENCE_MOST, age_band, age_on, date_in, reference_in, text_in
from audit_app.cases.workbook import Cell, Row, Sheet

Change = Callable[[Cell], Cell]
LONG_AGO = dt.timedelta(days=5 * 365)
EMPTY: Change = lambda cell: None  # noqa: E731 - a change like the others


@dataclass(frozen=True, slots=True)
class StrippedRows:
    """The rows of one table from its headings on, each cell as it may be kept."""

    rows: Iterable[Row]
    headings: HeadingRow
    changes: tuple[Change, ...]

    def __iter__(self) -> Iterator[Row]:
        yield Row(self.headings.number, self.headings.headings)
        for row in self.rows:
            if row.number > self.headings.number:
                # What stands to the right of the headings has no heading, so nobody can say what it is.
                cells = [change(cell) for change, cell in zip(self.changes, row.cells, strict=False)]
                while cells and cells[-1] is None:
                    cells.pop()
                if cells:
                    yield Row(row.number, tuple(cells))


def stripped(sheets: Iterable[Sheet], *, taken_on: dt.date, kept: Collection[str] = ()) -> list[Sheet]:
    """Every sheet as far as it may be kept.

    `kept` are headings (folded) of columns that are known to hold what may be kept, such as the names of workers.
    """
    return [_sheet(sheet, taken_on, kept) for sheet in sheets]


def _sheet(sheet: Sheet, taken_on: dt.date, kept: Collection[str]) -> Sheet:
    headings = headings_of(sheet)
    if headings is None:
        return Sheet(sheet.name, ())
    fields = _fields(sheet.name, headings)
    samples = _samples(sheet, headings, [place for place, field in enumerate(fields) if field is None])
    references = [place for place, field in enumerate(fields) if field == "reference"]
    numbers = _samples(sheet, headings, references)
    emptied: dict[int, str] = {}
    changes: list[Change] = []
    for place, (heading, field) in enumerate(zip(headings.headings, fields, strict=True)):
        if not heading:
            changes.append(EMPTY)
            continue
        if field is None and folded(heading) in kept:
            field = "worker"
        kind = _kind(heading, field, samples.get(place, ()), numbers.get(place, ()), taken_on)
        if kind:
            emptied[place] = kind
        changes.append(_change(field, kind, taken_on))
    return Sheet(sheet.name, StrippedRows(sheet.rows, headings, tuple(changes)), emptied)


def _fields(name: str, headings: HeadingRow) -> list[str | None]:
    """What each column holds, as far as its heading tells."""
    number = list_of_headings(headings.headings) or list_of_name(name)
    guessed = dict(guess_mapping(headings.headings).columns)
    return [
        (field_of(heading, number) if number in USED and number and heading else None) or guessed.get(heading)
        for heading in headings.headings
    ]


def _samples(sheet: Sheet, headings: HeadingRow, places: Sequence[int]) -> dict[int, list[Cell]]:
    """The first values of each column that its heading does not explain, however far down they begin."""
    found: dict[int, list[Cell]] = {place: [] for place in places if headings.headings[place]}
    open_places = set(found)
    if not open_places:
        return found
    for row in sheet.rows:
        if row.number <= headings.number:
            continue
        for place in tuple(open_places):
            if place < len(row.cells) and row.cells[place] is not None:
                found[place].append(row.cells[place])
                if len(found[place]) >= SAMPLE:
                    open_places.discard(place)
        if not open_places:
            break
    return found


def _kind(
    heading: str, field: str | None, sample: Sequence[Cell], references: Sequence[Cell], taken_on: dt.date
) -> str | None:
    """Why a column is not kept as it is, or nothing."""
    if field == "date_of_birth":
        return field
    if field == "reference":
        kind = kind_of_values([text_in(cell) for cell in references])
        return kind if kind == "nhs_number" else None
    if field is not None:
        return None
    found = kind_of_column(heading, [text_in(cell) for cell in sample])
    if found == "not_used":
        return "date_of_birth" if _look_like_birthdays(sample, taken_on) else None
    return found


def _look_like_birthdays(sample: Sequence[Cell], taken_on: dt.date) -> bool:
    """Whether a column that nobody knows holds days of which most are years ago, as birthdays are."""
    days = [cell.date() if isinstance(cell, dt.datetime) else cell for cell in map(_day, sample)]
    some = [day for day in days if isinstance(day, dt.date)]
    old = sum(taken_on - day > LONG_AGO for day in some)
    return len(some) >= 3 and len(some) * 2 >= len(sample) and old * 2 >= len(some)


def _day(cell: Cell) -> dt.date | None:
    if isinstance(cell, int | float):
        return None  # any number could be a day
    try:
        return date_in(cell)
    except ValueError:
        return None


def _change(field: str | None, kind: str | None, taken_on: dt.date) -> Change:
    """What becomes of the cells of a column."""
    if kind == "date_of_birth":
        return _birthdays(taken_on)
    if kind:
        return EMPTY
    if field == "reference":
        return _reference
    if field == "family":
        return _family
    return _short(LONGEST if field else LONG_TEXT)


def _birthdays(taken_on: dt.date) -> Change:
    known: dict[Cell, str | None] = {}

    def band(cell: Cell) -> str | None:
        try:
            born = date_in(cell)
        except ValueError:
            return WITHHELD
        if born is None:
            return None
        age = age_on(born, taken_on)
        return NO_AGE if age > OLDEST or (born - taken_on).days > 300 else AGE_BANDS[age_band(age)]

    def change(cell: Cell) -> Cell:
        if isinstance(cell, bool):
            return WITHHELD
        if cell not in known:
            known[cell] = band(cell)
        return known[cell]

    return change


def _reference(cell: Cell) -> Cell:
    if not isinstance(cell, str) or not reference_in(cell).hide:
        return cell
    return NO_REFERENCE if len(text_in(cell)) > REFERENCE_MOST else WITHHELD


def _family(cell: Cell) -> Cell:
    return WITHHELD if text_in(cell) and reference_in(cell).refusal else cell


def _short(most: int) -> Change:
    return lambda cell: TOO_LONG_TO_KEEP if isinstance(cell, str) and len(cell) > most else cell


def examples_of(sheet: Sheet, headings: HeadingRow, most: int = 3) -> Mapping[int, list[str]]:
    """Some different values of each column of a stripped sheet, to know it by."""
    found: dict[int, list[str]] = {place: [] for place, heading in enumerate(headings.headings) if heading}
    wanting = set(found) - {place for place, kind in sheet.emptied.items() if kind != "date_of_birth"}
    seen = 0
    for row in sheet.rows:
        if row.number <= headings.number:
            continue
        seen += 1
        for place in tuple(wanting):
            text = text_in(row.cells[place]) if place < len(row.cells) else ""
            if text and text not in found[place]:
                found[place].append(text[:60])
                if len(found[place]) >= most:
                    wanting.discard(place)
        if not wanting or seen >= 2000:
            break
    return found
