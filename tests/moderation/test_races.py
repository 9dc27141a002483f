"""Eight who do the same at once: one wins, on both databases."""

import threading

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from audit_app.auditing.ledger import SENIOR
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import judgements_of
from audit_app.clock import today
from audit_app.db import db
from audit_app.history.operations import verify
from audit_app.history.queries import entries_of
from audit_app.identity.model import Person
from audit_app.moderation import operations, queries
from audit_app.moderation.model import Moderation, Route
from audit_app.refusal import Refused, Stale
from tests import make
from tests.moderation.doing import decided, given, graded


def kinds(audit: Audit) -> list[str]:
    """What happened to an audit, in order."""
    return [entry.kind for entry in reversed(entries_of(audit.subject))]


def race(app: Flask, moderation: Moderation, action: str) -> list[str]:
    """What became of eight who did the same at once, each in a thread and a session of their own."""
    moderation_id, version, by = moderation.id, moderation.version_id, make.actor(moderation.moderator)
    db.session.remove()
    barrier, outcomes = threading.Barrier(8), list[str]()

    def run() -> None:
        with app.app_context():
            barrier.wait()
            try:
                mine = queries.moderation_or_404(moderation_id, by, to_write=True)
                getattr(operations, action)(mine, version, by=by)
                db.session.commit()
                outcomes.append("won")
            except (Stale, StaleDataError, IntegrityError) as late:
                db.session.rollback()
                outcomes.append(type(late).__name__)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


@pytest.mark.parametrize("action", ["finish", "commit_blind"])
def test_of_eight_at_once_one_wins_and_nothing_is_doubled(either_app: Flask, action: str) -> None:
    world = make.authority()
    audit = make.handed_in(world)
    blind = action == "commit_blind"
    moderation = given(audit, world.senior, world.officer, blind=blind)
    moderation = graded(moderation) if blind else decided(moderation)
    audit_id = audit.id
    outcomes = race(either_app, moderation, action)
    assert sorted(outcomes) == sorted(["won"] + ["Stale"] * 7)
    again = db.session.get_one(Audit, audit_id)
    lines = [j for j in judgements_of(again) if j.tier == SENIOR]
    assert len(lines) == len(queries.sections_of(again))
    assert again.stage == ("with_senior" if blind else "moderated")
    told = "moderation.committed" if blind else "moderation.finished"
    assert kinds(again).count(told) == 1
    assert verify() == []


def test_of_eight_who_give_one_audit_at_once_one_succeeds(either_app: Flask) -> None:
    world = make.authority()
    audit_id, officer, seniors = make.handed_in(world).id, world.officer.id, [world.senior.id, world.other_senior.id]
    db.session.remove()
    barrier, outcomes = threading.Barrier(8), list[str]()

    def run(number: int) -> None:
        with either_app.app_context():
            barrier.wait()
            try:
                audit = db.session.get_one(Audit, audit_id)
                person = db.session.get_one(Person, seniors[number % 2])
                operations.give(audit, person, "senior", route=Route.BY_HAND, blind=False, due_on=today(), by=officer)
                db.session.commit()
                outcomes.append("won")
            except (Refused, StaleDataError, IntegrityError):
                db.session.rollback()
                outcomes.append("late")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(outcomes) == ["late"] * 7 + ["won"]
    assert db.session.query(Moderation).count() == 1
    assert kinds(db.session.get_one(Audit, audit_id)).count("moderation.given") == 1
