"""When the demonstration's audits were written and handed in, and how far those of the present month have come."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from audit_app.demonstration.dates import between, moment, opening, working_days_before
from audit_app.demonstration.drift import Lots, Month, even_lots
from audit_app.demonstration.story import Story, leave_unfinished, write
from audit_app.programmes.working_days import working_days_after

LATEST = 6  # working days after the due day
Chance = Callable[[object], random.Random]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of one round, and the last day of the whole story."""

    month: dt.date
    due_on: dt.date
    last_day: dt.date

    @property
    def first(self) -> dt.date:
        """The first day on which an audit is handed in."""
        return working_days_after(opening(self.month), 2)

    def no_later(self, day: dt.date) -> dt.date:
        """A day, but none after the last of the story."""
        return min(day, self.last_day)

    def handed_in_on(self, chance: random.Random, month: Month) -> dt.date:
        """The day on which one audit is handed in: most towards the due day, some after it."""
        if chance.random() < month.on_time:
            return self.no_later(between(self.first, self.due_on, chance.random() ** 0.6))
        return self.no_later(working_days_after(self.due_on, chance.randint(1, LATEST)))


def write_all(stories: Sequence[Story], calendar: Calendar, chance_of: Chance) -> None:
    """Write and hand in the audits of a round that is over."""
    for story, lots in zip(stories, _lots(stories, calendar, chance_of), strict=True):
        chance = chance_of(story.audit_id)
        write(chance, story, lots, leniency=leniency_of(chance_of, story))
        _hand_in(story, calendar.handed_in_on(chance, story.month), chance)


def _lots(stories: Sequence[Story], calendar: Calendar, chance_of: Chance) -> list[Lots]:
    return even_lots(chance_of(f"lots of {calendar.month} {stories[0].tool.key}"), len(stories))


def leniency_of(chance_of: Chance, story: Story) -> float:
    """How kindly this auditor grades, beside the others."""
    return chance_of(f"leniency of {story.auditor_id}").uniform(0.4, 1.6)


def _hand_in(story: Story, day: dt.date, chance: random.Random) -> None:
    story.handed_in_at = moment(day, chance, (10, 17))
    story.saved_at = story.handed_in_at - dt.timedelta(minutes=chance.randint(5, 90))


def withdraw_one(stories: Sequence[Story]) -> None:
    """Take one audit out, as if its case had moved to another authority."""
    story = stories[-1]
    story.withdrawn, story.handed_in_at, story.saved_at = True, None, None
    story.drafts, story.grades = {}, {}


def write_some(stories: Sequence[Story], calendar: Calendar, chance_of: Chance) -> None:
    """Write in the audits of the present month: each auditor has one not begun, one half written, others handed in.

    Where there are fewer audits than auditors, a third of the audits each.
    """
    seen: Counter[int] = Counter()
    few = len(stories) < len({story.auditor_id for story in stories}) + 2
    everybodys = _lots(stories, calendar, chance_of)
    for place, (story, lots) in enumerate(zip(stories, everybodys, strict=True)):
        chance, rank = chance_of(story.audit_id), place % 3 if few else seen[story.auditor_id]
        seen[story.auditor_id] += 1
        if rank == 0:
            continue
        write(chance, story, lots, leniency=leniency_of(chance_of, story))
        day = between(calendar.first, working_days_before(calendar.last_day, 1), chance.random())
        if rank == 1:
            leave_unfinished(story, chance.uniform(0.1, 0.9))
            story.saved_at = moment(day, chance)
        else:
            _hand_in(story, day, chance)
