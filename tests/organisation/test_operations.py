"""Units that are added, moved and closed."""

import pytest
from flask import Flask

from audit_app.access.table import Role
from audit_app.auditing.queries import audits_open_to, count_of
from audit_app.db import db
from audit_app.organisation import operations
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
    assert count_of(audits_open_to(make.actor(head))) == 0
    operations.move(world.teams[0], world.services[1], by=world.admin.id)
    db.session.commit()
    assert count_of(audits_open_to(make.actor(head))) == 1
    assert audit.unit_path == pinned


def test_a_unit_with_units_below_it_is_not_closed(app: Flask) -> None:
    world = make.authority()
    with pytest.raises(Refused):
        operations.close(world.services[0], 0, by=world.admin.id)
    operations.close(world.teams[0], 0, by=world.admin.id)
    db.session.commit()
    assert not world.teams[0].active
