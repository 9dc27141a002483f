"""How the web server runs the application: its file, and that its processes may share what was loaded before them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.rooms import ROOT

BUILT = """
import os, threading
from audit_app import create_app
app = create_app()
from audit_app.db import db
with app.app_context():
    print(threading.active_count(), db.engine.pool.status())
    print(sum("socket" in os.path.realpath(f"/proc/self/fd/{one}") for one in os.listdir("/proc/self/fd")))
"""


def served_by(**environment: str) -> dict[str, object]:
    """What gunicorn.conf.py says in an environment."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "WEB_CONCURRENCY")}
    with pytest.MonkeyPatch.context() as patch:
        for name in set(os.environ) - set(kept):
            patch.delenv(name)
        for name, value in environment.items():
            patch.setenv(name, value)
        said: dict[str, object] = {}
        exec((ROOT / "gunicorn.conf.py").read_text(), said)
    return said


def test_sqlite_is_served_by_one_process_and_postgres_by_one_for_each_processor() -> None:
    assert served_by()["workers"] == 1
    assert served_by(DATABASE_URL="postgresql+psycopg://audit@db/audits")["workers"] == os.cpu_count()
    assert served_by(WEB_CONCURRENCY="3")["workers"] == 3


@pytest.mark.parametrize("postgres", [False, True])
def test_building_the_application_opens_no_connection_and_starts_no_thread(postgres: bool, tmp_path: Path) -> None:
    # What was opened before processes part would be used by all of them at once.
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"AUDIT_ENVIRONMENT": "demonstration", "INSTANCE": str(tmp_path)}
    if postgres:
        environment["DATABASE_URL"] = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"
    run = subprocess.run(
        [sys.executable, "-c", BUILT], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    threads, sockets = run.stdout.splitlines()
    assert threads.startswith("1 ")
    assert "Connections in pool: 0" in threads
    assert "Current Checked out connections: 0" in threads
    assert sockets == "0"
