"""The demonstration authority, served for a while from a folder of its own: for pictures, and for looking around."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError

from tools.setup.machine import ROOT, Missing
from tools.setup.serve import HOST, SERVER

STARTS_WITHIN_SECONDS = 60


def free_port() -> int:
    """A port that nobody serves on."""
    with socket.socket() as door:
        door.bind((HOST, 0))
        number: int = door.getsockname()[1]
        return number


def answers(address: str) -> bool:
    """Whether the service says of itself that it can work."""
    try:
        with urllib.request.urlopen(f"{address}/healthcheck", timeout=5) as answer:
            healthy: bool = answer.status == 200
            return healthy
    except (URLError, OSError):
        return False


@contextmanager
def loaded() -> Iterator[dict[str, str]]:
    """Within it, a folder holds the demonstration's data; what is given are the settings that name it."""
    with tempfile.TemporaryDirectory(prefix="case-audit-demonstration-") as folder:
        settings = {"AUDIT_ENVIRONMENT": "demonstration", "FLASK_APP": "audit_app", "INSTANCE": folder}
        for words in (["db", "upgrade"], ["demo", "load"]):
            subprocess.run([sys.executable, "-m", "flask", *words], cwd=ROOT, env=_around(settings), check=True)
        yield settings


def _around(settings: dict[str, str]) -> dict[str, str]:
    """This process's environment with these settings, and without those of an installation's database."""
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | settings


@contextmanager
def served() -> Iterator[str]:
    """Within it, the demonstration answers at the address given; afterwards nothing of it is left."""
    with loaded() as settings:
        address = f"{HOST}:{free_port()}"
        server = subprocess.Popen([*SERVER, "--bind", address], cwd=ROOT, env=_around(settings))
        try:
            until = time.monotonic() + STARTS_WITHIN_SECONDS
            while not answers(f"http://{address}"):
                if server.poll() is not None or time.monotonic() > until:
                    raise Missing("The demonstration did not start; what it said is above.")
                time.sleep(0.2)
            yield f"http://{address}"
        finally:
            server.terminate()
            server.wait(30)
