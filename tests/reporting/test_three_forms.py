"""The paper of an audit in its three forms: page, PDF and Word document say the same words in the same order."""

import io

import docx as reader
import pypdf
import pytest
from docx.oxml.ns import qn
from flask import Flask, get_template_attribute

from audit_app.auditing.model import Audit
from audit_app.db import db
from audit_app.reporting.contents.audit import audit_paper
from audit_app.reporting.document import Facts, Heading, Part, Table, Text
from audit_app.reporting.docx import docx
from audit_app.reporting.pdf import pdf
from audit_app.reporting.queries import audits
from audit_app.reporting.words import paragraphs
from tests import make
from tests.actions import doing as acting
from tests.measures import world
from tests.reporting.papers import MOMENT, ROOT
from tests.web.markup import read, text, with_class


def bare(words: str) -> str:
    """Words without any space between them: lines break elsewhere in each form."""
    return "".join(words.split())


def pieces(part: Part) -> list[str]:
    """The words of one part, in the order in which they are read."""
    match part:
        case Heading():
            return [part.text]
        case Text():
            return list(part.paragraphs)
        case Facts():
            return [one for row in part.shown_rows for one in row]
        case Table():
            heads = [column.name for column in part.columns]
            return [part.caption, *heads, *(cell for row in part.shown_rows for cell in row), *paragraphs(part.note)]
        case _:
            words = [getattr(part, name, "") for name in ("title", "prompt", "label", "text")]
            return [one for one in (*words, *getattr(part, "items", ())) if one]


def on_page(html: str) -> str:
    """The words of a paper's page, without its list of contents."""
    (whole,) = with_class(read(html), "paper")
    for parent in whole.iter():
        for child in [one for one in parent if one.tag == "nav"]:
            parent.remove(child)
    return bare(text(whole))


def in_word(body: bytes) -> str:
    """The words of a Word document, tables in their place."""
    lines = reader.Document(io.BytesIO(body)).element.body.iter(qn("w:p"))
    return bare("".join("".join(run.text or "" for run in line.iter(qn("w:t"))) for line in lines))


def in_pdf(body: bytes) -> str:
    """The words of a PDF, without what runs on every page."""
    found = []
    for number, page in enumerate(pypdf.PdfReader(io.BytesIO(body)).pages, 1):
        lines = page.extract_text().splitlines()
        running = ("OFFICIAL-SENSITIVE", "DRAFT", f"Page {number} of", "History receipt:", "Northmere Council · ")
        found += [line for line in lines if not line.startswith(running)]
    return bare("".join(found))


@pytest.fixture
def made(app: Flask) -> make.Authority:
    return make.authority()


@pytest.fixture
def stories(made: make.Authority) -> dict[str, int]:
    """An audit that was moderated with a grade changed, one with actions for the child, and a draft."""
    changed, acted, draft = world.handed_in(made), acting.given(made, made.other_manager).audit, make.written(made)
    world.moderated(changed, made.senior, "requires_improvement")
    db.session.commit()
    return {"moderated": changed.id, "with actions": acted.id, "a draft": draft.id}


@pytest.mark.parametrize("story", ["moderated", "with actions", "a draft"])
def test_the_page_the_pdf_and_the_word_document_hold_equal_contents(
    story: str, app: Flask, made: make.Authority, stories: dict[str, int]
) -> None:
    who = make.actor(made.manager if story == "a draft" else made.head)
    audit = db.session.get_one(Audit, stories[story])
    paper = audit_paper(audits.material_of(audit, who), council="Northmere Council", produced_at=MOMENT, receipt=ROOT)
    with app.test_request_context():
        page = get_template_attribute("reporting/document.html", "paper")(paper)
    said = {"page": on_page(page), "PDF": in_pdf(pdf(paper)), "Word": in_word(docx(paper))}
    expected = [bare(one) for part in paper.parts for one in pieces(part) if one.strip()]
    assert len(expected) > 40
    for name, whole in said.items():
        at, between = 0, 0
        for one in expected:
            found = whole.find(one, at)
            assert found >= 0, (name, one, whole[at : at + 200])
            between += found - at
            at = found + len(one)
        # Nothing else stands between: bullets, counting, and headings of a table that goes over a page.
        assert between < 0.06 * len(whole), (name, between, len(whole))
