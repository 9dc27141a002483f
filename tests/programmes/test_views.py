"""The pages of programmes and rounds, as the audit officer sees them, and as others do not."""

import datetime as dt

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from audit_app.access.table import Role
from audit_app.clock import today
from audit_app.db import db
from audit_app.frameworks import operations as frameworks
from audit_app.programmes.model import Programme, Round
from audit_app.programmes.working_days import working_days_after
from audit_app.web.formats import day
from tests import make
from tests.browsing import hidden_of, send
from tests.cases.loading import book, lines, loaded
from tests.web.markup import one, read, text, with_class

TERMS = {"name": "Second programme", "due_working_days": "10", "frequency": "as_needed", "first_month": ""}


@pytest.fixture
def made(app: Flask) -> make.Authority:
    return make.authority()


@pytest.fixture
def officer(app: Flask, made: make.Authority) -> FlaskClient:
    return make.client_of(app, made.officer)


def words(answer: TestResponse) -> str:
    return text(one(read(answer.text), ".//main"))


def second() -> Programme:
    return db.session.execute(select(Programme).filter_by(name="Second programme")).scalar_one()


def in_days(days: int) -> list[str]:
    due = today() + dt.timedelta(days=days)
    return [str(due.day), str(due.month), str(due.year)]


def make_second(officer: FlaskClient, made: make.Authority) -> Programme:
    answer = send(officer, "/programmes/new", **TERMS, unit=str(made.root.id), tool_key=made.tool.key, kind="other")
    assert answer.status_code == 302
    return second()


def test_the_first_page_shows_each_programme_with_its_rounds(officer: FlaskClient, made: make.Authority) -> None:
    page = words(officer.get("/programmes"))
    assert "Monthly case-file audit" in page
    assert f"{made.round.month:%B %Y}" in page
    assert day(made.round.due_on) in page
    assert "None yet" in page


def test_where_there_is_no_programme_the_page_says_what_to_do(app: Flask, made: make.Authority) -> None:
    newcomer = make.person("Officer New", Role.AUDIT_OFFICER, made.teams[0])
    page = make.client_of(app, newcomer).get("/programmes")
    assert "No programme yet." in words(page)


def test_a_programme_is_made_in_the_browser(officer: FlaskClient, made: make.Authority) -> None:
    programme = make_second(officer, made)
    page = words(officer.get(f"/programmes/{programme.id}"))
    assert "10 working days" in page
    assert "When needed" in page
    assert "No round yet." in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": ""}, "Enter a name"),
        ({"due_working_days": "0"}, "from 1 to 120"),
        ({"due_working_days": "many"}, "from 1 to 120"),
        ({"frequency": "monthly"}, "Choose the month of the first round"),
        ({"opens_itself": "y"}, "only in a programme with a frequency"),
        ({"unit": "999999"}, "Not a valid choice"),
        ({"name": "Monthly case-file audit"}, "already has a programme called"),
    ],
)
def test_a_programme_with_faults_is_not_made(
    officer: FlaskClient, made: make.Authority, fields: dict[str, str], said: str
) -> None:
    whole = {**TERMS, "unit": str(made.root.id), "tool_key": made.tool.key}
    answer = send(officer, "/programmes/new", **{**whole, **fields})
    assert answer.status_code == 422
    assert said in text(with_class(read(answer.text), "govuk-error-summary")[0])
    assert db.session.execute(select(Programme)).scalars().all() == [made.round.programme]


def test_a_round_is_opened_with_the_due_day_that_was_filled_in(officer: FlaskClient, made: make.Authority) -> None:
    programme, ours = make_second(officer, made), loaded(made, book(*lines(made, "1")))
    address = f"/programmes/{programme.id}/open-round"
    page = officer.get(address)
    assert text(one(read(page.text), ".//select[@id='month']/option[@selected]")) == f"{today():%B %Y}"
    due = working_days_after(today(), 10)
    boxes = [element.get("value") for element in read(page.text).findall(".//input[@name='due_on']")]
    assert boxes == [str(due.day), str(due.month), str(due.year)]
    answer = send(
        officer, address, month=f"{today():%Y-%m}", tool_version=str(made.tool.id), case_list=str(ours.id), due_on=boxes
    )
    opened = db.session.execute(select(Round).filter_by(programme_id=programme.id)).scalar_one()
    assert answer.status_code == 302
    assert answer.location == f"/rounds/{opened.id}"
    assert (opened.due_on, opened.case_list_id) == (due, ours.id)
    assert f"Audits fall due on {day(due)}" in words(officer.get(answer.location))


def test_a_due_day_left_empty_is_counted(officer: FlaskClient, made: make.Authority) -> None:
    programme = make_second(officer, made)
    later = (today().replace(day=1) + dt.timedelta(days=62)).replace(day=1)
    send(
        officer,
        f"/programmes/{programme.id}/open-round",
        month=f"{later:%Y-%m}",
        tool_version=str(made.tool.id),
        case_list="0",
        due_on=["", "", ""],
    )
    opened = db.session.execute(select(Round).filter_by(programme_id=programme.id)).scalar_one()
    assert opened.due_on == working_days_after(later, 10)


def test_a_round_with_faults_is_not_opened_and_keeps_what_was_typed(officer: FlaskClient, made: make.Authority) -> None:
    programme = make_second(officer, made)
    fields = {"month": f"{today():%Y-%m}", "tool_version": str(made.tool.id), "case_list": "0"}
    answer = send(officer, f"/programmes/{programme.id}/open-round", **fields, due_on=in_days(-1))
    assert answer.status_code == 422
    tree = read(answer.text)
    assert "The due day must be today or later." in text(with_class(tree, "govuk-error-summary")[0])
    assert "The due day must be today or later." in text(with_class(tree, "govuk-error-message")[0])
    assert [element.get("value") for element in tree.findall(".//input[@name='due_on']")] == in_days(-1)


def test_a_programme_whose_months_are_all_taken_says_so(officer: FlaskClient, made: make.Authority) -> None:
    programme = make_second(officer, made)
    for element in read(officer.get(f"/programmes/{programme.id}/open-round").text).findall(
        ".//select[@id='month']/option"
    ):
        fields = {"month": element.get("value", ""), "tool_version": str(made.tool.id), "case_list": "0"}
        answer = send(officer, f"/programmes/{programme.id}/open-round", **fields, due_on=in_days(90))
        assert answer.status_code == 302
    assert "Every month that can be opened now has its round." in words(
        officer.get(f"/programmes/{programme.id}/open-round")
    )


def test_a_programme_whose_tool_is_retired_says_so(officer: FlaskClient, made: make.Authority) -> None:
    frameworks.retire(made.tool, by=made.officer.id)
    page = officer.get(f"/programmes/{made.round.programme_id}/open-round")
    assert "All versions are retired." in words(page)


def test_a_programme_is_changed_and_the_second_save_shows_both(officer: FlaskClient, made: make.Authority) -> None:
    programme = make_second(officer, made)
    address = f"/programmes/{programme.id}/change"
    version = hidden_of(officer.get(address).text)["version"]
    assert send(officer, address, **{**TERMS, "due_working_days": "12"}, version=version).status_code == 302
    late = send(officer, address, **{**TERMS, "due_working_days": "20"}, version=version)
    assert late.status_code == 409
    assert "Somebody changed this programme" in words(late)
    row = text(with_class(read(late.text), "govuk-table__body")[0])
    assert "Working days to do an audit" in row
    assert row.index("12") < row.index("20")
    assert second().due_working_days == 12
    fresh = hidden_of(late.text)["version"]
    assert send(officer, address, **{**TERMS, "due_working_days": "20"}, version=fresh).status_code == 302
    assert second().due_working_days == 20


def test_a_round_is_closed_after_it_was_said_what_that_means(officer: FlaskClient, made: make.Authority) -> None:
    address = f"/rounds/{made.round.id}"
    assert "can still be handed in" in words(officer.get(f"{address}/close"))
    answer = send(officer, f"{address}/close")
    assert answer.location == address
    assert made.round.closed_at is not None
    again = send(officer, f"{address}/close")
    assert again.status_code == 422
    assert "This round is closed already." in words(again)
    assert "Open this round again" in words(officer.get(f"{address}/reopen"))
    assert send(officer, f"{address}/reopen").status_code == 302
    db.session.refresh(made.round)
    assert made.round.closed_at is None


def test_the_case_list_of_a_round_is_chosen_later(officer: FlaskClient, made: make.Authority) -> None:
    ours, address = loaded(made, book(*lines(made, "1"))), f"/rounds/{made.round.id}/change"
    version = hidden_of(officer.get(address).text)["version"]
    answer = send(officer, address, case_list=str(ours.id), due_on=in_days(30), version=version)
    assert answer.location == f"/rounds/{made.round.id}"
    db.session.refresh(made.round)
    assert made.round.case_list_id == ours.id
    late = send(officer, address, case_list="0", due_on=in_days(35), version=version)
    assert late.status_code == 409
    assert "Somebody changed this round" in words(late)
    assert text(one(read(late.text), ".//select[@id='case_list']/option[@selected]")) == "None yet"


def test_a_programme_is_ended_once_its_rounds_are_closed(officer: FlaskClient, made: make.Authority) -> None:
    address = f"/programmes/{made.round.programme_id}/end"
    answer = send(officer, address)
    assert answer.status_code == 422
    assert "Close its open round first." in words(answer)
    send(officer, f"/rounds/{made.round.id}/close")
    assert send(officer, address).status_code == 302
    assert "Ended" in words(officer.get("/programmes"))
    assert "has ended" in words(officer.get(f"/programmes/{made.round.programme_id}/open-round"))
    assert send(officer, address).status_code == 302


def test_nobody_else_runs_rounds(app: Flask, made: make.Authority) -> None:
    programme, round_ = made.round.programme_id, made.round.id
    addresses = ["/programmes", "/programmes/new"]
    addresses += [f"/programmes/{programme}{part}" for part in ("", "/change", "/end", "/open-round")]
    addresses += [f"/rounds/{round_}{part}" for part in ("/close", "/reopen", "/change")]
    for person in ("manager", "senior", "head", "external", "board", "admin"):
        client = make.client_of(app, made.people[person])
        assert {client.get(address).status_code for address in addresses} == {403}, person


def test_what_belongs_to_another_authority_does_not_exist(
    app: Flask, officer: FlaskClient, made: make.Authority
) -> None:
    other = make.authority()
    theirs = [f"/programmes/{other.round.programme_id}{part}" for part in ("", "/change", "/end", "/open-round")]
    theirs += [f"/rounds/{other.round.id}{part}" for part in ("/close", "/reopen", "/change")]
    assert {officer.get(address).status_code for address in theirs} == {404}
    posts = [address for address in theirs if not address.endswith(str(other.round.programme_id))]
    assert {send(officer, address, page="/programmes/new").status_code for address in posts} == {404}
