"""The board member: figures and reports, and no case."""

import pypdf
import pytest

from tests.journeys.person import Cast, Person
from tests.journeys.serving import Served

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which the browser plugin brings, is older than pytest 9.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]
CLOSED = (
    "/audits",
    "/programmes",
    "/case-lists",
    "/people",
    "/units",
    "/risks",
    "/reports/pairs.csv",
    "/measures/months",
    "/measures/audits?figure=coverage",
)


def test_a_board_member_reads_figures_and_reports_and_no_case(cast: Cast, served: Served) -> None:
    board = cast.somebody("board")
    _reads_figures(board, served)
    _reads_a_report(board, served)
    _opens_no_case(board, served)


def _no_case(board: Person, served: Served) -> None:
    for reference in served.world.cases.values():
        board.does_not_read(reference)


def _reads_figures(board: Person, served: Served) -> None:
    board.reads("See what audits say about practice")
    _no_case(board, served)
    board.presses("Open measures")
    board.reads("In plain words")
    board.reads("How sure are we?")
    _no_case(board, served)
    board.reads("These are figures for a board")
    board.reads("Round by round")
    board.follows("What each figure means")
    board.heads("What each figure means")


def _reads_a_report(board: Person, served: Served) -> None:
    board.follows("Reports", exact=True)
    board.follows("Private fostering")
    board.heads("oderation report")
    _no_case(board, served)
    paper = pypdf.PdfReader(board.downloads("Download this report as PDF", "button").path())
    words = " ".join(page.extract_text() for page in paper.pages)
    assert "Private fostering" in words
    assert not any(reference in words for reference in served.world.cases.values())


def _opens_no_case(board: Person, served: Served) -> None:
    for path in CLOSED:
        board.comes(path, answer=403)
    audit = served.world.audits["outcome"]
    for path in (f"/audits/{audit}", f"/audits/{audit}.pdf", f"/audits/{audit}/print"):
        board.comes(path, answer=403)
