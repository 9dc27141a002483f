"""Words of letters and papers: edited with a preview, every version kept, placeholders checked, always as text."""

import io
import re

import docx as reader
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from audit_app.clock import now
from audit_app.db import db
from audit_app.history.queries import entries_of
from audit_app.notices.kinds import Kind
from audit_app.notices.operations.writing import words
from audit_app.refusal import Refused, Stale
from audit_app.reporting.document import Document, Text
from audit_app.reporting.docx import docx
from audit_app.reporting.pdf import pdf
from audit_app.reporting.standing import kinds, pieces, with_standing_words
from audit_app.wording import operations, queries
from audit_app.wording.placeholders import filled, problems_of
from tests import make
from tests.web.markup import read

LETTER = "letter-allocated"
OWN = {
    "subject": "A case for you ({month})",
    "subject_many": "{count} cases for you",
    "one": "Please audit it by {due}.",
    "many": "The first is due on {due}.",
    "page": "Case {case} is yours.",
}


@pytest.fixture
def made(either_app: Flask) -> make.Authority:
    either_app.config["WTF_CSRF_ENABLED"] = False
    made = make.authority()
    db.session.commit()
    return made


@pytest.fixture
def officer(either_app: Flask, made: make.Authority) -> FlaskClient:
    return make.client_of(either_app, made.officer)


def test_an_unknown_placeholder_is_refused_with_its_line() -> None:
    assert problems_of("Hello\n{nmae}", ("name",), one_line=False) == ["{nmae} in line 2 is not known here."]
    assert problems_of("{name} {x}", ("name",), one_line=True) == ["{x} is not known here."]
    assert problems_of("{name", ("name",), one_line=True) == ["A brace stands alone."]
    assert problems_of("", (), one_line=False, may_be_empty=True) == []


def test_what_is_filled_in_is_never_a_placeholder_itself() -> None:
    assert filled("{name} and {due}", {"name": "{due}", "due": "x"}) == "{due} and x"


def test_every_usual_text_can_be_used_and_looked_at(either_app: Flask) -> None:
    assert {piece.group for piece in queries.offered().values()} == {"Letters and messages", "Papers"}
    for piece in queries.offered().values():
        usual = piece.usual()
        assert piece.problems(usual) == {}, piece.key
        assert piece.look(usual), piece.key


def test_edited_words_are_looked_at_kept_recorded_and_used(made: make.Authority, officer: FlaskClient) -> None:
    address = f"/wording/{LETTER}"
    assert address in officer.get("/wording").text
    form = OWN | {"version": "0"}
    seen = officer.post(f"{address}/preview", data=form)
    assert seen.status_code == 200
    assert "A case for you (June 2026)" in seen.text
    assert "Please audit it by 12 June 2026." in seen.text
    assert words().letters[Kind.ALLOCATED].one != OWN["one"], "looking keeps nothing"
    assert "in use from now on" in officer.post(address, data=form, follow_redirects=True).text
    assert words().letters[Kind.ALLOCATED].one == OWN["one"]
    last = entries_of(f"wording:{LETTER}", limit=1)[0]
    assert (last.kind, last.actor_id) == ("wording.changed", made.officer.id)
    assert last.body == {"number": 1, "parts": ["subject", "subject_many", "one", "many", "page"]}
    page = officer.get(address).text
    assert "Version 1, Officer One" in page
    assert "The usual words" in page


def test_words_that_cannot_be_used_are_refused_where_they_stand(made: make.Authority, officer: FlaskClient) -> None:
    answer = officer.post(f"/wording/{LETTER}", data=OWN | {"version": "0", "one": "For {case}, by {due}."})
    assert answer.status_code == 422
    assert "{case} is not known here." in answer.text, "a letter never names a case"
    assert "For {case}, by {due}." in answer.text
    assert queries.editions_of(LETTER) == []


def test_two_people_who_edit_at_once_lose_nothing(made: make.Authority, officer: FlaskClient) -> None:
    address = f"/wording/{LETTER}"
    officer.post(address, data=OWN | {"version": "0"})
    late = officer.post(address, data=OWN | {"version": "0", "one": "What I typed."})
    assert late.status_code == 409
    assert "What I typed." in late.text
    assert OWN["one"] in late.text
    assert officer.post(address, data=OWN | {"version": "1", "one": "What I typed."}).status_code == 302
    assert [one.number for one in queries.editions_of(LETTER)] == [2, 1]


def test_the_same_words_are_no_new_version(made: make.Authority) -> None:
    piece = queries.offered()[LETTER]
    with pytest.raises(Refused, match="in use already"):
        operations.edit(piece, piece.usual(), 0, by=made.officer.id)
    with pytest.raises(Stale):
        operations.edit(piece, OWN, 3, by=made.officer.id)


@pytest.mark.parametrize("who", ["head", "manager", "admin", "board"])
def test_only_the_audit_officer_edits_words(who: str, either_app: Flask, made: make.Authority) -> None:
    assert make.client_of(either_app, made.people[who]).get("/wording").status_code == 403


def test_own_words_stand_in_papers_as_text_in_every_form(
    either_app: Flask, made: make.Authority, officer: FlaskClient
) -> None:
    hostile = '<b onclick="x">Bold</b> & <img src="/etc/passwd"> of {council}'
    officer.post("/wording/paper-audit", data={"version": "0", "opening": hostile, "closing": ""})
    audit = make.handed_in(made)
    expected = hostile.replace("{council}", either_app.extensions["settings"].council_name)
    head = make.client_of(either_app, made.head)
    page = head.get(f"/audits/{audit.id}/print").text
    tree = read(page)
    assert expected in [" ".join("".join(part.itertext()).split()) for part in tree.iter("p")]
    assert not [part for part in tree.iter("img") if part.get("src") == "/etc/passwd"]
    assert expected in words_of_pdf(head.get(f"/audits/{audit.id}.pdf").data)
    assert expected in words_of_docx(head.get(f"/audits/{audit.id}.docx").data)
    seen = officer.get("/wording/paper-audit").text
    assert "<b onclick" not in seen


def words_of_pdf(data: bytes) -> str:
    """The words of a PDF on one line."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))


def words_of_docx(data: bytes) -> str:
    """The words of a Word document, a line a paragraph."""
    return "\n".join(line.text for line in reader.Document(io.BytesIO(data)).paragraphs)


@settings(max_examples=25)
@given(st.text(st.sampled_from("<>&\"'/=;:()ab é\\[]%#"), min_size=1, max_size=60))
@example("<para><a href='javascript:x'>x</a></para>")
@example("&lt;b&gt; ]]> <!-- x -->")
def test_whatever_is_typed_comes_back_as_text_from_pdf_and_word(typed: str) -> None:
    paper = with_standing_words(_paper(), {"opening": typed, "closing": ""})
    bare = "".join(typed.split())
    assert bare in "".join(words_of_pdf(pdf(paper)).split())
    assert bare in "".join(words_of_docx(docx(paper)).split())


def _paper() -> Document:
    return Document("T", "", "OFFICIAL", "FINAL", "Northmere", "", now(), (Text("x"),))


def test_empty_words_add_nothing_to_a_paper() -> None:
    paper = _paper()
    assert with_standing_words(paper, {"opening": " ", "closing": ""}) == paper
    assert {piece.key for piece in pieces("Northmere")} == {f"paper-{kind}" for kind in kinds()}
