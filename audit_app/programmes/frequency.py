"""How often a programme has a round, and the months in which one is planned (pure)."""

import datetime as dt
from enum import StrEnum

from audit_app.programmes.months import month_after, months_between


class Frequency(StrEnum):
    """How often a programme has a round."""

    AS_NEEDED = "as_needed"
    ONCE = "once"
    MONTHLY = "monthly"
    TWO_MONTHLY = "two_monthly"
    QUARTERLY = "quarterly"
    SIX_MONTHLY = "six_monthly"
    YEARLY = "yearly"

    @property
    def words(self) -> str:
        """The frequency as people say it."""
        return WORDS[self]

    @property
    def planned(self) -> bool:
        """Whether rounds are planned ahead."""
        return self is not Frequency.AS_NEEDED


WORDS = {
    Frequency.AS_NEEDED: "When needed",
    Frequency.ONCE: "Once",
    Frequency.MONTHLY: "Every month",
    Frequency.TWO_MONTHLY: "Every two months",
    Frequency.QUARTERLY: "Every three months",
    Frequency.SIX_MONTHLY: "Every six months",
    Frequency.YEARLY: "Every year",
}
EVERY = {
    Frequency.MONTHLY: 1,
    Frequency.TWO_MONTHLY: 2,
    Frequency.QUARTERLY: 3,
    Frequency.SIX_MONTHLY: 6,
    Frequency.YEARLY: 12,
}


def is_planned(frequency: Frequency, first: dt.date | None, month: dt.date) -> bool:
    """Whether a round is planned in a month, counted from the month of the first one."""
    if first is None or not frequency.planned or month < first:
        return False
    if frequency is Frequency.ONCE:
        return month == first
    return months_between(first, month) % EVERY[frequency] == 0


def planned_months(frequency: Frequency, first: dt.date | None, start: dt.date, end: dt.date) -> list[dt.date]:
    """The months in which a round is planned, from a month to a month."""
    months = (month_after(start, count) for count in range(months_between(start, end) + 1))
    return [month for month in months if is_planned(frequency, first, month)]
