"""Papers as PDF: who can read them, what they can hold, and that nothing gets in."""

import datetime as dt
import re
import threading
import zlib
from collections import Counter
from dataclasses import replace
from io import BytesIO
from typing import Any

import page
import pikepdf
import pypdf
import pytest

from audit_app.organisation.looks import Look
from audit_app.reporting.document import (
    Bullets,
    Callout,
    Chart,
    Column,
    Document,
    Facts,
    Grid,
    Heading,
    Numbered,
    PageBreak,
    Part,
    Table,
    Text,
)
from audit_app.reporting.pdf import pdf
from tests.organisation.pictures import logo
from tests.reporting.hostile import ALPHABET, HOSTILE
from tests.reporting.papers import FIGURES, MOMENT, PAPER, ROOT, SCENE, paper, table_of
from tests.reporting.reading import elements, flat, opened, printed, said, tags


def breaches(document: Document) -> list[tuple[str, str]]:
    """The rules of PDF/UA-1 that the paper breaks."""
    report = page.validate_pdf_bytes(printed(document), profile="pdfua-1")
    return [(failure.rule_id, failure.message) for failure in report.failures]


PAPERS = {
    "the whole paper": PAPER,
    "a final paper with a short title": paper(status="FINAL", receipt=None, subtitle="", council="", version=""),
    "a paper with a colour and a logo": replace(PAPER, look=Look(1, "#7a1f5c", logo())),
    "nothing but its title": paper(Text("")),
    "a table over many pages": paper(table_of(200)),
    "an empty table": paper(table_of(0)),
    "a table of blank cells": paper(Table("", (Column("A"), Column("B")), ((None, ""), (" ", "\n")))),
    "a row longer than a page": paper(table_of(2, "Seen and recorded. " * 1500)),
    "forty columns": paper(Table("Wide", tuple(Column(f"Column {n}") for n in range(40)), (tuple(range(40)),))),
    "words without spaces": paper(Heading(1, "W" * 400), Text("w" * 5000), Facts((("t" * 300, "v" * 3000),))),
    "a heading longer than a page": paper(Heading(1, "A heading that does not end " * 200), Text("Words")),
    "headings and nothing else": paper(*(Heading(1, f"Heading {n}") for n in range(120))),
    "column headings taller than half a page": paper(
        Table("Tall", (Column("name " * 400), Column("B")), tuple((str(n), str(n)) for n in range(80)))
    ),
    "every hostile text in every place": paper(
        *(Heading(1, text) for text in HOSTILE),
        *(Text(text) for text in HOSTILE),
        Bullets(HOSTILE),
        Numbered(HOSTILE),
        Facts(tuple((text, text) for text in HOSTILE)),
        *(Callout(text, text) for text in HOSTILE),
        Table(HOSTILE[0], tuple(Column(text) for text in HOSTILE), (HOSTILE,), row_headers=True, note=HOSTILE[1]),
        Chart(SCENE, HOSTILE[0], HOSTILE[1], FIGURES),
        title=HOSTILE[0],
        subtitle=HOSTILE[1],
        council=HOSTILE[2],
        version=HOSTILE[3],
        receipt=HOSTILE[4],
    ),
    "characters that cannot be printed": paper(
        Text("\x00\x01\x1b李名\ud800\u202e\ufffe\U000e0001"), title="李 \x00 \ud800"
    ),
    "the alphabet": paper(Text(ALPHABET)),
    "one grade": paper(Grid.of_counts("One", "Auditor", "Moderator", ("Met",), ((3,),))),
    "lists with nothing in them": paper(Bullets(()), Bullets(("",)), Numbered(("", "x")), Facts(()), Callout("", "")),
    "a list that runs over": paper(Bullets(("An item that goes on. " * 400, "Short")), Numbered(("Word. " * 3000,))),
}


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_keeps_all_rules_of_pdf_ua(name: str) -> None:
    assert breaches(PAPERS[name]) == []


@pytest.mark.parametrize("name", PAPERS)
def test_every_typeface_is_embedded(name: str) -> None:
    with opened(PAPERS[name]) as file:
        fonts = {str(font.BaseFont): font for each in file.pages for font in each.Resources.Font.values()}
    assert fonts
    assert all("DejaVuSans" in font and "+" in font for font in fonts)


@pytest.mark.parametrize("name", PAPERS)
def test_no_paper_holds_a_link_an_action_or_a_script(name: str) -> None:
    with opened(PAPERS[name]) as file:
        assert not any("/Annots" in each for each in file.pages)
        assert not {"/OpenAction", "/AA", "/Names", "/AcroForm", "/URI"} & set(file.Root.keys())
        keys = {key for thing in file.objects if isinstance(thing, pikepdf.Dictionary) for key in thing}
    assert not {"/URI", "/JS", "/JavaScript", "/Launch", "/EmbeddedFiles", "/Filespec", "/A0"} & keys
    assert not re.search(rb"/(URI|Launch|JavaScript|JS)\b", printed(PAPERS[name]))


def test_the_paper_says_what_it_is() -> None:
    with opened(PAPER) as file:
        root, info = file.Root, file.docinfo
        assert str(root.Lang) == "en-GB"
        assert root.MarkInfo.Marked
        assert root.ViewerPreferences.DisplayDocTitle
        assert str(info.Title) == PAPER.title
        assert str(info.Author) == PAPER.council
        assert str(info.Subject) == PAPER.subtitle
        assert str(info.Keywords) == "OFFICIAL-SENSITIVE"
        assert str(info.CreationDate) == "D:20261103140100+00'00'"
        with file.open_metadata() as about:
            assert about["dc:title"] == PAPER.title
            assert about["pdfuaid:part"] == "1"
            assert about["xmp:CreateDate"] == "2026-11-03T14:01:00Z"
        assert all(each.Tabs == "/S" and "/StructParents" in each for each in file.pages)


def test_the_headings_are_the_outline() -> None:
    with opened(PAPER) as file, file.open_outline() as outline:
        found = [(item.title, [below.title for below in item.children]) for item in outline.root]
    assert found == [("What we found", ["Why it matters"]), ("Teams", [])]


def test_the_structure_follows_the_paper() -> None:
    found = tags(PAPER)
    assert found[0] == "Document"
    assert [tag for tag in found if re.fullmatch(r"H\d|L|Table|Figure|Div", tag)] == [
        "H1", "H2", "L", "H3", "L", "Table", "Div", "Table", "H2", "Figure", "Table", "Table",
    ]  # fmt: skip
    assert found.count("LI") == found.count("Lbl") == found.count("LBody") == 4


def test_a_table_has_headings_for_its_columns_and_its_rows() -> None:
    cells = [(tag, str(element.A.Scope)) for _, tag, element in elements(paper(table_of(3))) if tag == "TH"]
    assert Counter(scope for _, scope in cells) == {"/Column": 3, "/Row": 3}


def test_a_table_over_many_pages_is_one_table_with_one_row_of_headings() -> None:
    document = paper(table_of(200))
    found = Counter(tags(document))
    assert (found["Table"], found["THead"], found["TBody"], found["TR"]) == (1, 1, 1, 201)
    pages = pypdf.PdfReader(BytesIO(printed(document))).pages
    assert len(pages) > 4
    assert all("What was seen" in each.extract_text() for each in pages)


def test_a_cell_over_two_pages_is_one_cell() -> None:
    found = Counter(tags(PAPERS["a row longer than a page"]))
    assert (found["TR"], found["TD"]) == (3, 4)


def test_a_figure_carries_its_words_and_its_place() -> None:
    (alt, box), *others = [
        (str(element.Alt), [float(number) for number in element.A.BBox])
        for _, tag, element in elements(PAPER)
        if tag == "Figure"
    ]
    left, bottom, right, top = box
    assert others == []
    assert alt == "One team: 3 outstanding and 9 good."
    assert 0 < left < right < 596
    assert 0 < bottom < top < 842


def test_every_page_carries_marking_standing_council_version_page_and_receipt() -> None:
    pages = [each.extract_text() for each in pypdf.PdfReader(BytesIO(printed(PAPER))).pages]
    for number, text in enumerate(pages, 1):
        for words in ("OFFICIAL-SENSITIVE", "DRAFT", "Northmoor County Council", "version 0.3", ROOT):
            assert words in text
        assert f"Page {number} of {len(pages)}" in text


def test_a_final_paper_does_not_say_draft() -> None:
    assert "draft" not in said(paper(status="FINAL")).lower()


def test_a_long_title_is_shortened_where_it_runs_and_whole_where_it_stands() -> None:
    title = "Moderation of case audits across every service of the county and its partners " * 3
    document = paper(title=title)
    assert flat(title) in flat(said(document))
    assert "… · version 0.3" in said(document)


def test_equal_papers_make_equal_bytes() -> None:
    for document in (PAPER, PAPERS["every hostile text in every place"]):
        assert pdf(document) == pdf(document)


def test_different_papers_have_different_identities() -> None:
    identities = set()
    for document in (paper(Text("One")), paper(Text("Two"))):
        with opened(document) as file:
            identities.add(bytes(file.trailer.ID[0]))
    assert len(identities) == 2


def test_the_moment_is_said_in_one_zone_whatever_zone_it_came_in() -> None:
    summer = dt.timezone(dt.timedelta(hours=5))
    assert pdf(paper(produced_at=MOMENT.astimezone(summer))) == printed(PAPER)


def test_papers_made_at_the_same_time_do_not_mix() -> None:
    documents = [paper(Text(f"{letter} {ALPHABET} " * 40), table_of(60, letter * 40)) for letter in "ŁŠΩЖ"]
    alone = [pdf(document) for document in documents]
    made: dict[int, bytes] = {}
    begin = threading.Barrier(len(documents))

    def work(number: int) -> None:
        begin.wait(timeout=30)
        made[number] = pdf(documents[number])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(documents))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert [made[number] for number in range(len(documents))] == alone


def test_a_heading_stands_on_the_page_of_what_it_heads() -> None:
    for filler in range(1, 40, 3):
        document = paper(Text("Line\n" * filler), Heading(1, "The heading"), Chart(SCENE, "Caption", "Words", FIGURES))
        pages = [each.extract_text() for each in pypdf.PdfReader(BytesIO(printed(document))).pages]
        (place,) = [number for number, text in enumerate(pages) if "The heading" in text]
        assert "Assessment <North>" in pages[place]


def test_a_table_caption_stands_on_the_page_of_the_first_row_and_its_heading_too() -> None:
    columns = (Column("A heading\nof\nfour\nlines"), Column("Words"))
    table = Table("The caption", columns, (("First row", "Said.\n" * 6), ("Second row", "Said.")))
    for filler in range(20, 46):
        document = paper(Text("Line\n" * filler), Heading(1, "The heading"), table)
        pages = [each.extract_text() for each in pypdf.PdfReader(BytesIO(printed(document))).pages]
        (place,) = [number for number, text in enumerate(pages) if "The caption" in text]
        assert "First row" in pages[place]
        assert "The heading" in pages[place]


@pytest.mark.parametrize("name", ["words without spaces", "forty columns", "the whole paper"])
def test_nothing_is_set_outside_the_page(name: str) -> None:
    lefts: list[float] = []

    def note(text: str, _matrix: Any, place: Any, *_rest: Any) -> None:
        if text.strip():
            lefts.append(place[4])

    for each in pypdf.PdfReader(BytesIO(printed(PAPERS[name]))).pages:
        assert (float(each.mediabox.width), float(each.mediabox.height)) == pytest.approx((595.28, 841.89), abs=0.01)
        each.extract_text(visitor_text=note)
    assert max(lefts) < 595


def test_an_appendix_with_wide_tables_lies_on_its_long_side_with_running_lines_as_long() -> None:
    document = paper(Heading(1, "Report"), Text("Words."), PageBreak(wide=True), Heading(1, "Appendix"), FIGURES)
    pages = pypdf.PdfReader(BytesIO(printed(document))).pages
    assert [each.mediabox.width > each.mediabox.height for each in pages] == [False, True]
    rights: list[float] = []

    def note(text: str, _matrix: Any, place: Any, *_rest: Any) -> None:
        if text.startswith("Page "):
            rights.append(place[4])

    for each in pages:
        each.extract_text(visitor_text=note)
    assert rights[1] - rights[0] == pytest.approx(841.89 - 595.28, abs=0.1)
    assert breaches(document) == []


def test_streams_are_compressed_and_whole() -> None:
    with opened(PAPERS["a table over many pages"]) as file:
        for each in file.pages:
            raw = each.Contents.read_raw_bytes()
            assert len(raw) < len(zlib.decompress(raw)) / 2


@pytest.mark.parametrize("part", PAPER.parts, ids=lambda part: part.kind)
def test_every_part_may_stand_first(part: Part) -> None:
    if not (isinstance(part, Heading) and part.level > 1):
        assert breaches(paper(part)) == []
