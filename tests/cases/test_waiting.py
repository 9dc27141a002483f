"""The pages of a list that waits for a yes, as the audit officer sees them and as others do not."""

import datetime as dt

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from audit_app.access.table import Role
from audit_app.cases.forms import ColumnFields
from audit_app.cases.model import CaseList, CaseRecord, ColumnMapping, StagedList
from audit_app.clock import now
from audit_app.db import db
from tests import make
from tests.browsing import hidden_of, send
from tests.cases.books import LIST_6, line_6, workbook_of_sheets, xlsx
from tests.cases.handing import carried_out, hand_over, said_yes, upload, waiting
from tests.cases.loading import DAY, book, generated, lines, loaded
from tests.web.markup import one, read, text, with_class

LATER = DAY + dt.timedelta(days=30)


@pytest.fixture
def made(app: Flask) -> make.Authority:
    return make.authority()


@pytest.fixture
def officer(app: Flask, made: make.Authority) -> FlaskClient:
    return make.client_of(app, made.officer)


def words(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return text(one(read(answer.text), ".//main"))


def count(table: type[CaseList | CaseRecord | StagedList | ColumnMapping]) -> int:
    return db.session.execute(select(func.count()).select_from(table)).scalar_one()


def mean(client: FlaskClient, address: str, said: dict[str, str], called: str = "Our report", **more: str) -> str:
    """Say what the columns of the one table hold, by their places; gives what the answer leads to, or its page."""
    page = f"{address}/columns/0"
    version = hidden_of(client.get(page).text)["version"]
    answer = carried_out(
        client, send(client, f"{page}/read", page=page, **{"version": version, "called": called, **said, **more})
    )
    return answer.location or answer.text


def test_a_preview_says_everything_before_anything_is_stored(officer: FlaskClient, made: make.Authority) -> None:
    loaded(made, book(*lines(made, "1", "2")))
    headings, team = (*LIST_6, "Child Forename", "Favourite colour"), made.teams[0].name
    content = xlsx(
        headings,
        (*line_6("1", Allocated_Team=team, Case_status="b) CP", Date_of_Birth="04/03/2012"), "Jayden", "Blue"),
        (*line_6("1.2E+07", Allocated_Team=team), "Priya", "Red"),
        (*line_6("4", Allocated_Team="North Hub"), "Kofi", ""),
        (*line_6("5", Allocated_Team=team, Case_status="z) Pending"), "Ada", ""),
        (*line_6(None), "Grace", ""),
    )
    address = waiting(officer, content, day=LATER)
    page = words(officer, address)
    for said in (
        "Nothing is stored as a case yet",
        "Would be read 2 cases",
        "Would be held 2 rows",
        "Would be refused 1 row",
        "“North Hub” (1 row)",
        "z) Pending",
        "One of: Looked after child",
        "Since the list of 1 June 2026 New 1 case",
        "Changed 1 case (case status 1",
        "No longer on the list 1 case, kept as they are",
        "List 6: Children in need",
        "Child Forename",
        "It looks like people’s names",
        "Only the age band is kept",
        "1.2E+07",
        "Excel has shortened this one",
        "Favourite colour",
    ):
        assert said in page, said
    assert "Jayden" not in page
    assert count(CaseList) == 1
    assert "Rows that would be refused" in words(officer, f"{address}/refused")
    assert "4" in words(officer, f"{address}/held")
    assert "Case status: Child in need plan → Child protection plan" in words(officer, f"{address}/changed")
    assert "2" in words(officer, f"{address}/gone")
    csv = officer.get(f"{address}/problems.csv")
    assert csv.headers["Content-Disposition"].startswith("attachment")
    assert "Held,List_6,5,Case status,z) Pending" in csv.text


def test_the_rows_with_problems_are_shown_a_page_at_a_time(officer: FlaskClient) -> None:
    address = waiting(officer, xlsx(LIST_6, *((number,) for number in range(1, 41))))
    first = read(officer.get(f"{address}/held").text)
    assert len(first.findall(".//tbody/tr")) == 25
    more = with_class(first, "govuk-pagination__link")[0].get("href")
    second = officer.get(f"{address}/held{more}").text
    assert len(read(second).findall(".//tbody/tr")) == 25
    for nonsense in ("?after=x", "?after=99999", "?before=-1", "?after=9999999999999999"):
        assert officer.get(f"{address}/held{nonsense}").status_code == 200


def test_a_cell_of_the_downloaded_problems_cannot_run_as_a_formula(officer: FlaskClient) -> None:
    address = waiting(officer, xlsx(LIST_6, line_6("1", Case_status="=HYPERLINK(1)")))
    assert "'=HYPERLINK(1)" in officer.get(f"{address}/problems.csv").text


def test_cancelling_keeps_nothing_and_says_so(officer: FlaskClient, made: make.Authority) -> None:
    address = waiting(officer, book(*lines(made, "1")), "June.xlsx")
    assert "June.xlsx" in words(officer, "/case-lists")
    answer = send(officer, f"{address}/cancel", page=address)
    assert "“June.xlsx” was not loaded, and nothing of it is kept." in words(officer, answer.location)
    assert (count(StagedList), count(CaseList)) == (0, 0)
    assert officer.get(address).status_code == 404


def test_a_preview_whose_day_is_over_is_said_to_be_gone(officer: FlaskClient, made: make.Authority) -> None:
    address = waiting(officer, book(*lines(made, "1")))
    db.session.execute(select(StagedList)).scalar_one().expires_at = now()
    db.session.commit()
    answer = officer.get(address)
    assert answer.location == "/case-lists"
    assert "what was read is erased after one day" in words(officer, "/case-lists")


def test_a_preview_is_its_readers_own(app: Flask, officer: FlaskClient, made: make.Authority) -> None:
    address = waiting(officer, book(*lines(made, "1")))
    colleague = make.client_of(app, make.person("Officer Two", Role.AUDIT_OFFICER, made.root))
    for part in ("", "/held", "/new", "/columns", "/columns/0", "/problems.csv"):
        assert colleague.get(f"{address}{part}").status_code == 404
    for part in ("load", "cancel", "columns/0/read"):
        assert send(colleague, f"{address}/{part}", page="/case-lists/new").status_code == 404


def test_of_two_people_the_second_is_shown_what_changed(app: Flask, officer: FlaskClient, made: make.Authority) -> None:
    colleague = make.client_of(app, make.person("Officer Two", Role.AUDIT_OFFICER, made.root))
    mine = waiting(officer, book(*lines(made, "1", "2")), "mine.xlsx", LATER)
    upload(colleague, book(*lines(made, "1")), "theirs.xlsx")
    answer = said_yes(officer, mine)
    assert answer.location == mine
    page = words(officer, mine)
    assert "Nothing was loaded yet: this changed while you looked" in page
    assert "The list “theirs.xlsx”, taken on 1 June 2026, was loaded" in page
    assert "New 1 case" in page
    assert said_yes(officer, mine).location.startswith("/case-lists/")
    assert count(CaseList) == 2


def test_a_yes_from_an_older_window_is_answered_with_the_preview_as_it_is(
    officer: FlaskClient, made: make.Authority
) -> None:
    address = waiting(officer, book(*lines(made, "1")))
    answer = said_yes(officer, address, version="99")
    assert answer.status_code == 409
    assert "This preview was made anew in another window" in answer.text
    assert count(CaseList) == 0


def test_a_second_yes_finds_nothing_to_load(officer: FlaskClient, made: make.Authority) -> None:
    address = waiting(officer, book(*lines(made, "1")))
    assert said_yes(officer, address).status_code == 303
    assert send(officer, f"{address}/load", page="/case-lists/new", version="1").status_code == 404
    assert count(CaseList) == 1


def test_columns_of_an_own_list_are_asked_for_with_examples_and_remembered(
    officer: FlaskClient, made: make.Authority
) -> None:
    team = made.teams[0].name
    content = (
        f"Number;Sort;Team;Locality;Child forename\n00123;CIN;{team};North;Jayden\n7;CP;{team};South;Ada\n".encode()
    )
    answer = hand_over(officer, content, "June report.csv")
    assert answer.location.endswith("/columns")
    address = answer.location.removesuffix("/columns")
    assert officer.get(answer.location).location == f"{address}/columns/0"
    page = officer.get(f"{address}/columns/0").text
    for seen in ("00123, 7", "North, South", "It looks like people’s names", 'value="June report"'):
        assert seen in page
    assert "Jayden" not in page
    said = {ColumnFields.of(place).holds: what for place, what in enumerate(("reference", "category", "team", "extra"))}
    assert mean(officer, address, said, **{ColumnFields.of(3).name: "Area"}) == address
    assert "The columns were read as you said for “Our report”." in words(officer, address)
    said_yes(officer, address)
    found = {case.reference: case.attributes for case in db.session.execute(select(CaseRecord)).scalars()}
    assert found == {"00123": {"area": "North"}, "7": {"area": "South"}}
    more = (
        content.replace(b"Locality", b"Ward;Locality").replace(b";North", b";W1;North").replace(b";South", b";W2;South")
    )
    july = waiting(officer, more, "July report.csv", LATER)
    page = words(officer, july)
    assert "The columns were read as you said for “Our report”." in page
    assert "This file has columns that were not there before: Ward." in page
    assert "New" in text(one(read(officer.get(f"{july}/columns/0").text), ".//table"))


def test_a_mapping_that_cannot_be_used_is_answered_with_why_and_keeps_what_was_chosen(
    officer: FlaskClient, made: make.Authority
) -> None:
    answer = hand_over(officer, b"Number;Sort;Other\n1;CIN;x\n", "report.csv")
    address = answer.location.removesuffix("/columns")
    first, second = ColumnFields.of(0), ColumnFields.of(1)
    page = mean(officer, address, {first.holds: "team", second.holds: "team"})
    assert "Say which column holds the child’s reference." in page
    assert "Two columns are said to hold “Team”. Choose one." in page
    assert '<option value="team" selected>' in page
    chosen = {first.holds: "reference", second.holds: "extra", second.name: "Worker"}
    assert "“worker” is a name already in use" in mean(officer, address, chosen)
    assert "Enter what you call this kind of list" in mean(officer, address, {first.holds: "reference"}, called="")
    assert mean(officer, address, {first.holds: "nothing of the kind"}).startswith("<!")
    assert count(ColumnMapping) == 0


def test_of_several_sheets_one_is_chosen(officer: FlaskClient) -> None:
    content = workbook_of_sheets(
        {
            "Summary": [("What", "How many", "When"), ("Open", "12", "June")],
            "Cases": [("Number", "Sort", "Crew"), ("1", "CIN", "A")],
        }
    )
    answer = hand_over(officer, content, "report.xlsx")
    page = words(officer, answer.location)
    assert "Which sheet holds the cases?" in page
    assert "Summary" in page
    assert officer.get(f"{answer.location}/1").status_code == 200
    assert officer.get(f"{answer.location}/7").status_code == 404


def test_what_the_columns_mean_can_be_changed_from_the_preview(officer: FlaskClient, made: make.Authority) -> None:
    address = waiting(officer, book(*lines(made, "1")))
    assert "Change what the columns mean" in words(officer, address)
    whole = generated(made, size=30)
    assert "Change what the columns mean" not in words(officer, waiting(officer, whole))
