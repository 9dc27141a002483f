"""What else must exist for every page of the service to have something to show."""

import datetime as dt
import io

from sqlalchemy import select

from audit_app.auditing import operations as auditing
from audit_app.auditing.model import Audit
from audit_app.calibration import operations as calibration
from audit_app.cases import operations as cases
from audit_app.cases.generating import TeamHolds, generate_rows
from audit_app.cases.operations.taking import take
from audit_app.cases.writing import annex_a_workbook
from audit_app.clock import today
from audit_app.db import db
from audit_app.identity.model import Person
from audit_app.moderation import operations as moderation
from audit_app.moderation.challenge import Ruling
from audit_app.moderation.queries import find_moderation
from audit_app.organisation.queries import authority_of
from audit_app.programmes import operations as programmes
from audit_app.programmes.model import Programme, Round
from audit_app.sampling import operations as sampling
from audit_app.sampling.terms import DrawTerms
from tests import make
from tests.calibration import doing as calibrating
from tests.journeys.world import World

CATEGORIES = ("looked_after", "child_protection", "child_in_need", "closed", "care_leaver")


def prepare(world: World) -> None:
    """A list with rows held and refused, a sample that waits, a closed round, and an alert that nobody was told of."""
    officer = _person(world, "officer")
    running = db.session.scalars(select(Round).join(Programme).where(Programme.name == "Private fostering")).one()
    _load_a_list(running, officer)
    sampling.draw(running, DrawTerms("simple", 4, "every page"), by=officer.id)
    earlier = (running.month - dt.timedelta(days=1)).replace(day=1)
    programmes.close_round(make.open_round(running.programme, running.tool_version, earlier), by=officer.id)
    overdue = db.session.get_one(Audit, world.audits["overdue"])
    manager = make.actor(_person(world, "manager"))
    auditing.raise_risk(overdue, "Nobody has seen the child for a month.", "", None, by=manager)
    _calibrate(world)
    _challenge(world)


def _calibrate(world: World) -> None:
    """A calibration that is being prepared, one to grade, and one that is closed."""
    made = calibrating.authority_again({who: _person(world, who) for who in world.people})
    ready = calibrating.prepared(made, name="Winter")
    calibration.choose_raters(ready, [made.manager], by=made.officer.id)
    running = calibrating.started(made, [made.manager, made.senior], vignettes=2, name="Autumn")
    calibrating.graded(running, made.manager, only=running.vignettes[0])
    closed = calibrating.started(made, [made.manager], name="Spring")
    calibrating.graded(closed, made.manager)
    calibrating.closed(closed, made)


def _challenge(world: World) -> None:
    """A challenge whose resolver has found what stands, and has not resolved it yet."""
    manager, officer, head = (make.actor(_person(world, who)) for who in ("manager", "officer", "head"))
    about = find_moderation(db.session.get_one(Audit, world.audits["outcome"]), "senior")
    if about is None:
        raise LookupError("the outcome is not there")
    one = moderation.challenge(about, {"assessment": "The record says more."}, by=manager)
    moderation.name_resolver(one, _person(world, "head"), "", one.version_id, by=officer)
    ruling = Ruling("good", reason="Both visits are in the record.")
    moderation.rule(one, one.points[0], ruling, one.points[0].version_id, by=head)


def _person(world: World, who: str) -> Person:
    return db.session.scalars(select(Person).filter_by(email=world.people[who][1])).one()


def _load_a_list(running: Round, officer: Person) -> None:
    children = generate_rows(
        [TeamHolds(name, CATEGORIES) for name in ("Team 11", "Team 12", "Duty and advice")],
        seed=3,
        today=today(),
        size=90,
    )
    book = io.BytesIO(annex_a_workbook(children, taken_on=today(), dirty=True))
    taken = take(book, "annex-a.xlsx", today(), most_bytes=1 << 24)
    kept, _ = cases.load(taken, authority_of(running.programme.unit), by=officer.id)
    programmes.change_round(running, kept, running.due_on, running.version_id, by=officer.id)
