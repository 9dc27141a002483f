"""The calendar of a programme: which rounds were, are and will be, and when their audits fall due (pure)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from audit_app.programmes.frequency import Frequency, is_planned
from audit_app.programmes.months import month_after
from audit_app.programmes.rules import MONTHS_AHEAD, MONTHS_BACK, months_around
from audit_app.programmes.working_days import known_until, working_days_after
from audit_app.refusal import Refusal

SHOWN_BACK, SHOWN_AHEAD = MONTHS_BACK, 11  # months of the calendar beside this one
FRESH_DAYS = 31  # a round opens by itself only on a case list that was taken within so many days
LONGEST_REASON = 500


class State(StrEnum):
    """How a month of a calendar stands."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"
    MISSED = "missed"
    DUE = "due"
    COMING = "coming"

    @property
    def words(self) -> str:
        """The state as people say it."""
        return STATES[self]


STATES = {
    State.OPEN: "Open",
    State.DONE: "Closed",
    State.SKIPPED: "Skipped",
    State.MISSED: "Missed",
    State.DUE: "To open now",
    State.COMING: "Planned",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a programme's calendar is made from."""

    frequency: Frequency
    first_month: dt.date | None
    due_working_days: int
    ended: bool = False


@dataclass(frozen=True, slots=True)
class KeptRound:
    """A round that was opened."""

    id: int
    due_on: dt.date
    closed: bool


@dataclass(frozen=True, slots=True)
class PlannedRound:
    """One month of a calendar."""

    month: dt.date
    state: State
    due_on: dt.date | None = None
    round_id: int | None = None
    reason: str = ""
    may_open: bool = False

    @property
    def due_may_move(self) -> bool:
        """Whether its due day lies where bank holidays are not announced yet."""
        waits = self.state in (State.DUE, State.COMING, State.MISSED)
        return waits and self.due_on is not None and self.due_on > known_until()

    @property
    def may_skip(self) -> bool:
        """Whether it can be skipped."""
        return self.state in (State.DUE, State.COMING, State.MISSED)


def window(today: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last month that a calendar shows."""
    return month_after(today, -SHOWN_BACK), month_after(today, SHOWN_AHEAD)


def calendar(
    plan: Plan, rounds: Mapping[dt.date, KeptRound], skipped: Mapping[dt.date, str], today: dt.date
) -> list[PlannedRound]:
    """The months in which a programme has, had, missed or will have a round, earliest first."""
    first = window(today)[0]
    months = [month_after(first, count) for count in range(SHOWN_BACK + SHOWN_AHEAD + 1)]
    found = (_month(plan, month, rounds.get(month), skipped.get(month), today) for month in months)
    return [one for one in found if one is not None]


def _month(
    plan: Plan, month: dt.date, kept: KeptRound | None, skipped: str | None, today: dt.date
) -> PlannedRound | None:
    if kept is not None:
        return PlannedRound(month, State.DONE if kept.closed else State.OPEN, kept.due_on, kept.id)
    if plan.ended or not is_planned(plan.frequency, plan.first_month, month):
        return None
    if skipped is not None:
        return PlannedRound(month, State.SKIPPED, reason=skipped)
    here = today.replace(day=1)
    state = State.DUE if month == here else State.COMING if month > here else State.MISSED
    due_on = working_days_after(max(today, month), plan.due_working_days)
    return PlannedRound(month, state, due_on, may_open=month in months_around(today))


def refusal_to_plan(frequency: Frequency, first_month: dt.date | None, opens_itself: bool) -> Refusal | None:
    """Why a programme cannot be planned like this."""
    if frequency.planned and first_month is None:
        return Refusal("Choose the month of the first round.")
    if opens_itself and not frequency.planned:
        return Refusal("Rounds can open by themselves only in a programme with a frequency. Choose one.")
    return None


def refusal_to_skip(found: PlannedRound | None, reason: str) -> Refusal | None:
    """Why a month may not be skipped."""
    if found is None:
        return Refusal("No round is planned for this month.")
    if found.state is State.SKIPPED:
        return Refusal("This month is skipped already.")
    if not found.may_skip:
        return Refusal("This month has its round. Close the round instead.")
    return None if reason.strip() else Refusal("Enter the reason for skipping it.")


def refusal_to_open_planned(found: PlannedRound | None) -> Refusal | None:
    """Why a month's round may not be opened from the calendar."""
    if found is None or found.state is State.SKIPPED:
        return Refusal("No round is planned for this month.")
    if found.round_id is not None:
        return Refusal("This month has its round already.")
    if not found.may_open:
        return Refusal(f"Rounds are opened up to {MONTHS_BACK} months back and {MONTHS_AHEAD} months ahead.")
    return None


def is_fresh(taken_on: dt.date, today: dt.date) -> bool:
    """Whether a case list was taken lately enough for a round to open by itself."""
    return (today - taken_on).days <= FRESH_DAYS


def refusal_to_open_itself(taken_on: dt.date | None, today: dt.date, *, tool_offered: bool) -> Refusal | None:
    """Why a round that is due does not open by itself; given when the newest case list was taken."""
    if not tool_offered:
        return Refusal("No version of its audit tool is on offer.")
    if taken_on is None:
        return Refusal("There is no case list yet. Load one.")
    if not is_fresh(taken_on, today):
        days = (today - taken_on).days
        return Refusal(f"The newest case list was taken {days} days ago. Load one of the last {FRESH_DAYS} days.")
    return None
