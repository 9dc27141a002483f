"""The kinds of work that an account can hold, in words, and what an account holds of each (pure)."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from audit_app.identity.rules import OpenWork


class Work(StrEnum):
    """One kind of work."""

    AUDIT = "audit"
    MODERATION = "moderation"
    RESOLUTION = "resolution"
    SIGN_OFF = "sign_off"
    CONTRIBUTION = "contribution"
    ACTION = "action"
    PLAN_ACTION = "plan_action"
    CALIBRATION = "calibration"


WORDS = {  # one, several
    Work.AUDIT: ("audit to write", "audits to write"),
    Work.MODERATION: ("moderation or validation", "moderations or validations"),
    Work.RESOLUTION: ("challenge to resolve", "challenges to resolve"),
    Work.SIGN_OFF: ("audit to sign off", "audits to sign off"),
    Work.CONTRIBUTION: ("contribution to write", "contributions to write"),
    Work.ACTION: ("action for a child", "actions for children"),
    Work.PLAN_ACTION: ("action of an improvement plan", "actions of improvement plans"),
    Work.CALIBRATION: ("calibration to grade in", "calibrations to grade in"),
}
# Nobody can grade in somebody else's place: this ends with the account, and keeps none from ending.
ENDS_WITH_ACCOUNT = frozenset({Work.CALIBRATION})


@dataclass(frozen=True, slots=True)
class Held:
    """One piece of work that somebody holds: of which thing, until when, and where it is given to somebody else."""

    work: Work
    id: int  # of the audit, moderation, challenge, escalation, contribution, action or calibration
    path: str  # of the unit that it belongs to
    title: str
    text: str
    due_on: dt.date | None
    audit_id: int | None  # of which audit it is, if of one
    plan_id: int | None = None  # of which improvement plan it is, if of one


def words_of(work: Work, count: int) -> str:
    """So many of a kind of work, in words."""
    one, many = WORDS[work]
    return f"{count:,} {one if count == 1 else many}"


def open_work(held: Iterable[Held]) -> list[OpenWork]:
    """How much of each kind waits for somebody else when an account ends."""
    counts = Counter(one.work for one in held)
    return [
        OpenWork(work.value, counts[work], words_of(work, counts[work]))
        for work in Work
        if counts[work] and work not in ENDS_WITH_ACCOUNT
    ]
