"""What two workers of the web server hold in memory, beside two of a bare Flask with SQLAlchemy (G13)."""

import os
import re
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.pairs import Finding, ratio
from benchmarks.places import Places
from tools.demonstration import answers, free_port
from tools.setup.machine import ROOT
from tools.setup.serve import SERVER

BARE = """
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
app = Flask("bare")
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
SQLAlchemy(app)
app.add_url_rule("/healthcheck", "healthcheck", lambda: "ok")
app.add_url_rule("/sign-in", "sign_in", lambda: "ok")
"""
REQUESTS = 40


def measured(places: Places, audits: int) -> Iterator[Finding]:
    """The share of two workers' memory, shared pages counted by halves."""
    app = places.app(audits)
    ours = places.environment(app.extensions["settings"].instance)
    ours |= {"AUDIT_ENVIRONMENT": "test"}  # a demonstration's sign-in page reads its people; the bare one reads nothing
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "bare_flask.py").write_text(BARE)
        mine = _held(["--config", str(ROOT / "gunicorn.conf.py")], ROOT, ours)
        alone = _held(["--worker-class", "gthread", "--threads", "8", "bare_flask:app"], Path(folder), {})
        shared = _held(["--worker-class", "gthread", "--threads", "8", "--preload", "bare_flask:app"], Path(folder), {})
    for bare, how in ((alone, "as gunicorn starts them"), (shared, "that share what they loaded, as ours")):
        what = f"two workers ({mine / 1024:.0f} MB) / two of bare Flask and SQLAlchemy {how} ({bare / 1024:.0f} MB)"
        yield Finding("G13", what, ratio([mine / bare], 1.4))


def _held(words: Sequence[str], folder: Path, environment: dict[str, str]) -> int:
    with _served(words, folder, environment) as (address, process):
        for _ in range(REQUESTS):
            urllib.request.urlopen(f"{address}/sign-in").read()  # our own server
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        return sum(_proportional(one) for one in (process, *map(int, children)))


def _proportional(process: int) -> int:
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{process}/smaps_rollup").read_text(), re.MULTILINE)
    return int(found.group(1)) if found else 0


@contextmanager
def _served(words: Sequence[str], folder: Path, environment: dict[str, str]) -> Iterator[tuple[str, int]]:
    bind = f"127.0.0.1:{free_port()}"
    command = [*SERVER, *words, "--workers", "2", "--no-control-socket", "--bind", bind]
    given = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | environment
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, cwd=folder, env=given, stdout=quiet, stderr=quiet)
    try:
        until = time.monotonic() + 60
        while not answers(f"http://{bind}"):
            if server.poll() is not None or time.monotonic() > until:
                raise SystemExit("The server did not start.")
            time.sleep(0.2)
        yield f"http://{bind}", server.pid
    finally:
        server.terminate()
        server.wait(30)
