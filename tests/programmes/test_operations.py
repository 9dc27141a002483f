"""Programmes and rounds on both databases: made, changed, opened, closed."""

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import NotFound

from audit_app.access.table import Permission
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.frameworks import operations as frameworks
from audit_app.frameworks.model import ToolVersion
from audit_app.history.queries import entries_of
from audit_app.programmes import operations, queries
from audit_app.programmes.model import Programme, Round
from audit_app.programmes.operations import Terms
from audit_app.programmes.working_days import is_working_day, working_days_between
from audit_app.refusal import Refused, Stale
from tests import make
from tests.cases.loading import book, lines, loaded

THIS_MONTH = today().replace(day=1)


def programme(made: make.Authority, name: str = "Second programme") -> Programme:
    return operations.make_programme(made.root, made.tool.key, Terms(name), by=made.officer.id)


def opened(made: make.Authority, one: Programme, month: dt.date = THIS_MONTH) -> Round:
    return operations.open_round(one, month, made.tool, None, by=made.officer.id)


def kinds(subject: str) -> list[str]:
    db.session.commit()
    return [entry.kind for entry in reversed(entries_of(subject))]


def test_a_programme_is_made_changed_ended_and_started_again(either_app: Flask) -> None:
    made = make.authority()
    one = programme(made)
    later = Terms("Renamed", 10, "quarterly", THIS_MONTH, True)
    operations.change_programme(one, later, one.version_id, by=made.officer.id)
    operations.end_programme(one, by=made.officer.id)
    assert one.ended_at is not None
    operations.start_programme_again(one, by=made.officer.id)
    assert operations.terms_of(one) == later
    subject = f"programme:{one.id}"
    assert kinds(subject) == ["programme.made", "programme.changed", "programme.ended", "programme.started_again"]
    changed = entries_of(subject)[2].body
    assert changed is not None
    assert changed["first_month"] == {"from": None, "to": THIS_MONTH.isoformat()}
    assert changed["opens_itself"] == {"from": False, "to": True}


def test_saving_a_programme_unchanged_is_no_event(either_app: Flask) -> None:
    made = make.authority()
    one = programme(made)
    operations.change_programme(one, Terms("Second programme"), one.version_id, by=made.officer.id)
    assert kinds(f"programme:{one.id}") == ["programme.made"]


def test_the_second_of_two_changes_is_stale(either_app: Flask) -> None:
    made = make.authority()
    one = programme(made)
    version = one.version_id
    operations.change_programme(one, Terms("First"), version, by=made.officer.id)
    with pytest.raises(Stale):
        operations.change_programme(one, Terms("Second"), version, by=made.officer.id)


def test_two_programmes_of_one_unit_cannot_share_a_name(either_app: Flask) -> None:
    made = make.authority()
    one = programme(made)
    with pytest.raises(Refused, match="already has a programme"):
        programme(made)
    with pytest.raises(Refused, match="already has a programme"):
        operations.change_programme(one, Terms("Monthly case-file audit"), one.version_id, by=made.officer.id)
    operations.make_programme(made.services[0], made.tool.key, Terms("Second programme"), by=None)


def test_a_programme_needs_a_tool_that_is_on_offer(either_app: Flask) -> None:
    made = make.authority()
    with pytest.raises(Refused, match="No version"):
        operations.make_programme(made.root, "no-such-tool", Terms("A"), by=None)
    frameworks.retire(made.tool, by=made.officer.id)
    with pytest.raises(Refused, match="No version"):
        programme(made)


def test_the_due_day_of_a_round_follows_from_working_days(either_app: Flask) -> None:
    made = make.authority()
    one = opened(made, programme(made))
    assert is_working_day(one.due_on)
    assert working_days_between(max(today(), THIS_MONTH), one.due_on) == 15
    assert one.month == THIS_MONTH
    assert kinds(f"round:{one.id}") == ["round.opened"]


def test_a_round_of_a_later_month_is_due_after_its_first_day(either_app: Flask) -> None:
    made = make.authority()
    later = (THIS_MONTH + dt.timedelta(days=62)).replace(day=1)
    assert working_days_between(later, opened(made, programme(made), later).due_on) == 15


def test_a_month_has_one_round_of_a_programme(either_app: Flask) -> None:
    made = make.authority()
    one = programme(made)
    opened(made, one)
    with pytest.raises(Refused, match="already has a round"):
        opened(made, one, THIS_MONTH.replace(day=15))


def test_the_database_too_refuses_a_second_round_of_a_month(either_app: Flask) -> None:
    made = make.authority()
    one = opened(made, programme(made))
    db.session.add(
        Round(programme=one.programme, tool_version=made.tool, month=one.month, due_on=one.due_on, opened_at=now())
    )
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_round_takes_only_its_programmes_tool_and_its_authoritys_list(either_app: Flask) -> None:
    made, other = make.authority(), make.authority()
    one = programme(made)
    stranger = db.session.execute(select(ToolVersion).where(ToolVersion.key != made.tool.key)).scalars().first()
    assert stranger is not None
    with pytest.raises(Refused, match="programme’s tool"):
        operations.open_round(one, THIS_MONTH, stranger, None, by=None)
    theirs = loaded(other, book(*lines(other, "1")))
    with pytest.raises(Refused, match="case list of the authority"):
        operations.open_round(one, THIS_MONTH, made.tool, theirs, by=None)
    ours = loaded(made, book(*lines(made, "1")))
    assert operations.open_round(one, THIS_MONTH, made.tool, ours, by=None).case_list is ours


def test_a_retired_tool_opens_no_round_and_open_rounds_keep_it(either_app: Flask) -> None:
    made = make.authority()
    one = programme(made)
    frameworks.retire(made.tool, by=made.officer.id)
    with pytest.raises(Refused, match="on offer"):
        opened(made, one)
    assert made.round.tool_version is made.tool
    frameworks.offer_again(made.tool, by=made.officer.id)
    assert opened(made, one).tool_version is made.tool


def test_a_round_is_closed_and_opened_again(either_app: Flask) -> None:
    made = make.authority()
    one = opened(made, programme(made))
    assert queries.open_rounds_of(one.programme) == 1
    operations.close_round(one, by=made.officer.id)
    assert queries.open_rounds_of(one.programme) == 0
    with pytest.raises(Refused, match="closed already"):
        operations.close_round(one, by=made.officer.id)
    operations.reopen_round(one, by=made.officer.id)
    assert queries.open_rounds_of(one.programme) == 1
    assert kinds(f"round:{one.id}") == ["round.opened", "round.closed", "round.reopened"]


def test_a_programme_with_an_open_round_does_not_end(either_app: Flask) -> None:
    made = make.authority()
    one = opened(made, programme(made))
    with pytest.raises(Refused, match="Close its open round first"):
        operations.end_programme(one.programme, by=made.officer.id)
    operations.close_round(one, by=made.officer.id)
    operations.end_programme(one.programme, by=made.officer.id)
    for refused in (lambda: operations.reopen_round(one, by=made.officer.id), lambda: opened(made, one.programme)):
        with pytest.raises(Refused, match="has ended"):
            refused()


def test_the_list_and_due_day_of_a_round_can_be_changed_until_it_is_closed(either_app: Flask) -> None:
    made = make.authority()
    one, ours = opened(made, programme(made)), loaded(made, book(*lines(made, "1")))
    due = today() + dt.timedelta(days=40)
    version = one.version_id
    operations.change_round(one, ours, due, version, by=made.officer.id)
    assert (one.case_list, one.due_on) == (ours, due)
    with pytest.raises(Stale):
        operations.change_round(one, None, due, version, by=made.officer.id)
    with pytest.raises(Refused, match="today or later"):
        operations.change_round(one, ours, today() - dt.timedelta(days=1), one.version_id, by=made.officer.id)
    operations.close_round(one, by=made.officer.id)
    with pytest.raises(Refused, match="closed"):
        operations.change_round(one, None, due, one.version_id, by=made.officer.id)
    assert kinds(f"round:{one.id}") == ["round.opened", "round.changed", "round.closed"]


def test_programmes_and_rounds_are_reached_by_their_unit(either_app: Flask) -> None:
    made, other = make.authority(), make.authority()
    officer, head = make.actor(made.officer), make.actor(made.head)
    assert queries.round_or_404(made.round.id, officer) is made.round
    assert queries.programme_or_404(made.round.programme_id, officer) is made.round.programme
    for refused in (
        lambda: queries.round_or_404(other.round.id, officer),
        lambda: queries.programme_or_404(other.round.programme_id, officer),
        lambda: queries.round_or_404(made.round.id, head),
        lambda: queries.round_or_404(made.round.id + 999, officer),
    ):
        with pytest.raises(NotFound):
            refused()
    assert queries.round_or_404(made.round.id, head, permissions=(Permission.SEE_PROGRESS,)) is made.round
    assert queries.programmes_of(officer) == [made.round.programme]
    assert queries.programmes_of(head) == []


def test_rounds_come_newest_first_a_page_at_a_time(either_app: Flask) -> None:
    made = make.authority()
    one = programme(made)
    months = [dt.date(2020 + n // 12, n % 12 + 1, 1) for n in range(60)]
    db.session.add_all(
        Round(programme=one, tool_version=made.tool, month=month, due_on=month, opened_at=now()) for month in months
    )
    db.session.flush()
    assert [r.month for r in queries.last_rounds_of([one])[one.id]] == months[:-7:-1]
    assert queries.counts_of([one]) == {one.id: 60}
    first = queries.rounds_page(one, after="", before="")
    assert [r.month for r in first.items] == months[:-26:-1]
    second = queries.rounds_page(one, after=first.older or "", before="")
    assert [r.month for r in second.items] == months[-26:-51:-1]
    assert (first.total, second.first) == (60, False)
    back = queries.rounds_page(one, after="", before=second.newer or "")
    assert [r.month for r in back.items] == [r.month for r in first.items]


def test_programmes_that_ended_come_last(either_app: Flask) -> None:
    made = make.authority()
    one = programme(made, "A programme")
    operations.end_programme(one, by=made.officer.id)
    assert queries.programmes_of(make.actor(made.officer)) == [made.round.programme, one]
