"""The machine and the versions that a run of the benchmarks is of: a ratio says nothing without them."""

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path

from audit_app.clock import today

PACKAGES = ("Flask", "SQLAlchemy", "psycopg", "reportlab")


def described() -> str:
    """The day, the processor, how busy the machine is, and the versions that matter."""
    names = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    processor = names[0].partition(":")[2].strip() if names else platform.machine()
    busy = os.getloadavg()[0]
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    python = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return f"{today():%d %B %Y}; {os.cpu_count()} × {processor}, load {busy:.1f}; {python}, {versions}"
