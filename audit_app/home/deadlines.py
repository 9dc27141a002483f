"""Due days in words: how many working days are left, or by how many something is late (pure)."""

import datetime as dt
from dataclasses import dataclass

from audit_app.programmes.working_days import working_days_between
from audit_app.web.formats import day, plural

SOON = 3


LONGEST = 110


def shortened(words: str) -> str:
    """The beginning of what somebody wrote, on one line."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST else line[:LONGEST].rsplit(" ", 1)[0] + " …"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due day as a list shows it."""

    words: str
    tag: str
    tone: str


def deadline(due_on: dt.date, today: dt.date) -> Deadline:
    """What to say of a due day today."""
    if due_on < today:
        late = max(1, working_days_between(due_on, today))
        return Deadline(f"Was due on {day(due_on)}", f"{plural(late, 'working day')} late", "urgent")
    left = working_days_between(today, due_on)
    if due_on == today:
        return Deadline(f"Due on {day(due_on)}", "Due today", "attention")
    tone = "attention" if left <= SOON else "quiet"
    return Deadline(f"Due on {day(due_on)}", f"{plural(left, 'working day')} left", tone)
