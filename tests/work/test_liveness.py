"""Which workers live."""

import datetime as dt

import pytest

from audit_app.work.liveness import DEAD_AFTER, lives, name_of

NOW = dt.datetime(2026, 1, 15, 9, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("machine", "running", "ago", "alive"),
    [
        ("here", True, dt.timedelta(0), True),
        ("here", False, dt.timedelta(0), False),  # its process is gone: no need to wait
        ("there", False, dt.timedelta(0), True),  # nobody can look there
        ("there", False, DEAD_AFTER * 2, False),
        ("here", True, DEAD_AFTER * 2, False),  # its number was given to another process, or it hangs
    ],
)
def test_a_worker_lives_by_its_signs_and_its_process(
    machine: str, running: bool, ago: dt.timedelta, alive: bool
) -> None:
    worker = name_of(machine, 12, "ab")
    assert lives(worker, {worker: NOW - ago}, NOW, machine="here", is_running=lambda _: running) is alive


def test_a_worker_that_never_gave_a_sign_does_not_live() -> None:
    assert not lives("here:12:ab", {}, NOW, machine="here", is_running=lambda _: True)


def test_a_machine_may_have_colons_in_its_name() -> None:
    worker = name_of("fe80::1", 12, "ab")

    def is_running(process: int) -> bool:
        return process == 12

    assert lives(worker, {worker: NOW}, NOW, machine="fe80::1", is_running=is_running)
