"""Taking papers away: blank tools, and an audit for the child's record."""

import io
from collections.abc import Callable

import docx as reader
import pytest
from flask import Flask
from flask.testing import FlaskClient

from audit_app.db import db
from audit_app.history.queries import entries_of
from tests import make
from tests.measures import world
from tests.web.markup import read, with_class

Client = Callable[[str], FlaskClient]


@pytest.fixture
def made(app: Flask) -> make.Authority:
    return make.authority()


@pytest.fixture
def client(app: Flask, made: make.Authority) -> Client:
    return lambda who: make.client_of(app, made.people[who])


def said(data: bytes) -> str:
    """The words of a Word document."""
    word = reader.Document(io.BytesIO(data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in word.paragraphs), *cells])


def test_the_blank_tool_is_offered_on_the_tools_page_in_three_forms(made: make.Authority, client: Client) -> None:
    browser = client("manager")
    shown = browser.get(f"/tools/{made.tool.id}").text
    for form in ("", ".pdf", ".docx"):
        address = f"/tools/{made.tool.id}/blank{form}"
        assert f'href="{address}"' in shown
        assert browser.get(address).status_code == 200
    tree = read(browser.get(f"/tools/{made.tool.id}/blank").text)
    assert with_class(tree, "paper__boxes")
    assert with_class(tree, "paper__room")


@pytest.mark.parametrize("form", ["page", "pdf", "docx"])
def test_the_blank_tool_of_ones_own_audit_is_recorded(form: str, made: make.Authority, client: Client) -> None:
    audit = make.written(made)
    browser = client("manager")
    address = f"/audits/{audit.id}/blank" + ("" if form == "page" else f".{form}")
    assert f'href="{address}"' in browser.get(f"/audits/{audit.id}/edit").text
    assert browser.get(address).status_code == 200
    last = entries_of(audit.subject, limit=1)[0]
    assert (last.kind, last.actor_id, last.body) == ("audit.blank_taken", made.manager.id, {"form": form})


def test_the_blank_tool_of_an_audit_has_its_case_and_nothing_that_was_written(
    made: make.Authority, client: Client
) -> None:
    audit = make.written(made)
    words = said(client("manager").get(f"/audits/{audit.id}/blank.docx").data)
    assert audit.case.reference in words
    assert "Seen in the record" not in words


def test_only_its_auditor_takes_the_blank_tool_of_an_audit_and_not_after_hand_in(
    made: make.Authority, client: Client
) -> None:
    audit = make.written(made)
    assert client("head").get(f"/audits/{audit.id}/blank.pdf").status_code == 404
    handed_in = world.handed_in(made)
    db.session.commit()
    assert client("manager").get(f"/audits/{handed_in.id}/blank.pdf").status_code == 422


def test_an_audit_is_a_word_document_too(made: make.Authority, client: Client) -> None:
    audit = world.handed_in(made)
    db.session.commit()
    answer = client("head").get(f"/audits/{audit.id}.docx")
    assert answer.headers["Content-Disposition"].endswith('.docx"')
    assert f"Audit of case {audit.case.reference}" in said(answer.data)
    assert entries_of(audit.subject, limit=1)[0].body == {"form": "docx"}


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_copy_for_the_record_is_offered_and_recorded(form: str, made: make.Authority, client: Client) -> None:
    audit = world.handed_in(made)
    db.session.commit()
    browser = client("head")
    address = f"/audits/{audit.id}/for-record.{form}"
    assert f'href="{address}"' in browser.get(f"/audits/{audit.id}").text
    answer = browser.get(address)
    assert answer.status_code == 200
    assert f'filename="audit-for-record-{audit.id}-' in answer.headers["Content-Disposition"]
    last = entries_of(audit.subject, limit=1)[0]
    assert (last.kind, last.body) == ("audit.downloaded", {"form": f"for the record, {form}"})


def test_the_copy_for_the_record_names_no_auditor(made: make.Authority, client: Client) -> None:
    audit = world.handed_in(made)
    world.moderated(audit, made.senior, "requires_improvement")
    db.session.commit()
    words = said(client("head").get(f"/audits/{audit.id}/for-record.docx").data)
    assert "Team manager" in words
    assert made.manager.name not in words
    assert "The record shows drift." not in words
    assert "Senior moderator" in words


def test_an_audit_that_is_being_moderated_is_not_filed_yet(made: make.Authority, client: Client) -> None:
    audit = world.handed_in(made)
    world.given(audit, made.senior, blind=False)
    db.session.commit()
    browser = client("head")
    assert "for-record" not in browser.get(f"/audits/{audit.id}").text
    answer = browser.get(f"/audits/{audit.id}/for-record.pdf")
    assert answer.status_code == 422
    assert "with senior moderator" in answer.text
    assert "audit.downloaded" not in {entry.kind for entry in entries_of(audit.subject)}
