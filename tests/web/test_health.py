"""Whether the service can work, as a machine asks it."""

from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import text

from audit_app.db import db
from audit_app.web.health import MIGRATIONS, wanted
from tests.web.laboratory import laboratory


def asked(app: Flask) -> tuple[int, dict[str, str]]:
    answer = app.test_client().get("/healthcheck")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    found: dict[str, str] = answer.get_json()
    return answer.status_code, found


def test_a_migrated_database_is_healthy(lab: Flask) -> None:
    assert asked(lab) == (200, {"status": "ok", "database": "migrated", "version": wanted()})


def test_the_migration_that_is_wanted_is_the_one_that_alembic_would_end_with() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS.parent))
    assert wanted() == ScriptDirectory.from_config(config).get_current_head()


@pytest.mark.parametrize("change", ["update alembic_version set version_num = 'older'", "delete from alembic_version"])
def test_a_database_of_another_version_is_not(lab: Flask, change: str) -> None:
    with lab.app_context():
        db.session.execute(text(change))
        db.session.commit()
    code, said = asked(lab)
    assert (code, said["status"], said["database"], said["wanted"]) == (503, "unavailable", "not migrated", wanted())


def test_a_database_that_is_not_there_is_not_and_its_address_is_told_to_nobody(tmp_path: Path) -> None:
    secret = "postgresql+psycopg://audit:the-password@127.0.0.1:1/audit"
    with laboratory(tmp_path, secret) as app:
        code, said = asked(app)
    assert (code, said) == (503, {"status": "unavailable", "database": "not reachable or not migrated"})


def test_asking_writes_nothing_and_a_machine_need_not_sign_in(lab: Flask) -> None:
    assert lab.test_client().head("/healthcheck").status_code == 200
    assert lab.test_client().post("/healthcheck").status_code == 405
