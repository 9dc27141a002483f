"""What becomes of words in a PDF: every letter comes back, none is read as markup."""

import gc
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Literal

import pikepdf
import pypdf
import pytest

from audit_app.reporting.document import Column, Facts, Table, Text
from audit_app.reporting.pdf import pdf, typefaces
from audit_app.reporting.pdf.flow import MISSING_LETTERS
from audit_app.reporting.pdf.prose import Style, wrapped
from audit_app.reporting.pdf.tagging import Element, TaggedCanvas
from tests.reporting.hostile import ALPHABET, HOSTILE
from tests.reporting.papers import PAPER, paper
from tests.reporting.reading import flat, opened, printed, said

LETTERS = Style(9.5, 14)


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_words_is_printed_as_it_was_typed(text: str) -> None:
    assert flat(text) in flat(said(paper(Text(text))))
    assert flat(text) in flat(said(paper(Table("Table", (Column("Words"),), ((text,),)))))


def test_no_file_is_opened_for_what_a_text_names(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"\x89PNG a secret of the server")
    made = pdf(paper(Text(f'<img src="{secret}"/> <img src="file://{secret}"/>')))
    with pikepdf.open(BytesIO(made)) as file:
        assert all(not each.get_images() for each in file.pages)
        assert all(
            b"a secret" not in stream.read_bytes() for stream in file.objects if isinstance(stream, pikepdf.Stream)
        )


@pytest.mark.parametrize("name", ["Łukasz Nguyễn", "Şiyar Öztürk", "Siân Ní Bhriain", "Zoë D’Arcy–Müller", "Đặng Thị"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_come_back_letter_by_letter_in_every_form(name: str, form: Literal["NFC", "NFD"]) -> None:
    typed = unicodedata.normalize(form, name)
    document = paper(Text(typed), Facts(((typed, typed),)), title=typed)
    assert flat(said(document)).count(name) >= 4  # the running line says the title too


def readings(made: bytes) -> list[str]:
    """The words as every reader at hand finds them."""
    texts = ["\n".join(each.extract_text() for each in pypdf.PdfReader(BytesIO(made)).pages)]
    if shutil.which("pdftotext"):
        command = ["pdftotext", "-enc", "UTF-8", "-", "-"]
        texts.append(subprocess.run(command, input=made, capture_output=True, check=True).stdout.decode())
    return texts


def test_every_letter_of_the_alphabet_comes_back() -> None:
    for text in readings(printed(paper(Text(ALPHABET)))):
        assert [letter for letter in ALPHABET if letter not in text] == []
        assert MISSING_LETTERS not in flat(text)


def test_what_cannot_be_printed_shows_and_is_explained() -> None:
    text = said(paper(Text("名 李")))
    assert "\ufffd \ufffd" in text
    assert flat(MISSING_LETTERS) in flat(text)
    assert flat(MISSING_LETTERS) not in flat(said(PAPER))


def test_marks_without_a_form_leave_no_trace() -> None:
    assert typefaces.printable("co\u00adop\u200d \u202eabc\u202c \ufeffx\ufe0f") == "coop abc x"


def test_words_stay_apart_over_the_ends_of_lines() -> None:
    sentence = "Plans name who does what by when and supervision is recorded. " * 20
    reader = pypdf.PdfReader(BytesIO(printed(paper(Text(sentence)))))
    assert flat(sentence) in flat(reader.pages[0].extract_text())
    with opened(paper(Text(sentence))) as file:
        shown = b"".join(re.findall(rb"\((.*?)\) Tj", file.pages[0].Contents.read_bytes()))
    assert sentence.strip().encode() in shown


@pytest.mark.parametrize("text", ["x" * 20_000, "word " * 4_000, "Łódź " * 4_000, "\n" * 20_000, "a\n" * 10_000])
def test_a_text_of_twenty_thousand_characters_is_printed_whole(text: str) -> None:
    marked = f"Beginning {text} Ending"
    words = said(paper(Text(marked), Table("Table", (Column("A"), Column("B")), ((marked, "b"),))))
    for expected in ("Beginning", "Ending"):
        assert words.count(expected) == 2
    letters = re.sub(r"\s", "", text)
    assert letters == "" or Counter(words)[letters[0]] >= 2 * Counter(letters)[letters[0]]


def test_no_line_is_wider_than_its_room_and_no_letter_is_lost() -> None:
    text = "supercalifragilistic " * 5 + "W" * 300 + " i" * 50 + " …"
    for room in (1, 5, 40, 150, 432):
        lines = wrapped(text, LETTERS, room)
        assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
        wide = [line for line in lines if typefaces.width(line.rstrip(" "), LETTERS.face, LETTERS.size) > room]
        assert all(len(line.rstrip(" ")) == 1 for line in wide)


def test_lines_and_empty_lines_of_a_text_are_kept() -> None:
    assert wrapped("one\n\ntwo", LETTERS, 400) == ["one ", "", "two"]


def test_a_finished_paper_is_let_go_at_once_and_does_not_wait_for_the_garbage_collector() -> None:
    gc.collect()
    gc.disable()
    try:
        pdf(PAPER)
        held = Counter(kind for one in gc.get_objects() if (kind := type(one)) in (TaggedCanvas, Element))
    finally:
        gc.enable()
    assert held == Counter()
