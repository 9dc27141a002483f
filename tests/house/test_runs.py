"""What a test run does with skipped, long and pure tests, tried on small runs of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.rooms import ROOT
from tests.plugins.kinds import is_pure

SKIPS = """
import pytest

@pytest.mark.skip(reason={reason!r})
def test_of_something_that_is_skipped(): ...
"""
SKIPS_WHOLE_FILE = """
import pytest

pytest.skip({reason!r}, allow_module_level=True)
"""
LONG_AND_SHORT = """
import pytest

@pytest.mark.soak
def test_of_the_long_form(): ...

def test_of_the_short_form(): ...
"""
UNAGREED, AGREED = "no browser here", "shared data not beside the checkout: data/annex-a.xlsx"


def run_of(source: str, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A small run of pytest on one file, with the project's own ways of running."""
    (folder / "test_small.py").write_text(source)
    plugins = ["-p", "tests.plugins.no_silent_skips", "-p", "tests.plugins.kinds"]
    settings = [
        "-c",
        str(ROOT / "pyproject.toml"),
        "--rootdir",
        str(folder),
        "-p",
        "no:randomly",
        "-p",
        "no:cacheprovider",
    ]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, *settings, *words, str(folder)],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("source", [SKIPS, SKIPS_WHOLE_FILE])
def test_a_skip_that_nobody_agreed_to_fails_the_run(source: str, tmp_path: Path) -> None:
    run = run_of(source.format(reason=UNAGREED), tmp_path)
    assert run.returncode != 0
    assert f"nothing may be skipped silently: {UNAGREED}" in run.stdout


@pytest.mark.parametrize("source", [SKIPS, SKIPS_WHOLE_FILE])
def test_shared_data_that_is_not_there_is_skipped_and_said(source: str, tmp_path: Path) -> None:
    run = run_of(source.format(reason=AGREED) + "\ndef test_of_all_else(): ...\n", tmp_path)
    assert "1 skipped" in run.stdout
    assert AGREED in run.stdout


def test_the_long_forms_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    assert "1 passed, 1 deselected" in run_of(LONG_AND_SHORT, tmp_path).stdout
    assert "1 passed, 1 deselected" in run_of(LONG_AND_SHORT, tmp_path, "-m", "soak").stdout
    assert "test_of_the_long_form PASSED" in run_of(LONG_AND_SHORT, tmp_path, "-m", "soak", "-v").stdout


def test_a_run_of_the_pure_tests_does_not_load_the_others(tmp_path: Path) -> None:
    run = run_of("raise RuntimeError('loaded')", tmp_path, "-m", "pure")
    assert "loaded" not in run.stdout
    assert run.returncode == pytest.ExitCode.NO_TESTS_COLLECTED


def test_a_file_of_tests_is_pure_when_what_it_tests_must_be() -> None:
    assert is_pure(ROOT / "tests" / "auditing" / "test_workflow.py")
    assert not is_pure(ROOT / "tests" / "auditing" / "test_operations.py")
    assert not is_pure(ROOT / "tests" / "auditing" / "test_something_else.py")
    assert not is_pure(ROOT / "tests" / "web" / "test_headers.py")
    assert not is_pure(Path(__file__))
