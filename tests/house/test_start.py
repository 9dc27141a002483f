"""What a web server holds once it has started: nothing large that few requests need."""

import os
import subprocess
import sys
from pathlib import Path

from tests.house.rooms import ROOT

SELDOM_NEEDED = {
    "alembic", "docx", "flask_migrate", "lxml", "mako", "networkx", "notifications_python_client", "numpy", "pandas",
    "pygments", "reportlab", "requests", "scipy", "sklearn", "urllib3", "xlsxwriter",
}  # fmt: skip
STARTED = "import audit_app, sys; audit_app.create_app(); print(*{name.partition('.')[0] for name in sys.modules})"


def test_a_web_server_that_has_started_holds_no_library_that_few_requests_need(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    environment |= {"AUDIT_ENVIRONMENT": "demonstration", "INSTANCE": str(tmp_path)}
    started = subprocess.run(
        [sys.executable, "-c", STARTED], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    loaded = set(started.stdout.split())
    assert {"flask", "sqlalchemy", "audit_app"} <= loaded
    assert loaded & SELDOM_NEEDED == set()
