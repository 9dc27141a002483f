"""What `make run` does once the environment is there: migrate, load the demonstration, say where, and serve.

The web server and a worker for long work run side by side, and end together: on Ctrl-C, or when either dies.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType

from tools.setup.machine import ROOT, Missing, carry_out, say

HOST = "127.0.0.1"
SERVER = [sys.executable, "-m", "gunicorn"]  # gunicorn.conf.py says the rest
LOOKS_EVERY_SECONDS = 0.2
ENDS_WITHIN_SECONDS = 40.0  # gunicorn lets requests finish for 30, a worker puts its job back within 10
WHEN_PARENT_DIES = 1  # PR_SET_PDEATHSIG


class Ended(Exception):
    """Somebody asked the whole to end."""


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


def together(commands: Sequence[Sequence[str]]) -> str:
    """Run programs side by side until one ends or somebody asks them to; all have ended then. What ended by itself."""
    before = {number: signal.signal(number, _end) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    running: list[subprocess.Popen[bytes]] = []
    try:
        running.extend(_start(command) for command in commands)  # known one by one
        while all(one.poll() is None for one in running):
            time.sleep(LOOKS_EVERY_SECONDS)
        ended = [one.poll() is not None for one in running].index(True)
        return " ".join(commands[ended])
    except Ended:
        return ""
    finally:
        for number in before:
            signal.signal(number, signal.SIG_IGN)  # they are being ended: a second Ctrl-C may not leave one behind
        _end_all(running)
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, frame: FrameType | None) -> None:
    raise Ended


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    # In a session of its own, so that Ctrl-C reaches it once: from here.
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_end_with_parent
    )


def _end_with_parent() -> None:
    """Even when this program is killed outright, leave no orphan (Linux)."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(WHEN_PARENT_DIES, signal.SIGTERM)


def _end_all(running: Sequence[subprocess.Popen[bytes]]) -> None:
    for one in running:
        if one.poll() is None:
            one.terminate()
    until = time.monotonic() + ENDS_WITHIN_SECONDS
    for one in running:
        try:
            one.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            one.kill()
            one.wait()


def serve() -> None:
    """Bring the database up to date, then run the web server and a worker beside it."""
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
    commands = [[*SERVER, "--bind", f"{HOST}:{number}"]]
    if os.environ.get("WORK", "").strip() != "at_once":
        commands.append([sys.executable, "-m", "flask", "work", "run"])
    if ended := together(commands):
        raise Missing(f"This ended by itself, so all was stopped: {ended}")


if __name__ == "__main__":
    carry_out(serve)
