"""Forgetting what long work leaves behind: ended jobs after a while, and the signs of workers that died long ago."""

import datetime as dt

from sqlalchemy import delete

from audit_app.clock import now
from audit_app.db import db
from audit_app.work import queries
from audit_app.work.kinds import periodic
from audit_app.work.model import Job, State

KEPT_DAYS = 90
ENDED = [state for state in State if state.ended]


@periodic("work.tidy", at="03:30")
def tidy() -> None:
    """Forget jobs that ended three months ago; what they did is in the record."""
    before = now() - dt.timedelta(days=KEPT_DAYS)
    gone = db.session.scalars(delete(Job).where(Job.state.in_(ENDED), Job.asked_at < before).returning(Job.id)).all()
    line = queries.switchboard()
    for job_id in gone:
        line.forget(job_id)
    for worker, seen in line.signs().items():
        if now() - seen > dt.timedelta(days=1):
            line.leave(worker)
