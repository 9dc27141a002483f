"""Your work, for everybody."""

from flask import Flask

from audit_app.auditing import operations as auditing
from audit_app.clock import now
from audit_app.db import db
from audit_app.work.model import Job
from tests import make


def test_everybody_has_a_home_page(app: Flask) -> None:
    world = make.authority()
    make.handed_in(world)
    make.audit(world)
    for person in world.people.values():
        assert make.client_of(app, person).get("/").status_code == 200


def test_what_came_back_stands_first(app: Flask) -> None:
    world = make.authority()
    first, back = make.audit(world), make.handed_in(world)
    auditing.send_back(back, "Say more.", by=world.senior.id)
    db.session.commit()
    page = make.client_of(app, world.manager).get("/").text
    assert page.index(back.case.reference) < page.index(first.case.reference)
    assert "Sent back to you" in page


def test_a_child_at_risk_is_on_the_home_page_of_the_head_of_service_at_once(app: Flask) -> None:
    world = make.authority()
    audit = make.audit(world)
    auditing.raise_risk(audit, "Not seen for six weeks.", "", None, by=make.actor(world.manager))
    db.session.commit()
    for person in (world.head, world.officer):
        assert "1 child may be at risk now" in make.client_of(app, person).get("/").text
    assert "may be at risk now" not in make.client_of(app, world.board).get("/").text


def test_long_work_that_goes_on_is_found_again_by_whoever_asked_for_it(app: Flask) -> None:
    world = make.authority()
    job = Job(kind="work.none", title="Load a list", given={}, back="/", owner_id=world.officer.id, asked_at=now())
    db.session.add(job)
    db.session.commit()
    assert f'href="/jobs/{job.id}"' in make.client_of(app, world.officer).get("/").text
    assert f"/jobs/{job.id}" not in make.client_of(app, world.head).get("/").text
