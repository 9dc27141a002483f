"""The virtual environment: made once, and brought in line with the locked requirements when they change."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from tools.setup.machine import ROOT, Missing, carry_out, say, succeeds

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"run": "requirements.txt", "test": "requirements-dev.txt"}
INSTALL_SECONDS = 1800


def fingerprint(lock: Path) -> str:
    """What a stamp says when everything in this lock file is installed."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def stamp(purpose: str) -> Path:
    """Where it is noted which lock file was last installed for a purpose."""
    return VENV / f".installed-for-{purpose}"


def is_current(purpose: str) -> bool:
    """Whether what a purpose needs is installed already."""
    note = stamp(purpose)
    return note.exists() and note.read_text() == fingerprint(ROOT / LOCKS[purpose])


def make_venv() -> None:
    """Make the environment where there is none, or where the one found was made elsewhere or no longer runs."""
    note = VENV / "pyvenv.cfg"
    made_here = note.exists() and str(VENV) in note.read_text()
    if made_here and succeeds([str(PYTHON), "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"], seconds=60):
        return
    say(f"Making the virtual environment .venv with Python {sys.version.split()[0]} …")
    if VENV.exists():
        shutil.rmtree(VENV)
    if not succeeds([sys.executable, "-m", "venv", str(VENV)], seconds=300, quietly=False):
        shutil.rmtree(VENV, ignore_errors=True)
        raise Missing(
            "The virtual environment could not be made. On Debian and Ubuntu, install the package python3-venv;\n"
            "elsewhere, use a Python that has the modules venv and ensurepip: make run PYTHON=/path/to/python3"
        )


def install(purpose: str) -> None:
    """Install the lock file of a purpose: exact versions, each checked against its hash."""
    lock = LOCKS[purpose]
    say(f"Installing the locked requirements of {lock} (a minute or two, the first time) …")
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "-qq"]
    command += ["--require-hashes", "--retries", "3", "--requirement", str(ROOT / lock)]
    if not succeeds(command, seconds=INSTALL_SECONDS, quietly=False):
        raise Missing(f"Installing {lock} failed. See pip's message above; is the package registry within reach?")
    if subprocess.run([str(PYTHON), "-m", "pip", "check"], stdout=subprocess.DEVNULL).returncode != 0:
        raise Missing("pip check found requirements that contradict one another; run: .venv/bin/python -m pip check")
    # The test set holds the running set, version for version.
    for done in ("run", "test") if purpose == "test" else ("run",):
        stamp(done).write_text(fingerprint(ROOT / LOCKS[done]))


def prepare(purpose: str) -> None:
    """Have everything in place that running or testing needs of Python; quick when nothing changed."""
    make_venv()
    if not is_current(purpose):
        install(purpose)


if __name__ == "__main__":
    carry_out(lambda: prepare(sys.argv[1]))
