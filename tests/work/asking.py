"""How tests of long work ask for it, and look in place of a worker."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from audit_app.db import db, only_read
from audit_app.work import operations
from audit_app.work.model import Job
from audit_app.work.operations.worker import look


def asked(kind: str, given: Mapping[str, Any], owner: int) -> int:
    """A job that was asked for, and kept."""
    job = operations.ask(kind, given, title="Count the rows", back="/", owner=owner)
    job_id = job.id
    db.session.commit()
    db.session.remove()
    return job_id


def looked(app: Flask, job_id: int) -> Job:
    """A job after a worker, here in this process, has looked."""
    db.session.remove()
    look(app)
    only_read(False)
    return db.session.get_one(Job, job_id)
