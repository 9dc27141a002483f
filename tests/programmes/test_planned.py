"""The calendar on both databases: rounds opened from it or by themselves, months skipped, and who is busy."""

import datetime as dt
import json

import pytest
from flask import Flask

from audit_app.cases.model import CaseList
from audit_app.clock import today
from audit_app.db import db
from audit_app.frameworks import operations as frameworks
from audit_app.history.queries import entries_of
from audit_app.programmes import operations, queries
from audit_app.programmes.model import Programme
from audit_app.programmes.months import month_after
from audit_app.programmes.operations import Terms
from audit_app.programmes.planning import FRESH_DAYS, State
from audit_app.programmes.policies import Policies
from audit_app.refusal import Refused, Stale
from tests import make
from tests.cases.loading import book, lines, loaded

HERE = today().replace(day=1)
NEXT, FAR = month_after(HERE, 1), month_after(HERE, 6)


def planned(made: make.Authority, *, itself: bool = False, each: int | None = None) -> Programme:
    terms = Terms("Dip sample", 10, "monthly", HERE, itself)
    policies = Policies(per_auditor=each, auditors=("senior_manager",))
    kept = operations.make_programme(made.root, made.tool.key, terms, policies, kind="dip-sample", by=made.officer.id)
    db.session.commit()
    return kept


def fresh(made: make.Authority, days_old: int = 0) -> CaseList:
    kept = loaded(made, book(*lines(made, "1")))
    kept.taken_on = today() - dt.timedelta(days=days_old)
    db.session.commit()
    return kept


def state_of(programme: Programme, month: dt.date) -> State | None:
    return {one.month: one.state for one in queries.calendar_of(programme)}.get(month)


def test_a_programme_is_planned_from_its_first_month(either_app: Flask) -> None:
    programme = planned(make.authority())
    assert programme.kind == "dip-sample"
    found = queries.calendar_of(programme)
    assert (found[0].month, found[0].state, len(found)) == (HERE, State.DUE, 12)


def test_a_planned_round_is_opened_as_it_is_usual(either_app: Flask) -> None:
    made = make.authority()
    programme, kept = planned(made), fresh(made)
    opened = operations.open_planned(programme, NEXT, by=made.officer.id)
    assert (opened.month, opened.case_list, opened.tool_version) == (NEXT, kept, made.tool)
    assert state_of(programme, NEXT) is State.OPEN
    with pytest.raises(Refused, match="has its round already"):
        operations.open_planned(programme, NEXT, by=made.officer.id)
    with pytest.raises(Refused, match="months ahead"):
        operations.open_planned(programme, FAR, by=made.officer.id)
    with pytest.raises(Refused, match="No round is planned"):
        operations.open_planned(programme, month_after(HERE, -1), by=made.officer.id)


def test_a_round_opened_from_the_calendar_takes_no_old_list(either_app: Flask) -> None:
    made = make.authority()
    programme = planned(made)
    fresh(made, FRESH_DAYS + 1)
    assert operations.open_planned(programme, HERE, by=made.officer.id).case_list is None
    frameworks.retire(made.tool, by=made.officer.id)
    with pytest.raises(Refused, match="No version"):
        operations.open_planned(programme, NEXT, by=made.officer.id)


def test_a_month_is_skipped_with_its_reason_and_planned_again(either_app: Flask) -> None:
    made = make.authority()
    programme, officer = planned(made), made.officer.id
    operations.skip_month(programme, NEXT, " An inspection ", by=officer)
    assert [one.reason for one in queries.calendar_of(programme) if one.state is State.SKIPPED] == ["An inspection"]
    with pytest.raises(Refused, match="skipped already"):
        operations.skip_month(programme, NEXT, "Again", by=officer)
    with pytest.raises(Refused, match="No round is planned"):
        operations.open_planned(programme, NEXT, by=officer)
    operations.plan_again(programme, NEXT, by=officer)
    assert state_of(programme, NEXT) is State.COMING
    with pytest.raises(Refused, match="not skipped"):
        operations.plan_again(programme, NEXT, by=officer)
    db.session.commit()
    kinds = [entry.kind for entry in reversed(entries_of(f"programme:{programme.id}"))]
    assert kinds == ["programme.made", "programme.month_skipped", "programme.month_planned_again"]


def test_rounds_that_are_due_open_by_themselves_once(either_app: Flask) -> None:
    made = make.authority()
    programme, kept = planned(made, itself=True), fresh(made)
    (done,) = operations.open_what_is_due()
    assert done.round is not None
    assert (done.programme, done.month, done.round.case_list) == (programme, HERE, kept)
    db.session.commit()
    assert operations.open_what_is_due() == []
    assert entries_of(f"round:{done.round.id}")[0].actor_id is None


def test_a_round_does_not_open_by_itself_without_a_fresh_list_and_says_why(either_app: Flask) -> None:
    made = make.authority()
    planned(made, itself=True)
    (without,) = operations.open_what_is_due()
    assert (without.round, without.why) == (None, "There is no case list yet. Load one.")
    fresh(made, 40)
    (old,) = operations.open_what_is_due()
    assert old.round is None
    assert "40 days ago" in old.why


def test_only_programmes_that_say_so_open_by_themselves(either_app: Flask) -> None:
    made = make.authority()
    programme = planned(made)
    fresh(made)
    assert operations.open_what_is_due() == []
    programme.opens_itself = True
    operations.skip_month(programme, HERE, "An inspection", by=made.officer.id)
    assert operations.open_what_is_due() == []
    operations.plan_again(programme, HERE, by=made.officer.id)
    operations.end_programme(programme, by=made.officer.id)
    assert operations.open_what_is_due() == []


def test_the_command_opens_what_is_due_and_can_be_repeated(app: Flask) -> None:
    made = make.authority()
    planned(made, itself=True)
    run = app.test_cli_runner().invoke
    said = run(args=["programmes", "open"])
    assert said.exit_code == 0, said.output
    assert "not opened. There is no case list yet." in said.output
    fresh(made)
    (one,) = json.loads(run(args=["programmes", "open", "--json"]).output)
    assert (one["name"], one["month"], one["why_not"]) == ("Dip sample", HERE.isoformat(), None)
    assert run(args=["programmes", "open"]).output == "No round is due to open by itself.\n"


def test_the_calendar_of_all_says_who_is_busy(either_app: Flask) -> None:
    made = make.authority()
    programme = planned(made, each=3)
    operations.exempt(programme, made.senior, NEXT, NEXT, "On a project", made.head, by=made.officer.id)
    db.session.commit()
    months = {one.month: one for one in queries.months_of(queries.programmes_of(make.actor(made.officer)))}
    here, coming = months[HERE], months[NEXT]
    assert {one.name for one, _ in here.rounds} == {"Dip sample", "Monthly case-file audit"}
    assert (here.expected, here.auditors, here.most, here.busiest) == (6, 2, 3, ["Senior One", "Senior Two"])
    assert (coming.expected, coming.auditors, coming.busiest) == (3, 1, ["Senior Two"])
    operations.skip_month(programme, NEXT, "An inspection", by=made.officer.id)
    months = {one.month: one for one in queries.months_of([programme])}
    assert (months[NEXT].expected, months[NEXT].busiest) == (0, [])


def test_policies_are_changed_with_their_history_and_the_second_change_is_stale(either_app: Flask) -> None:
    made = make.authority()
    programme, officer = planned(made), made.officer.id
    version, changed = programme.version_id, Policies(size=20, always={"senior": ("inadequate",)})
    operations.change_policies(programme, changed, version, by=officer)
    db.session.commit()
    assert programme.policy == changed
    entry = entries_of(f"programme:{programme.id}")[0]
    assert entry.kind == "programme.policies_changed"
    assert entry.body is not None
    assert entry.body["size"] == {"from": None, "to": 20}
    with pytest.raises(Stale):
        operations.change_policies(programme, Policies(), version, by=officer)
    operations.change_policies(programme, changed, programme.version_id, by=officer)
    db.session.commit()
    assert len(entries_of(f"programme:{programme.id}")) == 2


@pytest.mark.parametrize(
    ("policies", "words"),
    [
        (Policies(always={"senior": ("splendid",)}), "grades of the programme’s audit tool"),
        (Policies(cap=1, per_auditor=2), "cannot be less"),
        (Policies(method="weighted"), "at least one weight"),
    ],
)
def test_policies_that_cannot_be_are_refused(app: Flask, policies: Policies, words: str) -> None:
    made = make.authority()
    programme = made.round.programme
    with pytest.raises(Refused, match=words):
        operations.change_policies(programme, policies, programme.version_id, by=made.officer.id)


def test_a_new_programme_takes_only_the_grades_that_its_tool_has(app: Flask) -> None:
    made = make.authority()
    policies = Policies(always={"senior": ("splendid", "inadequate"), "external": ("splendid",)})
    one = operations.make_programme(made.root, made.tool.key, Terms("Second"), policies, by=made.officer.id)
    assert one.policy.always == {"senior": ("inadequate",)}


def test_a_frequency_needs_its_first_month(app: Flask) -> None:
    made = make.authority()
    with pytest.raises(Refused, match="month of the first round"):
        operations.make_programme(made.root, made.tool.key, Terms("Second", 10, "monthly"), by=made.officer.id)
