"""Which tests belong to which run: the pure ones in seconds, the long ones only when asked for by name."""

from pathlib import Path

import pytest

from tests.house.rooms import APPLICATION, ROOT, must_be_pure

TESTS = ROOT / "tests"


def is_pure(file: Path) -> bool:
    """Whether a file tests plain Python: tests/<room>/test_<file>.py, where that file of that room must be pure."""
    if file.parent.parent != TESTS:
        return False
    tested = APPLICATION / file.parent.name / file.name.removeprefix("test_")
    return tested.exists() and must_be_pure(tested)


def asked_for(config: pytest.Config, kind: str) -> bool:
    """Whether the run was asked for a kind of tests by name (`-m kind`)."""
    return kind in str(config.getoption("markexpr", default="")).split()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even load what is not pure when only the pure tests are asked for."""
    if asked_for(config, "pure") and collection_path.name.startswith("test_") and collection_path.suffix == ".py":
        return not is_pure(collection_path) or None
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the pure tests; leave the long ones out unless they are asked for."""
    for item in items:
        if is_pure(item.path):
            item.add_marker("pure")
    if not asked_for(config, "soak"):
        long = [item for item in items if item.get_closest_marker("soak")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]
