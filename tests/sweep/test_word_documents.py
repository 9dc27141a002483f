"""Every paper that is a Word document opens as one; in the long form also in LibreOffice, with all its words."""

import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from tests import make
from tests.serving import serve
from tests.sweep.people import PEOPLE
from tests.sweep.test_hostile import Hostile
from tests.sweep.test_routes import arguments_of
from tests.sweep.world import furnished

PAPERS = 9  # kinds of papers that councils edit in Word, at the least
LONGEST_WAIT = 300  # seconds for all of them


@pytest.fixture
def documents(tmp_path: Path, migrated_file: Path) -> Iterator[dict[str, bytes]]:
    """The Word document of every paper, taken by somebody who may, by the name of its page."""
    (tmp_path / "audits.sqlite3").write_bytes(migrated_file.read_bytes())
    with serve(tmp_path, f"sqlite:///{tmp_path / 'audits.sqlite3'}") as app:
        place = furnished()
        authority = Hostile(app, arguments_of(place))
        found = {}
        for rule, who, address in authority.rules():
            if address.endswith(".docx"):
                answer = make.client_of(app, place.made.people[who]).get(address)
                assert (rule.endpoint, answer.status_code) == (rule.endpoint, 200)
                found[rule.endpoint.partition(".")[2]] = answer.data
        assert len(found) >= PAPERS and len(PEOPLE) > 1
        yield found


def words_of(content: bytes) -> list[str]:
    """The headings and cells of a Word document, and its paragraphs, each as one text."""
    read = docx.Document(BytesIO(content))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return [text for text in (*(one.text for one in read.paragraphs), *cells) if text.strip()]


def bare(text: str) -> str:
    """Words without spaces and line breaks, which printing moves."""
    return "".join(text.split())


def is_printed(words: str, printed: str) -> bool:
    """Whether words stand on a page, or run over from one to the next."""
    text = bare(words)
    return text in printed or any(text[:cut] in printed and text[cut:] in printed for cut in range(1, len(text)))


def test_every_paper_opens_as_a_word_document_with_a_title_and_headings(documents: dict[str, bytes]) -> None:
    for name, content in documents.items():
        read = docx.Document(BytesIO(content))
        styles = {one.style.name for one in read.paragraphs if one.style is not None}
        assert (name, bool(read.core_properties.title)) == (name, True)
        assert (name, any(style.startswith(("Heading", "Title")) for style in styles if style)) == (name, True)
        assert words_of(content)


@pytest.mark.soak
def test_every_word_document_prints_all_its_words_in_libreoffice(documents: dict[str, bytes], tmp_path: Path) -> None:
    program = shutil.which("soffice")
    assert program is not None, "LibreOffice is not installed here, so that papers open in it was not tried"
    for name, content in documents.items():
        (tmp_path / f"{name}.docx").write_bytes(content)
    asked = [program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    papers = [str(tmp_path / f"{name}.docx") for name in documents]
    subprocess.run([*asked, "--outdir", str(tmp_path), *papers], check=True, capture_output=True, timeout=LONGEST_WAIT)
    for name, content in documents.items():
        printed = bare("".join(page.extract_text() for page in PdfReader(tmp_path / f"{name}.pdf").pages))
        lost = [words for words in words_of(content) if not is_printed(words, printed)]
        assert (name, lost) == (name, [])
