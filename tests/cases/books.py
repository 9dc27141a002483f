"""Files that the tests of case lists read: small workbooks of every format, and hostile ones."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import odswriter

from audit_app.cases.grids import Grid
from audit_app.cases.workbook import Cell, Row, Sheet
from audit_app.cases.writing import workbook_of

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
WHO = (
    "Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)",
    "Does the Child have a Disability",
)  # fmt: skip
LIST_6 = (
    *WHO, "CIN Start Date", "Primary Need Code", "Date Child Was Last Seen", "CIN Closure Date", "Reason for Closure",
    "Case status", "Allocated Team", "Allocated Worker",
)  # fmt: skip
LIST_9 = (
    *WHO, "Allocated Team", "Allocated Worker", "Eligibility Category", "LA In Touch ", "Type of Accommodation",
    "Suitability of Accommodation", "Activity Status",
)  # fmt: skip
SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet(name: str, *rows: Sequence[Cell]) -> Sheet:
    """A sheet of these rows, numbered from 1."""
    return Sheet(name, tuple(Row(number, tuple(cells)) for number, cells in enumerate(rows, start=1) if any(cells)))


def line_6(reference: Cell, **said: Cell) -> tuple[Cell, ...]:
    """A row of list 6 that lacks nothing, except for what is said of it (by heading, with _ for spaces)."""
    cells: dict[str, Cell] = {
        "Child Unique ID": reference,
        "Case status": "c) Child in need plan",
        "Allocated Team": "Team One",
        "Allocated Worker": "Worker A11",
    }
    cells |= {heading.replace("_", " "): cell for heading, cell in said.items()}
    assert set(cells) <= set(LIST_6), set(cells) - set(LIST_6)
    return tuple(cells.get(heading) for heading in LIST_6)


def line_9(reference: Cell, **said: Cell) -> tuple[Cell, ...]:
    """A row of list 9 that lacks nothing."""
    cells: dict[str, Cell] = {
        "Child Unique ID": reference,
        "Allocated Team": "Leaving Care",
        "Allocated Worker": "Worker D11",
        "Eligibility Category": "b) Former relevant child",
    }
    cells |= {heading.replace("_", " "): cell for heading, cell in said.items()}
    assert set(cells) <= set(LIST_9), set(cells) - set(LIST_9)
    return tuple(cells.get(heading) for heading in LIST_9)


def xlsx(*rows: Sequence[Cell], name: str = "List_6") -> bytes:
    """An Excel workbook of one sheet."""
    return workbook_of([Grid(6, name, (), tuple(map(str, rows[0])), tuple(map(tuple, rows[1:])))])


def workbook_of_sheets(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> bytes:
    """An Excel workbook of these sheets."""
    return workbook_of(
        [Grid(6, name, (), tuple(map(str, rows[0])), tuple(map(tuple, rows[1:]))) for name, rows in sheets.items()]
    )


def ods(*rows: Sequence[Cell], name: str = "List_6") -> bytes:
    """An OpenDocument workbook of one sheet."""
    out = io.BytesIO()
    with odswriter.writer(out) as book:
        page = book.new_sheet(name)
        for cells in rows:
            page.writerow(["" if cell is None else cell for cell in cells])
    return out.getvalue()


def xls(*rows: Sequence[str | float], name: str = "List_6") -> bytes:
    """A workbook of one sheet in the older Excel format (BIFF8 in a compound file), written by hand."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def cell(row: int, column: int, value: str | float) -> bytes:
        at = struct.pack("<HHH", row, column, 0)
        if isinstance(value, str):
            return record(0x0204, at + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
        return record(0x0203, at + struct.pack("<d", value))

    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0x07CC, 0, 0x0306)
    title = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    place = len(record(0x0809, begin)) + len(record(0x0085, bytes(6) + title)) + len(record(0x000A, b""))
    globals_ = record(0x0809, begin) + record(0x0085, struct.pack("<IH", place, 0) + title) + record(0x000A, b"")
    cells = b"".join(cell(r, c, value) for r, line in enumerate(rows) for c, value in enumerate(line))
    body = record(0x0809, begin[:2] + struct.pack("<H", 0x0010) + begin[4:]) + cells + record(0x000A, b"")
    return compound_file({"Workbook": globals_ + body})


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """A compound file, which is what the older Office formats and every encrypted workbook are."""
    size, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
    padded = {name: data.ljust(max(4096, -(-len(data) // size) * size), b"\0") for name, data in streams.items()}
    chain: list[int] = [0xFFFFFFFD, end]  # sector 0 is the table of sectors, sector 1 the directory
    entries = [_entry("Root Entry", 5, end, 0, child=1)]
    for place, (name, data) in enumerate(padded.items()):
        first, count = len(chain), len(data) // size
        chain += [*range(first + 1, first + count), end]
        entries.append(_entry(name, 2, first, len(data), right=place + 2 if place + 1 < len(padded) else free))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    assert len(chain) <= size // 4
    table = struct.pack(f"<{size // 4}I", *chain, *[free] * (size // 4 - len(chain)))
    return header + table + b"".join(entries).ljust(size, b"\0") + b"".join(padded.values())


def _entry(name: str, kind: int, first: int, length: int, *, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<III", 0xFFFFFFFF, right, child)
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBB", len(text), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", first, length)
    )


def rewritten(
    change: Callable[[str, bytes], bytes | None] = lambda _, data: data, extra: Mapping[str, bytes] | None = None
) -> bytes:
    """An ordinary workbook with files inside it changed, removed or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(LIST_6, line_6("00123")))) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
        for name, data in (extra or {}).items():
            new.writestr(name, data)
    return out.getvalue()


def with_sheet(xml: str) -> bytes:
    """A workbook whose one sheet is this XML."""
    return rewritten(lambda name, data: xml.encode() if name == SHEET else data)


def _cells(*places: str) -> str:
    rows = "".join(f'<row r="{place.lstrip("ABCDXFE")}"><c r="{place}"><v>1</v></c></row>' for place in places)
    return f"<worksheet {NAMESPACE}><sheetData>{rows}</sheetData></worksheet>"


def _entity(definitions: str, use: str) -> str:
    text = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{use}</t></is></c></row>'
    declared = f'<?xml version="1.0"?><!DOCTYPE l [{definitions}]>'
    return f"{declared}<worksheet {NAMESPACE}><sheetData>{text}</sheetData></worksheet>"


def _laughs() -> str:
    letters = "abcdefghij"
    nested = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(letters))
    return _entity('<!ENTITY a "aaaaaaaaaa">' + nested, "&j;")


def _tall(rows: int) -> str:
    cells = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, rows + 1))
    return f"<worksheet {NAMESPACE}><sheetData>{cells}</sheetData></worksheet>"


def _spaces(name: str, data: bytes) -> bytes:
    return data.replace(b"<sheetData>", b"<sheetData>" + b" " * 120_000_000) if name == SHEET else data


def _lying() -> bytes:
    """A workbook whose sheet says that it unpacks to far less than it does."""
    inside = rewritten(_spaces)
    with zipfile.ZipFile(io.BytesIO(inside)) as package:
        true = struct.pack("<I", package.getinfo(SHEET).file_size)
    return inside.replace(true, struct.pack("<I", 1000))


def _flagged() -> bytes:
    """A package whose files are marked as encrypted."""
    data = bytearray(rewritten())
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 4)
    return bytes(data)


def _repeated_ods() -> bytes:
    """An OpenDocument sheet that says one cell 17 thousand million times in a few hundred bytes."""
    repeated = 'table:number-columns-repeated="16384" office:value-type="string"'
    cell = f"<table:table-cell {repeated}><text:p>x</text:p></table:table-cell>"
    rows = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ods(("a",)))) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            data = old.read(name).decode()
            if name == "content.xml":
                begin, finish = (
                    data.index("<table:table-row"),
                    data.rindex("</table:table-row>") + len("</table:table-row>"),
                )
                data = data[:begin] + rows + data[finish:]
            new.writestr(name, data)
    return out.getvalue()


# Name of the upload, its content, and a word or two that the reason must have.
HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "billion laughs": ("a.xlsx", lambda: with_sheet(_laughs()), "entities"),
    "external entity": (
        "a.xlsx",
        lambda: with_sheet(_entity('<!ENTITY x SYSTEM "file:///etc/hostname">', "&x;")),
        "entities",
    ),
    "entity in UTF-16": (
        "a.xlsx",
        lambda: rewritten(lambda name, data: _laughs().encode("utf-16") if name == SHEET else data),
        "entities",
    ),
    "300,000 rows": ("a.xlsx", lambda: with_sheet(_tall(300_000)), "300,000"),
    "one far cell": ("a.xlsx", lambda: with_sheet(_cells("XFD1048576")), "1,048,576"),
    "two far cells": ("a.xlsx", lambda: with_sheet(_cells("A1", "XFD1048576")), "memory"),
    "far cells of a grid that fits in memory": ("a.xlsx", lambda: with_sheet(_cells("A1", "F1000000")), "1,000,000"),
    "cell outside Excel's grid": ("a.xlsx", lambda: with_sheet(_cells("A1", "XFE16777217")), ""),
    "a member of 512 MB": ("a.xlsx", lambda: rewritten(extra={"xl/media/x.bin": bytes(1 << 29)}), "unpacks"),
    "120 MB of spaces": ("a.xlsx", lambda: rewritten(_spaces), "unpacks"),
    "sizes that lie": ("a.xlsx", _lying, ""),
    "thousands of members": ("a.xlsx", lambda: rewritten(extra={f"x/{n}": b"" for n in range(5000)}), "files"),
    "names that point outside": ("a.xlsx", lambda: rewritten(extra={"../../evil": b"x"}), "outside"),
    "an absolute name": ("a.xlsx", lambda: rewritten(extra={"/etc/evil": b"x"}), "outside"),
    "a Windows name": ("a.xlsx", lambda: rewritten(extra={"C:\\evil": b"x"}), "outside"),
    "two members of one name": ("a.xlsx", lambda: rewritten(extra={SHEET.upper(): b"<x/>"}), "damaged"),
    "macros by name": ("a.xlsm", rewritten, "macros"),
    "macros inside": ("a.xlsx", lambda: rewritten(extra={"xl/vbaProject.bin": b"x"}), "macros"),
    "macros in an older workbook": (
        "a.xls",
        lambda: compound_file({"Workbook": b"", "_VBA_PROJECT_CUR": b""}),
        "macros",
    ),
    "a password": ("a.xlsx", lambda: compound_file({"EncryptedPackage": b"x"}), "password"),
    "a password on the package": ("a.xlsx", _flagged, "password"),
    "truncated": ("a.xlsx", lambda: rewritten()[:-200], "damaged"),
    "truncated in the middle": ("a.xlsx", lambda: rewritten()[:2000], "damaged"),
    "an older workbook, truncated": ("a.xls", lambda: xls(("a", "b", "c"))[:1500], "damaged"),
    "no workbook inside": (
        "a.xlsx",
        lambda: rewritten(lambda n, d: None if n == "xl/workbook.xml" else d),
        "not a workbook",
    ),
    "no sheet inside": ("a.xlsx", lambda: rewritten(lambda n, d: None if n == SHEET else d), ""),
    "broken XML": ("a.xlsx", lambda: with_sheet("<worksheet><sheetData><row>"), ""),
    "nested XML": ("a.xlsx", lambda: with_sheet("<a>" * 500_000), ""),
    "an empty file": ("a.xlsx", lambda: b"", "empty"),
    "only spaces": ("a.csv", lambda: b" \n\n ", "empty"),
    "a PDF": ("a.xlsx", lambda: b"%PDF-1.4\n%\xe2\xe3", "not a workbook"),
    "a PDF called CSV": ("a.csv", lambda: b"%PDF-1.4\n%\xe2\xe3", "not a workbook"),
    "a picture": ("a.ods", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "not a workbook"),
    "a program": ("a.csv", lambda: b"\x7fELF" + bytes(range(256)) * 40, "not text"),
    "a web page called Excel": (
        "a.xls",
        lambda: b"<html><table><tr><td>Child Unique ID</td></tr></table></html>",
        "web page",
    ),
    "text called Excel": ("a.xlsx", lambda: b"Child Unique ID,Team\n1,A\n", "not a workbook"),
    "a workbook called CSV": ("a.csv", rewritten, "it is a workbook"),
    "another kind of file": ("a.docx", rewritten, "not a workbook"),
    "no ending": ("list", rewritten, "not a workbook"),
    "cells said 17 thousand million times": ("a.ods", _repeated_ods, ""),
    "a CSV of one endless cell": ("a.csv", lambda: b'"' + b"x" * 20_000_000, "CSV"),
    "a CSV with too many columns": ("a.csv", lambda: b"," * 5_000_000, "columns"),
    "a CSV with too many rows": ("a.csv", lambda: b"1,2\n" * 300_000, "200,000"),
    "more than the size allowed": ("a.csv", lambda: b"1,2,3\n" * 6_000_000, "MB"),
}
