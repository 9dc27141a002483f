"""Tests of history around savepoints: what was undone did not happen, and nothing is left out."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from audit_app.db import db
from audit_app.history.model import ENTRIES
from audit_app.history.operations import record, verify
from tests.history.things import Thing, kinds, number_of, things

pytestmark = pytest.mark.usefixtures("keeper")


def test_a_savepoint_writes_nothing_by_itself() -> None:
    with db.session.begin_nested():
        db.session.add(Thing(id=1, name="one"))
        record("thing.made")
    assert db.session.connection().scalar(select(ENTRIES.c.idx)) is None
    db.session.commit()
    assert kinds() == ["thing.made"]


def test_what_happened_in_an_undone_savepoint_did_not_happen() -> None:
    record("thing.first")
    outer = db.session.begin_nested()
    record("thing.undone")
    with db.session.begin_nested():
        record("thing.undone_too")
    outer.rollback()
    with pytest.raises(IntegrityError), db.session.begin_nested():
        record("thing.undone_as_well")
        db.session.add_all([Thing(id=1, name="one"), Thing(id=2, name="one")])
    record("thing.last")
    db.session.commit()
    assert kinds() == ["thing.first", "thing.last"]
    assert verify() == []


def test_a_commit_with_a_savepoint_still_open_writes_everything() -> None:
    record("thing.outside")
    db.session.begin_nested()
    record("thing.inside")
    db.session.commit()
    assert kinds() == ["thing.outside", "thing.inside"]


def test_a_commit_around_an_open_savepoint_is_refused_rather_than_left_without_history() -> None:
    db.session.add(Thing(id=1, name="one"))
    db.session.flush()
    whole = db.session().get_transaction()
    assert whole is not None
    record("thing.made")
    db.session.begin_nested()
    with pytest.raises(RuntimeError, match="end the savepoint first"):
        whole.commit()
    db.session.rollback()
    db.session.remove()
    assert (number_of(things), number_of(ENTRIES)) == (0, 0)
    record("thing.after")
    db.session.commit()
    assert kinds() == ["thing.after"]
