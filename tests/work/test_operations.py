"""Asking, carrying out, cancelling and starting again, on both databases."""

import datetime as dt
import logging
import threading
import time
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from audit_app.clock import now
from audit_app.db import db, only_read
from audit_app.history.model import Entry
from audit_app.refusal import Refused
from audit_app.work import operations, queries
from audit_app.work.kinds import KINDS, PERIODIC, Kind, carries_out
from audit_app.work.model import Job, State, Timetable
from audit_app.work.operations.carrying_out import carry_out
from audit_app.work.operations.timetable import carry_out_periodic
from audit_app.work.operations.worker import look
from audit_app.work.progress import Progress
from audit_app.work.times import TRIES_AGAIN_AFTER, Times
from tests import make
from tests.work.asking import asked, looked
from tests.work.labours import OUR_OWN_WORDS, count, state_of, units


def test_what_nobody_carries_out_cannot_be_asked_for(worked_app: Flask, owner: int) -> None:
    with pytest.raises(LookupError):
        operations.ask("tests.unheard_of", {}, title="Nothing", back="/", owner=owner)


def test_a_job_asked_for_in_a_transaction_that_fails_was_never_asked_for(worked_app: Flask, owner: int) -> None:
    operations.ask("tests.count", {"name": "Gone", "to": 1}, title="Count", back="/", owner=owner)
    db.session.rollback()
    look(worked_app)
    assert (queries.jobs(), units("Gone")) == ([], 0)


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", "audits", ""])
def test_one_goes_back_only_to_a_page_of_ours(back: str, worked_app: Flask, owner: int) -> None:
    with pytest.raises(ValueError, match="path"):
        operations.ask("tests.count", {}, title="Count", back=back, owner=owner)


def test_two_functions_cannot_carry_out_the_same_kind() -> None:
    def other(progress: Progress) -> None: ...

    with pytest.raises(ValueError, match="already carried out"):
        carries_out("tests.count")(other)
    assert carries_out("tests.count", refusals=KINDS["tests.count"].refusals)(count) is count


def test_what_it_did_and_its_history_are_kept_with_the_note_that_it_is_done(worked_app: Flask, owner: int) -> None:
    before = len(db.session.scalars(db.select(Entry.idx)).all())
    job = looked(worked_app, asked("tests.count", {"name": "Kept", "to": 2}, owner))
    assert (job.state, job.said) == ("done", "Kept is there.")
    assert len(db.session.scalars(db.select(Entry.idx)).all()) == before + 1
    assert units("Kept") == 1


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("tests.refuse", {"name": "Half"}, "The list is from the future."),
        ("tests.count", {"name": "Half", "to": 3, "odd": True}, "That number is odd."),
    ],
)
def test_a_refusal_ends_a_job_with_its_reason_and_keeps_nothing(
    worked_app: Flask, owner: int, kind: str, given: dict[str, Any], said: str
) -> None:
    job = looked(worked_app, asked(kind, given, owner))
    assert (job.state, job.said) == ("refused", said)
    assert units("Half") == 0


def test_a_fault_ends_a_job_with_a_reference_that_the_log_knows(
    worked_app: Flask, owner: int, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        job = looked(worked_app, asked("tests.fail", {"name": "Half"}, owner))
    assert job.state == "failed"
    assert len(job.reference) == 8
    assert job.reference in caplog.text
    assert "ValueError" in caplog.text
    assert OUR_OWN_WORDS not in caplog.text + job.said
    assert units("Half") == 0
    assert looked(worked_app, asked("tests.count", {"name": "After", "to": 1}, owner)).state == "done"


def test_leading_to_a_page_that_is_not_there_is_a_fault(worked_app: Flask, owner: int) -> None:
    KINDS["tests.astray"] = Kind("tests.astray", lambda progress: {"go_to": "cases.nowhere"}, True, ())
    try:
        assert looked(worked_app, asked("tests.astray", {}, owner)).state == "failed"
    finally:
        del KINDS["tests.astray"]


def test_a_try_that_was_given_to_another_worker_keeps_nothing(worked_app: Flask, owner: int) -> None:
    def overtaken(progress: Progress, *, job_id: int) -> None:
        count(progress, name="Twice", to=1)
        db.session.execute(update(Job).where(Job.id == job_id).values(run="another worker's"))

    KINDS["tests.overtaken"] = Kind("tests.overtaken", overtaken, True, ())
    try:
        job_id = asked("tests.overtaken", {"job_id": 1}, owner)
        db.session.execute(update(Job).values(given={"job_id": job_id}))
        db.session.commit()
        db.session.remove()
        assert carry_out(job_id)
        assert (state_of(job_id), units("Twice")) == ("running", 0)
        assert looked(worked_app, job_id).state != "done"
    finally:
        del KINDS["tests.overtaken"]


def test_a_job_that_nobody_is_at_is_put_back_but_not_for_ever(worked_app: Flask, owner: int) -> None:
    job_id = asked("tests.count", {"name": "Tired", "to": 1}, owner)
    db.session.execute(
        update(Job).values(state=State.RUNNING, worker="elsewhere:1:dead", run="a", tries=3, started_at=now())
    )
    db.session.commit()
    job = looked(worked_app, job_id)
    assert (job.state, units("Tired")) == ("stopped", 0)
    assert "3 times" in job.said
    operations.start_again(job, by=owner)
    db.session.commit()
    assert looked(worked_app, job_id).state == "done"
    assert units("Tired") == 1


def test_a_lost_job_that_was_to_be_cancelled_is_cancelled(worked_app: Flask, owner: int) -> None:
    job_id = asked("tests.count", {"name": "Lost", "to": 1}, owner)
    db.session.execute(update(Job).values(state=State.RUNNING, worker="elsewhere:1:dead", run="a", tries=1))
    db.session.commit()
    queries.switchboard().wish(job_id)
    assert looked(worked_app, job_id).state == "cancelled"
    assert units("Lost") == 0


def test_a_job_that_waits_is_cancelled_at_once(worked_app: Flask, owner: int) -> None:
    job_id = asked("tests.count", {"name": "Never", "to": 1}, owner)
    operations.cancel(db.session.get_one(Job, job_id), by=owner)
    db.session.commit()
    assert looked(worked_app, job_id).state == "cancelled"
    assert units("Never") == 0


def test_what_has_ended_cannot_be_cancelled_and_what_is_done_not_started_again(worked_app: Flask, owner: int) -> None:
    job = looked(worked_app, asked("tests.count", {"name": "Done", "to": 1}, owner))
    with pytest.raises(Refused, match="had ended"):
        operations.cancel(job, by=owner)
    with pytest.raises(Refused, match="done"):
        operations.start_again(job, by=owner)


def test_nobody_cancels_or_starts_what_somebody_else_asked_for(worked_app: Flask, owner: int) -> None:
    job = db.session.get_one(Job, asked("tests.count", {"name": "Mine", "to": 1}, owner))
    for operation in (operations.cancel, operations.start_again):
        with pytest.raises(Refused):
            operation(job, by=owner + 1)


def test_what_may_not_be_repeated_is_not_started_again(worked_app: Flask, owner: int) -> None:
    KINDS["tests.fails_once"] = Kind("tests.fails_once", KINDS["tests.fail"].function, False, ())
    try:
        job = looked(worked_app, asked("tests.fails_once", {"name": "Half"}, owner))
        with pytest.raises(Refused, match="cannot simply be started again"):
            operations.start_again(job, by=owner)
    finally:
        del KINDS["tests.fails_once"]


def test_a_kind_that_this_program_does_not_know_is_left_to_one_that_does(worked_app: Flask, owner: int) -> None:
    KINDS["tests.newer"] = KINDS["tests.count"]
    job_id = asked("tests.newer", {"name": "Newer", "to": 1}, owner)
    del KINDS["tests.newer"]
    assert looked(worked_app, job_id).state == "waiting"


def test_at_once_it_is_carried_out_by_whoever_asks_for_it(either_app: Flask) -> None:
    made = make.authority()
    owner = made.officer.id
    db.session.commit()
    with either_app.test_request_context("/"):
        either_app.preprocess_request()
        only_read(False)
        job_id = operations.ask("tests.count", {"name": "Now", "to": 1}, title="Now", back="/", owner=owner).id
        db.session.commit()
        either_app.process_response(either_app.response_class())
    assert (state_of(job_id), units("Now")) == ("done", 1)


def passed(name: str, minutes: float) -> None:
    """Let time pass for a periodic work."""
    step = TRIES_AGAIN_AFTER / 5 * minutes
    row = db.session.get_one(Timetable, name)
    row.done -= step
    if row.failed_at:
        row.failed_at -= step
    db.session.commit()
    db.session.remove()


def test_periodic_work_is_done_once_for_each_of_its_times(worked_app: Flask) -> None:
    calls = list[int]()
    one = replace(PERIODIC["tests.beat"], function=lambda: calls.append(1), times=Times(minutes=600))
    assert not carry_out_periodic(one)  # seen for the first time: nothing was missed
    assert not carry_out_periodic(one)
    only_read(False)
    passed("tests.beat", 601)
    assert carry_out_periodic(one)
    assert not carry_out_periodic(one)
    only_read(False)
    assert (calls, db.session.get_one(Timetable, "tests.beat").ended_at is not None) == ([1], True)


def test_periodic_work_that_fails_is_tried_again_later_and_then_left(worked_app: Flask) -> None:
    calls = list[int]()

    def fails() -> None:
        calls.append(1)
        raise ValueError(OUR_OWN_WORDS)

    one = replace(PERIODIC["tests.beat"], function=fails, times=Times(minutes=600))
    carry_out_periodic(one)
    only_read(False)
    passed("tests.beat", 600)
    for expected in (1, 2, 3, 3):
        carry_out_periodic(one)
        carry_out_periodic(one)  # not at once
        assert len(calls) == expected
        only_read(False)
        row = db.session.get_one(Timetable, "tests.beat")
        assert len(row.reference) == 8
        row.failed_at = (row.failed_at or now()) - TRIES_AGAIN_AFTER
        db.session.commit()
        db.session.remove()


def test_jobs_are_forgotten_a_while_after_they_ended_and_dead_workers_too(worked_app: Flask, owner: int) -> None:
    long_ago = now() - dt.timedelta(days=100)
    old, young, unfinished = (asked("tests.count", {"name": "Old", "to": 1}, owner) for _ in range(3))
    db.session.execute(update(Job).where(Job.id.in_((old, unfinished))).values(asked_at=long_ago))
    db.session.execute(update(Job).where(Job.id.in_((old, young))).values(state=State.CANCELLED))
    line = queries.switchboard()
    line.give_sign("elsewhere:1:dead", long_ago)
    line.give_sign(queries.me(), now())
    operations.tidy()
    db.session.commit()
    assert [job.id for job in queries.jobs()] == [unfinished, young]
    assert list(line.signs()) == [queries.me()]


def test_two_workers_at_the_same_moment_do_periodic_work_once(worked_app: Flask) -> None:
    calls = list[int]()

    def slow() -> None:
        calls.append(1)
        time.sleep(0.5)

    one = replace(PERIODIC["tests.beat"], function=slow, times=Times(minutes=600))
    carry_out_periodic(one)
    only_read(False)
    passed("tests.beat", 600)

    def work() -> None:
        with worked_app.app_context():
            carry_out_periodic(one)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join(60)
    assert calls == [1]
