"""When somebody is reminded, who hears of what is late, and how often one may chase."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.access.actor import Grant
from audit_app.access.table import Role
from audit_app.auditing.workflow import Stage
from audit_app.notices.kinds import Kind
from audit_app.notices.rules import (
    TO_HAND_IN,
    Chasing,
    Due,
    Waiting,
    chasing_from,
    due_messages,
    leads,
    refusal_to_chase,
)
from audit_app.programmes.chasing import chasing_problems
from audit_app.programmes.working_days import is_working_day, working_days_after

USUAL = Chasing()
DUE = dt.date(2026, 6, 19)  # a Friday
GIVEN = dt.date(2026, 6, 1)
ONE = Waiting(7, 1, Stage.IN_PROGRESS, DUE, GIVEN)
LEAD, HEAD = 50, 60


def escalate(auditor_id: int, role: str) -> tuple[int, ...]:
    """One leader and one head for everybody."""
    return (LEAD,) if role == "senior_manager" else (HEAD,)


def said(
    one: Waiting, days: list[dt.date], chasing: Chasing = USUAL, away: dict[dt.date, set[int]] | None = None
) -> list[tuple[dt.date, Due]]:
    """Everything that is said of an audit when the command runs on some days."""
    sent: set[str] = set()
    found = []
    for day in days:
        for due in due_messages(
            [one], sent, day, lambda _: chasing, away=(away or {}).get(day, ()), escalate_to=escalate
        ):
            found.append((day, due))
            sent.add(due.key)
    return found


def every_day(first: dt.date, count: int) -> list[dt.date]:
    """So many days in a row."""
    return [first + dt.timedelta(days=n) for n in range(count)]


def test_an_audit_is_asked_for_three_days_before_the_day_after_and_every_third_day() -> None:
    found = [(day.day, due.kind) for day, due in said(ONE, every_day(GIVEN, 30)) if due.person_id == 1]
    assert found == [
        (16, Kind.DUE_SOON),  # Wednesday, Thursday and Friday are left
        (22, Kind.OVERDUE),
        (25, Kind.OVERDUE),
        (30, Kind.OVERDUE),
    ]


def test_the_nearest_leader_hears_after_five_days_and_the_head_of_service_after_ten() -> None:
    found = [(day, due.person_id) for day, due in said(ONE, every_day(GIVEN, 60)) if due.kind is Kind.ESCALATED]
    assert found == [(dt.date(2026, 6, 26), LEAD), (dt.date(2026, 7, 3), HEAD)]


def test_after_days_of_downtime_only_the_latest_is_said() -> None:
    found = [(due.kind, due.person_id) for _, due in said(ONE, [dt.date(2026, 7, 15)])]
    assert found == [(Kind.OVERDUE, 1), (Kind.ESCALATED, HEAD)]


def test_whoever_is_away_hears_when_they_are_back_and_only_the_latest() -> None:
    back = dt.date(2026, 6, 24)
    days = every_day(GIVEN, 30)
    found = said(ONE, days, away={day: {1} for day in days if day < back})
    assert next((day, due.kind) for day, due in found) == (back, Kind.OVERDUE)


def test_whoever_was_chased_today_is_not_reminded_as_well() -> None:
    monday = dt.date(2026, 6, 22)
    assert said(ONE, [monday])
    assert not said(replace(ONE, chased_on=monday), [monday])
    assert said(replace(ONE, chased_on=monday), [dt.date(2026, 6, 25)])


def test_whoever_gets_a_late_audit_is_not_late_from_the_first_day() -> None:
    taken = replace(ONE, given_on=dt.date(2026, 6, 30), auditor_id=2)
    found = [(day, due.kind) for day, due in said(taken, every_day(dt.date(2026, 6, 30), 10))]
    assert found[0] == (dt.date(2026, 7, 1), Kind.OVERDUE)
    assert [day for day, kind in found if kind is Kind.ESCALATED] == [dt.date(2026, 7, 7)]


def test_an_audit_that_was_given_out_shortly_before_its_due_day_is_not_asked_for_at_once() -> None:
    assert not said(replace(ONE, given_on=dt.date(2026, 6, 17)), [dt.date(2026, 6, 17), dt.date(2026, 6, 18)])


def test_a_new_due_day_begins_afresh() -> None:
    sent = {due.key for _, due in said(ONE, every_day(GIVEN, 22))}
    later = replace(ONE, due_on=dt.date(2026, 6, 26))
    found = due_messages([later], sent, dt.date(2026, 6, 24), lambda _: USUAL)
    assert [due.kind for due in found] == [Kind.DUE_SOON]


chasings = st.builds(
    Chasing,
    before=st.lists(st.integers(0, 10), max_size=3).map(tuple),
    first_after=st.integers(1, 5),
    every=st.integers(0, 5),
    escalate=st.dictionaries(st.sampled_from(["senior_manager", "head_of_service"]), st.integers(1, 12), max_size=2),
)
waitings = st.builds(
    Waiting,
    st.integers(1, 5),
    st.integers(1, 3),
    st.sampled_from(list(Stage)),
    st.dates(DUE, DUE + dt.timedelta(days=30)),
    st.dates(GIVEN, GIVEN + dt.timedelta(days=40)),
    st.none() | st.dates(GIVEN, GIVEN + dt.timedelta(days=70)),
    st.booleans(),
)
runs = st.lists(st.dates(GIVEN, GIVEN + dt.timedelta(days=90)), max_size=40).map(sorted)


@given(st.lists(waitings, max_size=4, unique_by=lambda one: one.audit_id), runs, chasings, st.sets(st.integers(1, 3)))
def test_nothing_is_said_twice_nor_of_what_is_not_waited_for(
    audits: list[Waiting], days: list[dt.date], chasing: Chasing, away: set[int]
) -> None:
    sent: set[str] = set()
    by_id = {one.audit_id: one for one in audits}
    for day in days:
        found = due_messages(audits, sent, day, lambda _: chasing, away=away, escalate_to=escalate)
        assert not found or is_working_day(day)
        reminders = [due.audit_id for due in found if due.kind is not Kind.ESCALATED]
        assert len(reminders) == len(set(reminders))  # never two reminders of one audit at once
        for due in found:
            one = by_id[due.audit_id]
            assert due.key not in sent
            assert one.stage in TO_HAND_IN and not one.exempt and one.auditor_id not in away
            assert (due.person_id == one.auditor_id) is (due.kind is not Kind.ESCALATED)
            assert (due.kind is Kind.DUE_SOON) is (day <= one.due_on)
        sent |= {due.key for due in found}
        assert due_messages(audits, sent, day, lambda _: chasing, away=away, escalate_to=escalate) == []


@given(waitings.filter(lambda one: one.stage in TO_HAND_IN and not one.exempt and one.chased_on is None), chasings)
def test_a_late_audit_is_never_forgotten(one: Waiting, chasing: Chasing) -> None:
    day = working_days_after(max(one.due_on, one.given_on), chasing.first_after)
    assert next(due.kind for _, due in said(one, [day], chasing)) is Kind.OVERDUE


HELD = [
    (1, Grant(Role.TEAM_MANAGER, "/1/2/5/")),
    (2, Grant(Role.SENIOR_MANAGER, "/1/")),
    (3, Grant(Role.SENIOR_MANAGER, "/1/2/")),
    (4, Grant(Role.SENIOR_MANAGER, "/1/3/")),
    (5, Grant(Role.HEAD_OF_SERVICE, "/1/")),
    (6, Grant(Role.AUDIT_OFFICER, "/1/")),
]


def test_the_nearest_holder_of_a_role_above_somebody_leads_them() -> None:
    assert leads("senior_manager", "/1/2/5/", HELD) == (3,)
    assert leads("senior_manager", "/1/9/", HELD) == (2,)
    assert leads("head_of_service", "/1/2/5/", HELD) == (5,)


def test_where_nobody_leads_in_a_role_the_next_in_the_line_hears() -> None:
    assert leads("senior_manager", "/1/2/5/", HELD, without={2, 3}) == (5,)
    assert leads("senior_manager", "/1/2/5/", HELD, without={2, 3, 5}) == (6,)
    assert leads("head_of_service", "/9/", HELD) == ()


@pytest.mark.parametrize(
    ("late", "chased_on", "why"),
    [
        (0, None, "no late audit"),
        (2, dt.date(2026, 6, 19), "was chased today"),
        (2, dt.date(2026, 6, 18), None),
        (2, None, None),
    ],
)
def test_nobody_is_chased_more_than_once_a_working_day(late: int, chased_on: dt.date | None, why: str | None) -> None:
    refused = refusal_to_chase("Manager One", late, chased_on, DUE)
    assert (refused is None) is (why is None)
    assert refused is None or (why or "") in refused.reason


def test_a_chase_of_friday_holds_until_monday() -> None:
    refused = refusal_to_chase("Manager One", 1, DUE, DUE + dt.timedelta(days=2))
    assert refused is not None
    assert "on 19 June" in refused.reason
    assert refusal_to_chase("Manager One", 1, DUE, DUE + dt.timedelta(days=3)) is None


@pytest.mark.parametrize(
    "data",
    [
        [],
        {"before": 3},
        {"before": [-1]},
        {"first_after": 0},
        {"every": True},
        {"every": 61},
        {"escalate": {"team_manager": 5}},
        {"escalate": {"senior_manager": 0}},
        {"when": 3},
    ],
)
def test_what_cannot_be_followed_is_said(data: object) -> None:
    assert chasing_problems(data)


def test_what_data_leaves_out_is_as_usual() -> None:
    assert chasing_from({}) == USUAL
    assert chasing_from({"before": [5, 2], "every": 0}) == replace(USUAL, before=(5, 2), every=0)
