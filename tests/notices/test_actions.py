"""Owners are reminded of actions for children, those who lead hear of late ones, and all hear what concerns them."""

import datetime as dt

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from audit_app.actions import operations
from audit_app.clock import today
from audit_app.db import db
from audit_app.notices.kinds import Kind
from audit_app.notices.operations import remind
from audit_app.notices.rules import Chasing, Due, ToDo, chasing_from, due_of_actions
from audit_app.programmes.chasing import LINE_OF_ACTIONS, USUAL_OF_ACTIONS, chasing_problems
from audit_app.programmes.working_days import is_working_day, working_days_after, working_days_between
from tests import make
from tests.actions import doing
from tests.notices.make import FIRST, holding, letters, on, told, with_post

USUAL = chasing_from(USUAL_OF_ACTIONS, line=LINE_OF_ACTIONS)
DUE = dt.date(2026, 6, 19)  # a Friday
GIVEN = dt.date(2026, 6, 1)
OWNER, MANAGER, HEAD = 1, 50, 60


def leads(action_id: int, role: str) -> tuple[int, ...]:
    return (MANAGER,) if role == "team_manager" else (HEAD,)


def said(one: ToDo, first: dt.date, days: int, chasing: Chasing = USUAL, away: tuple[int, ...] = ()) -> list[Due]:
    """Everything that is said of an action when the command runs every day, each with its day in the key's place."""
    sent: set[str] = set()
    found = []
    for day in (first + dt.timedelta(days=n) for n in range(days)):
        for due in due_of_actions([one], sent, day, chasing, away=away, escalate_to=leads):
            found.append((day, due))
            sent.add(due.key)
    assert all(is_working_day(day) for day, _ in found)
    return [due for _, due in found]


def days_of(one: ToDo, first: dt.date, days: int, chasing: Chasing = USUAL) -> list[tuple[dt.date, Kind, int]]:
    sent: set[str] = set()
    found = []
    for day in (first + dt.timedelta(days=n) for n in range(days)):
        for due in due_of_actions([one], sent, day, chasing, escalate_to=leads):
            found.append((day, due.kind, due.person_id))
            sent.add(due.key)
    return found


def to_do(due_on: dt.date = DUE, given: dt.date = GIVEN) -> ToDo:
    return ToDo(7, 3, OWNER, due_on, given, given)


def test_it_is_asked_for_before_on_and_after_the_day_and_goes_up_the_line() -> None:
    june = [(day.day, kind, who) for day, kind, who in days_of(to_do(), GIVEN, 30)]
    assert june == [
        (17, Kind.ACTION_DUE, OWNER),
        (19, Kind.ACTION_DUE, OWNER),
        (22, Kind.ACTION_OVERDUE, OWNER),
        (23, Kind.ACTION_ESCALATED, MANAGER),
        (25, Kind.ACTION_OVERDUE, OWNER),
        (29, Kind.ACTION_ESCALATED, HEAD),
        (30, Kind.ACTION_OVERDUE, OWNER),
    ]


def test_bank_holidays_do_not_count() -> None:
    # Friday before Easter Monday; the clocks went forward in between.
    easter = to_do(dt.date(2026, 4, 2), dt.date(2026, 3, 20))
    found = [(day, kind) for day, kind, _ in days_of(easter, dt.date(2026, 3, 20), 30)]
    assert (dt.date(2026, 4, 7), Kind.ACTION_OVERDUE) in found  # Good Friday and Easter Monday lie between
    assert (dt.date(2026, 4, 8), Kind.ACTION_ESCALATED) in found


def test_whoever_is_away_is_not_reminded_but_the_child_does_not_wait() -> None:
    kinds = {due.kind for due in said(to_do(), GIVEN, 30, away=(OWNER,))}
    assert kinds == {Kind.ACTION_ESCALATED}


def test_a_team_manager_may_hear_of_actions_but_not_of_audits() -> None:
    data = {"escalate": {"team_manager": 2}}
    assert chasing_problems(data, LINE_OF_ACTIONS) == ()
    assert chasing_problems(data) != ()


DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2027, 11, 30))
CHASING = st.builds(
    Chasing,
    before=st.lists(st.integers(0, 10), max_size=3, unique=True).map(tuple),
    first_after=st.integers(1, 5),
    every=st.integers(0, 6),
    escalate=st.dictionaries(st.sampled_from(["team_manager", "head_of_service"]), st.integers(1, 12)),
)


@given(due_on=DAYS, notice=st.integers(0, 40), chasing=CHASING)
def test_whatever_the_days_nothing_comes_twice_or_on_a_day_off_and_lateness_is_in_working_days(
    due_on: dt.date, notice: int, chasing: Chasing
) -> None:
    one = to_do(due_on, due_on - dt.timedelta(days=notice))
    found = days_of(one, one.owned_on, notice + 45, chasing)
    assert all(is_working_day(day) for day, _, _ in found)
    assert len({(day, kind, who) for day, kind, who in found}) == len(found)
    for day, kind, _ in found:
        late = working_days_between(due_on, day)
        if kind is Kind.ACTION_DUE:
            assert day <= due_on
            assert working_days_between(day, due_on) <= max(chasing.before)
        elif kind is Kind.ACTION_OVERDUE:
            assert late >= chasing.first_after
        else:
            assert late >= min(chasing.escalate.values())
    for role, after in chasing.escalate.items():
        others = [days for name, days in chasing.escalate.items() if name != role]
        reached = working_days_after(due_on, after)
        whose = MANAGER if role == "team_manager" else HEAD
        if after not in others and reached <= one.owned_on + dt.timedelta(days=notice + 44):
            assert (reached, Kind.ACTION_ESCALATED, whose) in found


@pytest.fixture
def made(app: Flask) -> make.Authority:
    return make.authority()


def test_owner_verifier_and_new_owner_are_told_and_what_is_over_ends(app: Flask, made: make.Authority) -> None:
    worker = doing.practitioner(made)
    one = doing.given(made, worker)
    assert told(worker) == ["action_given"]
    operations.say_done(one, "Seen.", one.version_id, by=make.actor(worker))
    assert holding(worker) == []
    assert "action_to_answer" in holding(made.other_manager)
    assert "action_to_answer" in holding(made.manager)
    operations.not_accept(one, "No date.", one.version_id, by=make.actor(made.manager))
    assert "action_to_answer" not in holding(made.other_manager)
    assert holding(worker) == ["action_not_accepted"]
    operations.give_to(one, made.other_manager, "She knows him.", one.version_id, by=make.actor(made.officer))
    assert holding(worker) == ["action_moved"]
    assert "action_given" in holding(made.other_manager)


def test_a_draft_tells_nobody_and_what_cannot_wait_comes_by_mail_at_once(app: Flask, made: make.Authority) -> None:
    with_post(app)
    worker, audit = doing.practitioner(made), make.written(made)
    doing.given(made, worker, audit)
    assert told(worker) == []
    one = doing.given(made, worker, audit, kind="immediate")
    assert told(worker) == ["action_now"]
    assert [mail.person_id for mail in letters()][-1] == worker.id
    assert one.audit.case.reference not in str([mail.message_id for mail in letters()])


def test_a_late_action_reaches_the_teams_manager_and_then_the_head_once_each(app: Flask) -> None:
    with on(FIRST):
        made = make.authority()
        worker = doing.practitioner(made)
        one = doing.given(made, worker, due_on=today() + dt.timedelta(days=7))
        due = one.due_on
    for day in range(20):
        with on(due + dt.timedelta(days=day)):
            remind()
            db.session.commit()
    assert told(made.other_manager).count("action_escalated") == 1
    assert told(made.head).count("action_escalated") == 1
    assert told(worker).count("action_overdue") > 2
