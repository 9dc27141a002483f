"""The pages of the tree of units."""

import re

from flask import Flask
from flask.testing import FlaskClient

from audit_app.access.table import Role
from audit_app.db import db
from audit_app.history.queries import entries_of
from audit_app.organisation import operations
from audit_app.organisation.model import Unit
from tests import make


def fields_of(client: FlaskClient, path: str) -> dict[str, str]:
    """What the hidden fields of a page's form hold."""
    page = client.get(path).text
    return dict(
        re.findall(r'<input type="hidden" name="(csrf_token|version)" (?:id="[^"]*" )?value="([^"]+)"', page)
    ) | ({"version": found[1]} if (found := re.search(r'name="version"[^>]*value="(\d+)"', page)) else {})


def test_the_tree_stands_in_its_order(admin: FlaskClient) -> None:
    page = admin.get("/units").text
    names = re.findall(r'<a class="govuk-link" href="/units/\d+">([^<]+)</a>', page)
    assert names == ["Northmere", "Service 1", "Team 11", "Team 12", "Service 2", "Team 21", "Team 22"]


def test_a_unit_is_added_below_another(admin: FlaskClient, world: make.Authority) -> None:
    fields = {"csrf_token": fields_of(admin, "/units/new")["csrf_token"], "name": "Team 13", "kind": "team"}
    answer = admin.post("/units/new", data=fields | {"parent": str(world.services[0].id)})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/units")
    assert "Team 13 is added." in admin.get("/units").text
    made = db.session.execute(db.select(Unit).filter_by(name="Team 13")).scalar_one()
    assert made.path == f"{world.services[0].path}{made.id}/"
    assert [entry.kind for entry in entries_of(f"unit:{made.id}")] == ["unit.added"]


def test_a_unit_that_cannot_stand_there_is_refused_and_what_was_typed_is_kept(
    admin: FlaskClient, world: make.Authority
) -> None:
    fields = {"csrf_token": fields_of(admin, "/units/new")["csrf_token"], "name": "A region", "kind": "region"}
    answer = admin.post("/units/new", data=fields | {"parent": str(world.root.id)})
    assert answer.status_code == 422
    assert "A region cannot stand below an authority." in answer.text
    assert 'value="A region"' in answer.text
    for parent in ("", "0", "x", str(world.teams[0].id), "999", "9" * 30):
        assert admin.post("/units/new", data=fields | {"kind": "team", "parent": parent}).status_code == 422


def test_a_unit_is_renamed_and_moved_at_once(admin: FlaskClient, world: make.Authority) -> None:
    team = world.teams[0]
    path = f"/units/{team.id}"
    fields = fields_of(admin, path) | {"name": "Team A", "parent": str(world.services[1].id)}
    assert admin.post(path, data=fields).status_code == 302
    db.session.expire_all()
    assert (team.name, team.path) == ("Team A", f"{world.services[1].path}{team.id}/")
    assert [entry.kind for entry in entries_of(f"unit:{team.id}")] == ["unit.moved", "unit.renamed", "unit.added"]
    assert admin.post(path, data=fields).status_code == 409  # the page before is stale now


def test_a_move_that_is_refused_renames_nothing_either(admin: FlaskClient, world: make.Authority) -> None:
    service = world.services[0]
    path = f"/units/{service.id}"
    fields = fields_of(admin, path) | {"name": "Another name", "parent": str(world.services[1].id)}
    answer = admin.post(path, data=fields)
    assert answer.status_code == 422
    db.session.expire_all()
    assert (service.name, service.parent_id) == ("Service 1", world.root.id)


def test_ones_own_root_stays_where_it_is(app: Flask, world: make.Authority) -> None:
    of_a_service = make.client_of(app, make.person("Admin Two", Role.ADMINISTRATOR, world.services[0]))
    path = f"/units/{world.services[0].id}"
    fields = fields_of(of_a_service, path) | {"name": "Service One", "parent": str(world.root.id)}
    assert of_a_service.post(path, data=fields).status_code == 302
    fields = fields_of(of_a_service, path) | {"name": "Service One", "parent": str(world.teams[0].id)}
    assert of_a_service.post(path, data=fields).status_code in (302, 422)
    db.session.expire_all()
    assert world.services[0].parent_id == world.root.id


def test_a_unit_outside_ones_reach_does_not_exist(app: Flask, world: make.Authority) -> None:
    of_a_service = make.client_of(app, make.person("Admin Two", Role.ADMINISTRATOR, world.services[0]))
    csrf = {"csrf_token": fields_of(of_a_service, "/units/new")["csrf_token"]}
    for unit in (world.root, world.services[1], world.teams[2]):
        assert of_a_service.get(f"/units/{unit.id}").status_code == 404
        assert of_a_service.post(f"/units/{unit.id}", data=csrf).status_code == 404
        assert of_a_service.post(f"/units/{unit.id}/close", data=csrf).status_code == 404
    assert "Service 2" not in of_a_service.get("/units").text
    into_another = csrf | fields_of(of_a_service, f"/units/{world.teams[0].id}")
    into_another |= {"name": "Team 11", "parent": str(world.services[1].id)}
    assert of_a_service.post(f"/units/{world.teams[0].id}", data=into_another).status_code == 422


def test_a_unit_is_closed_once_nobody_works_in_it(admin: FlaskClient, world: make.Authority) -> None:
    csrf = {"csrf_token": fields_of(admin, "/units/new")["csrf_token"]}
    used, empty = world.teams[0], world.teams[2]
    answer = admin.post(f"/units/{used.id}/close", data=csrf)
    assert (answer.status_code, "still works in it" in answer.text) == (422, True)
    assert admin.post(f"/units/{empty.id}/close", data=csrf).status_code == 302
    db.session.expire_all()
    assert (used.active, empty.active) == (True, False)
    assert "Closed" in admin.get("/units").text
    assert admin.post(f"/units/{empty.id}/close", data=csrf).status_code == 302
    db.session.expire_all()
    assert empty.active


def test_a_closed_unit_below_a_closed_one_can_still_be_renamed(admin: FlaskClient, world: make.Authority) -> None:
    service = operations.add("Service 3", "service", world.root, by=None)
    team = operations.add("Team 31", "team", service, by=None)
    operations.close(team, 0, by=world.admin.id)
    operations.close(service, 0, by=world.admin.id)
    path = f"/units/{team.id}"
    fields = fields_of(admin, path) | {"name": "Team 31 (old)", "parent": str(service.id)}
    assert admin.post(path, data=fields).status_code == 302
    db.session.expire_all()
    assert team.name == "Team 31 (old)"
