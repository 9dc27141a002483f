"""A round in the browser: its board, the draw that is looked at first, and who may come in at all."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from audit_app.access.table import Role
from audit_app.cases.model import CaseRecord
from audit_app.db import db
from audit_app.organisation import operations as organisation
from audit_app.programmes import operations as programmes
from audit_app.sampling import operations
from audit_app.sampling.model import Sample
from audit_app.sampling.queries import samples
from tests import make
from tests.browsing import hidden_of, send, token_of
from tests.make import Authority
from tests.sampling import listing
from tests.sampling.visiting import at, count_of, drawn, managers, post, words
from tests.web.markup import one, read, text

DRAW = {
    "sized_by": "number",
    "weeks": "0",
    "method": "minimum",
    "strata": "team",
    "minimum": "1",
    "size": "8",
    "seed": "a seed",
    "months": "6",
}


@pytest.fixture
def made(app: Flask) -> Authority:
    found = make.authority()
    listing.listed(found)
    return found


@pytest.fixture
def officer(app: Flask, made: Authority) -> FlaskClient:
    return make.client_of(app, made.officer)


# The board


def test_a_round_without_a_sample_says_what_to_do_first(officer: FlaskClient, made: Authority) -> None:
    page = words(officer.get(at(made)))
    assert "Draw a sample" in page and "No audit yet." in page and "Give audits to moderators" not in page


def test_the_board_says_how_far_the_round_is_and_who_has_what(officer: FlaskClient, made: Authority) -> None:
    drawn(made)
    assert "8 drawn cases have no auditor yet." in words(officer.get(at(made)))
    operations.allocate_at_random(made.round, {int(one) for one in managers(made)}, "a seed", by=made.officer.id)
    page = words(officer.get(at(made)))
    assert "0 of 8 audits handed in" in page
    assert "Manager One" in page and "8 audits" in page and "Not started" in page


def test_the_board_keeps_its_filters_in_the_address(officer: FlaskClient, made: Authority) -> None:
    drawn(made)
    given = operations.allocate_at_random(
        made.round, {int(one) for one in managers(made)}, "a seed", by=made.officer.id
    )
    mine = sum(audit.auditor_id == made.manager.id for audit in given)
    page = officer.get(at(made, f"?auditor={made.manager.id}&standing=1"))
    assert f"{mine} audits" in words(page) and "Remove this filter" in page.text
    assert "No audit like this." in words(officer.get(at(made, "?standing=0")))
    for nonsense in ("?auditor=x&standing=9", "?auditor=-1", "?after=1~2~3", "?before=x~y"):
        assert "8 audits" in words(officer.get(at(made, nonsense)))


def test_what_happened_in_the_round_is_told_with_the_seeds(officer: FlaskClient, made: Authority) -> None:
    drawn(made)
    page = words(officer.get(at(made)))
    assert "Sample drawn" in page and "8 of 20 cases, with the seed “a seed”." in page


def test_a_closed_round_is_shown_and_nothing_is_drawn_or_given_out_in_it(officer: FlaskClient, made: Authority) -> None:
    drawn(made)
    programmes.close_round(made.round, by=made.officer.id)
    board = officer.get(at(made))
    assert "This round was closed on" in words(board) and "/draw" not in board.text
    for page in ("/draw", "/allocate", "/allocate/by-hand", "/cases"):
        assert "Open it again to add cases" in words(officer.get(at(made, page)))


# Who may come in

PAGES = ("", "/draw", "/allocate", "/allocate/by-hand", "/cases")
POSTS = (
    "/draw",
    "/draw/change",
    "/draw/confirm",
    "/allocate",
    "/allocate/change",
    "/allocate/issue",
    "/allocate/by-hand",
)


def test_another_authoritys_round_and_sample_do_not_exist(app: Flask, made: Authority) -> None:
    sample = drawn(made)
    case_id = sample.cases[0].case_id
    elsewhere = organisation.add("Southmere", "authority", None, by=None)
    far = make.client_of(app, make.person("Officer Far", Role.AUDIT_OFFICER, elsewhere))
    pages = [at(made, page) for page in PAGES]
    pages += [f"/samples/{sample.id}", f"/samples/{sample.id}/cases/{case_id}"]
    pages += [f"/samples/{sample.id}/cases/{case_id}/replace", at(made, f"/cases/{case_id}/allocate")]
    assert {page: far.get(page).status_code for page in pages} == dict.fromkeys(pages, 404)
    token = token_of(far.get("/").text)
    posts = [at(made, page) for page in POSTS]
    posts += [f"/samples/{sample.id}/cases/{case_id}/replace", at(made, f"/cases/{case_id}/allocate")]
    answers = {page: far.post(page, data={"csrf_token": token}).status_code for page in posts}
    assert answers == dict.fromkeys(posts, 404)


def test_only_those_who_run_rounds_come_in(app: Flask, made: Authority) -> None:
    sample = drawn(made)
    pages = [*(at(made, page) for page in PAGES), f"/samples/{sample.id}"]
    for role in ("manager", "senior", "head", "external", "board", "admin"):
        client = make.client_of(app, made.people[role])
        assert {client.get(page).status_code for page in pages} == {403}
        token = token_of(client.get("/").text)
        assert {client.post(at(made, page), data={"csrf_token": token}).status_code for page in POSTS} == {403}


def test_an_audit_of_another_round_is_not_changed_through_this_one(officer: FlaskClient, made: Authority) -> None:
    before = make.open_round(made.round.programme, made.tool, made.round.month.replace(year=2020))
    audit = make.audit(made)
    assert officer.get(f"/rounds/{before.id}/audits/{audit.id}/reallocate").status_code == 404


# Drawing


def test_a_sample_is_looked_at_and_then_drawn(officer: FlaskClient, made: Authority) -> None:
    look = send(officer, at(made, "/draw"), **DRAW, also_out="elsewhere")
    page = words(look)
    assert "8 cases would be drawn. Nothing is kept yet." in page and "in proportion by team" in page
    assert count_of(Sample) == 0
    answer = post(officer, at(made, "/draw/confirm"), look)
    sample = db.session.execute(select(Sample)).scalar_one()
    assert answer.status_code == 302 and answer.location == f"/samples/{sample.id}"
    assert "Sample of 8 cases" in words(officer.get(answer.location))


def test_the_seed_is_made_by_chance_shown_and_can_be_changed(officer: FlaskClient, made: Authority) -> None:
    seeds = {
        re.findall(r'name="seed" type="text" value="([^"]+)"', officer.get(at(made, "/draw")).text)[0] for _ in "ab"
    }
    assert len(seeds) == 2
    look = send(officer, at(made, "/draw"), **{**DRAW, "seed": "given by the board"})
    assert "given by the board" in words(look)


def test_what_was_typed_is_still_there_when_something_is_changed(officer: FlaskClient, made: Authority) -> None:
    some = db.session.execute(select(CaseRecord.reference).limit(1)).scalar_one()
    look = send(officer, at(made, "/draw"), **DRAW, references=f"{some}\n", because="Under complaint")
    assert "Left out by hand: 1" in words(look)
    page = post(officer, at(made, "/draw/change"), look)
    assert page.status_code == 200 and "Under complaint" in page.text and some in page.text
    assert 'value="a seed"' in page.text and count_of(Sample) == 0


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"size": ""}, "Enter how many cases to draw"),
        ({"size": "many"}, "Enter how many cases to draw"),
        ({"size": "1_0"}, "Enter how many cases to draw"),
        ({"size": "0"}, "Enter how many cases to draw"),
        ({"size": "3"}, "needs 4 cases"),
        ({"months": "61"}, "months from 0 to 60"),
        ({"minimum": ""}, "Enter the least for each group"),
        ({"strata": []}, "Choose what to group the list by"),
        ({"seed": ""}, "Give the seed"),
        ({"references": "404"}, "is not on the list"),
        ({"references": "404", "because": ""}, "Say why these cases are left out"),
        ({"method": "weighted"}, "Choose what makes a case more or less likely"),
        ({"method": "by whim"}, "Not a valid choice"),
        ({"sized_by": "share", "share": "0"}, "Enter a percentage of the list"),
        ({"sized_by": "share", "share": "12.34"}, "Enter a percentage of the list"),
        ({"sized_by": "per_auditor"}, "Enter how many cases to draw for each auditor"),
        ({"weeks": "521"}, "weeks from 0 to 520"),
        ({"strata": "a column that is not there"}, "valid choice"),
    ],
)
def test_terms_that_cannot_be_followed_are_answered_at_their_field(
    officer: FlaskClient, made: Authority, fields: dict[str, Any], said: str
) -> None:
    answer = send(officer, at(made, "/draw"), **{**DRAW, "because": "A reason", **fields})
    assert answer.status_code == 422 and said in words(answer) and "There is a problem" in words(answer)
    assert 'value="a seed"' in answer.text or "seed" in fields


def test_a_preview_that_no_longer_fits_is_shown_anew_and_nothing_is_drawn(
    officer: FlaskClient, made: Authority
) -> None:
    look = send(officer, at(made, "/draw"), **DRAW)
    for case in db.session.execute(select(CaseRecord).where(CaseRecord.unit_id == made.teams[0].id)).scalars():
        case.closed = case.id % 2 == 0
    answer = post(officer, at(made, "/draw/confirm"), look)
    assert answer.status_code == 409 and "The list or the round changed after you looked" in words(answer)
    assert count_of(Sample) == 0
    assert hidden_of(answer.text)["fingerprint"] != hidden_of(look.text)["fingerprint"]
    assert post(officer, at(made, "/draw/confirm"), answer).status_code == 302
    assert count_of(Sample) == 1


def test_confirming_a_draw_twice_makes_one_sample(officer: FlaskClient, made: Authority) -> None:
    look = send(officer, at(made, "/draw"), **DRAW)
    assert post(officer, at(made, "/draw/confirm"), look).status_code == 302
    assert post(officer, at(made, "/draw/confirm"), look).status_code == 409
    assert count_of(Sample) == 1


def test_a_round_without_a_case_list_leads_to_choosing_one(officer: FlaskClient, made: Authority) -> None:
    made.round.case_list = None
    db.session.commit()
    for page in ("/draw", "/cases"):
        answer = officer.get(at(made, page))
        assert "Choose a case list" in words(answer) and f"/rounds/{made.round.id}/change" in answer.text
    assert send(officer, at(made, "/draw"), page=f"/rounds/{made.round.id}/change", **DRAW).status_code == 422


# A sample


def test_a_sample_page_explains_itself_and_finds_any_case(officer: FlaskClient, made: Authority) -> None:
    sample = drawn(made)
    page = words(officer.get(f"/samples/{sample.id}"))
    for said in ("gave the same cases", "in proportion by team", "a seed", "Groups of the list", "Ethnic group"):
        assert said in page
    undrawn = samples.redrawn(sample).reserves[("Team 11",)][0]
    answer = officer.get(f"/samples/{sample.id}?q={undrawn}", follow_redirects=True)
    assert "could have been drawn, but was not" in words(answer)
    assert "is not on the list" in words(officer.get(f"/samples/{sample.id}?q=404"))


def test_the_comparison_has_every_number_and_says_who_may_see_it(officer: FlaskClient, made: Authority) -> None:
    sample = drawn(made)
    tables = one(read(officer.get(f"/samples/{sample.id}").text), ".//div[@class='coverage']")
    (team,) = [table for table in tables.findall(".//table") if text(table.find("caption")) == "Team"]
    rows = [[text(cell) for cell in row] for row in team.findall("./tbody/tr")]
    assert rows == [[f"Team {name}", "5 (25%)", "2 (25%)", "2.0"] for name in (11, 12, 21, 22)]
    page = words(officer.get(f"/samples/{sample.id}"))
    assert "show them only to people who may open the cases" in page


def test_a_case_page_says_how_it_was_chosen(officer: FlaskClient, made: Authority) -> None:
    sample = drawn(made)
    case = sample.cases[0].case
    page = words(officer.get(f"/samples/{sample.id}/cases/{case.id}"))
    assert f"Case {case.reference} was drawn." in page and "Its chance of being drawn was" in page


def test_a_case_that_is_not_on_the_samples_list_does_not_exist(officer: FlaskClient, made: Authority) -> None:
    sample = drawn(made)
    other = make.case(made, made.teams[0])
    assert officer.get(f"/samples/{sample.id}/cases/{other.id}").status_code == 404
    assert officer.get(f"/samples/{sample.id}/cases/2147483647").status_code == 404


def test_a_drawn_case_is_replaced_with_a_reason(officer: FlaskClient, made: Authority) -> None:
    sample = drawn(made)
    out = sample.cases[0]
    address = f"/samples/{sample.id}/cases/{out.case_id}/replace"
    assert send(officer, address, reason=" ").status_code == 422
    answer = send(officer, address, reason="Moved away")
    assert answer.status_code == 302
    page = words(officer.get(answer.location))
    assert "takes its place" in page and "Moved away" in page and "Sample of 8 cases" in page
    assert "not in the sample any more" in words(officer.get(address))
    again = send(officer, address, page=at(made, "/draw"), reason="Again")
    assert again.status_code == 422 and "not in the sample any more" in words(again)
