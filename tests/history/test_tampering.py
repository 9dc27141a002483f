"""Tests that the owner of the database cannot falsify the history unseen, in the database itself."""

import pytest
from flask import Flask
from sqlalchemy import text

from audit_app.db import db
from audit_app.history.model import PAYLOADS
from audit_app.history.operations import record, verify
from tests.history.samples import FOUND_ALONE, FOUND_OUTSIDE, NEVER_FOUND, Mutation, checkpoints, places
from tests.history.things import falsify, sealed

SIZE = 24
ALL = FOUND_ALONE | FOUND_OUTSIDE | NEVER_FOUND


@pytest.fixture(autouse=True)
def some_history(keeper: Flask) -> None:
    """A history of a few audits."""
    for n in range(SIZE):
        record("audit.submitted", subject=f"audit:{n % 5 + 1}", body={"grade": ("good", "poor")[n % 2]}, by=n % 3 + 1)
    db.session.commit()


def test_nineteen_ways_to_falsify_are_tried() -> None:
    assert (len(FOUND_ALONE), len(FOUND_OUTSIDE), len(NEVER_FOUND)) == (15, 3, 1)


@pytest.mark.parametrize("name", ALL)
def test_a_falsified_history_is_found_as_far_as_can_be(name: str) -> None:
    entries = sealed()
    outside = checkpoints(entries, 8, 16, SIZE)
    mutation: Mutation = ALL[name]
    for index in places(3, SIZE, name):
        falsify(*mutation(entries, index))
        assert bool(verify()) == (name in FOUND_ALONE)
        assert bool(verify(outside)) == (name not in NEVER_FOUND)


def test_a_payload_without_an_entry_is_found() -> None:
    entries = sealed()
    falsify(entries, (SIZE, entries[-1].hash))
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN")
        else:
            connection.execute(text("SET session_replication_role = replica"))
        connection.execute(PAYLOADS.insert().values(idx=500, salt="0" * 64, body="null"))
        connection.commit()
        connection.invalidate()
    assert verify() == ["payload 500 belongs to no entry"]
