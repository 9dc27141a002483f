"""The page of a job: its owner's only, in each of its states."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from audit_app.clock import now
from audit_app.db import db
from audit_app.work import queries
from audit_app.work.model import Job, State
from audit_app.work.progress import Position
from audit_app.work.situation import PATIENCE_SECONDS
from audit_app.work.times import TRIES_AGAIN_AFTER
from tests import make
from tests.web.markup import one, read, text
from tests.work.asking import asked, looked
from tests.work.labours import state_of, units, until, worker

pytestmark = pytest.mark.usefixtures("worked_app")


@pytest.fixture
def made() -> make.Authority:
    return make.authority()


@pytest.fixture
def officer(worked_app: Flask, made: make.Authority) -> FlaskClient:
    worked_app.config["WTF_CSRF_ENABLED"] = False
    return make.client_of(worked_app, made.officer)


def job(made: make.Authority, kind: str = "tests.count", **given: object) -> int:
    return asked(kind, {"name": "Counted", "to": 1} | given, made.officer.id)


def set_to(job_id: int, state: State, **values: object) -> None:
    db.session.execute(update(Job).where(Job.id == job_id).values(state=state, **values))
    db.session.commit()


def seen(browser: FlaskClient, job_id: int) -> str:
    answer = browser.get(f"/jobs/{job_id}")
    assert answer.status_code == 200
    assert len(read(answer.text).findall(".//main//h1")) == 1
    return answer.text


def test_only_who_asked_for_it_sees_or_touches_a_job(worked_app: Flask, made: make.Authority) -> None:
    worked_app.config["WTF_CSRF_ENABLED"] = False
    other = make.client_of(worked_app, made.head)
    job_id = job(made)
    answers = [other.get(f"/jobs/{job_id}"), other.get(f"/jobs/{job_id}/position")]
    answers += [other.post(f"/jobs/{job_id}/{verb}") for verb in ("cancel", "start-again")]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert state_of(job_id) == "waiting"


def test_a_job_that_waits_says_so_and_looks_again_without_scripts(officer: FlaskClient, made: make.Authority) -> None:
    page = seen(officer, job(made))
    assert "Waiting to start" in page
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    assert "Cancel this work" in page


def test_a_job_that_waits_without_any_worker_says_who_can_start_one(officer: FlaskClient, made: make.Authority) -> None:
    job_id = job(made)
    db.session.execute(update(Job).values(asked_at=now() - TRIES_AGAIN_AFTER))
    db.session.commit()
    assert TRIES_AGAIN_AFTER.total_seconds() > PATIENCE_SECONDS
    assert "flask work run" in seen(officer, job_id)
    queries.switchboard().give_sign(queries.me(), now())
    assert "flask work run" not in seen(officer, job_id)


def test_a_job_that_runs_says_how_far_it_is_also_in_the_title(officer: FlaskClient, made: make.Authority) -> None:
    job_id = job(made)
    set_to(job_id, State.RUNNING, worker=queries.me(), run="a")
    queries.switchboard().give_sign(queries.me(), now())
    assert "Starting" in seen(officer, job_id)
    queries.switchboard().note(job_id, Position(34_000, 100_000, "rows"))
    tree = read(seen(officer, job_id))
    assert text(one(tree, ".//title")).startswith("34% done: Count the rows")
    bar = one(tree, ".//progress")
    assert (bar.get("value"), bar.get("max"), bar.get("aria-label")) == ("34000", "100000", "Count the rows")
    assert "34,000 of 100,000 rows" in text(one(tree, ".//main"))
    told = officer.get(f"/jobs/{job_id}/position").json
    assert told == {
        "situation": "running",
        "headline": "34% done",
        "done": 34_000,
        "total": 100_000,
        "percent": 34,
        "words": "34,000 of 100,000 rows",
    }


def test_a_job_whose_worker_died_says_that_nothing_was_changed(officer: FlaskClient, made: make.Authority) -> None:
    job_id = job(made)
    set_to(job_id, State.RUNNING, worker="elsewhere:1:dead", run="a")
    page = seen(officer, job_id)
    assert "begins again by itself" in page
    assert "Nothing was changed" in page


def test_a_job_that_is_done_leads_on_and_says_so_once(
    worked_app: Flask, officer: FlaskClient, made: make.Authority
) -> None:
    job_id = job(made)
    looked(worked_app, job_id)
    answer = officer.get(f"/jobs/{job_id}")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/units")
    assert officer.get(f"/jobs/{job_id}/position").json["situation"] == "done"  # type: ignore[index]
    home = officer.get("/").text
    assert home.count("Counted is there.") == 1
    assert officer.get(f"/jobs/{job_id}").status_code == 303
    assert "Counted is there." not in officer.get("/").text


def test_a_job_that_leads_nowhere_leads_back(worked_app: Flask, officer: FlaskClient, made: make.Authority) -> None:
    job_id = job(made, "tests.once")
    looked(worked_app, job_id)
    assert officer.get(f"/jobs/{job_id}").headers["Location"] == "/"


def test_a_job_that_was_refused_says_why_and_leads_back(
    worked_app: Flask, officer: FlaskClient, made: make.Authority
) -> None:
    job_id = job(made, odd=True)
    looked(worked_app, job_id)
    page = seen(officer, job_id)
    assert "That number is odd." in page
    assert "Nothing was changed" in page
    assert "http-equiv" not in page
    assert "start-again" not in page
    assert officer.post(f"/jobs/{job_id}/start-again").status_code == 422
    assert state_of(job_id) == "refused"


def test_a_job_that_failed_is_started_again_once(worked_app: Flask, officer: FlaskClient, made: make.Authority) -> None:
    job_id = asked("tests.fail", {"name": "Half"}, made.officer.id)
    looked(worked_app, job_id)
    answer = officer.post(f"/jobs/{job_id}/start-again")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/jobs/{job_id}")
    assert state_of(job_id) == "waiting"
    assert officer.post(f"/jobs/{job_id}/start-again").status_code == 422


def test_a_job_that_failed_gives_its_reference(worked_app: Flask, officer: FlaskClient, made: make.Authority) -> None:
    job_id = asked("tests.fail", {"name": "Half"}, made.officer.id)
    reference = looked(worked_app, job_id).reference
    page = seen(officer, job_id)
    assert reference in page
    assert "Start again" in page


def test_what_may_not_be_repeated_offers_no_button_for_it(officer: FlaskClient, made: make.Authority) -> None:
    job_id = job(made, "tests.once")
    set_to(job_id, State.STOPPED, said="The computer stopped.")
    assert "start-again" not in seen(officer, job_id)
    assert officer.post(f"/jobs/{job_id}/start-again").status_code == 422


def test_a_job_that_waits_is_cancelled_with_the_button(officer: FlaskClient, made: make.Authority) -> None:
    job_id = job(made)
    assert officer.post(f"/jobs/{job_id}/cancel").status_code == 303
    assert state_of(job_id) == "cancelled"
    assert "You cancelled this. Nothing was changed." in seen(officer, job_id)
    assert officer.post(f"/jobs/{job_id}/cancel").status_code == 422


def test_cancelling_with_the_button_does_not_wait_for_the_work(
    worked_app: Flask, officer: FlaskClient, made: make.Authority, gate: Path
) -> None:
    job_id = job(made, to=10, gate=str(gate))
    with worker(worked_app):
        until(lambda: queries.switchboard().position(job_id), "it runs, and holds the only writer of SQLite")
        assert officer.post(f"/jobs/{job_id}/cancel").status_code == 303
        until(lambda: state_of(job_id) == "cancelled", "it is cancelled")
    assert units("Counted") == 0


def test_ones_own_work_that_goes_on_is_on_the_page_of_todays_work(
    worked_app: Flask, officer: FlaskClient, made: make.Authority
) -> None:
    other = make.client_of(worked_app, made.head)
    job_id = job(made)
    assert f'href="/jobs/{job_id}"' in officer.get("/").text
    assert "Going on now" not in other.get("/").text
    looked(worked_app, job_id)
    assert "Going on now" not in officer.get("/").text


def test_a_form_with_more_than_the_button_is_not_ours(officer: FlaskClient, made: make.Authority) -> None:
    job_id = job(made)
    assert officer.post(f"/jobs/{job_id}/cancel", data={"owner": "1"}).status_code == 400
    assert state_of(job_id) == "waiting"


def test_in_one_process_it_is_done_before_the_page_is_asked_for(worked_app: Flask, made: make.Authority) -> None:
    worked_app.extensions["settings"] = replace(worked_app.extensions["settings"], work="")
    worked_app.config["WTF_CSRF_ENABLED"] = False
    officer = make.client_of(worked_app, made.officer)
    job_id = job(made)
    set_to(job_id, State.CANCELLED)
    assert officer.post(f"/jobs/{job_id}/start-again").status_code == 303
    assert officer.get(f"/jobs/{job_id}").headers["Location"] == "/units"
