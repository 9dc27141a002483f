"""How the journeys start Chromium: the machine's own where there is one, without any talk to the outside."""

from typing import Any

import pytest

from tools.setup.chromium import QUIET, installed


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's Chromium, else the one that Playwright downloaded (its default)."""
    own = {"executable_path": program} if (program := installed()) else {}
    return {**browser_type_launch_args, **own, "args": QUIET}
