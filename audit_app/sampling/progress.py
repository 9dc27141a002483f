"""How far the audits of a round are, and who has what (pure)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from audit_app.auditing.workflow import BEFORE_HAND_IN, ENDED, Stage
from audit_app.programmes.working_days import working_days_between
from audit_app.sampling.exclusions import counted


class Standing(IntEnum):
    """How an audit stands towards its due day, in the order in which it needs attention."""

    LATE = 0
    TO_DO = 1
    HANDED_IN = 2
    ENDED = 3


STANDING_WORDS = {
    Standing.LATE: "Late",
    Standing.TO_DO: "Not handed in yet",
    Standing.HANDED_IN: "Handed in",
    Standing.ENDED: "Withdrawn or void",
}


@dataclass(frozen=True, slots=True)
class Work:
    """One audit as a round counts it, or some that stand alike; handed in is the day it first was."""

    auditor_id: int
    stage: Stage
    due_on: date
    handed_in_on: date | None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Load:
    """What one auditor has in a round, or all of them: late are among those not started or in progress."""

    given: int = 0
    not_started: int = 0
    in_progress: int = 0
    handed_in: int = 0
    sent_back: int = 0
    late: int = 0
    handed_in_late: int = 0

    @property
    def on_time(self) -> int:
        """How many were first handed in by their due day."""
        return self.handed_in - self.handed_in_late

    def with_one(self, work: Work, today: date) -> "Load":
        """One audit more, or some that stand alike; what was withdrawn or made void is nobody's load."""
        if work.stage in ENDED:
            return self
        late, n = work.handed_in_on is not None and work.handed_in_on > work.due_on, work.count
        return Load(
            self.given + n,
            self.not_started + n * (work.stage is Stage.ALLOCATED),
            self.in_progress + n * (work.stage is Stage.IN_PROGRESS),
            self.handed_in + n * (work.stage not in BEFORE_HAND_IN),
            self.sent_back + n * (work.stage is Stage.SENT_BACK),
            self.late + n * (standing_of(work.stage, work.due_on, today) is Standing.LATE),
            self.handed_in_late + n * late,
        )


def standing_of(stage: Stage, due_on: date, today: date) -> Standing:
    """How an audit stands; one that was sent back was handed in, and is judged by when that first was."""
    if stage in ENDED:
        return Standing.ENDED
    if stage not in BEFORE_HAND_IN:
        return Standing.HANDED_IN
    return Standing.LATE if due_on < today else Standing.TO_DO


def loads_of(works: Iterable[Work], today: date) -> tuple[dict[int, Load], Load]:
    """What each auditor has, and what all have together."""
    loads: dict[int, Load] = {}
    whole = Load()
    for work in works:
        loads[work.auditor_id] = loads.get(work.auditor_id, Load()).with_one(work, today)
        whole = whole.with_one(work, today)
    return {key: load for key, load in loads.items() if load.given}, whole


def due_words(due_on: date, today: date, past: str = "ago") -> str:
    """How far away a due day is: “3 working days left”, “2 working days ago”."""
    if due_on == today:
        return "today"
    if due_on < today:
        return f"{counted(max(1, working_days_between(due_on, today)), 'working day')} {past}"
    return f"{counted(working_days_between(today, due_on), 'working day')} left"


@dataclass(frozen=True, slots=True)
class Completion:
    """How many of the audits that are expected of auditors were handed in."""

    done: int
    expected: int

    @property
    def share(self) -> float:
        """The done as a part of the expected."""
        return self.done / self.expected if self.expected else 0.0


def completion(loads: Mapping[int, Load], expected: Mapping[int, int]) -> Completion | None:
    """Hand-ins against what is expected of each, or nothing where nothing is; one's more is not another's."""
    done = sum(min(loads.get(key, Load()).handed_in, count) for key, count in expected.items())
    return Completion(done, sum(expected.values())) if expected else None


def chased_words(chased_on: date | None, today: date) -> str:
    """When somebody was last chased: “today”, “2 days ago”."""
    if chased_on is None:
        return ""
    days = (today - chased_on).days
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"
