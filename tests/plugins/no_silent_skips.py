"""Nothing is skipped silently: a skipped test fails the run, unless shared data is not beside the checkout."""

from collections.abc import Generator

import pytest

ALLOWED = "shared data not beside the checkout"


def refuse(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip that nobody agreed to into a failure that says what was skipped and why."""
    if report.outcome != "skipped" or hasattr(report, "wasxfail"):
        return
    place = report.longrepr
    reason = str(place[2] if isinstance(place, tuple) else place).removeprefix("Skipped: ")
    if not reason.startswith(ALLOWED):
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped, and nothing may be skipped silently: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Look at every test's outcome."""
    report = yield
    refuse(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Look at every file's, too: a whole file can be skipped before any test of it is known."""
    report = yield
    refuse(report)
    return report
