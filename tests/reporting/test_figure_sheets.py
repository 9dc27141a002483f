"""The sheets of figures: what is written reads back as the same values of the same kinds, and nothing is run."""

import csv
import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from audit_app.measures.comparing import Compared
from audit_app.measures.figure import Figure
from audit_app.measures.figures import Row
from audit_app.measures.pictures.grades import grid_picture
from audit_app.measures.pictures.months import Period, months_picture
from audit_app.measures.pictures.optimism import Before, gap_picture
from audit_app.measures.statistics import newcombe
from audit_app.reporting.contents.figure_sheets import (
    MEANINGS,
    about_figures,
    compared_sheet,
    figures_sheet,
    picture_sheet,
    rows_sheet,
)
from audit_app.reporting.document import Column, Table
from audit_app.reporting.sheet import csv_archive, ods_bytes, uncell, xlsx_bytes
from audit_app.reporting.words import Cell, shown
from audit_app.web.formats import Month, Points, Share
from tests.measures.stories import SCALE

MOMENT = dt.datetime(2026, 11, 3, 14, 1, tzinfo=dt.UTC)
GOOD = Figure("good_as_audited", 43, 50, 0.86)
GAP = Figure("inflation_gap", 3, 27, 3 / 27, -0.01, 0.21)
NONE = Figure("coverage", 0, 0, None, why="no audits handed in yet")
HOSTILE = Table("=1+1", (Column("@SUM(1)"), Column("-1+1")), (("=cmd|' /C calc'!A0", "+1+1"),))


def pictures() -> list[Table]:
    months = [Period(dt.date(2025 + at // 12, at % 12 + 1, 1), 9 + at % 4, 20) for at in range(13)]
    drawn = (
        months_picture("Agreed", "judgement", months),
        gap_picture([Before("Jan–Mar 2026", 20, 15, 12), Before("Apr–Jun 2026", 12, 6, 7)]),
        grid_picture(SCALE, [[1, 0, 0, 0], [2, 8, 0, 0], [0, 3, 20, 1], [0, 0, 1, 4]], "A", "B", key="g", name="Grid"),
    )
    return [picture_sheet(one) for one in drawn if one is not None]


def tables() -> list[Table]:
    row = Row("March 2026", 50, GOOD, GOOD, NONE, Figure("exact_senior", 7, 9, 7 / 9))
    second = Figure("good_as_audited", 20, 40, 0.5)
    return [
        figures_sheet("Shares", [GOOD, GAP, NONE, Figure("bias_senior", 3, 27, 0.11, -0.2, 0.42)]),
        rows_sheet("Month by month", "Month", [(Month(2026, 3, 1), row)]),
        compared_sheet([Compared(GOOD, second, newcombe(43, 50, 20, 40))], ("Ash", "Birch, June 2026")),
        *pictures(),
        HOSTILE,
    ]


def fifteen(value: float) -> float:
    """As many digits as Excel itself keeps."""
    return float(f"{value:.15g}")


def plain(value: Cell) -> Any:
    """A value as any reader of sheets should find it."""
    match value:
        case None | "":
            return None
        case Month() | dt.date():
            return dt.date(value.year, value.month, value.day)
        case str():
            return value
        case _:
            return fifteen(float(value))


def found(value: Any) -> Any:
    match value:
        case None | "":
            return None
        case dt.datetime():
            return value.date()
        case bool() | str() | dt.date():
            return value
        case _:
            return fifteen(float(value))


def by_openpyxl(made: bytes) -> list[list[list[Any]]]:
    book = openpyxl.load_workbook(BytesIO(made))
    return [[[found(cell.value) for cell in row] for row in sheet.iter_rows()] for sheet in book]


def by_calamine(made: bytes) -> list[list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(made))
    return [
        [[found(value) for value in row] for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
        for name in book.sheet_names
    ]


@pytest.mark.parametrize(
    ("write", "read"), [(xlsx_bytes, by_openpyxl), (xlsx_bytes, by_calamine), (ods_bytes, by_calamine)]
)
def test_every_table_reads_back_as_the_same_values_of_the_same_kinds(
    write: Callable[..., bytes], read: Callable[[bytes], list[list[list[Any]]]]
) -> None:
    _, *sheets, _ = read(write(tables(), MEANINGS, about=[("What", "Figures")]))
    for table, sheet in zip(tables(), sheets, strict=True):
        headings, *rows = sheet
        assert headings == [column.name for column in table.columns]
        assert rows == [[plain(value) for value in row] for row in table.rows]


def test_csv_files_read_back_as_the_same_values() -> None:
    archive = ZipFile(BytesIO(csv_archive(tables(), MEANINGS)))
    names = [name for name in archive.namelist() if name not in ("about.csv", "definitions.csv")]
    assert len(set(names)) == len(tables())
    for name, table in zip(names, tables(), strict=True):
        headings, *rows = csv.reader(StringIO(archive.read(name).decode("utf-8-sig"), newline=""))
        assert [uncell(text) for text in headings] == [column.name for column in table.columns]
        for row, values in zip(rows, table.rows, strict=True):
            assert [_typed(text, plain(value)) for text, value in zip(row, values, strict=True)] == [
                plain(value) for value in values
            ]


def _typed(text: str, like: Any) -> Any:
    if text == "":
        return None
    if isinstance(like, float):
        return fifteen(float(text))
    return dt.date.fromisoformat(text) if isinstance(like, dt.date) else uncell(text)


def test_no_cell_that_holds_a_figure_is_a_text_that_looks_like_a_number() -> None:
    for table in tables()[:-1]:
        words = [value for row in table.rows for value in row[1:] if isinstance(value, str)]
        assert [text for text in words if text[:1].isdigit() and text.endswith("%")] == []


def test_a_share_reads_as_a_percentage_and_is_kept_as_a_number() -> None:
    assert [shown(value) for value in (Share(0.86), Share(0.9996), Points(4.449), Points(-3.0), Month(2026, 6, 1))] == [
        "86.0%",
        "99.9%",
        "+4.4",
        "−3.0",
        "June 2026",
    ]
    sheet = openpyxl.load_workbook(BytesIO(xlsx_bytes([_column(Share(0.86), Share(0.9996), Decimal(3))])))["Values"]
    assert [(cell.value, cell.number_format) for cell in sheet["A"][1:]] == [
        (0.86, "0.0%"),
        (0.9996, "0.0000%"),
        (3, "General"),
    ]


def _column(*values: Cell) -> Table:
    return Table("Values", (Column("Value"),), tuple((value,) for value in values))


def test_a_figure_without_a_value_has_empty_cells_and_says_why() -> None:
    (row,) = figures_sheet("Shares", [NONE]).rows
    assert row == ("Moderation coverage", 0, 0, None, None, None, "share (1 is all)", None, "no audits handed in yet")


def test_headings_of_a_sheet_are_each_their_own() -> None:
    for table in tables():
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names), table.caption


def test_a_workbook_says_what_was_chosen_and_what_is_left_out() -> None:
    about = about_figures(
        "Measures in short", [("Unit", "Ash")], council="Northmere", produced_at=MOMENT, receipt="3 entries", left_out=2
    )
    assert ("Unit", "Ash") in about
    assert ("Left out", "2 audits that you judge blind just now are not in it.") in about


def words_of(facts: Sequence[tuple[str, Cell]]) -> list[str]:
    return [term for term, _ in facts]


def test_every_word_of_the_sheets_is_explained_once() -> None:
    words = words_of(MEANINGS)
    assert len(set(words)) == len(words)
    assert {"Share", "Month", "Good or better, as audited", "Inflation gap"} <= set(words)
