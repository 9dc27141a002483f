"""When somebody is asked for what a board wants updated before it meets (pure)."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from audit_app.auditing.workflow import Stage
from audit_app.notices.kinds import Kind
from audit_app.notices.rules import Chasing, Waiting, latest_reminder
from audit_app.programmes.working_days import is_working_day

# A board asks from the day on which its meeting is called; whatever is reached by then is said at once.
EVER = dt.timedelta(days=3650)
OF_UPDATES = {Kind.DUE_SOON: Kind.BOARD_UPDATE_DUE, Kind.OVERDUE: Kind.BOARD_UPDATE_LATE}


@dataclass(frozen=True, slots=True)
class Wished:
    """That a meeting still waits for updates from somebody, and by when it wants them."""

    meeting_id: int
    person_id: int
    until: dt.date


@dataclass(frozen=True, slots=True)
class Asking:
    """That somebody is to be asked for updates; the key names the occasion, so that each comes once."""

    person_id: int
    kind: Kind
    meeting_id: int
    key: str


def due_of_boards(
    wished: Iterable[Wished], today: dt.date, chasing: Chasing, *, away: Collection[int] = ()
) -> list[Asking]:
    """What is to be said today of updates for boards: of each meeting only the latest occasion that was reached.

    What was said before is left out by its key; whoever is away is asked when they are back.
    """
    if not is_working_day(today):
        return []
    found = []
    for one in wished:
        if one.person_id in away:
            continue
        waits = Waiting(one.meeting_id, one.person_id, Stage.IN_PROGRESS, one.until, one.until - EVER)
        if (reached := latest_reminder(waits, today, chasing)) is not None:
            found.append(Asking(one.person_id, OF_UPDATES[reached[0]], one.meeting_id, f"board_{reached[1]}"))
    return found
