"""Which workers live: by the sign of life that each gives, and by its process where that can be looked at."""

import datetime as dt
from collections.abc import Callable, Mapping

SIGN_EVERY_SECONDS = 2.0
DEAD_AFTER = dt.timedelta(seconds=20)


def name_of(machine: str, process: int, token: str) -> str:
    """A worker's name: its machine, its process, and something that no other worker ever had."""
    return f"{machine}:{process}:{token}"


def lives(
    worker: str,
    signs: Mapping[str, dt.datetime],
    now: dt.datetime,
    *,
    machine: str,
    is_running: Callable[[int], bool],
) -> bool:
    """Whether a worker gave a sign of life lately, and its process is still there if this is its machine."""
    seen = signs.get(worker)
    if seen is None or now - seen > DEAD_AFTER:
        return False
    where, process, _ = worker.rsplit(":", 2)
    return where != machine or is_running(int(process))
