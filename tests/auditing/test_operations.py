"""What is done to audits, on both databases."""

import datetime as dt
import threading

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from audit_app.auditing import operations
from audit_app.auditing.drafts import Draft
from audit_app.auditing.model import Audit, Judgement
from audit_app.auditing.queries import judgements_of, open_alerts
from audit_app.clock import now
from audit_app.db import db
from audit_app.history.operations import verify
from audit_app.history.queries import entries_of
from audit_app.refusal import Refused, Stale
from tests import make

SAMPLE = Draft(grade="good", evidence="It shows.")


def test_handing_in_writes_the_ledger_once_and_history(either_app: Flask) -> None:
    world = make.authority()
    audit = make.handed_in(world)
    graded = [s for s in audit.tool.sections_for(audit.category) if s.graded]
    assert [(j.section, j.grade, j.tier, j.phase) for j in judgements_of(audit)] == [
        (s.key, "good", "auditor", "submitted") for s in graded
    ]
    assert [e.kind for e in entries_of(audit.subject)][-3:] == ["audit.submit", "audit.start", "audit.allocated"]
    assert verify() == []


def test_an_incomplete_audit_is_not_handed_in(app: Flask) -> None:
    world = make.authority()
    audit = make.audit(world)
    with pytest.raises(Refused):
        operations.hand_in(audit, audit.version_id, by=make.actor(world.manager))


def test_nobody_writes_in_somebody_elses_audit(app: Flask) -> None:
    world = make.authority()
    audit = make.audit(world)
    with pytest.raises(Refused):
        operations.save(audit, audit.tool.sections[0].key, SAMPLE, 0, by=make.actor(world.senior))


def test_the_second_of_two_tabs_is_told(either_app: Flask) -> None:
    world = make.authority()
    audit = make.audit(world)
    key = audit.tool.graded_sections[0].key
    operations.save(audit, key, SAMPLE, 0, by=make.actor(world.manager))
    with pytest.raises(Stale):
        operations.save(audit, key, SAMPLE, 0, by=make.actor(world.manager))


def test_grades_stay_as_first_handed_in_when_an_audit_was_sent_back(either_app: Flask) -> None:
    world = make.authority()
    audit = make.handed_in(world)
    first = audit.first_handed_in_at
    operations.send_back(audit, "Say what changed.", by=world.senior.id)
    section = next(s for s in audit.tool.graded_sections if s.applies(audit.category))
    answers = {s.key: 1 for s in audit.tool.sections}
    better = make.draft(section, "outstanding")
    with pytest.raises(Refused):
        operations.save(audit, section.key, better, answers[section.key], by=make.actor(world.manager))
    db.session.rollback()
    operations.send_back(audit, "Say what changed.", by=world.senior.id)
    operations.save(audit, section.key, make.draft(section), 1, by=make.actor(world.manager))
    operations.hand_in(audit, audit.version_id, by=make.actor(world.manager))
    db.session.commit()
    assert audit.first_handed_in_at == first
    assert audit.stage == "submitted"


def test_a_child_at_risk_blocks_handing_in_until_somebody_was_told(app: Flask) -> None:
    world = make.authority()
    audit = make.written(world)
    me = make.actor(world.manager)
    alert = operations.raise_risk(audit, "Not seen for six weeks.", "", None, by=me)
    assert [a.id for a in open_alerts(make.actor(world.head))] == [alert.id]
    assert [a.id for a in open_alerts(make.actor(world.officer))] == [alert.id]
    assert open_alerts(make.actor(world.far_manager)) == []
    with pytest.raises(Refused, match="Say whom you told"):
        operations.hand_in(audit, audit.version_id, by=me)
    operations.tell_risk(alert, "Duty manager", now() - dt.timedelta(minutes=5), by=me)
    operations.hand_in(audit, audit.version_id, by=me)
    assert audit.stage == "submitted"


def test_what_somebody_else_raised_and_told_nobody_of_stays_open_and_does_not_block_the_auditor(app: Flask) -> None:
    world = make.authority()
    audit = make.written(world)
    alert = operations.raise_risk(audit, "Not seen for six weeks.", "", None, by=make.actor(world.senior))
    operations.hand_in(audit, audit.version_id, by=make.actor(world.manager))
    assert audit.stage == "submitted"
    assert [a.id for a in open_alerts(make.actor(world.head))] == [alert.id]


def test_an_audit_is_made_void_only_by_two_people_who_did_not_write_it(app: Flask) -> None:
    world = make.authority()
    audit = make.handed_in(world)
    head = make.actor(world.head)
    for second in (world.head, world.manager):
        with pytest.raises(Refused):
            operations.void(audit, "Wrong case.", second, by=head)
    with pytest.raises(Refused):
        operations.void(audit, "Wrong case.", world.head, by=make.actor(world.senior))
    operations.void(audit, "Wrong case.", world.senior, by=head)
    assert audit.stage == "void"


@pytest.mark.parametrize(
    "statement",
    [
        "update judgement set grade = 'inadequate'",
        "delete from judgement",
        "update judgement set tier = 'external'",
        "update entry set kind = 'x.y'",
    ],
)
def test_the_database_refuses_to_change_the_ledger(either_app: Flask, statement: str) -> None:
    make.handed_in(make.authority())
    with pytest.raises(DBAPIError):
        db.session.execute(text(statement))
    db.session.rollback()
    assert db.session.execute(db.select(Judgement.grade).limit(1)).scalar_one() == "good"


def race(app: Flask, workers: int, work: object) -> list[object]:
    """Let many do the same thing at once, each in a context of its own."""
    barrier, results = threading.Barrier(workers), []

    def run() -> None:
        with app.app_context():
            barrier.wait()
            try:
                results.append(work())  # type: ignore[operator]
            except (Refused, Stale, StaleDataError, DBAPIError) as error:
                db.session.rollback()
                results.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_thirty_two_hand_ins_at_once_have_one_winner(either_app: Flask) -> None:
    world = make.authority()
    audit = make.written(world)
    audit_id, version, me = audit.id, audit.version_id, make.actor(world.manager)
    graded = len([s for s in audit.tool.sections_for(audit.category) if s.graded])
    db.session.remove()

    def hand_in() -> str:
        mine = db.session.execute(db.select(Audit).filter_by(id=audit_id).with_for_update()).scalar_one()
        operations.hand_in(mine, version, by=me)
        db.session.commit()
        return "won"

    results = race(either_app, 32, hand_in)
    assert results.count("won") == 1
    assert all(isinstance(r, Stale | Refused | StaleDataError) for r in results if r != "won"), results
    assert db.session.execute(db.select(db.func.count(Judgement.id))).scalar_one() == graded
    assert [e.kind for e in entries_of(f"audit:{audit_id}")].count("audit.submit") == 1
    assert verify() == []


def test_thirty_two_first_saves_of_one_section_keep_one_and_tell_the_rest(either_app: Flask) -> None:
    world = make.authority()
    audit = make.audit(world)
    audit_id, key, me = audit.id, audit.tool.graded_sections[0].key, make.actor(world.manager)
    db.session.remove()

    def save() -> str:
        mine = db.session.get_one(Audit, audit_id, with_for_update=True)
        operations.save(mine, key, SAMPLE, 0, by=me)
        db.session.commit()
        return "won"

    assert race(either_app, 32, save).count("won") == 1
