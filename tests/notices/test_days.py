"""Due days and reminder days, for any days: bank holidays, month ends, and the nights in which clocks change."""

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from audit_app.auditing.workflow import Stage
from audit_app.clock import LONDON, day_of
from audit_app.notices.kinds import Kind
from audit_app.notices.rules import Chasing, Due, Waiting, due_messages
from audit_app.programmes.working_days import (
    bank_holidays,
    is_working_day,
    known_until,
    working_days_after,
    working_days_between,
)

DAYS = st.dates(dt.date(2024, 1, 1), known_until() - dt.timedelta(days=150))
HOLIDAY = st.sampled_from(sorted(day for day in bank_holidays() if 2024 <= day.year < known_until().year))
NEAR_HOLIDAY = st.builds(lambda day, n: day + dt.timedelta(days=n), HOLIDAY, st.integers(-4, 4))
MONTH_END = st.builds(
    lambda year, month: dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1),
    st.integers(2024, known_until().year - 1),
    st.integers(1, 12),
)
DUE_DAYS = DAYS | NEAR_HOLIDAY | MONTH_END
CHASING = st.builds(
    Chasing,
    st.lists(st.integers(0, 8), max_size=3, unique=True).map(tuple),
    st.integers(1, 6),
    st.integers(0, 6),
    st.fixed_dictionaries({"senior_manager": st.integers(1, 12), "head_of_service": st.integers(13, 25)}),
)
LEAD = {"senior_manager": (50,), "head_of_service": (60,)}


def said(one: Waiting, chasing: Chasing, count: int) -> list[tuple[dt.date, Due]]:
    """Everything that is said of an audit on so many days, one after the other, from when it was given."""
    sent: set[str] = set()
    found = []
    for n in range(count):
        day = one.given_on + dt.timedelta(days=n)
        for due in due_messages([one], sent, day, lambda _: chasing, escalate_to=lambda who, role: LEAD[role]):
            found.append((day, due))
            sent.add(due.key)
    return found


@given(DUE_DAYS, st.integers(0, 30))
def test_a_due_day_so_many_working_days_on_is_a_working_day_and_counts_back(day: dt.date, count: int) -> None:
    due = working_days_after(day, count)
    assert working_days_between(day, due) == count
    assert count == 0 or is_working_day(due)
    assert working_days_after(day, count + 1) > due


@given(DUE_DAYS, st.integers(1, 25), CHASING)
@example(dt.date(2026, 4, 2), 10, Chasing())  # the day before Good Friday
@example(dt.date(2026, 12, 24), 15, Chasing())
@example(dt.date(2026, 3, 27), 5, Chasing())  # the clocks change on the Sunday after
def test_whatever_the_days_are_reminders_come_on_working_days_once_and_in_their_order(
    due_on: dt.date, ahead: int, chasing: Chasing
) -> None:
    given_on = due_on - dt.timedelta(days=ahead)
    found = said(Waiting(7, 1, Stage.IN_PROGRESS, due_on, given_on), chasing, ahead + 60)
    assert all(is_working_day(day) for day, _ in found)
    assert len({due.key for _, due in found}) == len(found)
    for day, due in found:
        late = working_days_between(due_on, day)
        if due.kind is Kind.DUE_SOON:
            assert day <= due_on and working_days_between(day, due_on) <= max(chasing.before)
        elif due.kind is Kind.OVERDUE:
            assert day > due_on and late >= chasing.first_after
            assert chasing.every == 0 or (late - chasing.first_after) % chasing.every == 0
        else:
            assert late == chasing.escalate["senior_manager" if due.person_id == 50 else "head_of_service"]
    told = [due.person_id for _, due in found if due.kind is Kind.ESCALATED]
    assert told == [50, 60]  # the nearest leader first, each once
    if chasing.every == 0:
        assert sum(due.kind is Kind.OVERDUE for _, due in found) == 1


@given(DUE_DAYS, st.integers(0, 59), CHASING)
def test_after_a_standstill_of_any_length_only_the_latest_is_said(due_on: dt.date, late: int, chasing: Chasing) -> None:
    one = Waiting(7, 1, Stage.IN_PROGRESS, due_on, due_on - dt.timedelta(days=30))
    day = due_on + dt.timedelta(days=late)
    found = due_messages([one], set(), day, lambda _: chasing, escalate_to=lambda who, role: LEAD[role])
    assert sum(due.person_id == 1 for due in found) <= 1
    assert sum(due.kind is Kind.ESCALATED for due in found) <= 1


@given(st.sampled_from(range(2024, 2029)), st.integers(0, 24 * 60 - 1), st.sampled_from([(3, 31), (10, 31)]))
def test_a_moment_of_the_day_on_which_clocks_change_belongs_to_that_day(
    year: int, minute: int, about: tuple[int, int]
) -> None:
    last = dt.date(year, *about)
    sunday = last - dt.timedelta(days=(last.weekday() + 1) % 7)
    moment = dt.datetime.combine(sunday, dt.time(minute // 60, minute % 60), LONDON)
    assert day_of(moment.astimezone(ZoneInfo("Pacific/Auckland"))) == sunday
    assert day_of(moment.astimezone(dt.UTC)) == sunday
