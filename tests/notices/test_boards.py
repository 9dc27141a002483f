"""Whoever leads an action of a plan, or writes the plan, is asked for updates before a board meets, and not after."""

import datetime as dt

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from audit_app.clock import today
from audit_app.db import db
from audit_app.improvement import operations as improvement
from audit_app.improvement.model import Meeting, Plan
from audit_app.improvement.operations import boards
from audit_app.improvement.queries.boards import due_for
from audit_app.improvement.written import Update
from audit_app.notices.board_days import Asking, Wished, due_of_boards
from audit_app.notices.due_days import as_calendar
from audit_app.notices.kinds import Kind
from audit_app.notices.operations import due_days_of, remind
from audit_app.notices.queries import meetings_asking
from audit_app.notices.rules import Chasing, chasing_from
from audit_app.programmes.chasing import USUAL_OF_BOARDS
from audit_app.programmes.working_days import is_working_day, working_days_between
from tests import make
from tests.improvement import doing
from tests.notices.make import holding, letters, on, with_post
from tests.notices.server import send, serving

USUAL = chasing_from(USUAL_OF_BOARDS)
UNTIL = dt.date(2026, 6, 19)  # a Friday
LEAD = 5


def asked(
    until: dt.date, first: dt.date, days: int, chasing: Chasing = USUAL, away: tuple[int, ...] = ()
) -> list[tuple[dt.date, Asking]]:
    """Everything that somebody is asked when it is looked at every day, each occasion once."""
    found: dict[str, tuple[dt.date, Asking]] = {}
    for day in (first + dt.timedelta(days=n) for n in range(days)):
        for one in due_of_boards([Wished(3, LEAD, until)], day, chasing, away=away):
            found.setdefault(one.key, (day, one))
    return list(found.values())


def test_updates_are_asked_for_before_on_and_after_the_day_in_working_days() -> None:
    june = [(day.day, one.kind) for day, one in asked(UNTIL, dt.date(2026, 6, 1), 24)]
    assert june == [
        (5, Kind.BOARD_UPDATE_DUE),
        (16, Kind.BOARD_UPDATE_DUE),
        (19, Kind.BOARD_UPDATE_DUE),
        (22, Kind.BOARD_UPDATE_LATE),
        (24, Kind.BOARD_UPDATE_LATE),
    ]


def test_a_meeting_that_is_called_late_is_asked_for_at_once_and_only_once() -> None:
    found = asked(UNTIL, dt.date(2026, 6, 17), 2)
    assert [(day.day, one.person_id, one.meeting_id) for day, one in found] == [(17, LEAD, 3)]


def test_whoever_is_away_is_not_asked() -> None:
    assert asked(UNTIL, dt.date(2026, 6, 1), 40, away=(LEAD,)) == []


CHASING = st.builds(
    Chasing,
    before=st.lists(st.integers(0, 20), max_size=3, unique=True).map(tuple),
    first_after=st.integers(1, 5),
    every=st.integers(0, 6),
    escalate=st.just({}),
)


@given(until=st.dates(dt.date(2024, 1, 1), dt.date(2027, 10, 31)), ahead=st.integers(0, 30), chasing=CHASING)
def test_over_holidays_month_ends_and_clock_changes_each_occasion_comes_once_on_a_working_day(
    until: dt.date, ahead: int, chasing: Chasing
) -> None:
    found = asked(until, until - dt.timedelta(days=ahead), ahead + 15, chasing)
    assert all(is_working_day(day) for day, _ in found)
    assert len({day for day, _ in found}) == len(found)
    for day, one in found:
        if one.kind is Kind.BOARD_UPDATE_DUE:
            assert day <= until
            assert working_days_between(day, until) <= max(chasing.before)
        else:
            assert working_days_between(until, day) >= chasing.first_after


@pytest.fixture
def made(either_app: Flask) -> make.Authority:
    with on(dt.date(2026, 6, 1)):
        return make.authority()


def called(made: make.Authority, plan: Plan) -> Meeting:
    board = boards.make_board(made.root, "Improvement board", 3, by=made.head.id)
    plan.board = board
    before = dt.date(2026, 6, 1)  # what was said before it does not count
    boards.call_meeting(board, before, before, by=made.head.id)
    meeting = boards.call_meeting(board, dt.date(2026, 6, 26), UNTIL, by=made.head.id)
    db.session.commit()
    return meeting


def test_the_lead_and_the_writer_are_asked_until_what_is_theirs_is_updated(made: make.Authority) -> None:
    with on(dt.date(2026, 6, 5)):
        plan = doing.plan(made, made.manager.email)
        meeting = called(made, plan)
        assert dict(remind())[Kind.BOARD_UPDATE_DUE] == 2
        assert remind() == {}, "nothing is said twice"
        db.session.commit()
        assert "board_update_due" in holding(made.manager)
        assert "board_update_due" in holding(made.officer)
        assert [one.id for one in meetings_asking(made.manager.id)] == [meeting.id]
        for _, action in due_for(meeting).actions:
            if action.lead_id == made.manager.id:
                improvement.tell(action, Update(today(), "Half done.", "", "under_way"), by=made.manager.id)
        db.session.commit()
        assert holding(made.manager) == []
        assert "board_update_due" in holding(made.officer), "the indicators have no reading yet"
    with on(dt.date(2026, 6, 22)):
        assert dict(remind())[Kind.BOARD_UPDATE_LATE] == 1
        db.session.commit()
        boards.freeze(meeting, meeting.version_id, by=made.head.id)
        db.session.commit()
        assert holding(made.officer) == []
        assert remind() == {}


def test_the_mail_says_when_the_board_meets_and_nothing_of_the_plan(app: Flask) -> None:
    with on(dt.date(2026, 6, 5)), serving() as (server, port):
        with_post(app, port)
        made = make.authority()
        called(made, doing.plan(made, made.manager.email))
        remind()
        db.session.commit()
        assert len(letters()) == 2
        send()
    (mail,) = [one for one in server.taken if made.manager.email in one["To"]]
    assert mail["Subject"] == "A board wants an update by 19 June 2026"
    assert "A board meets on 26 June 2026." in mail.get_content()
    assert "Improvement board" not in mail.get_content()


def test_the_calendar_holds_what_one_leads_what_a_board_wants_and_when_it_meets(app: Flask) -> None:
    with on(dt.date(2026, 6, 5)):
        made = make.authority()
        called(made, doing.plan(made, made.manager.email))
        remind()
        db.session.commit()
        lead = as_calendar(due_days_of(make.actor(made.manager)), key="k", service="Audits", link="https://a.example/")
        writer = due_days_of(make.actor(made.officer))
    entries = [str(one["SUMMARY"]) for one in Calendar.from_ical(lead).walk("VEVENT")]
    assert "Update for a board wanted" in entries
    assert any(one.startswith("Action of an improvement plan due") for one in entries)
    assert {(one.duty.value, one.day.isoformat()) for one in writer} >= {
        ("board", "2026-06-26"),
        ("board_update", "2026-06-19"),
    }
