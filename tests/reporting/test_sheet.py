"""Tables as sheets: what is typed stays what it is, and nothing is ever worked out."""

import csv
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, strategies
from python_calamine import CalamineWorkbook

from audit_app.reporting.document import Column, Table
from audit_app.reporting.sheet import (
    CELL_LIMIT,
    Fact,
    cell,
    csv_bytes,
    csv_cell,
    csv_lines,
    ods_bytes,
    uncell,
    xlsx_bytes,
)
from audit_app.reporting.words import Cell, without_controls
from tests.reporting.papers import MOMENT, PAPER, TEAMS, table_of

FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    "|calc",
    "%0A=1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "＝1+1",
    '=HYPERLINK("http://198.51.100.1","here")',
    "{=1+1}",
    "-",
    "-2+3+cmd|' /C calc'!A0",
    "'=1+1",
    "''=1+1",
    "=",
    "=1+1;=2",
    "+44 20 7946 0000",
)
NUMBERS = ("-5", "+5", "-1,234.50", "-0.5", "+1e5", "-12%")
PLAIN = (
    "",
    "0012345",
    "1/2",
    "3-4",
    "'tis true",
    "a=b",
    "https://www.gov.uk",
    "Łukasz Nguyễn",
    "two\nlines",
    "_x0041_",
)

Write = Callable[..., bytes]
WRITERS: tuple[Write, ...] = (xlsx_bytes, ods_bytes)


def one_column(*values: Cell) -> Table:
    """A table of one column."""
    return Table("Words", (Column("Words"),), tuple((value,) for value in values))


def read_csv(made: bytes) -> list[list[str]]:
    """A CSV file's rows as a spreadsheet splits them."""
    return list(csv.reader(StringIO(made.decode("utf-8-sig"), newline="")))


def reread(made: bytes, sheet: str) -> list[list[Any]]:
    """A workbook's sheet as the fast reader sees it."""
    return CalamineWorkbook.from_filelike(BytesIO(made)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def all_cells(made: bytes) -> Iterator[Any]:
    """The cells of an Excel workbook as an independent reader sees them."""
    for sheet in openpyxl.load_workbook(BytesIO(made)):
        for row in sheet.iter_rows():
            yield from row


@pytest.mark.parametrize("text", FORMULAS)
def test_a_csv_cell_never_starts_as_a_formula(text: str) -> None:
    written = str(csv_cell(text))
    if text != "{=1+1}":
        assert written.startswith("'")
    assert uncell(written) == without_controls(text)


@pytest.mark.parametrize("text", [*NUMBERS, *PLAIN])
def test_numbers_and_plain_words_are_left_alone_in_csv(text: str) -> None:
    assert csv_cell(text) == text
    assert uncell(text) == text


@given(strategies.text(strategies.sampled_from("'=+-@|% \ta1.;\n＝"), max_size=8) | strategies.text(max_size=30))
def test_what_was_led_by_an_apostrophe_comes_back_as_it_was(text: str) -> None:
    assert uncell(str(csv_cell(text))) == without_controls(text)


@given(strategies.lists(strategies.text(max_size=20), min_size=2, max_size=4))
def test_a_csv_file_reads_back_cell_by_cell(texts: list[str]) -> None:
    table = Table("Words", tuple(Column(f"Column {n}") for n in range(len(texts))), (tuple(texts),))
    assert [uncell(text) for text in read_csv(csv_bytes(table))[1]] == [without_controls(text) for text in texts]


def test_a_heading_of_a_csv_file_is_guarded_too() -> None:
    table = Table("Words", (Column("=1+1"),), ())
    assert read_csv(csv_bytes(table)) == [["'=1+1"]]


def test_words_in_csv_are_quoted_whatever_separates_cells_where_it_is_opened() -> None:
    assert csv_bytes(one_column("a;=1+1")).decode("utf-8-sig") == '"Words"\r\n"a;=1+1"\r\n'


def test_values_in_csv_are_written_for_machines() -> None:
    table = Table(
        "Values",
        tuple(Column(str(n)) for n in range(6)),
        ((1234567, 0.5, Decimal("61.50"), dt.date(2026, 6, 14), MOMENT, None),),
    )
    assert read_csv(csv_bytes(table))[1] == ["1234567", "0.5", "61.50", "2026-06-14", "2026-11-03T14:01:00+00:00", ""]


def test_a_csv_file_begins_with_the_mark_that_excel_needs_unless_a_machine_reads_it() -> None:
    assert csv_bytes(TEAMS).startswith(b"\xef\xbb\xbf")
    assert b"".join(csv_lines(["A"], [["b"]], mark=False)) == b'"A"\r\n"b"\r\n'


def test_a_csv_file_is_made_as_it_is_read() -> None:
    drawn: list[int] = []

    def rows() -> Iterator[tuple[int]]:
        for number in range(100_000):
            drawn.append(number)
            yield (number,)

    lines = csv_lines(["Number"], rows())
    first = [next(lines) for _ in range(3)]
    assert first[1] == b'"Number"\r\n'
    assert first[2].startswith(b"0\r\n1\r\n")
    assert len(drawn) < 2_000
    lines.close()  # type: ignore[attr-defined]  # it is a generator


@pytest.mark.parametrize("text", [*FORMULAS, *NUMBERS, *PLAIN])
def test_no_cell_of_an_excel_workbook_is_a_formula_or_a_link(text: str) -> None:
    hostile = Table(text, (Column(text), Column("Other")), ((text, text), (None, text)), row_headers=True, note=text)
    made = xlsx_bytes([hostile], [(text, text)], about=[(text, text)])
    cells = list(all_cells(made))
    assert {each.data_type for each in cells} <= {"s", "n", "inlineStr"}
    assert not any(each.hyperlink for each in cells)
    assert b"<f>" not in made
    found = [each.value for each in cells if each.value is not None]
    assert found.count(without_controls(text)) >= (8 if text else 0)


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("text", [*FORMULAS, *NUMBERS, *PLAIN])
def test_words_come_back_from_a_workbook_as_they_were_typed(write: Write, text: str) -> None:
    rows = reread(write([one_column(text, "end")]), "Words")
    expected = without_controls(text)
    if write is ods_bytes:  # the format runs spaces together
        assert str(rows[1][0]).split() == expected.split()
    else:
        assert rows[1][0] == expected


@pytest.mark.parametrize("write", WRITERS)
def test_numbers_and_days_stay_numbers_and_days(write: Write) -> None:
    day = dt.date(2026, 6, 14)
    made = write([Table("Values", tuple(Column(str(n)) for n in range(4)), ((1234, Decimal("61.50"), 0.5, day),))])
    assert reread(made, "Values")[1] == [1234.0, 61.5, 0.5, day]


@pytest.mark.parametrize("write", WRITERS)
def test_a_moment_stands_in_london_time(write: Write) -> None:
    summer = dt.datetime(2026, 6, 14, 13, 1, tzinfo=dt.UTC)
    assert reread(write([one_column(summer)]), "Words")[1] == [dt.datetime(2026, 6, 14, 14, 1)]  # noqa: DTZ001


@pytest.mark.parametrize("write", WRITERS)
def test_leading_zeros_are_kept(write: Write) -> None:
    assert reread(write([one_column("0012345")]), "Words")[1] == ["0012345"]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (True, "Yes"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (10**18, "1000000000000000000"),
        (dt.date(1899, 12, 31), "31 December 1899"),
        (None, None),
    ],
)
def test_what_a_sheet_would_falsify_is_kept_as_words(value: Cell, kept: str | None) -> None:
    assert cell(value) == kept


def test_controls_are_stripped_and_lines_kept() -> None:
    assert cell("a\x00b\x0bc\r\nd\te\ud800") == "abc\nd\te\ufffd"


@pytest.mark.parametrize("letter", ["x", "Ł", "😀", "é"])
def test_a_text_too_long_for_a_cell_is_cut_where_it_shows(letter: str) -> None:
    text = letter * 40_000
    kept = cell(text)
    assert isinstance(kept, str)
    assert len(kept.encode("utf-16-le")) // 2 <= CELL_LIMIT
    assert kept.endswith("[cut here: the whole text has 40,000 characters]")
    made = xlsx_bytes([one_column(text)])
    assert reread(made, "Words")[1] == [kept]
    assert read_csv(csv_bytes(one_column(text)))[1] == [text]


def test_a_text_that_just_fits_is_whole() -> None:
    assert cell("x" * CELL_LIMIT) == "x" * CELL_LIMIT


@pytest.mark.parametrize("write", WRITERS)
def test_a_workbook_says_what_it_is_and_what_its_words_mean(write: Write) -> None:
    definitions: list[Fact] = [("Moderated", "A second person gave their own grade.")]
    made = write(PAPER.tables(), definitions, about=PAPER.about())
    book = CalamineWorkbook.from_filelike(BytesIO(made))
    assert book.sheet_names == [
        "About", "Auditor by moderator", "The figures in the chart", "Grades by team", "Definitions",
    ]  # fmt: skip
    about = {row[0]: row[1] for row in reread(made, "About")}
    assert about["Marking"] == "OFFICIAL-SENSITIVE"
    assert about["Note to “Grades by team”"] == TEAMS.note
    assert reread(made, "Definitions")[1] == ["Moderated", "A second person gave their own grade."]


@pytest.mark.parametrize("write", WRITERS)
def test_sheets_have_names_that_excel_allows_and_no_two_alike(write: Write) -> None:
    captions = [
        "Grades: north/south [all]?*\\",
        "x" * 60,
        "X" * 60,
        "",
        "History",
        "'quoted'",
        "About",
        "😀" * 40,
        "definitions",
    ]
    made = write([replace(TEAMS, caption=caption) for caption in captions], [("Word", "Meaning")])
    names = CalamineWorkbook.from_filelike(BytesIO(made)).sheet_names
    assert len({name.lower() for name in names}) == len(names) == len(captions) + 2
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set("[]:*?/\\") & set(name)
        assert name.lower() != "history"
        assert name.strip("'") == name


@pytest.mark.parametrize("write", WRITERS)
def test_equal_tables_make_equal_workbooks_at_any_time_of_day(write: Write) -> None:
    made = write(PAPER.tables(), about=PAPER.about())
    assert write(PAPER.tables(), about=PAPER.about()) == made
    with ZipFile(BytesIO(made)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_an_excel_workbook_carries_the_moment_it_was_made() -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx_bytes(PAPER.tables(), produced_at=MOMENT)))
    assert book.properties.created == MOMENT.replace(tzinfo=None)


def test_the_headings_of_a_sheet_stay_in_view_and_filter() -> None:
    sheet = openpyxl.load_workbook(BytesIO(xlsx_bytes([TEAMS])))["Grades by team"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:C4"
    assert sheet["A1"].font.bold


def test_an_empty_table_is_a_sheet_of_headings() -> None:
    for write in WRITERS:
        assert reread(write([table_of(0)]), "A long table") == [["Reference", "Audits", "What was seen"]]


def test_more_rows_than_a_sheet_holds_are_refused() -> None:
    row = ("x",)
    table = Table("Too long", (Column("A"),), (row,) * 1_048_576)
    with pytest.raises(ValueError, match="more rows than a sheet can hold"):
        xlsx_bytes([table])
