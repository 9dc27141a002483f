"""The evidence of an audit and of a round: the same in every form, recorded, and only what its reader may see."""

import datetime as dt
import io
import re

import docx as reader
import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from pypdf import PdfReader

from audit_app.auditing import operations as auditing
from audit_app.auditing.model import Audit
from audit_app.cases.model import CaseList, CaseListEntry
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.history.queries import entries_of
from audit_app.moderation import operations as moderation
from audit_app.moderation.model import Route
from audit_app.packs.evidence import deepened
from audit_app.reporting.document import Heading, Part, Text
from audit_app.sampling import operations as sampling
from audit_app.sampling.terms import DrawTerms
from tests import make
from tests.measures import world


@pytest.fixture
def made(app: Flask) -> make.Authority:
    return make.authority()


@pytest.fixture
def head(app: Flask, made: make.Authority) -> FlaskClient:
    return make.client_of(app, made.head)


def changed(made: make.Authority) -> Audit:
    """An audit whose grades a senior moderator changed."""
    audit = world.handed_in(made)
    world.moderated(audit, made.senior, "requires_improvement")
    db.session.commit()
    return audit


def words_of_pdf(data: bytes) -> str:
    """The words of a PDF on one line."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))


def words_of_docx(data: bytes) -> str:
    """The words of a Word document."""
    word = reader.Document(io.BytesIO(data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in word.paragraphs), *cells])


def words_of_xlsx(data: bytes) -> str:
    """The words of a workbook."""
    book = load_workbook(io.BytesIO(data))
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)


@pytest.mark.parametrize("of", ["audits", "rounds"])
def test_the_evidence_says_in_every_form_who_changed_which_grade_and_why(
    of: str, made: make.Authority, head: FlaskClient
) -> None:
    audit = changed(made)
    address = f"/evidence/{of}/{audit.id if of == 'audits' else made.round.id}"
    page = head.get(address)
    assert page.status_code == 200
    for form in ("pdf", "docx", "xlsx", "ods"):
        assert f'href="{address}.{form}"' in page.text
    said = {
        "page": page.text,
        "pdf": words_of_pdf(head.get(f"{address}.pdf").data),
        "docx": words_of_docx(head.get(f"{address}.docx").data),
        "xlsx": words_of_xlsx(head.get(f"{address}.xlsx").data),
    }
    for form, words in said.items():
        for expected in (made.senior.name, made.manager.name, "Requires improvement", "drift", "Random draw"):
            assert expected in words, (form, expected)
    assert head.get(f"{address}.ods").mimetype == "application/vnd.oasis.opendocument.spreadsheet"


def test_opening_the_evidence_is_recorded_with_each_audit(made: make.Authority, head: FlaskClient) -> None:
    audit = changed(made)
    subject, round_id = audit.subject, made.round.id
    head.get(f"/evidence/audits/{audit.id}.docx")
    assert entries_of(subject, limit=1)[0].body == {"form": "evidence, docx"}
    head.get(f"/evidence/rounds/{round_id}")
    assert entries_of(subject, limit=1)[0].body == {"evidence": round_id}
    assert entries_of(f"round:{round_id}", limit=1)[0].kind == "evidence.downloaded"


def test_the_evidence_of_a_drawn_case_tells_its_draw(made: make.Authority, head: FlaskClient) -> None:
    audit = _drawn(made)
    reference = audit.case.reference
    page = head.get(f"/evidence/audits/{audit.id}").text
    for expected in (
        f"Case {reference} was drawn.",
        "a-seed",
        "Chance of this case",
        "100%",
        "Fingerprint of the draw",
    ):
        assert expected in page
    whole = head.get(f"/evidence/rounds/{made.round.id}").text
    for expected in ("How the sample was drawn", "a-seed", "Left out before the draw", "In the order of the draw"):
        assert expected in whole


def _drawn(made: make.Authority) -> Audit:
    """A handed-in audit of a case that was drawn from a list."""
    case = make.case(made, made.teams[1])
    kept = CaseList(
        authority_id=made.root.id,
        filename="list.xlsx",
        file_hash="a hash",
        taken_on=today(),
        loaded_at=now(),
        loaded_by=made.officer.id,
        summary={"recognised": [], "left_out": [], "warnings": [], "more_warnings": 0, "notes": [], "joined": 0},
        read=1,
        held=0,
        refused=0,
    )
    db.session.add(kept)
    db.session.flush()
    made.round.case_list_id = kept.id
    entry = CaseListEntry(
        list_id=kept.id,
        case_id=case.id,
        unit_id=case.unit_id,
        worker=case.worker,
        category=case.category,
        attributes={},
    )
    db.session.add(entry)
    db.session.flush()
    sampling.draw(made.round, DrawTerms("simple", 1, "a-seed"), by=made.officer.id)
    audit = auditing.allocate(
        made.round, case.id, case.unit, case.category, made.manager, inclusion_probability=1.0, by=made.officer.id
    )
    for section in audit.tool.sections_for(audit.category):
        auditing.save(audit, section.key, make.draft(section), 0, by=make.actor(made.manager))
    auditing.hand_in(audit, audit.version_id, by=make.actor(made.manager))
    db.session.commit()
    return audit


def test_a_case_without_a_draw_is_said_to_be_given_out_by_hand(made: make.Authority, head: FlaskClient) -> None:
    audit = changed(made)
    assert "given out by hand" in head.get(f"/evidence/audits/{audit.id}").text


def test_what_its_reader_judges_blind_is_not_in_the_evidence(made: make.Authority, head: FlaskClient) -> None:
    seen, hidden = changed(made), make.handed_in(made)
    due_on = today() + dt.timedelta(days=5)
    given = {"route": Route.RANDOM, "blind": True, "due_on": due_on, "inclusion_probability": 0.5}
    moderation.give(hidden, made.head, "senior", by=made.officer.id, **given)  # type: ignore[arg-type]
    db.session.commit()
    page = head.get(f"/evidence/rounds/{made.round.id}").text
    assert seen.case.reference in page
    assert hidden.case.reference not in page
    assert "1 audit that you judge blind just now is left out of everything here." in page
    assert head.get(f"/evidence/audits/{hidden.id}").status_code == 404


@pytest.mark.parametrize("who", ["senior", "manager", "board", "external", "admin"])
def test_only_the_officer_and_the_head_of_service_take_evidence(who: str, app: Flask, made: make.Authority) -> None:
    audit = changed(made)
    browser = make.client_of(app, made.people[who])
    assert browser.get(f"/evidence/audits/{audit.id}").status_code == 403
    assert browser.get(f"/evidence/rounds/{made.round.id}.pdf").status_code == 403


def test_a_draft_is_nobodys_evidence(made: make.Authority, head: FlaskClient) -> None:
    assert head.get(f"/evidence/audits/{make.written(made).id}").status_code == 404
    page = head.get(f"/evidence/rounds/{made.round.id}").text
    assert "Audits not handed in" in page
    assert "No audit of this round is handed in that you may read." in page


def test_a_paper_within_a_paper_has_deeper_headings_but_never_too_deep() -> None:
    parts: list[Part] = [Heading(1, "A"), Text("x"), Heading(2, "B"), Heading(3, "C")]
    assert [part.level for part in deepened(parts, 1) if isinstance(part, Heading)] == [2, 3, 3]
