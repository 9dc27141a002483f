"""Work carried out by real worker processes, on both databases: once, whole or not at all."""

import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from audit_app.db import db
from audit_app.work import operations, queries
from audit_app.work.model import Job
from tests import make
from tests.work.asking import asked
from tests.work.labours import state_of, units, until, worker


def has(job_id: int, state: str) -> bool:
    """Whether a job stands where it should."""
    return state_of(job_id) == state


def test_what_is_asked_for_is_carried_out_once_a_worker_runs(worked_app: Flask, owner: int) -> None:
    job_id = asked("tests.count", {"name": "Counted", "to": 3}, owner)
    assert (state_of(job_id), units("Counted")) == ("waiting", 0)
    with worker(worked_app):
        until(lambda: has(job_id, "done"), "the job is done")
    assert units("Counted") == 1
    job = db.session.get_one(Job, job_id)
    assert (job.said, job.go_to, job.tries) == ("Counted is there.", "organisation.index", 1)


def test_progress_is_seen_while_it_runs_and_nothing_of_its_work(worked_app: Flask, owner: int, gate: Path) -> None:
    job_id = asked("tests.count", {"name": "Slow", "to": 40, "gate": str(gate)}, owner)
    with worker(worked_app):
        line = queries.switchboard()
        until(lambda: line.position(job_id), "it says how far it is")
        position = line.position(job_id)
        assert position is not None
        assert position.words == "0 of 40 rows"
        assert (state_of(job_id), len(queries.living())) == ("running", 1)
        gate.touch()
        until(lambda: has(job_id, "done"), "the job is done")
    assert line.position(job_id) is None
    assert queries.living() == []


def test_a_job_that_is_cancelled_while_it_runs_leaves_nothing(worked_app: Flask, owner: int, gate: Path) -> None:
    job_id = asked("tests.count", {"name": "Never", "to": 10, "gate": str(gate)}, owner)
    with worker(worked_app):
        until(lambda: queries.switchboard().position(job_id), "it runs")
        assert queries.switchboard().wish(job_id)
        until(lambda: has(job_id, "cancelled"), "it is cancelled")
    assert units("Never") == 0


def test_a_worker_killed_in_the_middle_leaves_nothing_and_the_next_does_it_once(
    worked_app: Flask, owner: int, gate: Path
) -> None:
    job_id = asked("tests.count", {"name": "Killed", "to": 10, "gate": str(gate)}, owner)
    with worker(worked_app) as first:
        until(lambda: queries.switchboard().position(job_id), "it runs")
        first.kill()
        first.wait()
    assert (state_of(job_id), units("Killed")) == ("running", 0)
    gate.touch()
    with worker(worked_app):
        until(lambda: has(job_id, "done"), "another worker has done it")
    assert units("Killed") == 1
    assert db.session.get_one(Job, job_id).tries == 2


def test_what_may_not_be_repeated_stops_when_its_worker_is_killed(worked_app: Flask, owner: int, gate: Path) -> None:
    job_id = asked("tests.once", {"name": "Once", "to": 10, "gate": str(gate)}, owner)
    with worker(worked_app) as first:
        until(lambda: queries.switchboard().position(job_id), "it runs")
        first.kill()
        first.wait()
    gate.touch()
    with worker(worked_app):
        until(lambda: has(job_id, "stopped"), "it is found lost")
    assert units("Once") == 0


def test_a_worker_that_is_told_to_end_puts_its_job_back(worked_app: Flask, owner: int, gate: Path) -> None:
    for told in (signal.SIGTERM, signal.SIGINT):
        gate.unlink(missing_ok=True)
        job_id = asked("tests.count", {"name": f"Put back {told}", "to": 10, "gate": str(gate)}, owner)
        with worker(worked_app) as first:
            until(lambda job_id=job_id: queries.switchboard().position(job_id), "it runs")  # type: ignore[misc]
            first.send_signal(told)
            assert first.wait(30) == 0
        assert (state_of(job_id), db.session.get_one(Job, job_id).tries) == ("waiting", 0)
        db.session.remove()
        gate.touch()
        with worker(worked_app):
            until(lambda job_id=job_id: has(job_id, "done"), "another worker has done it")  # type: ignore[misc]
        assert units(f"Put back {told}") == 1


def test_two_workers_carry_out_many_jobs_and_none_twice(worked_app: Flask, owner: int) -> None:
    with worker(worked_app), worker(worked_app):
        until(lambda: len(queries.living()) == 2, "both workers live")
        jobs = [asked("tests.count", {"name": f"Shared {n}", "to": 2}, owner) for n in range(12)]
        until(lambda: all(has(job_id, "done") for job_id in jobs), "all jobs are done")
    assert [units(f"Shared {n}") for n in range(12)] == [1] * 12


def test_a_job_whose_ring_was_lost_is_carried_out_all_the_same(worked_app: Flask, owner: int) -> None:
    with worker(worked_app):
        until(queries.living, "the worker lives")
        db.session.info.pop("work.asked", None)
        job = operations.ask("tests.count", {"name": "Unheard", "to": 2}, title="Count", back="/", owner=owner)
        job_id = job.id
        assert db.session.info.pop("work.asked")  # nobody rings
        db.session.commit()
        db.session.remove()
        until(lambda: has(job_id, "done"), "the worker looks by itself")
    assert units("Unheard") == 1


@pytest.mark.postgres
def test_a_job_whose_database_connection_was_lost_begins_again(postgres_app: Flask, tmp_path: Path) -> None:
    postgres_app.extensions["settings"] = replace(postgres_app.extensions["settings"], work="worker")
    owner = make.authority().officer.id
    db.session.commit()
    job_id = asked("tests.lose_the_database", {"mark": str(tmp_path / "mark")}, owner)
    with worker(postgres_app):
        until(lambda: has(job_id, "done"), "it is done at the second try")
    assert units("Lost and found") == 1


def test_an_idle_worker_ends_at_once(worked_app: Flask) -> None:
    with worker(worked_app) as idle:
        until(queries.living, "the worker lives")
        began = time.monotonic()
        idle.send_signal(signal.SIGTERM)
        assert idle.wait(30) == 0
        assert time.monotonic() - began < 20
    assert queries.living() == []
