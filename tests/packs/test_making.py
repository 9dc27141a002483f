"""Packs of a round: made by a worker whole or not at all, opened only by whoever asked and may read it."""

import datetime as dt
import io
import zipfile
from dataclasses import replace

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from audit_app.auditing.model import Audit
from audit_app.clock import now
from audit_app.db import db
from audit_app.history.queries import entries_of
from audit_app.moderation import operations as moderation
from audit_app.moderation.model import Route
from audit_app.packs import operations, queries
from audit_app.packs.model import Pack
from audit_app.work.model import Job, State
from audit_app.work.queries import switchboard
from tests import make
from tests.packs import doing
from tests.work.asking import looked


@pytest.fixture
def made(either_app: Flask) -> make.Authority:
    made = make.authority()
    db.session.commit()
    return made


def asked(browser: FlaskClient, round_id: int, form: str = "pdf") -> str:
    """Where somebody who asks for the pack of the round comes to."""
    answer = browser.post(f"/packs/rounds/{round_id}", data={"form": form})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


@pytest.fixture(autouse=True)
def without_tokens(either_app: Flask) -> None:
    either_app.config["WTF_CSRF_ENABLED"] = False


def held() -> int:
    """How many packs are kept."""
    return db.session.execute(select(func.count()).select_from(Pack)).scalar_one()


def test_a_round_is_taken_away_as_one_file_with_every_audit_in_it(either_app: Flask, made: make.Authority) -> None:
    audits = [make.handed_in(made) for _ in range(2)]
    audits[0].case.reference = "../../etc/passwd"
    make.written(made)  # not handed in: nobody else's business yet
    db.session.commit()
    subjects, reference, first = [one.subject for one in audits], audits[1].case.reference, audits[0].id
    browser = make.client_of(either_app, made.head)
    job = asked(browser, made.round.id, form="both")
    shown = browser.get(job, follow_redirects=True)
    pack = db.session.scalars(select(Pack)).one()
    assert "The pack is made." in shown.text
    answer = browser.get(f"/packs/{pack.id}.zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        names = archive.namelist()
        papers = [archive.read(name) for name in names if name.endswith(".pdf")]
        listed = archive.read("contents.csv").decode("utf-8-sig")
    assert names[:2] == ["about.txt", "contents.csv"]
    assert f"audit-etc-passwd-{first}.docx" in names
    assert len(names) == 6 and all("/" not in name and ".." not in name for name in names)
    assert all(paper.startswith(b"%PDF") for paper in papers)
    assert reference in listed
    for subject in subjects:
        assert entries_of(subject, limit=1)[0].body == {"form": f"in pack {pack.id}"}


def test_nobody_else_opens_a_pack(either_app: Flask, made: make.Authority) -> None:
    pack = doing.kept(f"round:{made.round.id}", made.head)
    officer = make.client_of(either_app, made.officer)
    assert officer.get(f"/packs/{pack.id}").status_code == 404
    assert officer.get(f"/packs/{pack.id}.zip").status_code == 404
    assert officer.post(f"/packs/{pack.id}/erase").status_code == 404
    assert make.client_of(either_app, made.head).get(f"/packs/{pack.id}.zip").status_code == 200


def test_a_pack_leaves_out_what_its_owner_judges_blind_and_closes_when_that_comes_later(
    either_app: Flask, made: make.Authority
) -> None:
    hidden, seen, later = (make.handed_in(made) for _ in range(3))
    _give_blind(made, hidden.id)
    head = make.client_of(either_app, made.head)
    assert "1 audit that you judge blind just now is left out." in head.get(f"/packs/rounds/{made.round.id}").text
    expected, coming = sorted([seen.id, later.id]), later.id
    asked(head, made.round.id)
    pack = db.session.scalars(select(Pack)).one()
    assert sorted(pack.audit_ids) == expected
    assert len(pack.names) == 4
    _give_blind(made, coming)
    answer = head.get(f"/packs/{pack.id}.zip")
    assert answer.status_code == 422
    assert "1 audit in this pack is not open to you now" in answer.text
    assert "Download the pack" not in head.get(f"/packs/{pack.id}").text


def _give_blind(made: make.Authority, audit_id: int) -> None:
    audit = db.session.get_one(Audit, audit_id)
    moderation.give(
        audit,
        made.head,
        "senior",
        route=Route.RANDOM,
        blind=True,
        due_on=made.round.due_on,
        by=made.officer.id,
        inclusion_probability=0.5,
    )
    db.session.commit()


def test_a_cancelled_pack_leaves_nothing_and_can_be_asked_for_again(either_app: Flask, made: make.Authority) -> None:
    make.handed_in(made)
    either_app.extensions["settings"] = replace(either_app.extensions["settings"], work="worker")
    browser, round_id = make.client_of(either_app, made.head), made.round.id
    job_id = int(asked(browser, round_id).rsplit("/", 1)[1])
    again = browser.post(f"/packs/rounds/{round_id}", data={"form": "pdf"})
    assert again.status_code == 422
    assert "still being made" in again.text
    switchboard().wish(job_id)
    assert looked(either_app, job_id).state == State.CANCELLED
    assert held() == 0
    second = int(asked(browser, round_id).rsplit("/", 1)[1])
    job = looked(either_app, second)
    assert job.state == State.DONE, job.said
    assert held() == 1


def test_a_pack_is_not_made_for_somebody_who_may_not_take_it_any_more(either_app: Flask, made: make.Authority) -> None:
    make.handed_in(made)
    either_app.extensions["settings"] = replace(either_app.extensions["settings"], work="worker")
    job_id = int(asked(make.client_of(either_app, made.head), made.round.id).rsplit("/", 1)[1])
    made.head.grants[0].ended_at = now()
    db.session.commit()
    job = looked(either_app, job_id)
    assert (job.state, held()) == (State.REFUSED, 0)


def test_a_pack_is_erased_when_its_time_is_over(either_app: Flask, made: make.Authority) -> None:
    pack = doing.kept(f"round:{made.round.id}", made.head)
    subject, address = pack.subject, f"/packs/{pack.id}"
    operations.sweep()
    db.session.commit()
    assert held() == 1
    with time_machine.travel(now() + dt.timedelta(hours=73), tick=False):
        assert queries.packs_of(make.actor(made.head)) == []
        operations.sweep()
        db.session.commit()
    assert held() == 0
    assert entries_of(subject, limit=1)[0].kind == "pack.erased"
    assert make.client_of(either_app, made.head).get(address).status_code == 404


def test_whoever_asked_can_erase_a_pack_at_once(either_app: Flask, made: make.Authority) -> None:
    pack = doing.kept(f"round:{made.round.id}", made.head)
    browser = make.client_of(either_app, made.head)
    assert "The pack is erased." in browser.post(f"/packs/{pack.id}/erase", follow_redirects=True).text
    assert held() == 0


def test_a_round_without_audits_says_so(either_app: Flask, made: make.Authority) -> None:
    shown = make.client_of(either_app, made.head).get(f"/packs/rounds/{made.round.id}")
    assert "no audit yet" in shown.text
    assert "Make the pack" not in shown.text
    assert db.session.scalars(select(Job)).all() == []
