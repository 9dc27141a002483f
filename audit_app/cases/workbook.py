"""Workbooks and CSV files as sheets of typed cells. Run on a stranger's file only in a child process (`child`)."""

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import python_calamine as calamine

from audit_app.cases import container, textfile
from audit_app.cases.container import Limits, Unreadable

Cell = str | int | float | bool | dt.date | dt.datetime | None
RawCell = str | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta

DAMAGED = "The file is damaged or incomplete, so it cannot be opened. Save it again and try once more."


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not blank, with its number as seen in Excel."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its rows, which can be gone through more than once, and why columns of it were emptied."""

    name: str
    rows: Iterable[Row]
    emptied: Mapping[int, str] = field(default_factory=dict)


def sheets_of(source: bytes | Path, filename: str, limits: Limits | None = None) -> list[Sheet]:
    """Every sheet of a workbook or CSV file, read here and now, in this process."""
    data = source if isinstance(source, bytes) else source.read_bytes()
    return [Sheet(name, tuple(rows)) for name, rows in read(data, filename, limits or Limits())]


def read(data: bytes, filename: str, limits: Limits) -> Iterator[tuple[str, Iterator[Row]]]:
    """Each sheet's name and its rows, one sheet at a time, refusing what no case list needs."""
    kind = container.kind_of(data, filename, limits)
    if kind == "text":
        yield Path(filename).stem or "CSV", _checked("the file", textfile.rows_of(data), limits)
        return
    try:
        workbook = calamine.load_workbook(io.BytesIO(data))
        names = workbook.sheet_names
        if len(names) > limits.sheets:
            raise Unreadable(f"The workbook has {len(names)} sheets. We read workbooks of up to {limits.sheets}.")
        for name in names:
            yield name, _checked(f"sheet “{name}”", _rows_of(workbook.get_sheet_by_name(name), limits), limits)
    except calamine.PasswordError as problem:
        raise Unreadable(container.PROTECTED) from problem
    except calamine.CalamineError as problem:
        raise Unreadable(DAMAGED) from problem


def _rows_of(sheet: calamine.CalamineSheet, limits: Limits) -> Iterator[tuple[int, list[RawCell]]]:
    """The rows of one sheet with the blank columns before the first put back."""
    end, start = sheet.end, sheet.start
    if start is None or end is None:
        return
    if end[0] >= limits.rows or end[1] >= limits.columns:
        raise Unreadable(
            f"Sheet “{sheet.name}” has something in row {end[0] + 1:,}, column {end[1] + 1:,}. "
            f"We read up to {limits.rows:,} rows and {limits.columns:,} columns. "
            "Delete what stands far from the list, save the workbook and try again."
        )
    before: list[RawCell] = [""] * start[1]
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield number, before + cells


def _checked(where: str, rows: Iterable[tuple[int, Sequence[RawCell]]], limits: Limits) -> Iterator[Row]:
    """Rows of cells in our own types, without blank rows, within the limits."""
    for number, raw in rows:
        if number > limits.rows:
            raise Unreadable(f"There are more than {limits.rows:,} rows in {where}. We read up to {limits.rows:,}.")
        if len(raw) > limits.columns:
            raise Unreadable(
                f"Row {number:,} of {where} has {len(raw):,} columns. We read up to {limits.columns:,} columns."
            )
        cells = [_cell(value, limits.cell_characters) for value in raw]
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            yield Row(number, tuple(cells))


def _cell(value: RawCell, characters: int) -> Cell:
    """A cell as text, number, yes-or-no, date or nothing."""
    if isinstance(value, str):
        return value[:characters] if value and not value.isspace() else None
    if isinstance(value, dt.time | dt.timedelta):
        return str(value)
    return value
