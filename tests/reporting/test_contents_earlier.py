"""Grades month by month, with the months before this service beside them."""

import datetime as dt

import page

from audit_app.measures.counts import by_month
from audit_app.past.counted import Counted
from audit_app.reporting.contents.earlier import IMPORTED, SERVICE, Month, earlier_paper, imported_months, own_months
from audit_app.reporting.document import Chart, Document, Table, Text
from audit_app.reporting.pdf import pdf
from audit_app.web.scene import Mark
from tests.past.sheets import SCALE
from tests.reporting.papers import MOMENT
from tests.reporting.rounds import audit

MAY = dt.date(2025, 5, 1)


def past(grade: str, moderated: str | None = None, month: dt.date = MAY) -> Counted:
    return Counted(month, grade, moderated, None, SCALE)


def ours() -> list[Month]:
    return own_months(by_month([audit(1, "good", "good"), audit(2, "good", "inadequate"), audit(3, "inadequate")]))


def paper(imported: list[Month], own: list[Month], held_blind: int = 0) -> Document:
    return earlier_paper(imported, own, held_blind=held_blind, council="Northmere", produced_at=MOMENT)


def rows_of(document: Document) -> tuple[tuple[object, ...], ...]:
    return next(part for part in document.parts if isinstance(part, Table)).rows


def test_imported_months_are_marked_with_their_route_unknown() -> None:
    found = imported_months([past("good", "good"), past("good", "inadequate"), past("inadequate")])
    assert rows_of(paper(found, [])) == (("May 2025", IMPORTED, 3, "2 of 3", "1 of 3", "1 of 2"),)


def test_months_of_this_service_stand_beside_and_never_in_them() -> None:
    same_month = imported_months([past("good", month=dt.date(2026, 6, 1))])
    rows = rows_of(paper(same_month, ours()))
    assert [row[1] for row in rows] == [IMPORTED, SERVICE]
    assert [row[2] for row in rows] == [1, 3]


def test_where_the_months_come_from_is_said_in_words() -> None:
    words = [part.text for part in paper(imported_months([past("good")]), ours()).parts if isinstance(part, Text)]
    assert "May 2025 to May 2025: imported from the council’s earlier spreadsheets, 1 audit." in words[0]
    assert "From June 2026 on: 3 audits of this service." in words[0]


def test_imported_months_have_a_mark_of_their_own() -> None:
    (chart,) = [p for p in paper(imported_months([past("good")]), ours()).parts if isinstance(p, Chart)]
    marks = [shape for shape in chart.scene.shapes if isinstance(shape, Mark)][:2]
    assert [mark.shape for mark in marks] == ["square", "circle"]
    assert "Squares are imported." in chart.alt


def test_ten_audits_make_a_percentage_and_fewer_only_counts() -> None:
    (found,) = imported_months([past("good")] * 9 + [past("inadequate")])
    assert (found.stands.words, found.same.words) == ("90% (9 of 10)", "none")


def test_audits_judged_blind_are_said_to_be_left_out() -> None:
    words = " ".join(part.text for part in paper([], ours(), held_blind=2).parts if isinstance(part, Text))
    assert "2 audits that you judge blind just now" in words


def test_everybody_can_read_it() -> None:
    assert (
        page.validate_pdf_bytes(pdf(paper(imported_months([past("good")]), ours())), profile="pdfua-1").failures == []
    )
