"""Laws about what is installed: exact, hashed, from nowhere in particular, and the same for running and testing."""

import re
from pathlib import Path

import pytest

from tests.house.rooms import ROOT, shown

SETUP = ROOT / "tools" / "setup"
LOCKS = [ROOT / "requirements.txt", ROOT / "requirements-dev.txt", SETUP / "requirements-postgres.txt"]
STATED = [ROOT / "requirements.in", ROOT / "requirements-dev.in", SETUP / "requirements-postgres.in"]
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[a-z0-9,_-]+\])?==([^\s;\\]+)", re.MULTILINE)


def pins(file: Path) -> dict[str, str]:
    """Which version of what a file asks for."""
    return dict(PIN.findall(file.read_text()))


@pytest.mark.parametrize("lock", LOCKS, ids=shown)
def test_every_requirement_of_a_lock_is_exact_and_hashed(lock: Path) -> None:
    requirements = [part for part in re.split(r"\n(?=[a-z0-9])", lock.read_text()) if not part.startswith("#")]
    assert requirements
    assert [part.split()[0] for part in requirements if not PIN.match(part) or "--hash=sha256:" not in part] == []


@pytest.mark.parametrize("lock", LOCKS, ids=shown)
def test_a_lock_names_no_place(lock: Path) -> None:
    assert re.findall(r"https?://|file:|--(?:index|extra|find|trusted)\S*|(?<=\s)/\S+", lock.read_text()) == []


@pytest.mark.parametrize(("stated", "lock"), list(zip(STATED, LOCKS, strict=True)), ids=["run", "test", "postgres"])
def test_a_lock_keeps_to_what_is_stated(stated: Path, lock: Path) -> None:
    lines = [line for line in stated.read_text().splitlines() if line and not line.startswith(("#", "-r "))]
    assert [line for line in lines if not PIN.match(line)] == []
    assert pins(stated).items() <= pins(lock).items()


def test_the_tests_run_on_the_very_versions_that_run_in_service() -> None:
    assert pins(ROOT / "requirements.txt").items() <= pins(ROOT / "requirements-dev.txt").items()
