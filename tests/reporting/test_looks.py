"""A paper's colour and logo: the same in every form, and never in a paper that was frozen before."""

import io
import zipfile

import pypdf
import pytest
from flask import Flask

from audit_app.db import db
from audit_app.improvement.model import Meeting
from audit_app.organisation import operations
from audit_app.organisation.looks import Look
from audit_app.reporting.contents.sample_look import look_sample
from audit_app.reporting.docx import docx
from audit_app.reporting.pdf import pdf
from tests import make
from tests.improvement import doing
from tests.organisation.pictures import logo
from tests.reporting.papers import MOMENT
from tests.reporting.test_plan_views import FORMS, address


def sample(look: Look | None) -> bytes:
    return pdf(look_sample(look, council="Northmere Council", unit="Northmere", produced_at=MOMENT))


def test_a_pdf_has_the_logo_once_with_its_words_and_the_colour_in_its_headings() -> None:
    made = sample(Look(1, "#7a1f5c", logo()))
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    assert [len(page.images) for page in pages] == [1] + [0] * (len(pages) - 1)
    drawn = pages[0].get_contents()
    assert drawn is not None
    assert b".478431 .121569 .360784 rg" in drawn.get_data()
    assert b".478431 .121569" not in pypdf.PdfReader(io.BytesIO(sample(None))).pages[0].get_contents().get_data()  # type: ignore[union-attr]
    assert made == sample(Look(1, "#7a1f5c", logo()))


def test_a_word_document_has_the_same() -> None:
    paper = look_sample(Look(1, "#7a1f5c", logo()), council="Northmere Council", unit="Northmere", produced_at=MOMENT)
    made = docx(paper)
    assert made == docx(paper)
    with zipfile.ZipFile(io.BytesIO(made)) as whole:
        assert whole.read("word/media/image1.png") == logo().png
        assert b'descr="Logo of Northmere Council"' in whole.read("word/document.xml")
        assert whole.read("word/styles.xml").count(b'w:val="7A1F5C"') == 2


@pytest.fixture
def held(app: Flask) -> tuple[make.Authority, Meeting]:
    made = make.authority()
    return made, doing.frozen(made, doing.plan(made))


def test_a_paper_frozen_before_keeps_its_look_and_one_made_after_has_the_new_one(
    app: Flask, held: tuple[make.Authority, Meeting]
) -> None:
    made, meeting = held
    board = make.client_of(app, made.board)
    before = [board.get(address(meeting, f".{form}")).data for form in FORMS]
    page = board.get(address(meeting)).text
    operations.draft_look(made.root, 0, "#7a1f5c", logo(), by=made.admin.id)
    operations.use_look(made.root, 1, by=made.admin.id)
    db.session.commit()
    assert [board.get(address(meeting, f".{form}")).data for form in FORMS] == before
    assert "/logo.png" not in page
    assert "/logo.png" not in board.get(address(meeting)).text
    coming = doing.meeting(made, meeting.board.plans[0], in_days=9)
    db.session.commit()
    draft = board.get(address(coming)).text
    assert "/logo.png" in draft
    assert "colours.css" in draft
