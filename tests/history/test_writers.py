"""Tests of many writers at once: one order, no gap, and nobody waits for the head longer than needed."""

import threading
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.exc import OperationalError

from audit_app.db import db
from audit_app.history.model import HEADS
from audit_app.history.operations import record, verify
from tests.history.samples import head_of
from tests.history.things import Thing, kinds, number_of, sealed, things

pytestmark = pytest.mark.usefixtures("keeper")
# On SQLite there is one writer at a time by nature, and the queue at the database's door is tested there.
on_postgresql = pytest.mark.parametrize(
    "keeper", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


def test_writers_beside_one_another_leave_one_dense_chain(keeper: Flask) -> None:
    together, failures = threading.Barrier(8), list[BaseException]()

    def write(writer: int) -> None:
        try:
            with keeper.app_context():
                together.wait()
                for n in range(20):
                    db.session.execute(insert(things).values(name=f"{writer}-{n}"))
                    record("thing.made", subject=f"thing:{writer}-{n}", body={"n": n}, by=writer)
                    if n % 5 == 4:
                        db.session.rollback()
                    else:
                        db.session.commit()
        except BaseException as failure:  # noqa: BLE001 (it is raised again below, where the test sees it)
            failures.append(failure)

    writers = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        assert verify() == []  # as it stood at one moment, while they write
    assert failures == []
    entries = sealed()
    assert [entry.idx for entry in entries] == list(range(128))
    assert all(after.prev == before.hash for before, after in pairwise(entries))
    assert number_of(things) == 128
    assert verify() == []
    with db.engine.connect() as connection:
        assert tuple(connection.execute(select(HEADS.c.size, HEADS.c.hash)).one()) == head_of(entries)


@on_postgresql
def test_the_head_is_locked_only_at_the_end(keeper: Flask) -> None:
    record("thing.made")
    db.session.add(Thing(id=1, name="one"))
    db.session.flush()

    def other() -> None:
        with keeper.app_context():
            record("thing.first")
            db.session.commit()

    beside = threading.Thread(target=other)
    beside.start()
    beside.join(10)
    assert not beside.is_alive()
    db.session.commit()
    assert kinds() == ["thing.first", "thing.made"]
    assert verify() == []


@on_postgresql
def test_a_busy_head_ends_in_an_error_and_not_in_a_gap() -> None:
    with db.engine.begin() as holder:
        holder.execute(select(HEADS).with_for_update())
        db.session.connection().exec_driver_sql("SET LOCAL lock_timeout = '50ms'")
        record("thing.made")
        with pytest.raises(OperationalError):
            db.session.commit()
        db.session.rollback()
    record("thing.after")
    db.session.commit()
    assert kinds() == ["thing.after"]
    assert verify() == []
