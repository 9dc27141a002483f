"""Whether the service can work: the database answers and has the tables that this version needs."""

import re
from functools import cache
from pathlib import Path

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from audit_app.db import db
from audit_app.web.guard import public

blueprint = Blueprint("health", __name__)
MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations" / "versions"
_SAID = re.compile(r'^(revision|down_revision) = "(.+)"$', re.MULTILINE)


@cache
def wanted() -> str:
    """The migration that this version of the application needs: the one that no other follows."""
    steps = [dict(_SAID.findall(file.read_text(encoding="utf-8"))) for file in MIGRATIONS.glob("*.py")]
    (last,) = {step["revision"] for step in steps} - {step.get("down_revision") for step in steps}
    return str(last)


@blueprint.get("/healthcheck")
@public
def healthcheck() -> ResponseReturnValue:
    """200 once the database is reachable and migrated, 503 otherwise."""
    try:
        found = db.session.execute(text("select version_num from alembic_version")).scalar_one_or_none()
    except SQLAlchemyError:
        db.session.rollback()
        return {"status": "unavailable", "database": "not reachable or not migrated"}, 503
    if found != wanted():
        return {"status": "unavailable", "database": "not migrated", "found": found, "wanted": wanted()}, 503
    return {"status": "ok", "database": "migrated", "version": found}
