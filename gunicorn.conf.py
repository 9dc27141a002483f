"""How the web server runs the application: gunicorn reads this file where it is started.

With SQLite one process with threads, whose writers queue up in order of arrival; with PostgreSQL as many processes as
there are processors. WEB_CONCURRENCY says otherwise.
"""

import gc
import os
from typing import Any

_postgres = os.environ.get("DATABASE_URL", "").startswith("postgres")

wsgi_app = "audit_app:create_app()"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or (os.cpu_count() or 1 if _postgres else 1))
threads = 8
# Processes share what was loaded; building the application opens no connection that they would share as well.
preload_app = True
control_socket_disable = True
loglevel = os.environ.get("LOG_LEVEL", "warning")


def when_ready(server: Any) -> None:
    """Compile what every page begins with once, before the processes part: they share it, and answer sooner."""
    shared = ("layout/", "components/", "govuk_frontend_jinja/")
    templates = server.app.wsgi().jinja_env
    for name in templates.list_templates(filter_func=lambda name: name.startswith(shared)):
        templates.get_template(name)
    gc.collect()
    gc.freeze()
