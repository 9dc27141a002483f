"""This machine: what may be installed on it, and how a command is run so that it can never hang."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APT = (
    "apt-get",
    "-q",
    "-o",
    "Acquire::Retries=2",
    "-o",
    "Acquire::http::Timeout=30",
    "-o",
    "Acquire::https::Timeout=30",
    "-o",
    "DPkg::Lock::Timeout=120",
)


class Missing(Exception):
    """Something that set-up could not find or install, with what to do about it."""


def say(words: str) -> None:
    """Tell the person at the keyboard what is going on, at once."""
    print(words, file=sys.stderr, flush=True)


def succeeds(command: Sequence[str], seconds: float, quietly: bool = True) -> bool:
    """Whether a command ends well within its time; it is given no input and is ended when its time is up."""
    shown = subprocess.DEVNULL if quietly else None
    try:
        started = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=shown, stderr=shown, start_new_session=True
        )
    except OSError:
        return False
    try:
        return started.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        say(f"No answer within {seconds:.0f} seconds: {' '.join(command)}")
        return False
    finally:
        if started.poll() is None:  # out of time, or interrupted: what it started ends with it
            os.killpg(started.pid, signal.SIGKILL)
            started.wait()


def rights() -> list[str] | None:
    """How a command is begun that changes the machine; None where there is no right to."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and succeeds(["sudo", "-n", "true"], seconds=10):
        return ["sudo", "-n"]
    return None


def install_packages(*names: str) -> bool:
    """Install packages of a Debian-like distribution; whether that could be done."""
    may = rights()
    if may is None or not shutil.which("apt-get"):
        return False
    say(f"Installing {', '.join(names)} with apt-get …")
    begin = [*may, "env", "DEBIAN_FRONTEND=noninteractive", *APT]
    if not succeeds([*begin, "update"], seconds=300):
        say("The list of packages could not be renewed; trying with the list that is there.")
    return succeeds([*begin, "install", "-y", "--no-install-recommends", *names], seconds=900)


def carry_out(step: Callable[[], None]) -> None:
    """Do one step of set-up as a command: what is missing is said in plain words, and the command fails."""
    try:
        step()
    except Missing as missing:
        say(f"\n{missing}\n")
        sys.exit(1)
