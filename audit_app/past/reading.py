"""Past audits read from the sheets of a spreadsheet: each row an audit, or refused with what was expected (pure)."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from audit_app.cases.caselist import LeftOut, Problem
from audit_app.cases.codes import folded
from audit_app.cases.columns import kind_of_column, left_out
from audit_app.cases.fields import LONGEST, TOO_LONG_TO_KEEP, WITHHELD
from audit_app.cases.headings import HeadingRow
from audit_app.cases.mapping import Mapping as Columns
from audit_app.cases.mapping import headings_of
from audit_app.cases.tables import samples_of
from audit_app.cases.teams import folded_label
from audit_app.cases.values import date_in, reference_in, shown, text_in
from audit_app.cases.workbook import Cell, Row, Sheet
from audit_app.past.columns import GRADES

OLDEST_YEARS = 15
MOST_ROWS = 20_000
LONGEST_WORD = 60
A_MONTH = "A month or a date that has come, such as June 2026 or 14/06/2026"
A_GRADE = "A grade: say which level of the scale this word means"
NEEDED_GRADE = "The overall grade as audited"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WORDED = re.compile(r"([a-z]{3,9})[\s./-]*(?:20)?(\d{2})", re.IGNORECASE)
NUMBERED = re.compile(r"(\d{1,2})[/.-](\d{4})|(\d{4})[/.-](\d{1,2})")


@dataclass(frozen=True, slots=True)
class PastRow:
    """One past audit as its row gives it; grades are levels of the scale."""

    sheet: str
    row: int
    month: dt.date
    day: dt.date | None
    grade: str
    moderated: str | None = None
    external: str | None = None
    team: str = ""
    tool: str = ""
    reference: str = ""
    auditor: str = ""

    @property
    def stands(self) -> str:
        """The grade that stands: external before moderated before as audited."""
        return self.external or self.moderated or self.grade


@dataclass(slots=True)
class ReadPast:
    """What a file of past audits turned out to hold."""

    rows: list[PastRow] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)  # one a row: the first thing that is wrong with it
    words: Counter[str] = field(default_factory=Counter)  # every word for a grade, as it is written first
    unknown: Counter[str] = field(default_factory=Counter)  # those that nobody has explained
    without_reference: int = 0  # references that look like names and are left out
    left_out: list[LeftOut] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)


def read_past(
    sheets: Iterable[Sheet], columns: Columns, levels: Mapping[str, str | None], *, today: dt.date
) -> ReadPast:
    """Every row of every sheet that has the columns; `levels` says which level each word (folded) means, if any."""
    read = ReadPast()
    for sheet in sheets:
        headings = headings_of(sheet)
        if headings is None:
            continue
        places = _places(headings, columns)
        if len(places) == len(columns.columns):
            read.sheets.append(sheet.name)
            read.left_out += _left_out(sheet, headings, set(places.values()))
            _Reader(read, sheet, headings, places, levels, today).read()
    return read


def _places(headings: HeadingRow, columns: Columns) -> dict[str, int]:
    keys = [folded(heading) for heading in headings.headings]
    return {of: keys.index(folded(heading)) for heading, of in columns.columns if folded(heading) in keys}


def _left_out(sheet: Sheet, headings: HeadingRow, kept: set[int]) -> Iterator[LeftOut]:
    samples: Sequence[list[str]] = samples_of(sheet, headings)
    for place, heading in enumerate(headings.headings):
        if heading and place not in kept:
            kind = sheet.emptied.get(place) or kind_of_column(heading, samples[place])
            yield left_out(sheet.name, heading, kind)


@dataclass(frozen=True, slots=True)
class _Reader:
    into: ReadPast
    sheet: Sheet
    headings: HeadingRow
    places: Mapping[str, int]
    levels: Mapping[str, str | None]
    today: dt.date

    def read(self) -> None:
        for row in self.sheet.rows:
            if row.number > self.headings.number and not self._says_nothing(row):
                self._take(row)

    def _says_nothing(self, row: Row) -> bool:
        """Whether a row is blank in all that is read, or the headings over again."""
        said = {of: text_in(self._cell(row, of)) for of in self.places}
        again = all(text == self.headings.headings[self.places[of]] for of, text in said.items() if of != "reference")
        return again or not any(said.values())

    def _take(self, row: Row) -> None:
        month = month_in(self._cell(row, "day"))
        if month is None or not self._has_come(month[0]):
            self._refuse(row, "day", A_MONTH)
            return
        grades = {of: self._grade(row, of) for of in GRADES}
        for of, (level, word) in grades.items():
            if word and folded_label(word) not in self.levels:
                self._refuse(row, of, A_GRADE)
                return
            if of == "grade" and level is None:
                self._refuse(row, of, NEEDED_GRADE)
                return
        first, moderated, external = (grades[of][0] for of in GRADES)
        self.into.rows.append(
            PastRow(
                sheet=self.sheet.name,
                row=row.number,
                month=month[0],
                day=month[1],
                grade=first or "",
                moderated=moderated,
                external=external,
                team=self._words(row, "team"),
                tool=self._words(row, "tool"),
                reference=self._reference(row),
                auditor=self._words(row, "auditor"),
            )
        )

    def _has_come(self, month: dt.date) -> bool:
        return dt.date(self.today.year - OLDEST_YEARS, 1, 1) <= month <= self.today

    def _grade(self, row: Row, of: str) -> tuple[str | None, str]:
        """The level that a cell's word means, and the word; a word that nobody explained is counted."""
        word = text_in(self._cell(row, of))
        key = folded_label(word)
        if word:
            self.into.words[word[:LONGEST_WORD]] += 1
        if word and key not in self.levels:
            self.into.unknown[word[:LONGEST_WORD]] += 1
        return self.levels.get(key) if word else None, word

    def _words(self, row: Row, of: str) -> str:
        text = text_in(self._cell(row, of))
        return "" if text in (TOO_LONG_TO_KEEP, WITHHELD) else text[:LONGEST]

    def _reference(self, row: Row) -> str:
        cell = self._cell(row, "reference")
        if not text_in(cell):
            return ""
        found = reference_in(cell)
        if found.refusal:
            self.into.without_reference += 1
            return ""
        return found.text

    def _refuse(self, row: Row, of: str, expected: str) -> None:
        heading = self.headings.headings[self.places[of]]
        self.into.refused.append(
            Problem(self.sheet.name, row.number, heading, shown(self._cell(row, of))[:100], expected)
        )

    def _cell(self, row: Row, of: str) -> Cell:
        place = self.places.get(of)
        return row.cells[place] if place is not None and place < len(row.cells) else None


def month_in(cell: Cell) -> tuple[dt.date, dt.date | None] | None:
    """The month that a cell names, and the day where it names one."""
    if not isinstance(cell, str):
        return _of_day(cell)
    text = text_in(cell)
    if match := NUMBERED.fullmatch(text):
        number, year = (match[1], match[2]) if match[1] else (match[4], match[3])
        return _month(int(year), int(number))
    match = WORDED.fullmatch(text)
    if match and match[1][:3].casefold() in MONTHS:
        return _month(2000 + int(match[2]), MONTHS.index(match[1][:3].casefold()) + 1)
    return _of_day(cell)


def _of_day(cell: Cell) -> tuple[dt.date, dt.date | None] | None:
    try:
        day = date_in(cell)
    except ValueError:
        return None
    return (day.replace(day=1), day) if day else None


def _month(year: int, number: int) -> tuple[dt.date, None] | None:
    return (dt.date(year, number, 1), None) if 1 <= number <= 12 else None
