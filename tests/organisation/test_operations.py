"""Units that are added, moved and closed."""

import random
import threading

import pytest
from flask import Flask

from audit_app.access.table import Role
from audit_app.auditing.queries import audits_open_to
from audit_app.db import db
from audit_app.organisation import operations
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import authority_of, tree
from audit_app.refusal import Refused
from tests import make


def test_moving_a_service_moves_every_path_below_it(either_app: Flask) -> None:
    world = make.authority()
    operations.move(world.teams[0], world.services[1], by=world.admin.id)
    db.session.commit()
    assert world.teams[0].path == f"{world.services[1].path}{world.teams[0].id}/"
    assert [unit.name for unit in tree([world.services[1].path])] == ["Service 2", "Team 11", "Team 21", "Team 22"]
    assert authority_of(world.teams[0]) is world.root


def test_when_a_team_moves_access_follows_and_figures_stay(either_app: Flask) -> None:
    world = make.authority()
    audit = make.handed_in(world, auditor=world.far_manager, team=world.teams[0])
    pinned = audit.unit_path
    head = make.person("Head Two", Role.HEAD_OF_SERVICE, world.services[1])
    assert len(db.session.execute(audits_open_to(make.actor(head))).all()) == 0
    operations.move(world.teams[0], world.services[1], by=world.admin.id)
    db.session.commit()
    assert len(db.session.execute(audits_open_to(make.actor(head))).all()) == 1
    assert audit.unit_path == pinned


def test_a_unit_with_units_below_it_is_not_closed(app: Flask) -> None:
    world = make.authority()
    with pytest.raises(Refused):
        operations.close(world.services[0], 0, by=world.admin.id)
    operations.close(world.teams[0], 0, by=world.admin.id)
    db.session.commit()
    assert not world.teams[0].active


def test_nothing_is_put_below_a_closed_unit(app: Flask) -> None:
    world = make.authority()
    service = operations.add("Service 3", "service", world.root, by=None)
    operations.close(service, 0, by=world.admin.id)
    with pytest.raises(Refused, match="closed"):
        operations.add("Team 31", "team", service, by=world.admin.id)
    with pytest.raises(Refused, match="closed"):
        operations.move(world.teams[0], service, by=world.admin.id)
    team = operations.add("Team 23", "team", world.services[1], by=None)
    operations.close(team, 0, by=world.admin.id)
    operations.open_again(team, by=world.admin.id)
    assert team.active


def test_a_unit_is_opened_again_from_the_top(app: Flask) -> None:
    world = make.authority()
    service = operations.add("Service 3", "service", world.root, by=None)
    team = operations.add("Team 31", "team", service, by=None)
    for unit in (team, service):
        operations.close(unit, 0, by=world.admin.id)
    with pytest.raises(Refused, match="above it first"):
        operations.open_again(team, by=world.admin.id)
    for unit in (service, team):
        operations.open_again(unit, by=world.admin.id)
    assert team.active


def test_a_unit_that_is_added_while_the_one_above_it_moves_stands_where_it_moved_to(either_app: Flask) -> None:
    world = make.authority()
    other = operations.add("Southmere", "authority", None, by=None)
    db.session.commit()
    service, other_id, admin = world.services[0].id, other.id, world.admin.id
    begun, wrong = threading.Event(), list[BaseException]()

    def add() -> None:
        try:
            with either_app.app_context():
                parent = db.session.get_one(Unit, service)
                begun.set()
                operations.add("Team 13", "team", parent, by=admin)
                db.session.commit()
        except BaseException as error:  # noqa: BLE001 (the test looks at it)
            wrong.append(error)

    operations.move(db.session.get_one(Unit, service), db.session.get_one(Unit, other_id), by=admin)
    beside = threading.Thread(target=add)
    beside.start()
    begun.wait(1)  # on SQLite it only begins when this has ended
    db.session.commit()
    beside.join(30)
    assert wrong == []
    made = db.session.execute(db.select(Unit).filter_by(name="Team 13")).scalar_one()
    assert made.path == f"/{other_id}/{service}/{made.id}/"


def test_after_any_moves_a_path_is_the_path_of_the_unit_above_and_ones_own(app: Flask) -> None:
    world = make.authority()
    units = [world.root, *world.services, *world.teams]
    chance = random.Random(20261122)
    for _ in range(40):
        unit, parent = chance.choice(units), chance.choice(units)
        try:
            operations.move(unit, parent, by=world.admin.id)
        except Refused:
            db.session.rollback()
        else:
            db.session.commit()
        for one in db.session.execute(db.select(Unit)).scalars():
            assert one.path == f"{one.parent.path if one.parent else '/'}{one.id}/"
