"""Whether the service can work: the database answers and has the tables that this version needs."""

from functools import cache
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from audit_app.db import db
from audit_app.web.guard import public

blueprint = Blueprint("health", __name__)
MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


@cache
def wanted() -> str | None:
    """The migration that this version of the application needs."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config).get_current_head()


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
