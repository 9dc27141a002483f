"""Papers as values, and as pages."""

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from audit_app.reporting.document import Callout, Column, Document, Facts, Grid, Heading, Part, Table, Text
from audit_app.reporting.words import Cell, paragraphs, shown, without_controls
from tests.reporting.papers import GRID, MOMENT, PAPER, TEAMS, paper

TEMPLATES = Path(__file__).parents[2] / "templates"
VOID = {"br", "meta", "link", "img", "input", "hr"}


class Outline(HTMLParser):
    """What a page is made of: its tags, its headings, its ids, its text; it fails where tags do not match."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.classes: set[str] = set()
        self.text = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.append(tag)
        self.classes |= set((named.get("class") or "").split())
        if named.get("id"):
            self.ids.append(named["id"] or "")
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def page(document: Document) -> str:
    """A paper as the template shows it."""
    shelf = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return shelf.from_string('{% from "reporting/document.html" import paper %}{{ paper(document) }}').render(
        document=document
    )


def test_a_document_needs_a_title() -> None:
    with pytest.raises(ValueError, match="needs a title"):
        paper(title=" ")


def test_a_document_needs_the_time_zone_of_its_moment() -> None:
    with pytest.raises(ValueError, match="time zone"):
        paper(produced_at=MOMENT.replace(tzinfo=None))


@pytest.mark.parametrize("headings", [(Heading(2, "Deep"),), (Heading(1, "One"), Heading(3, "Three"))])
def test_a_heading_never_skips_a_level(headings: tuple[Part, ...]) -> None:
    with pytest.raises(ValueError, match="skips a level"):
        paper(*headings)


def test_headings_may_come_back_up_any_number_of_levels() -> None:
    document = paper(Heading(1, "A"), Heading(2, "B"), Heading(3, "C"), Heading(1, "D"))
    assert [heading.level for heading in document.headings()] == [1, 2, 3, 1]


def test_a_row_has_as_many_cells_as_there_are_columns() -> None:
    with pytest.raises(ValueError, match="Row 2 of “Short” has 1 cells for 2 columns"):
        Table("Short", (Column("A"), Column("B")), (("1", "2"), ("1",)))


def test_a_table_has_columns() -> None:
    with pytest.raises(ValueError, match="no columns"):
        Table("Empty", (), ())


def test_a_grid_is_as_wide_as_it_is_deep() -> None:
    with pytest.raises(ValueError, match="is not 2 by 2"):
        replace(GRID, labels=("Good", "Inadequate"))


def test_a_grid_of_counts_adds_up_its_own_totals() -> None:
    assert GRID.row_totals == ("4", "23", "14", "5")
    assert GRID.column_totals == ("5", "18", "16", "7")
    assert GRID.total == "46"


def test_a_grid_may_hold_words_where_a_figure_is_withheld() -> None:
    grid = Grid("Grid", "A", "B", ("x", "y"), (("[c]", "1"), ("2", "3")), ("[c]", "5"), ("[c]", "4"), "9")
    assert grid.table().rows[0] == ("x", "[c]\nsame", "1", "[c]")


def test_the_table_of_a_grid_says_in_words_where_both_gave_the_same_grade() -> None:
    rows = GRID.table().rows
    assert [row[place + 1] for place, row in enumerate(rows[:4])] == ["3\nsame", "14\nsame", "9\nsame", "4\nsame"]
    assert rows[4] == ("Total", "5", "18", "16", "7", "46")
    assert GRID.corner == "Auditor (down) by moderator (across)"


def test_the_tables_of_a_paper_are_all_that_has_rows_and_columns() -> None:
    assert [table.caption for table in PAPER.tables()] == [
        "Auditor by moderator",
        "The figures in the chart",
        "Grades by team",
    ]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        ("0012345", "0012345"),
        (1234567, "1,234,567"),
        (-5, "-5"),
        (True, "Yes"),
        (0.5, "0.5"),
        (1234.0, "1,234"),
        (-0.001, "0"),
        (2 / 3, "0.67"),
        (Decimal("61.50"), "61.50"),
        (dt.date(2026, 6, 14), "14 June 2026"),
        (dt.datetime(2026, 6, 14, 13, 1, tzinfo=dt.UTC), "14 June 2026 at 2:01pm"),
        (dt.datetime(2026, 6, 14, 13, 1), "14 June 2026 at 13:01"),  # noqa: DTZ001  a time read from a sheet has no zone
    ],
)
def test_a_cell_is_shown_as_people_read_it(value: Cell, words: str) -> None:
    assert shown(value) == words


def test_empty_lines_part_paragraphs_and_other_line_ends_are_kept() -> None:
    assert paragraphs("One\r\ntwo\r\n\r\n \t\n\nThree\n") == ("One\ntwo", "Three")
    assert paragraphs(" \n ") == ()


def test_controls_go_and_half_characters_show() -> None:
    assert without_controls("a\x00b\x1bc\td\r\ne\x85\ufffe\ud800") == "abc\td\ne\x85\ufffd"


def test_the_imprint_says_version_standing_and_moment_in_london() -> None:
    assert PAPER.imprint == (
        "Version 0.3",
        "Draft: not agreed, do not rely on it",
        "Produced 3 November 2026 at 2:01pm",
    )
    assert paper(version="", status="FINAL").imprint[0] == "Final"


def test_the_facts_about_a_paper_leave_out_what_it_does_not_have() -> None:
    words = [term for term, _ in paper(receipt=None, subtitle="").about()]
    assert words == ["Title", "Council", "Marking", "Standing", "Version", "Produced"]


def test_a_page_has_one_main_heading_and_no_level_is_skipped() -> None:
    headings = Outline(page(PAPER)).headings
    assert headings.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(headings))


def test_a_page_says_everything_that_the_paper_says() -> None:
    text = Outline(page(PAPER)).text
    for words in (
        PAPER.title,
        PAPER.council,
        "OFFICIAL-SENSITIVE",
        "Łukasz Nguyễn",
        "0012345",
        "3 October 2026",
        "1,234",
    ):
        assert words in text
    assert "61.50" in text
    assert str(PAPER.receipt) in text


def test_a_page_gives_no_id_twice() -> None:
    ids = Outline(page(paper(*PAPER.parts, *PAPER.parts))).ids
    assert len(ids) == len(set(ids)) > 0


def test_a_long_page_lists_its_sections() -> None:
    long = paper(*(Heading(1, f"Section {number}") for number in range(5)))
    outline = Outline(page(long))
    assert "nav" in outline.tags
    assert {f"paper-heading-{number}" for number in range(1, 6)} <= set(outline.ids)
    assert "nav" not in Outline(page(PAPER)).tags


def test_a_page_marks_the_same_grade_in_words() -> None:
    outline = Outline(page(PAPER))
    assert "grade-grid__same" in outline.classes
    assert re.search(r"14\s+same", outline.text)


def test_words_on_a_page_are_never_read_as_markup() -> None:
    hostile = '<img src=x onerror="go()"><script>go()</script>{{ 7 * 7 }}&amp;'
    table = Table(hostile, (Column(hostile),), ((hostile,),), row_headers=True, note=hostile)
    document = paper(
        Heading(1, hostile),
        Text(hostile),
        Facts(((hostile, hostile),)),
        Callout(hostile, hostile),
        table,
        title=hostile,
    )
    outline = Outline(page(document))
    assert not {"img", "script"} & set(outline.tags)
    assert outline.text.count(hostile) >= 9


def test_a_page_has_no_style_and_no_script() -> None:
    assert not re.search(r"style=|<script|\son\w+=", page(PAPER))


def test_figures_in_a_table_stand_to_the_right_and_rows_have_headings() -> None:
    text = page(paper(TEAMS))
    assert text.count("govuk-table__cell--numeric") == 6
    assert text.count('scope="row"') == 3
