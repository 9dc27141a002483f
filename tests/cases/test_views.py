"""The pages of case lists, as the audit officer sees them, and as others do not."""

import io
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from audit_app.access.table import Role
from audit_app.cases import queries
from audit_app.cases.forms import field_of
from audit_app.cases.model import CaseList, CaseListEntry, CaseRecord
from audit_app.clock import today
from audit_app.db import db
from audit_app.organisation import operations as organisation
from tests import make
from tests.browsing import send
from tests.cases.books import HOSTILE, LIST_6, line_6, xlsx
from tests.cases.handing import hand_over, upload, waiting
from tests.cases.loading import DAY, book, generated, lines, loaded
from tests.web.markup import one, read, text, with_class


@pytest.fixture
def made(app: Flask) -> make.Authority:
    return make.authority()


@pytest.fixture
def officer(app: Flask, made: make.Authority) -> FlaskClient:
    return make.client_of(app, made.officer)


def the_list() -> CaseList:
    return db.session.execute(select(CaseList)).scalar_one()


def kept() -> int:
    return db.session.execute(select(func.count()).select_from(CaseRecord)).scalar_one()


def words(answer: TestResponse) -> str:
    return text(one(read(answer.text), ".//main"))


def test_a_generated_list_of_1500_cases_is_loaded_in_the_browser(officer: FlaskClient, made: make.Authority) -> None:
    answer = upload(officer, generated(made, size=1500), "Annex A June.xlsx")
    assert answer.status_code == 303
    assert answer.location == f"/case-lists/{the_list().id}"
    page = officer.get(answer.location)
    assert "The case list is loaded: 1,500 cases read." in words(page)
    assert "Annex A June.xlsx" in words(page)
    assert "by Officer One" in words(page)
    foot = with_class(read(page.text), "table__foot")[0]
    assert text(foot).startswith("All teams")
    assert text(foot).endswith("1,500")


def test_the_first_page_says_what_to_do_where_there_is_no_list(officer: FlaskClient) -> None:
    page = officer.get("/case-lists")
    assert "No case list yet." in words(page)
    assert "Load a case list" in words(page)


def test_lists_are_shown_with_the_last_loaded_first(officer: FlaskClient, made: make.Authority) -> None:
    first = loaded(made, book(*lines(made, "1")), "first.xlsx")
    second = loaded(made, book(*lines(made, "2")), "second.xlsx", DAY - timedelta(days=40))
    page = words(officer.get("/case-lists"))
    assert second.id > first.id
    assert page.index("second.xlsx") < page.index("first.xlsx")


def test_what_was_held_and_refused_is_shown_with_its_place_and_why(officer: FlaskClient, made: make.Authority) -> None:
    content = book(*lines(made, "1"), line_6("2", Case_status="z) Pending"), line_6(None), *lines(made, "1"))
    upload(officer, content)
    held = words(officer.get(f"/case-lists/{the_list().id}/held"))
    for said in (
        "List_6",
        "3",
        "Case status",
        "z) Pending",
        "One of: Looked after child",
        "Allocated Team",
        "Team One",
    ):
        assert said in held
    refused = words(officer.get(f"/case-lists/{the_list().id}/refused"))
    assert "The child’s reference in the case system" in refused
    assert "One row for each child: row 2 of sheet “List_6” is the one read" in refused
    summary = words(officer.get(f"/case-lists/{the_list().id}"))
    assert "Why rows were held or refused" in summary
    assert "One row for each child1" in summary


def test_many_held_rows_are_shown_a_page_at_a_time(officer: FlaskClient, made: make.Authority) -> None:
    upload(officer, xlsx(LIST_6, *((number,) for number in range(1, 41))))
    address = f"/case-lists/{the_list().id}/held"
    first = read(officer.get(address).text)
    assert len(first.findall(".//tbody/tr")) == 25
    more = with_class(first, "govuk-pagination__link")[0].get("href")
    assert "80 problems" in text(one(first, ".//caption"))
    assert len(read(officer.get(f"{address}{more}").text).findall(".//tbody/tr")) == 25


def test_what_was_recognised_left_out_and_warned_of_is_shown(officer: FlaskClient, made: make.Authority) -> None:
    headings = (*LIST_6, "Child Forename", "Favourite colour")
    team = made.teams[0].name
    upload(
        officer, xlsx(headings, (*line_6(12, Allocated_Team=team, Gender="m", Ethnicity="Martian"), "Someone", "Blue"))
    )
    page = words(officer.get(f"/case-lists/{the_list().id}/columns"))
    for said in ("List 6: Children in need", "Child Forename", "never kept", "Favourite colour", "Martian", "numbers"):
        assert said in page
    assert "Someone" not in page


def test_the_same_file_again_changes_nothing_and_leads_to_its_list(officer: FlaskClient, made: make.Authority) -> None:
    content = generated(made, size=20)
    upload(officer, content)
    address = waiting(officer, content, "renamed.xlsx")
    page = officer.get(address)
    assert "This very file was loaded before, and read in the same way." in words(page)
    assert "Load this case list" not in page.text
    assert f'href="/case-lists/{the_list().id}"' in page.text
    assert kept() == 20


@pytest.mark.parametrize("case", ["a PDF", "an empty file", "macros by name", "a web page called Excel"])
def test_what_a_file_gives_away_at_first_sight_is_said_at_its_field(officer: FlaskClient, case: str) -> None:
    name, content, reason = HOSTILE[case]
    answer = hand_over(officer, content(), name)
    assert answer.status_code == 422
    tree = read(answer.text)
    assert reason.lower() in text(with_class(tree, "govuk-error-message")[0]).lower()
    assert text(one(tree, ".//title")).startswith("Error: ")


def test_a_file_that_is_too_large_is_refused_with_its_limit(app: Flask, officer: FlaskClient) -> None:
    answer = hand_over(officer, b"1,2,3\n" * 3_600_000, "a.csv")
    assert answer.status_code == 422
    assert "20 MB" in words(answer)
    assert hand_over(officer, bytes(25 * 1024 * 1024), "a.csv").status_code == 413


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"taken_on": ["", "", ""]}, "Enter the day that the list was taken"),
        ({"taken_on": ["31", "2", "2026"]}, "must be a real date"),
        ({"taken_on": ["1", "1", "2001"]}, "within the last five years"),
        ({"file": ""}, "Choose a file"),
    ],
)
def test_what_is_missing_is_asked_for_at_its_field(officer: FlaskClient, fields: dict[str, Any], said: str) -> None:
    whole: dict[str, Any] = {"file": FileStorage(io.BytesIO(b"x"), "a.csv"), "taken_on": ["1", "6", "2026"]}
    answer = send(officer, "/case-lists/new", **{**whole, **fields})
    assert answer.status_code == 422
    tree = read(answer.text)
    assert said in text(with_class(tree, "govuk-error-summary")[0])
    assert said in text(with_class(tree, "govuk-error-message")[0])


def test_a_list_cannot_have_been_taken_tomorrow(officer: FlaskClient, made: make.Authority) -> None:
    answer = upload(officer, book(*lines(made, "1")), day=today() + timedelta(days=1))
    assert answer.status_code == 422
    assert "must be today or in the past" in words(answer)
    assert kept() == 0


def test_foreign_fields_are_not_taken(officer: FlaskClient, made: make.Authority) -> None:
    assert upload(officer, book(*lines(made, "1")), loaded_by="1").status_code == 400


def test_naming_teams_reads_the_rows_that_waited(officer: FlaskClient, made: make.Authority) -> None:
    upload(officer, book(*lines(made, "1"), line_6("2", Allocated_Team="North Hub")))
    address = f"/case-lists/{the_list().id}/teams"
    assert "1 row waits only for their team" in words(officer.get(f"/case-lists/{the_list().id}"))
    page = officer.get(address).text
    assert "North Hub" in page
    own = made.teams[0]
    answer = send(
        officer,
        address,
        **{field_of("north hub"): str(made.teams[2].id), field_of(own.name.lower()): str(own.id)},
    )
    assert answer.status_code == 302
    assert "1 row that was held is now read" in words(officer.get(answer.location))
    assert the_list().held == 0


def test_a_team_can_be_moved_and_nothing_else_is_touched(officer: FlaskClient, made: make.Authority) -> None:
    upload(officer, book(*lines(made, "1"), *lines(made, "2", team=1)))
    first, second = made.teams[0], made.teams[1]
    answer = send(
        officer,
        f"/case-lists/{the_list().id}/teams",
        **{field_of(first.name.lower()): str(made.teams[3].id), field_of(second.name.lower()): str(second.id)},
    )
    assert "1 case moved to another unit" in words(officer.get(answer.location))
    assert {c.reference: c.unit_id for c in queries.placed_on(the_list().id)} == {"1": made.teams[3].id, "2": second.id}


def test_naming_nothing_is_answered_with_what_to_do(officer: FlaskClient, made: make.Authority) -> None:
    upload(officer, book(line_6("2", Allocated_Team="North Hub")))
    address = f"/case-lists/{the_list().id}/teams"
    answer = send(officer, address, **{field_of("north hub"): "0"})
    assert answer.status_code == 422
    assert "Choose a unit for at least one team name" in words(answer)
    assert send(officer, address, **{field_of("north hub"): "999999"}).status_code == 422


def test_somebody_who_came_second_is_told_that_there_is_nothing_left(
    officer: FlaskClient, made: make.Authority
) -> None:
    upload(officer, book(line_6("2", Allocated_Team="North Hub")))
    address, chosen = f"/case-lists/{the_list().id}/teams", {field_of("north hub"): str(made.teams[2].id)}
    assert send(officer, address, **chosen).status_code == 302
    assert send(officer, address, **chosen).status_code == 422


def test_the_difference_from_the_last_list_is_shown(officer: FlaskClient, made: make.Authority) -> None:
    loaded(made, book(*lines(made, "1", "2")))
    answer = upload(officer, book(*lines(made, "1"), *lines(made, "3", "4")), day=DAY + timedelta(days=30))
    page = words(officer.get(answer.location))
    assert "Since the list of 1 June 2026 New 2 cases" in page
    assert "No longer on the list 1 case, kept as they were" in page


def test_no_page_shows_a_case_without_its_permission(app: Flask, made: make.Authority) -> None:
    kept_list = loaded(made, book(*lines(made, "1")))
    for person in ("manager", "senior", "head", "external", "board", "admin"):
        client = make.client_of(app, made.people[person])
        for address in ("", "/new", *(f"/{kept_list.id}{part}" for part in ("", "/held", "/teams", "/columns"))):
            assert client.get(f"/case-lists{address}").status_code == 403, (person, address)
    assert make.client_of(app, None).get("/case-lists").status_code == 302


def test_the_lists_of_another_authority_do_not_exist(app: Flask, officer: FlaskClient, made: make.Authority) -> None:
    other = make.authority()
    theirs = loaded(other, book(*lines(other, "1")))
    for part in ("", "/held", "/refused", "/teams", "/columns"):
        assert officer.get(f"/case-lists/{theirs.id}{part}").status_code == 404
    assert send(officer, f"/case-lists/{theirs.id}/teams", page="/case-lists/new").status_code == 404
    assert "No case list yet." in words(officer.get("/case-lists"))


def test_an_officer_of_two_authorities_says_which_one(app: Flask, made: make.Authority) -> None:
    region = organisation.add("North", "region", None, by=None)
    first, second = (organisation.add(name, "authority", region, by=None) for name in ("Eastmere", "Westmere"))
    team = organisation.add("Duty", "team", organisation.add("Help", "service", second, by=None), by=None)
    client = make.client_of(app, make.person("Officer Wide", Role.AUDIT_OFFICER, region))
    content = book(line_6("1", Allocated_Team="Duty"))
    assert "Eastmere" in client.get("/case-lists/new").text
    assert upload(client, content, authority=str(made.root.id)).status_code == 422
    assert upload(client, content, authority=str(second.id)).status_code == 303
    assert db.session.execute(select(CaseListEntry.unit_id)).scalars().all() == [team.id]
    assert the_list().authority_id == second.id != first.id


def test_an_officer_of_one_service_is_told_that_a_list_belongs_to_the_whole(app: Flask, made: make.Authority) -> None:
    client = make.client_of(app, make.person("Officer Part", Role.AUDIT_OFFICER, made.services[0]))
    assert "a case list belongs to a whole authority" in words(client.get("/case-lists/new")).lower()
    kept_list = loaded(made, book(*lines(made, "1")))
    assert client.get(f"/case-lists/{kept_list.id}").status_code == 404
