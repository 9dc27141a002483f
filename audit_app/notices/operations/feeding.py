"""The private link by which a calendar reads somebody's due days: made, renewed, turned off, and answered."""

import datetime as dt
import secrets

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from audit_app.access.actor import Actor
from audit_app.access.table import Permission, Role
from audit_app.actions.queries import owned_by
from audit_app.auditing.queries import audits_to_do, contributions_to_do
from audit_app.calibration.queries import vignettes_to_grade
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.escalation.queries import escalations_to_sign_off
from audit_app.history.operations import record
from audit_app.identity.model import Person
from audit_app.identity.tokens import digest
from audit_app.improvement.model import Meeting
from audit_app.improvement.queries import actions_led_by
from audit_app.improvement.queries.boards import boards_open_to
from audit_app.moderation.queries import moderations_to_do
from audit_app.notices.due_days import DueDay, Duty, as_calendar
from audit_app.notices.model import Feed
from audit_app.notices.operations.writing import address, settings
from audit_app.notices.queries import meetings_asking


def running_feed(person_id: int) -> Feed | None:
    """The link of somebody that works now."""
    rows = select(Feed).where(Feed.person_id == person_id, Feed.ended_at.is_(None)).order_by(Feed.id.desc()).limit(1)
    return db.session.execute(rows).scalar_one_or_none()


def make_feed(*, by: Actor) -> str:
    """A new link's token, which is shown once; a link that was made before works no longer."""
    db.session.execute(select(Person.id).where(Person.id == by.id).with_for_update())
    renewed = _end(by.id)
    token = secrets.token_urlsafe(32)
    db.session.add(Feed(person_id=by.id, token_hash=digest(token), made_at=now()))
    record("person.calendar_linked", subject=f"person:{by.id}", body={"renewed": renewed}, by=by.id)
    return token


def end_feed(*, by: Actor) -> bool:
    """Turn one's link off; false where there was none."""
    if not _end(by.id):
        return False
    record("person.calendar_unlinked", subject=f"person:{by.id}", by=by.id)
    return True


def hear_account_ended(kind: str, *, subject: str, **said: object) -> None:
    """An account has ended: its link does not come back with it when it is opened again."""
    _end(int(subject.removeprefix("person:")))


def _end(person_id: int) -> bool:
    mine = update(Feed).where(Feed.person_id == person_id, Feed.ended_at.is_(None)).values(ended_at=now())
    return int(db.session.connection().execute(mine).rowcount) > 0


def find_feed(token: str) -> Feed | None:
    """The link of a token, whether it still works or not."""
    rows = select(Feed).where(Feed.token_hash == digest(token)).options(joinedload(Feed.person))
    return db.session.execute(rows).scalar_one_or_none()


def calendar_of(feed: Feed) -> bytes:
    """The due days of a link's person as a calendar, by the roles that they hold today."""
    due = due_days_of(feed.person.actor(today()))
    return as_calendar(due, key=feed.token_hash, service=settings().service_name, link=address())


def due_days_of(actor: Actor) -> list[DueDay]:
    """Everything that somebody is to do by some day: what their list of work says, without what it is about."""
    found = [DueDay(Duty.SIGN_OFF, one.due_on, one.named_at or one.raised_at) for one in escalations_to_sign_off(actor)]
    if actor.may(Permission.AUDIT):
        found += [DueDay(Duty.AUDIT, one.due_on, one.allocated_at) for one in audits_to_do(actor)]
    if actor.may(Permission.CONTRIBUTE):
        asked = [one for one in contributions_to_do(actor) if one.done_at is None]
        found += [DueDay(Duty.CONTRIBUTION, one.until, one.asked_at) for one in asked]
    if actor.may(Permission.MODERATE) or actor.may(Permission.VALIDATE):
        found += [DueDay(Duty.MODERATION, one.due_on, one.given_at) for one in moderations_to_do(actor)]
    found += [DueDay(Duty.ACTION, one.due_on, one.owned_at) for one in owned_by(actor)]
    if actor.may(Permission.CALIBRATE):
        closing = {one.calibration_id: one.calibration for one in vignettes_to_grade(actor)}
        found += [DueDay(Duty.CALIBRATION, one.closes_on, _begun(one.started_at)) for one in closing.values()]
    return found + _of_plans(actor)


def _of_plans(actor: Actor) -> list[DueDay]:
    """Actions of plans that somebody leads, boards that ask them for updates, and those that they come to."""
    since, day = _begun(None), today()
    found = [DueDay(Duty.PLAN_ACTION, one.due_on, since) for one in actions_led_by(actor) if one.due_on is not None]
    found += [DueDay(Duty.BOARD_UPDATE, one.updates_by, since) for one in meetings_asking(actor.id)]
    comes = actor.may(Permission.EDIT_PLANS) or actor.has(Role.BOARD_MEMBER)
    boards = [one.id for one in boards_open_to(actor)] if comes else []
    rows = select(Meeting.held_on).where(Meeting.board_id.in_(boards), Meeting.held_on >= day)
    return found + [DueDay(Duty.BOARD, held_on, since) for held_on in db.session.execute(rows).scalars()]


def _begun(at: dt.datetime | None) -> dt.datetime:
    return at or dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
