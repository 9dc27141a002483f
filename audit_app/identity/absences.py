"""When somebody is away, and how much they can take on (pure). No reason is asked: only the days count."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from audit_app.refusal import Refusal

FURTHEST = dt.timedelta(days=2 * 366)  # a typing mistake in the year, not a plan
MOST_AUDITS = 100


@dataclass(frozen=True, slots=True, order=True)
class Away:
    """The first and the last day that somebody is away; both are days away."""

    first: dt.date
    last: dt.date

    def on(self, day: dt.date) -> bool:
        """Whether somebody is away on a day."""
        return self.first <= day <= self.last

    def meets(self, other: "Away") -> bool:
        """Whether two absences share a day."""
        return self.first <= other.last and other.first <= self.last

    @property
    def words(self) -> str:
        """The days as people write them: “3 to 17 December 2026”."""
        last = f"{self.last.day} {self.last:%B %Y}"
        if self.first == self.last:
            return last
        if self.first.year != self.last.year:
            return f"{self.first.day} {self.first:%B %Y} to {last}"
        first = f"{self.first.day}" if self.first.month == self.last.month else f"{self.first.day} {self.first:%B}"
        return f"{first} to {last}"


def refusal_to_be_away(away: Away, today: dt.date, others: Iterable[Away]) -> Refusal | None:
    """Why these days can't be recorded beside the others."""
    if away.last < away.first:
        return Refusal("The last day must be the same as the first day, or later.")
    if away.last < today:
        return Refusal("These days are over. Give days that end today or later.")
    if away.last > today + FURTHEST:
        return Refusal("The last day must be within two years.")
    met = next((one for one in sorted(others) if one.meets(away)), None)
    if met is not None:
        return Refusal(f"{met.words} is recorded already. Take that back first, or give other days.")
    return None


def days_away(absences: Iterable[Away]) -> str:
    """Several absences in a few words: “3 to 17 December 2026 and 4 January 2027”."""
    said = [one.words for one in sorted(absences)]
    return " and ".join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else "".join(said)
