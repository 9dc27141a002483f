"""Carrying periodic work out: each of its times once, whichever worker comes first."""

import datetime as dt
import logging
import secrets
from contextlib import suppress

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from audit_app.clock import now
from audit_app.db import db, reading
from audit_app.web.errors import where_it_broke
from audit_app.work import queries
from audit_app.work.kinds import Periodic
from audit_app.work.model import Timetable
from audit_app.work.operations.carrying_out import Stopping, never, writing
from audit_app.work.times import Tried, due

log = logging.getLogger("audit_app.work")


def carry_out_overdue(stopping: Stopping = never) -> None:
    """Carry out the periodic work whose time has come; call it with no transaction open."""
    with current_app.app_context(), reading():
        found = queries.overdue()
    for one in found:
        if stopping():
            return
        carry_out_periodic(one)


def carry_out_periodic(one: Periodic) -> bool:
    """Carry out one periodic work if its time has come and nobody else is at it; whether it was done now.

    That the time is done is kept with the first commit: the function may keep its work in steps.
    """
    tried = None
    try:
        with writing():
            row = db.session.scalar(
                select(Timetable).where(Timetable.name == one.name).with_for_update(skip_locked=True)
            )
            if row is None:
                _see_first(one)
                return False
            tried = due(one.times, Tried(row.done, row.tried, row.tries, row.failed_at), now())
            if tried is None:
                return False
            row.done, row.ended_at, row.tries, row.reference = tried, now(), 0, ""
            db.session.flush()
            one.function()
    except Exception as error:  # noqa: BLE001  whatever the work raises ends this try, and only this one
        _note_failure(one, tried, error)
        return False
    return True


def _see_first(one: Periodic) -> None:
    """Begin to count a new work's times from now: nothing was missed before it was there."""
    if queries.tried(one.name) is None:  # else another worker is at it
        with suppress(IntegrityError), db.session.begin_nested():
            db.session.add(Timetable(name=one.name, done=one.times.last(now())))


def _note_failure(one: Periodic, time: dt.datetime | None, error: Exception) -> None:
    reference = secrets.token_hex(4).upper()
    log.error("%s failed, reference %s\n%s", one.name, reference, where_it_broke(error))
    if time is None:
        return
    try:
        with writing():
            row = db.session.get(Timetable, one.name, with_for_update=True)
            if row is not None and row.done < time:
                row.tries = row.tries + 1 if row.tried == time else 1
                row.tried, row.failed_at, row.reference = time, now(), reference
    except SQLAlchemyError as why:
        log.error("that %s failed could not be noted: %s", one.name, type(why).__name__)
