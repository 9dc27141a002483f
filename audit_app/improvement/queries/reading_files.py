"""What is asked of files of readings: whose wait, and how their columns were said to be read before."""

from flask import abort
from sqlalchemy import select

from audit_app.cases.mapping import Mapping
from audit_app.cases.ways import Remembered
from audit_app.clock import now
from audit_app.db import db
from audit_app.improvement.model import Plan, ReadingColumns, ReadingsFile


def reading_columns(unit_id: int) -> list[Remembered]:
    """What the columns of a unit's own files of readings were said to hold, the last said first."""
    rows = select(ReadingColumns).where(ReadingColumns.unit_id == unit_id)
    rows = rows.order_by(ReadingColumns.remembered_at.desc(), ReadingColumns.id)
    return [
        Remembered(one.name, Mapping.restored(one.mapping), tuple(one.headings))
        for one in db.session.execute(rows).scalars()
    ]


def readings_file_or_404(plan: Plan, readings_id: int, owner_id: int) -> ReadingsFile:
    """A file that somebody sent in themselves for a plan, and whose day is not over; any other does not exist."""
    rows = select(ReadingsFile).where(ReadingsFile.id == readings_id, ReadingsFile.plan_id == plan.id)
    rows = rows.where(ReadingsFile.owner_id == owner_id, ReadingsFile.expires_at > now())
    return db.session.execute(rows).scalar_one_or_none() or abort(404)


def readings_waiting(plan: Plan, owner_id: int) -> list[ReadingsFile]:
    """The files for a plan that somebody sent in and has neither taken nor cancelled, the latest first."""
    rows = select(ReadingsFile).where(ReadingsFile.plan_id == plan.id, ReadingsFile.owner_id == owner_id)
    rows = rows.where(ReadingsFile.expires_at > now()).order_by(ReadingsFile.id.desc()).limit(5)
    return list(db.session.execute(rows).scalars())
