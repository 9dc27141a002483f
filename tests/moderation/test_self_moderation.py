"""The databases themselves refuse that anybody moderates their own audit, whoever writes the SQL (rule 1)."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from audit_app.db import db
from tests import make
from tests.moderation.doing import given

OWN = "nobody_moderates_their_own"


def refused(statement: str, **values: object) -> str:
    """What a database says when it refuses a statement."""
    with pytest.raises(IntegrityError) as error:
        db.session.execute(text(statement), values)
    db.session.rollback()
    return str(error.value.orig).lower()


def test_no_moderation_is_given_to_the_auditor_by_an_update(either_app: Flask) -> None:
    world = make.authority()
    one = given(make.handed_in(world), world.senior, world.officer)
    assert OWN in refused("update moderation set moderator_id = auditor_id where id = :id", id=one.id)


def test_no_moderation_of_ones_own_audit_is_inserted(either_app: Flask) -> None:
    world = make.authority()
    one = given(make.handed_in(world), world.senior, world.officer)
    columns = [column.name for column in one.__table__.columns if column.name != "id"]
    other = {"tier": "'external'", "moderator_id": "auditor_id"}
    copied = ", ".join(other.get(name, name) for name in columns)
    said = refused(f"insert into moderation ({', '.join(columns)}) select {copied} from moderation")
    assert OWN in said


def test_no_audit_is_moved_to_its_moderator(either_app: Flask) -> None:
    world = make.authority()
    one = given(make.handed_in(world), world.senior, world.officer)
    values = {"person": world.senior.id, "audit": one.audit_id}
    said = refused("update audit set auditor_id = :person where id = :audit", **values)
    assert OWN in said


def test_a_moderation_cannot_name_another_auditor_than_its_audit_has(either_app: Flask) -> None:
    world = make.authority()
    one = given(make.handed_in(world), world.senior, world.officer)
    values = {"person": world.far_manager.id, "id": one.id}
    statement = "update moderation set auditor_id = :person, moderator_id = :auditor where id = :id"
    said = refused(statement, auditor=world.manager.id, **values)
    assert "foreign key" in said
