"""What `make run` does once the environment is there: migrate, load the demonstration, say where, and serve."""

import os
import socket
import subprocess
import sys

from tools.setup.machine import ROOT, Missing, carry_out, say

HOST = "127.0.0.1"
# One process with threads: writers to SQLite queue up within it, in order of arrival.
GUNICORN = ["--worker-class", "gthread", "--workers", "1", "--threads", "8", "--no-control-socket"]


def port() -> int:
    """The port to serve on."""
    given = os.environ.get("PORT", "8000")
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise Missing(f"PORT is {given!r}; it must be a number from 1 to 65535.")
    return int(given)


def refuse_taken(number: int) -> None:
    """Refuse a port that another program serves on already."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, number))
        except OSError as why:
            raise Missing(
                f"Port {number} cannot be used ({why.strerror}). Choose another: make run PORT={number + 1}"
            ) from why


def flask(*words: str) -> None:
    """Carry out a command of the application, or stop with what it said."""
    if subprocess.run([sys.executable, "-m", "flask", *words], cwd=ROOT).returncode != 0:
        raise Missing(f"`flask {' '.join(words)}` failed; its message is above.")


def serve() -> None:
    """Bring the database up to date, then hand over to the web server: one process with threads."""
    number = port()
    refuse_taken(number)
    flask("db", "upgrade")
    demonstration = os.environ.get("AUDIT_ENVIRONMENT") == "demonstration"
    if demonstration:
        flask("demo", "load")
    say(f"\nServing on http://{HOST}:{number} (Ctrl-C stops it; what you entered is kept).")
    if demonstration:
        flask("demo", "people")
    sys.stdout.flush()
    command = [sys.executable, "-m", "gunicorn", *GUNICORN, "--bind", f"{HOST}:{number}"]
    command += ["--log-level", "warning", "audit_app:create_app()"]
    os.chdir(ROOT)
    os.execv(command[0], command)


if __name__ == "__main__":
    carry_out(serve)
