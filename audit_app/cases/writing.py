"""Writes invented case lists as Excel workbooks in the structure of Annex A."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from audit_app.cases.dirtying import dirtied
from audit_app.cases.generating import GeneratedChild
from audit_app.cases.grids import Grid, grids_of
from audit_app.cases.workbook import Cell

if TYPE_CHECKING:
    import xlsxwriter

NOTICE = "Invented for demonstration. No child, worker or team in this workbook is real."


def annex_a_workbook(
    children: Sequence[GeneratedChild], *, taken_on: dt.date, dirty: bool = False, authority: str = ""
) -> bytes:
    """A whole Annex A workbook, tidy, or with every fault that has been met in authorities' own (`dirtying`)."""
    grids = grids_of(children, taken_on=taken_on)
    if dirty:
        grids = dirtied(grids, seed=len(children)).grids
    return workbook_of(grids, about=(authority, "Annex A: child-level data", NOTICE))


def workbook_of(grids: Iterable[Grid], *, about: Sequence[str] = ()) -> bytes:
    """Grids as the sheets of a workbook, byte for byte the same for the same grids."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": dt.datetime(2000, 1, 1), "title": "Case list"})  # noqa: DTZ001 - fixed on purpose
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        bold = book.add_format({"bold": True})
        if about:
            front = book.add_worksheet("Front_Sheet")
            for place, line in enumerate(about):
                front.write_string(place, 0, line)
        for grid in grids:
            sheet = book.add_worksheet(grid.name)
            for number, cells in enumerate((*grid.above, grid.headings, *grid.rows)):
                form = bold if number == len(grid.above) else None
                _write_row(sheet, number, cells, day, form)
    return out.getvalue()


def _write_row(
    sheet: "xlsxwriter.worksheet.Worksheet", number: int, cells: Sequence[Cell], day: object, form: object
) -> None:
    for place, cell in enumerate(cells):
        if isinstance(cell, dt.date):
            sheet.write_datetime(number, place, cell, day)
        elif isinstance(cell, str):
            sheet.write_string(number, place, cell, form)
        elif cell is not None:
            sheet.write(number, place, cell, form)
