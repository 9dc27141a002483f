"""Actions as they are written, given, done, answered for, moved and followed, with what the record says."""

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from audit_app.access.table import Role
from audit_app.actions import operations, queries
from audit_app.actions.model import ActionStep, ChildAction
from audit_app.actions.workflow import State, Step
from audit_app.auditing import operations as auditing
from audit_app.cases.model import CaseRecord
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.history.queries import entries_of
from audit_app.identity.model import Person
from audit_app.moderation import operations as moderation
from audit_app.moderation.model import Route
from audit_app.moderation.queries.past import past_of
from audit_app.moderation.rules import BlindGrade
from audit_app.refusal import Refused, Stale
from tests import make
from tests.actions import doing


@pytest.fixture
def made(either_app: Flask) -> make.Authority:
    return make.authority()


@pytest.fixture
def worker(made: make.Authority) -> Person:
    return doing.practitioner(made)


def sees(action: ChildAction, who: Person) -> bool:
    return action in queries.actions_of(action.audit, make.actor(who))


def trail(action: ChildAction) -> list[tuple[str, str]]:
    return [(one.step, one.words) for one in queries.steps_of(action)]


def kinds_said(action: ChildAction) -> list[str]:
    return [e.kind for e in entries_of(action.audit.subject) if e.kind.startswith("action.")][::-1]


def test_an_auditors_action_is_seen_once_the_audit_is_handed_in(made: make.Authority, worker: Person) -> None:
    audit = make.written(made)
    action = operations.write(audit, doing.wanted(), worker, by=make.actor(made.manager))
    assert (action.state, action.given_at) == ("draft", None)
    assert sees(action, made.manager)
    assert not sees(action, made.other_manager)
    auditing.hand_in(audit, audit.version_id, by=make.actor(made.manager))
    assert action.at is State.OPEN
    assert sees(action, made.other_manager)
    assert queries.owned_by(make.actor(worker)) == [action]


def test_what_cannot_wait_is_given_at_once(made: make.Authority, worker: Person) -> None:
    action = doing.given(made, worker, make.written(made), kind="immediate")
    assert action.at is State.OPEN
    assert sees(action, made.other_manager)
    assert queries.owned_by(make.actor(worker)) == [action]


def test_a_blind_moderators_actions_are_seen_when_they_commit(made: make.Authority, worker: Person) -> None:
    audit = make.handed_in(made)
    theirs = doing.given(made, worker, audit)
    one = moderation.give(
        audit, made.senior, "senior", route=Route.RANDOM, blind=True, due_on=today(), by=made.officer.id,
        inclusion_probability=0.5,
    )  # fmt: skip
    db.session.commit()
    judge = make.actor(made.senior)
    mine = operations.write(audit, doing.wanted(what="Review the plan."), worker, by=judge)
    assert mine.tier == "senior"
    assert queries.actions_of(audit, judge) == [mine]
    assert not sees(mine, made.manager)
    for section in moderation.sections_of(audit):
        moderation.save_blind(one, section.key, BlindGrade("good", False, "The record shows it."), 0, by=judge)
    moderation.commit_blind(one, one.version_id, by=judge)
    assert mine.at is State.OPEN
    assert sees(mine, made.manager)
    assert sees(theirs, made.senior)


def test_what_a_moderator_has_not_given_goes_with_the_moderation(made: make.Authority, worker: Person) -> None:
    audit = make.handed_in(made)
    one = moderation.give(
        audit, made.senior, "senior", route=Route.BY_HAND, blind=False, due_on=today(), by=made.officer.id
    )
    action = operations.write(audit, doing.wanted(), worker, by=make.actor(made.senior))
    moderation.take_back(one, "On leave.", by=made.officer.id)
    assert (action.at, action.given_at) == (State.WITHDRAWN, None)


def test_it_is_done_and_somebody_else_verifies_it(made: make.Authority, worker: Person) -> None:
    action = doing.said_done(made, worker)
    with pytest.raises(Refused, match="their own"):
        operations.verify(action, "", action.version_id, by=make.actor(worker))
    operations.verify(action, "I read the note.", action.version_id, by=make.actor(made.other_manager))
    assert action.at is State.VERIFIED
    assert trail(action) == [
        ("give", ""), ("say_done", "Seen on Monday, case note of that day."), ("verify", "I read the note."),
    ]  # fmt: skip
    db.session.commit()
    said = ["action.written", "action.given", "action.said_done", "action.verified"]
    assert kinds_said(action) == said


def test_what_is_not_accepted_is_to_do_again_and_nothing_said_is_lost(made: make.Authority, worker: Person) -> None:
    action = doing.said_done(made, worker)
    operations.not_accept(action, "The child was not seen alone.", action.version_id, by=make.actor(made.manager))
    assert (action.at, action.done_at, action.done_by) == (State.OPEN, None, None)
    operations.say_done(action, "Seen alone on Friday.", action.version_id, by=make.actor(worker))
    words = [said for _, said in trail(action)]
    assert words[1:] == [
        "Seen on Monday, case note of that day.",
        "The child was not seen alone.",
        "Seen alone on Friday.",
    ]


def test_more_time_is_asked_for_and_granted_or_refused(made: make.Authority, worker: Person) -> None:
    action, by = doing.given(made, worker), make.actor(made.other_manager)
    first, later = action.due_on, action.due_on + dt.timedelta(days=7)
    operations.ask_time(action, later, "The family is away.", action.version_id, by=make.actor(worker))
    assert (action.due_on, action.asked_for) == (first, later)
    operations.refuse_time(action, "Ring them.", action.version_id, by=by)
    assert (action.due_on, action.asked_for, action.at) == (first, None, State.OPEN)
    operations.ask_time(action, later, "They do not answer.", action.version_id, by=make.actor(worker))
    operations.grant_time(action, later, "", action.version_id, by=by)
    assert (action.due_on, action.first_due_on, action.at) == (later, first, State.OPEN)


def test_a_step_on_what_somebody_changed_is_stale_and_changes_nothing(made: make.Authority, worker: Person) -> None:
    action = doing.given(made, worker)
    with pytest.raises(Stale):
        operations.say_done(action, "Seen.", action.version_id - 1, by=make.actor(worker))
    assert action.at is State.OPEN


def test_it_follows_the_child_to_another_team_and_says_so(made: make.Authority, worker: Person) -> None:
    action = doing.given(made, worker)
    case = db.session.get_one(CaseRecord, action.audit.case_id)
    case.unit, case.worker = made.teams[3], "Worker B2"
    db.session.flush()
    record("case_list.loaded", subject="case_list:1", by=made.officer.id)
    assert (action.owner_id, action.unit_id, action.worker) == (made.far_manager.id, made.teams[3].id, "Worker B2")
    assert trail(action)[-1] == ("move", "The child’s case went to another team.")
    assert sees(action, made.far_manager)
    assert not queries.owned_by(make.actor(worker))
    assert operations.follow_children(by=None) == []


def test_it_goes_to_the_new_worker_by_the_name_on_the_case_list(made: make.Authority, worker: Person) -> None:
    action, new = doing.given(made, worker), doing.practitioner(made, "Worker A2")
    case = db.session.get_one(CaseRecord, action.audit.case_id)
    case.worker = "worker  a2"
    db.session.flush()
    assert operations.follow_children(by=None) == [action]
    assert action.owner_id == new.id


def test_everything_of_a_leaver_goes_to_who_looks_after_each_child(made: make.Authority, worker: Person) -> None:
    first, done = doing.given(made, worker), doing.said_done(made, worker)
    assert {one.id for one in queries.running_actions_of(worker.id)} == {first.id, done.id}
    moved = operations.move_actions(worker, None, "Leaves on Friday.", by=made.officer.id)
    assert [one.to for one in moved] == [made.other_manager, made.other_manager]
    assert queries.running_actions_of(worker.id) == []
    with pytest.raises(Refused, match="their own"):
        operations.verify(done, "", done.version_id, by=make.actor(made.other_manager))


def test_somebody_who_does_not_work_for_the_team_gets_nothing_of_a_leaver(made: make.Authority, worker: Person) -> None:
    action = doing.given(made, worker)
    (kept,) = operations.move_actions(worker, made.far_manager, "Leaves.", by=made.officer.id)
    assert kept.to is None
    assert "does not work" in kept.stays_because
    assert action.owner_id == worker.id


def test_an_owner_who_left_before_it_was_given_does_not_get_it(made: make.Authority, worker: Person) -> None:
    audit = make.written(made)
    action = operations.write(audit, doing.wanted(), worker, by=make.actor(made.manager))
    worker.ended_at = now()
    db.session.flush()
    auditing.hand_in(audit, audit.version_id, by=make.actor(made.manager))
    assert action.owner_id == made.other_manager.id


def test_the_drafts_of_an_audit_that_is_withdrawn_go_with_it_and_what_was_given_stays(
    made: make.Authority, worker: Person
) -> None:
    audit = make.written(made)
    draft = operations.write(audit, doing.wanted(), worker, by=make.actor(made.manager))
    now_to_do = doing.given(made, worker, audit, kind="immediate")
    auditing.withdraw(audit, "The case was closed.", by=made.officer.id)
    assert (draft.at, now_to_do.at) == (State.WITHDRAWN, State.OPEN)


def test_whoever_owned_an_action_cannot_judge_its_audit_blind(made: make.Authority) -> None:
    action = doing.given(made, made.senior)
    assert made.senior.id in past_of([action.audit])[action.audit_id].opened


def test_the_list_shows_what_is_asked_for(made: make.Authority, worker: Person) -> None:
    late, soon = doing.given(made, worker), doing.given(made, made.other_manager, kind="learning")
    ended = doing.said_done(made, worker)
    operations.verify(ended, "", ended.version_id, by=make.actor(made.manager))
    late.due_on = today() - dt.timedelta(days=1)
    db.session.flush()

    def found(who: Person, **asked: object) -> list[ChildAction]:
        return list(queries.actions_page(make.actor(who), queries.Asked(**asked), after="", before="").items)  # type: ignore[arg-type]

    assert found(made.officer) == [late, soon]
    assert found(made.officer, state="overdue") == [late]
    assert found(made.officer, state="verified") == [ended]
    assert found(made.officer, kind="learning") == [soon]
    assert found(made.officer, owner=worker.id) == [late]
    assert found(made.officer, path=made.teams[0].path) == []
    assert found(made.other_manager) == [late, soon]
    assert found(made.far_manager) == found(worker) == []


def test_done_on_time_is_counted_of_actions_whose_day_is_over(made: make.Authority, worker: Person) -> None:
    in_time, late, missed, open_one = (doing.said_done(made, worker) for _ in range(4))
    yesterday = today() - dt.timedelta(days=1)
    for one in (in_time, late, missed):
        one.due_on = yesterday
    in_time.done_at = now() - dt.timedelta(days=1)
    operations.not_accept(missed, "No.", missed.version_id, by=make.actor(made.manager))
    withdrawn = doing.given(made, worker)
    withdrawn.due_on = yesterday
    operations.withdraw(withdrawn, "Twice.", withdrawn.version_id, by=make.actor(made.manager))
    audits = db.select(ChildAction.audit_id)
    assert queries.deeds(audits, today()) == [
        (in_time.audit_id, True),
        (late.audit_id, False),
        (missed.audit_id, False),
    ]
    assert open_one.at is State.SAID_DONE


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "done"},
        {"what": ""},
        {"state": State.VERIFIED.value},
        {"asked_for": dt.date(2026, 6, 1)},
        {"given_at": None},
        {"done_at": dt.datetime(2026, 6, 1, tzinfo=dt.UTC)},
    ],
)
def test_the_database_refuses_what_cannot_be(made: make.Authority, worker: Person, broken: dict[str, object]) -> None:
    action = doing.given(made, worker)
    for name, value in broken.items():
        setattr(action, name, value)
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_every_step_of_the_trail_is_a_step_of_the_table(made: make.Authority, worker: Person) -> None:
    action = doing.given(made, worker)
    db.session.add(ActionStep(action=action, step="forget", at=now()))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()
    assert {step.value for step in Step} >= {one for one, _ in trail(action)}


def test_another_role_in_the_authority_cannot_own(made: make.Authority) -> None:
    officer = make.person("Officer Two", Role.AUDIT_OFFICER, made.root)
    with pytest.raises(Refused, match="does not work"):
        operations.write(make.handed_in(made), doing.wanted(), officer, by=make.actor(made.manager))
