"""The rules of programmes and rounds: what may be opened, closed and changed (pure)."""

import datetime as dt
from collections.abc import Collection, Container

from audit_app.programmes.months import month_after
from audit_app.refusal import Refusal

MONTHS_BACK, MONTHS_AHEAD = 3, 2


def months_around(today: dt.date) -> list[dt.date]:
    """The months that a round may be opened for, newest first: a little back, a little ahead."""
    return [month_after(today, count) for count in range(MONTHS_AHEAD, -MONTHS_BACK - 1, -1)]


def usual_month(free: Collection[dt.date], today: dt.date) -> dt.date | None:
    """The month to offer first: this one, or else the next one that is free, or else the last one before."""
    here = today.replace(day=1)
    return min((month for month in free if month >= here), default=max(free, default=None))


def refusal_to_open(
    month: dt.date, due_on: dt.date, today: dt.date, *, taken: Container[dt.date], ended: bool
) -> Refusal | None:
    """Why a round of a month may not be opened with this due day."""
    if ended:
        return Refusal("This programme has ended. Start it again before you open a round.")
    if month in taken:
        return Refusal(f"This programme already has a round for {month:%B %Y}.")
    return refusal_to_be_due(month, due_on, today)


def refusal_to_be_due(month: dt.date, due_on: dt.date, today: dt.date) -> Refusal | None:
    """Why the audits of a round may not be due on a day."""
    if due_on < today:
        return Refusal("The due day must be today or later.")
    if due_on < month:
        return Refusal("The due day must not come before the month of the round.")
    if due_on > max(today, month) + dt.timedelta(days=366):
        return Refusal("The due day must be within a year.")
    return None


def refusal_to_close(closed: bool) -> Refusal | None:
    """Why a round may not be closed."""
    return Refusal("This round is closed already.") if closed else None


def refusal_to_reopen(closed: bool, *, ended: bool) -> Refusal | None:
    """Why a round may not be opened again."""
    if not closed:
        return Refusal("This round is open.")
    return Refusal("This programme has ended. Start it again first.") if ended else None


def refusal_to_add_cases(closed: bool) -> Refusal | None:
    """Why no more cases may be drawn or given out in a round."""
    return Refusal("This round is closed. Open it again to add cases.") if closed else None


def refusal_to_end(ended: bool, open_rounds: int) -> Refusal | None:
    """Why a programme may not be ended."""
    if ended:
        return Refusal("This programme has ended already.")
    if open_rounds:
        words = "Close its open round first." if open_rounds == 1 else f"Close its {open_rounds} open rounds first."
        return Refusal(words)
    return None


def refusal_to_start_again(ended: bool) -> Refusal | None:
    """Why a programme may not be started again."""
    return None if ended else Refusal("This programme has not ended.")


def refusal_to_name(name: str, others: Container[str]) -> Refusal | None:
    """Why a programme may not have a name in its unit."""
    if name in others:
        return Refusal(f"This unit already has a programme called “{name}”. Choose another name.")
    return None
