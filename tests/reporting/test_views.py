"""The pages and files of reports: who may have them, what they hold, and that taking them is recorded."""

import csv
import io
import re
from collections.abc import Callable

import openpyxl
import page
import pypdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from audit_app.auditing.model import Audit
from audit_app.db import db
from audit_app.history.queries import checkpoint, entries_of
from audit_app.organisation import operations as organisation
from audit_app.reporting.contents.pairs import HEADER
from tests import make
from tests.measures import world
from tests.web.markup import read, text, with_class

Client = Callable[[str], FlaskClient]
PAPERS = ("/audits/{}.pdf", "/audits/{}/print")


@pytest.fixture
def made(app: Flask) -> make.Authority:
    return make.authority()


@pytest.fixture
def client(app: Flask, made: make.Authority) -> Client:
    return lambda who: make.client_of(app, made.people[who])


def words(answer: TestResponse) -> str:
    """What a PDF says, in one line."""
    pages = pypdf.PdfReader(io.BytesIO(answer.data)).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())


def rules_broken(answer: TestResponse) -> int:
    return len(page.validate_pdf_bytes(answer.data, profile="pdfua-1").failures)


def rows_of(answer: TestResponse) -> list[list[str]]:
    """The rows of a CSV file."""
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def lively(made: make.Authority) -> list[Audit]:
    """A round with thirteen audits, four of them moderated."""
    audits = [world.handed_in(made) for _ in range(12)]
    for audit in audits[:3]:
        world.moderated(audit, made.senior)
    world.moderated(audits[3], made.senior, "requires_improvement")
    audits.append(world.handed_in(made, "inadequate", team=made.teams[3]))
    db.session.commit()
    return audits


def test_an_audit_is_a_pdf_that_everybody_can_read(made: make.Authority, client: Client) -> None:
    audit = lively(made)[3]
    answer = client("head").get(f"/audits/{audit.id}.pdf")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert f'attachment; filename="audit-{audit.id}-' in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert rules_broken(answer) == 0
    said = words(answer)
    assert f"Audit of case {audit.case.reference}" in said
    assert "OFFICIAL-SENSITIVE" in said
    assert "Changed to: Requires improvement to be good" in said
    assert "The record shows drift." in said


def test_the_page_to_print_is_the_same_paper(made: make.Authority, client: Client) -> None:
    audit = lively(made)[3]
    answer = client("head").get(f"/audits/{audit.id}/print")
    tree = read(answer.text)
    assert len(tree.findall(".//h1")) == 1
    assert "The record shows drift." in answer.text
    assert with_class(tree, "paper")


def test_the_receipt_is_the_history_as_it_stood(app: Flask, made: make.Authority, client: Client) -> None:
    audit = lively(made)[0]
    browser = client("head")
    before = checkpoint()
    db.session.rollback()
    said = words(browser.get(f"/audits/{audit.id}.pdf"))
    assert f"History receipt: {before.size:,} entries, root {before.root}" in said


@pytest.mark.parametrize("address", PAPERS)
def test_taking_an_audit_away_is_recorded(address: str, made: make.Authority, client: Client) -> None:
    audit = lively(made)[0]
    client("head").get(address.format(audit.id))
    last = entries_of(audit.subject, limit=1)[0]
    assert (last.kind, last.actor_id) == ("audit.downloaded", made.head.id)
    assert last.body == {"form": "pdf" if address.endswith(".pdf") else "page"}


@pytest.mark.parametrize("address", PAPERS)
def test_a_blind_moderator_gets_no_paper_and_leaves_no_trace(
    address: str, made: make.Authority, client: Client
) -> None:
    audit = world.handed_in(made)
    kept = world.given(audit, made.senior, blind=True)
    db.session.commit()
    assert client("senior").get(address.format(audit.id)).status_code == 404
    assert "audit.downloaded" not in {entry.kind for entry in entries_of(audit.subject)}
    db.session.rollback()
    world.committed(kept, {})
    db.session.commit()
    assert client("senior").get(address.format(audit.id)).status_code == 200


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("manager", 200),  # the auditor
        ("other_manager", 200),  # of the case's own team
        ("far_manager", 404),
        ("senior", 200),
        ("head", 200),
        ("officer", 200),
        ("external", 404),  # not given to them
        ("board", 403),
        ("admin", 403),
    ],
)
def test_an_audit_is_a_paper_for_whoever_may_read_all_of_it(
    who: str, status: int, made: make.Authority, client: Client
) -> None:
    audit = world.handed_in(made)
    db.session.commit()
    browser = client(who)
    assert [browser.get(address.format(audit.id)).status_code for address in PAPERS] == [status] * 2


def test_who_only_sees_progress_gets_no_paper_but_the_auditor_gets_a_draft(
    made: make.Authority, client: Client
) -> None:
    audit = make.written(made)
    for who in ("officer", "head"):
        assert client(who).get(f"/audits/{audit.id}.pdf").status_code == 404
    said = words(client("manager").get(f"/audits/{audit.id}.pdf"))
    assert "This audit has not been handed in" in said
    assert "DRAFT" in said


def test_nobody_signed_in_is_sent_to_sign_in(app: Flask, made: make.Authority) -> None:
    browser = make.client_of(app, None)
    for path in ("/audits/1.pdf", "/audits/1/print", "/reports", "/reports/rounds/1", "/reports/rounds/1.pdf"):
        assert browser.get(path).status_code == 302


def test_the_audits_page_leads_to_its_papers(made: make.Authority, client: Client) -> None:
    audit = world.handed_in(made)
    db.session.commit()
    shown = client("head").get(f"/audits/{audit.id}").text
    for address in PAPERS:
        assert f'href="{address.format(audit.id)}"' in shown


def test_reports_are_listed_with_how_far_each_round_is(made: make.Authority, client: Client) -> None:
    assert "No round has a report yet." in client("board").get("/reports").text
    lively(made)
    for who, counts in (("head", ["13 of 13", "4"]), ("board", [])):  # to a board four would tell of single audits
        tree = read(client(who).get("/reports").text)
        cells = [text(cell) for cell in tree.findall(".//tbody//td")]
        assert cells == ["Monthly case-file audit", "Open", *counts, cells[-1]]
    assert f"/reports/rounds/{made.round.id}" in [link.get("href") for link in tree.findall(".//tbody//a")]


def test_a_rounds_report_says_what_the_measures_page_says(made: make.Authority, client: Client) -> None:
    lively(made)
    browser = client("head")
    report = " ".join(text(read(browser.get(f"/reports/rounds/{made.round.id}").text)).split())
    measures = read(browser.get("/measures").text)
    sentences = [text(one) for one in with_class(measures, "plain-words")[0].findall("./li")]
    told = [one for one in sentences if "validated" not in one]
    assert len(told) >= 4
    for sentence in told:
        assert " ".join(sentence.split()) in report


def test_a_rounds_report_is_a_pdf_that_everybody_can_read(made: make.Authority, client: Client) -> None:
    lively(made)
    answer = client("head").get(f"/reports/rounds/{made.round.id}.pdf")
    assert rules_broken(answer) == 0
    assert "The record shows drift." in words(answer)
    last = entries_of(f"round:{made.round.id}", limit=1)[0]
    assert (last.kind, last.actor_id, last.body) == ("report.downloaded", made.head.id, {"audience": "colleagues"})


@pytest.mark.parametrize("asked", ["", "?for=colleagues", "?for=everybody"])
def test_a_board_gets_a_paper_without_references_or_words(asked: str, made: make.Authority, client: Client) -> None:
    audits = lively(made)
    browser = client("board")
    answer = browser.get(f"/reports/rounds/{made.round.id}.pdf{asked}")
    assert rules_broken(answer) == 0
    both = words(answer) + browser.get(f"/reports/rounds/{made.round.id}{asked}").text
    assert "OFFICIAL-SENSITIVE" not in words(answer)
    assert not [audit.case.reference for audit in audits if audit.case.reference in both]
    assert "The record shows drift." not in both


def test_an_officer_may_make_the_paper_that_is_published(made: make.Authority, client: Client) -> None:
    lively(made)
    browser = client("officer")
    shown = browser.get(f"/reports/rounds/{made.round.id}").text
    assert f"/reports/rounds/{made.round.id}?for=public" in shown
    said = words(browser.get(f"/reports/rounds/{made.round.id}.pdf?for=public"))
    assert " OPEN " in said
    assert "OFFICIAL" not in said
    assert "The record shows drift." not in said


def test_who_judges_blind_reads_a_report_that_tells_nothing_of_it(made: make.Authority, client: Client) -> None:
    lively(made)
    held = world.handed_in(made, "outstanding")
    world.given(held, made.other_senior, blind=True)
    db.session.commit()
    browser = client("other_senior")
    shown = browser.get(f"/reports/rounds/{made.round.id}").text
    assert "1 audit that you judge blind just now is left out of every number here." in shown
    assert "of 13 audits" in shown
    assert "of 14 audits" not in shown
    assert held.case.reference not in shown
    assert "of 14 audits" in client("head").get(f"/reports/rounds/{made.round.id}").text
    said = words(browser.get(f"/reports/rounds/{made.round.id}.pdf"))
    assert "Outstanding 0 (0.0%) 0 (0.0%)" in said


@pytest.mark.parametrize("who", ["manager", "external", "admin"])
def test_reports_are_for_those_whose_role_reads_them(who: str, made: make.Authority, client: Client) -> None:
    browser = client(who)
    for path in ("/reports", f"/reports/rounds/{made.round.id}", f"/reports/rounds/{made.round.id}.pdf"):
        assert browser.get(path).status_code == 403


@pytest.mark.parametrize("who", ["manager", "senior", "external", "board", "admin"])
def test_pairs_are_for_those_whose_role_takes_them(who: str, made: make.Authority, client: Client) -> None:
    browser = client(who)
    assert [browser.get(f"/reports/pairs.{form}").status_code for form in ("csv", "xlsx")] == [403] * 2


def test_pairs_are_a_file_of_rows_with_the_filters_of_the_measures_page(made: make.Authority, client: Client) -> None:
    audits = lively(made)
    browser = client("officer")
    header, *rows = rows_of(browser.get("/reports/pairs.csv"))
    assert header == list(HEADER)
    assert [row[0] for row in rows] == [audit.case.reference for audit in audits[:4]]
    assert [row[8] for row in rows] == ["0", "0", "0", "1"]
    assert {row[9] for row in rows} == {"Random draw"}
    sections = rows_of(browser.get("/reports/pairs.csv?counting=section"))
    assert len(sections) > 4 * 10
    assert len(rows_of(browser.get(f"/reports/pairs.csv?unit={made.teams[3].id}"))) == 1


def test_taking_pairs_away_is_recorded_with_what_was_chosen(app: Flask, made: make.Authority, client: Client) -> None:
    lively(made)
    browser = client("head")
    size = checkpoint().size
    db.session.rollback()
    browser.get("/reports/pairs.csv?counting=section&unit=nowhere")
    assert checkpoint().size == size + 1
    entry = db.session.execute(db.text("select kind, actor_id from entry order by idx desc limit 1")).one()
    body = db.session.execute(db.text("select body from payload order by idx desc limit 1")).scalar_one()
    assert tuple(entry) == ("pairs.downloaded", made.head.id)
    assert '"filters":{"counting":"section"}' in re.sub(r"\s", "", body)


def test_no_cell_of_the_files_is_taken_for_a_formula(made: make.Authority, client: Client) -> None:
    organisation.rename(made.teams[1], "=cmd|' /C calc'!A0", by=made.admin.id)
    lively(made)
    browser = client("officer")
    assert {row[2] for row in rows_of(browser.get("/reports/pairs.csv"))[1:]} == {"'=cmd|' /C calc'!A0"}
    book = openpyxl.load_workbook(io.BytesIO(browser.get("/reports/pairs.xlsx").data))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_the_workbook_of_pairs_says_what_its_columns_and_the_figures_mean(made: make.Authority, client: Client) -> None:
    lively(made)
    answer = client("officer").get("/reports/pairs.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == ["About", "Pairs of judgements", "Definitions"]
    sheet = book["Pairs of judgements"]
    assert [cell.value for cell in sheet[1]] == list(HEADER)
    assert sheet.max_row == 5
    terms = {row[0].value for row in book["Definitions"].iter_rows()}
    assert {*HEADER, "Inflation gap", "Net bias"} <= terms
    about = {row[0].value: row[1].value for row in book["About"].iter_rows()}
    assert about["Marking"] == "OFFICIAL-SENSITIVE"
    assert about["Unit"] == "All that I may see"


def test_the_measures_page_leads_to_the_pairs_for_those_who_may_take_them(made: make.Authority, client: Client) -> None:
    assert "/reports/pairs.csv?counting=section" in client("head").get("/measures?counting=section").text
    assert "/reports/pairs" not in client("senior").get("/measures").text


@pytest.mark.parametrize(
    "path", ["/reports/rounds/2000000000", "/reports/rounds/2000000000.pdf", "/audits/2000000000.pdf"]
)
def test_what_is_not_there_is_not_found(path: str, made: make.Authority, client: Client) -> None:
    assert client("head").get(path).status_code == 404
