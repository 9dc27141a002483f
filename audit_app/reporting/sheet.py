"""Tables as CSV, Excel and OpenDocument sheets in which no cell is ever taken for a formula."""

import csv
import datetime as dt
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import islice
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import odswriter

from audit_app.reporting.document import Column, Table
from audit_app.reporting.words import Cell, shown, without_controls
from audit_app.web.formats import LONDON, Month, Points, Share, percent, rounded

if TYPE_CHECKING:
    import xlsxwriter

Fact = tuple[str, Cell]

CELL_LIMIT = 32_767  # characters in a cell, counted as Excel does (UTF-16)
ROW_LIMIT = 1_048_575  # rows below the headings
BYTE_ORDER_MARK = "\ufeff".encode()

_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?([eE][+-]?\d{1,3})?%?\Z")
_FORMULA_STARTS = frozenset("=+-@|%＝＋－＠｜％")  # the wide forms count too
_HARMLESS = re.compile(r"[0-9A-Za-z][ -~]*\Z")  # begins as no formula does; every format takes all its letters
_BLANKS = " \t\r\n\u00a0\u200b\u2007\u202f\u3000\ufeff"
_EARLIEST = dt.date(1900, 3, 1)  # Excel's calendar before it has a day that never was
_UNTIMED = dt.datetime(2000, 1, 1)  # noqa: DTZ001  the file format's own times have no zone
_ROWS_A_BLOCK = 500


def cell(value: Cell) -> str | int | float | Decimal | dt.date | None:
    """What a cell holds: numbers and dates as such, all else as clean text, too long a text cut where it shows."""
    match value:
        case None | bool():
            return None if value is None else shown(value)
        case dt.datetime():
            local = value.astimezone(LONDON).replace(tzinfo=None) if value.tzinfo else value
            return local if local.date() >= _EARLIEST else shown(value)
        case Month():
            return dt.date(value.year, value.month, value.day) if value >= _EARLIEST else shown(value)
        case dt.date():
            return value if value >= _EARLIEST else shown(value)
        case Share() | Points():
            return cell(float(value))
        case int() | float() | Decimal():
            return value if math.isfinite(value) and abs(float(value)) < 1e15 else str(value)
        case _:
            return _cut(without_controls(value))


def csv_cell(value: Cell) -> str | int | float | Decimal:
    """A cell of a CSV file: days in ISO form, and a text that a spreadsheet would run is led by an apostrophe."""
    if isinstance(value, str) and _HARMLESS.match(value):
        return value  # nearly every cell
    match value:
        case None:
            return ""
        case bool():
            return shown(value)
        case dt.date():
            return value.isoformat()
        case Share() | Points():
            return float(value)
        case int() | float() | Decimal():
            return value
        case _:
            text = without_controls(value)
            return f"'{text}" if _would_run(text.lstrip("'")) else text


def uncell(text: str) -> str:
    """A text as it was before `csv_cell` led it with an apostrophe."""
    bare = text.lstrip("'")
    return text[1:] if len(bare) < len(text) and _would_run(bare) else text


def csv_bytes(table: Table) -> bytes:
    """A table as a CSV file."""
    return b"".join(csv_lines([column.name for column in table.columns], table.rows))


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, mark: bool = True) -> Iterator[bytes]:
    """A CSV file block by block, so that it may be of any length; the mark tells Excel that it is UTF-8."""
    if mark:
        yield BYTE_ORDER_MARK
    coming = iter(rows)
    block: list[Sequence[Cell]] = [header]
    while block:
        written = StringIO()
        writer = csv.writer(written, quoting=csv.QUOTE_NONNUMERIC)
        writer.writerows([csv_cell(value) for value in row] for row in block)
        yield written.getvalue().encode()
        block = list(islice(coming, _ROWS_A_BLOCK))


def xlsx_bytes(
    tables: Sequence[Table],
    definitions: Sequence[Fact] = (),
    *,
    about: Sequence[Fact] = (),
    produced_at: dt.datetime | None = None,
) -> bytes:
    """Tables as an Excel workbook: what it is, a sheet a table, and what its words mean."""
    import xlsxwriter

    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(target, options)
    created = _UNTIMED if produced_at is None else produced_at.astimezone(dt.UTC).replace(tzinfo=None)
    book.set_properties({"title": str(cell(tables[0].caption)) if tables else "", "created": created})
    book.set_size(1600, 900)
    formats = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "d mmmm yyyy", "valign": "top", "align": "left"}),
        "moment": book.add_format({"num_format": "d mmmm yyyy hh:mm", "valign": "top", "align": "left"}),
        "month": book.add_format({"num_format": "mmmm yyyy", "valign": "top", "align": "left"}),
        "number": book.add_format({"valign": "top"}),
        "share": book.add_format({"num_format": "0.0%", "valign": "top"}),
        "near": book.add_format({"num_format": "0.0000%", "valign": "top"}),
        "points": book.add_format({"num_format": "+0.0;-0.0;0.0", "valign": "top"}),
    }
    for name, table in _sheets(tables, definitions, about):
        _write_sheet(book.add_worksheet(name), table, formats)
    book.close()
    return target.getvalue()


def ods_bytes(tables: Sequence[Table], definitions: Sequence[Fact] = (), *, about: Sequence[Fact] = ()) -> bytes:
    """Tables as an OpenDocument spreadsheet, laid out as the Excel one is."""
    target = BytesIO()
    with odswriter.writer(target) as book:
        for name, table in _sheets(tables, definitions, about):
            sheet = book.new_sheet(name)
            sheet.writerow([str(cell(column.name)) for column in table.columns])
            for row in table.rows:
                sheet.writerow([cell(value) for value in row])
        for passage in list(book.dom.getElementsByTagName("text:p")):
            _part_lines(book.dom, passage)
    return _undated(target.getvalue())


def csv_archive(tables: Sequence[Table], definitions: Sequence[Fact] = (), *, about: Sequence[Fact] = ()) -> bytes:
    """Every table as a CSV file of its own, with what they are and what their words mean, in one archive."""
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, table in _sheets(tables, definitions, about):
            slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "table"
            archive.writestr(ZipInfo(f"{slug}.csv"), csv_bytes(table), compress_type=ZIP_DEFLATED)
    return target.getvalue()


def _would_run(text: str) -> bool:
    """Whether a spreadsheet could take a text for something to work out."""
    if text[:1] in ("\t", "\r", "\n"):
        return True
    start = text.lstrip(_BLANKS)[:1]
    return start in _FORMULA_STARTS and start != "" and not _NUMBER.match(text)


def _cut(text: str) -> str:
    size = len(text.encode("utf-16-le")) // 2
    if size <= CELL_LIMIT:
        return text
    end = f" … [cut here: the whole text has {len(text):,} characters]"
    kept = text.encode("utf-16-le")[: 2 * (CELL_LIMIT - len(end))].decode("utf-16-le", errors="ignore")
    return kept + end


def _sheets(tables: Sequence[Table], definitions: Sequence[Fact], about: Sequence[Fact]) -> Iterator[tuple[str, Table]]:
    """The sheets of a workbook in order, each with a name that no other has."""
    names = _names([table.caption for table in tables], {"about", "definitions"})
    notes = [(f"Note to “{table.caption}”", table.note) for table in tables if table.note]
    contents = [(f"Sheet “{name}”", table.caption) for name, table in zip(names, tables, strict=True)]
    facts: list[Fact] = [*about, *contents, *notes]
    yield "About", _pairs("About this workbook", ("What", "Detail"), facts)
    for name, table in zip(names, tables, strict=True):
        if len(table.rows) > ROW_LIMIT:
            raise ValueError(f"“{table.caption}” has more rows than a sheet can hold; a CSV file has no limit")
        yield name, table
    if definitions:
        yield "Definitions", _pairs("Definitions", ("Word", "Meaning"), definitions)


def _pairs(caption: str, headings: tuple[str, str], facts: Sequence[Fact]) -> Table:
    return Table(caption, (Column(headings[0]), Column(headings[1])), tuple(facts))


def _names(captions: Sequence[str], taken: set[str]) -> list[str]:
    """Names for sheets: what Excel allows, at most 31 characters, no two alike."""
    names: list[str] = []
    for number, caption in enumerate(captions, 1):
        plain = " ".join(re.sub(r"[\[\]:*?/\\]", " ", without_controls(caption)).split()).strip("'")
        stem = plain if plain and plain.lower() != "history" else f"{plain or 'Table'} {number}"
        name, again = _short(stem), 2
        while name.lower() in taken:
            name, again = _short(stem, f" ({again})"), again + 1
        taken.add(name.lower())
        names.append(name)
    return names


def _short(stem: str, end: str = "") -> str:
    kept = stem
    while len((kept + end).encode("utf-16-le")) > 62:
        kept = kept[:-1]
    return kept.rstrip(" '") + end


def _write_sheet(sheet: "xlsxwriter.worksheet.Worksheet", table: Table, formats: dict[str, object]) -> None:
    for place, (column, width) in enumerate(zip(table.columns, _widths(table), strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, str(cell(column.name)), formats["head"])
    for line, row in enumerate(table.rows, 1):
        for place, value in enumerate(row):
            match cell(value):
                case None | "":
                    continue
                case str(text):
                    sheet.write_string(line, place, text, formats["text"])
                case dt.datetime() as moment:
                    sheet.write_datetime(line, place, moment, formats["moment"])
                case dt.date() as day:
                    sheet.write_datetime(line, place, day, formats["month" if isinstance(value, Month) else "day"])
                case number:
                    sheet.write_number(line, place, number, formats[_look(value)])
    sheet.freeze_panes(1, 1 if table.row_headers else 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _look(value: Cell) -> str:
    """How a number is shown: a share that is nearly all, or hardly anything, with more places, never as 100% or 0%."""
    if isinstance(value, Share):
        return "share" if percent(value) == f"{rounded(value * 100, 1)}%" else "near"
    return "points" if isinstance(value, Points) else "number"


def _widths(table: Table) -> list[int]:
    """Widths that show most cells whole without running off the screen."""
    sample = table.rows[:200]
    longest = [
        max([len(column.name), *(len(shown(row[place])) for row in sample)])
        for place, column in enumerate(table.columns)
    ]
    return [min(max(length + 3, 10), 60) for length in longest]


def _part_lines(dom: "odswriter.minidom.Document", passage: "odswriter.minidom.Element") -> None:
    """Give each line of a cell a paragraph of its own: the format runs lines within one together."""
    lines = passage.firstChild.data.split("\n")
    passage.firstChild.data = lines[0]
    for line in lines[1:]:
        more = dom.createElement("text:p")
        more.appendChild(dom.createTextNode(line))
        passage.parentNode.appendChild(more)


def _undated(archive: bytes) -> bytes:
    """The same archive without the time of day in it, so that equal tables give equal bytes."""
    target = BytesIO()
    with ZipFile(BytesIO(archive)) as old, ZipFile(target, "w") as new:
        for entry in old.infolist():
            kind = ZIP_STORED if entry.filename == "mimetype" else ZIP_DEFLATED
            new.writestr(ZipInfo(entry.filename), old.read(entry), compress_type=kind)
    return target.getvalue()
