"""Who sees an action, and who may do what to it."""

import datetime as dt
from dataclasses import replace

import pytest

from audit_app.access.actor import Actor, Grant
from audit_app.access.table import Role
from audit_app.actions.rules import (
    Matter,
    may_see,
    refusal_of_day,
    refusal_to_ask_time,
    refusal_to_change,
    refusal_to_check,
    refusal_to_grant_time,
    refusal_to_move,
    refusal_to_not_accept,
    refusal_to_own,
    refusal_to_say_done,
    refusal_to_withdraw,
    refusal_to_write,
    tier_of,
)
from audit_app.actions.workflow import State
from audit_app.auditing.visibility import Facts, Holding
from audit_app.auditing.workflow import Stage

TODAY, DUE = dt.date(2026, 6, 15), dt.date(2026, 6, 20)
TEAM, OTHER = "/1/2/3/", "/1/2/4/"


def who(number: int, role: Role, path: str) -> Actor:
    return Actor(number, f"Person {number}", path, (Grant(role, path),))


AUDITOR = who(1, Role.TEAM_MANAGER, OTHER)
WORKER = who(2, Role.PRACTITIONER, TEAM)
MANAGER = who(3, Role.TEAM_MANAGER, TEAM)
SENIOR = who(4, Role.SENIOR_MANAGER, "/1/2/")
HEAD = who(5, Role.HEAD_OF_SERVICE, "/1/")
OFFICER = who(6, Role.AUDIT_OFFICER, "/1/")
STRANGER = who(7, Role.TEAM_MANAGER, "/1/5/")
COLLEAGUE = who(8, Role.PRACTITIONER, TEAM)
BOARD = who(9, Role.BOARD_MEMBER, "/1/")
ADMIN = who(10, Role.ADMINISTRATOR, "/1/")
EXTERNAL = who(11, Role.EXTERNAL_AUDITOR, "/1/")
EVERYBODY = (AUDITOR, WORKER, MANAGER, SENIOR, HEAD, OFFICER, STRANGER, COLLEAGUE, BOARD, ADMIN, EXTERNAL)
FACTS = Facts(AUDITOR.id, TEAM, Stage.SUBMITTED, ())
GIVEN = Matter(FACTS, State.OPEN, TEAM, "auditor", AUDITOR.id, WORKER.id, None, True, DUE)
DRAFT = replace(GIVEN, facts=replace(FACTS, stage=Stage.IN_PROGRESS), state=State.DRAFT, given=False)
AT_ONCE = replace(GIVEN, facts=replace(FACTS, stage=Stage.IN_PROGRESS))


def held(person: Actor, tier: str, *, hidden: bool) -> Facts:
    return replace(FACTS, stage=Stage.WITH_SENIOR, holdings=(Holding(person.id, tier, hidden),))


def seen_by(matter: Matter) -> set[int]:
    return {one.id for one in EVERYBODY if may_see(matter, one)}


def test_a_draft_is_its_authors_alone() -> None:
    assert seen_by(DRAFT) == {AUDITOR.id}


def test_what_is_given_is_seen_by_owner_auditor_and_those_who_look_after_the_team() -> None:
    assert seen_by(GIVEN) == {AUDITOR.id, WORKER.id, MANAGER.id, SENIOR.id, HEAD.id, OFFICER.id}


def test_what_cannot_wait_is_seen_while_the_audit_is_a_draft() -> None:
    assert seen_by(AT_ONCE) == seen_by(GIVEN)


def test_when_the_child_goes_to_another_team_that_teams_manager_sees_it() -> None:
    moved = replace(GIVEN, path="/1/5/")
    assert may_see(moved, STRANGER)


@pytest.mark.parametrize("judge", [SENIOR, HEAD, EXTERNAL])
def test_whoever_judges_blind_sees_only_what_they_wrote(judge: Actor) -> None:
    tier = "external" if judge is EXTERNAL else "senior"
    facts = held(judge, tier, hidden=True)
    assert not may_see(replace(GIVEN, facts=facts), judge)
    assert not may_see(replace(GIVEN, facts=facts, owner_id=judge.id), judge)
    own = replace(DRAFT, facts=facts, tier=tier, author_id=judge.id)
    assert may_see(own, judge)
    assert not may_see(own, AUDITOR)


def test_a_moderator_writes_in_their_tier_and_nobody_else_does() -> None:
    facts = held(SENIOR, "senior", hidden=True)
    assert tier_of(facts, SENIOR) == "senior"
    assert tier_of(facts, AUDITOR) == "auditor"
    assert {one.id for one in EVERYBODY if refusal_to_write(facts, one) is None} == {SENIOR.id, AUDITOR.id}
    assert refusal_to_write(replace(FACTS, stage=Stage.VOID), AUDITOR) is not None


def test_an_action_is_owned_by_people_who_work_for_the_childs_team() -> None:
    able = {one.id for one in EVERYBODY if refusal_to_own(FACTS, TEAM, one) is None}
    assert able == {WORKER.id, MANAGER.id, SENIOR.id, HEAD.id, COLLEAGUE.id}
    assert refusal_to_own(held(SENIOR, "senior", hidden=True), TEAM, SENIOR) is not None


def test_only_the_owner_says_that_it_is_done_or_asks_for_time() -> None:
    later = dt.date(2026, 6, 30)
    assert {one.id for one in EVERYBODY if refusal_to_say_done(GIVEN, one, "Seen.") is None} == {WORKER.id}
    assert {one.id for one in EVERYBODY if refusal_to_ask_time(GIVEN, one, later, "Ill.", TODAY) is None} == {WORKER.id}
    assert refusal_to_say_done(GIVEN, WORKER, " ") is not None
    assert refusal_to_ask_time(GIVEN, WORKER, DUE, "Ill.", TODAY) is not None
    assert refusal_to_ask_time(GIVEN, WORKER, later, " ", TODAY) is not None


def test_the_auditor_and_the_teams_manager_answer_but_nobody_for_their_own() -> None:
    done = replace(GIVEN, state=State.SAID_DONE, done_by=WORKER.id)
    assert {one.id for one in EVERYBODY if refusal_to_check(done, one) is None} == {AUDITOR.id, MANAGER.id, HEAD.id}
    assert refusal_to_check(replace(done, owner_id=MANAGER.id), MANAGER) is not None
    assert refusal_to_check(replace(done, done_by=MANAGER.id), MANAGER) is not None
    assert refusal_to_not_accept(done, MANAGER, "") is not None
    assert refusal_to_not_accept(done, MANAGER, "No date.") is None


def test_more_time_is_later_time() -> None:
    asked = replace(GIVEN, state=State.TIME_ASKED)
    assert refusal_to_grant_time(asked, MANAGER, DUE, TODAY) is not None
    assert refusal_to_grant_time(asked, MANAGER, DUE + dt.timedelta(days=1), TODAY) is None
    assert refusal_to_grant_time(asked, WORKER, DUE + dt.timedelta(days=1), TODAY) is not None


@pytest.mark.parametrize(("days", "fine"), [(-1, False), (0, True), (366, True), (367, False)])
def test_a_day_is_today_or_within_a_year(days: int, fine: bool) -> None:
    assert (refusal_of_day(TODAY + dt.timedelta(days=days), TODAY) is None) is fine


def test_drafts_are_changed_and_given_ones_are_withdrawn() -> None:
    assert refusal_to_change(DRAFT, AUDITOR) is None
    assert refusal_to_change(GIVEN, AUDITOR) is not None
    assert refusal_to_change(DRAFT, HEAD) is not None
    able = {one.id for one in EVERYBODY if refusal_to_withdraw(GIVEN, one, "Done twice.") is None}
    assert able == {AUDITOR.id, HEAD.id}


def test_whoever_leads_or_runs_the_rounds_gives_it_to_somebody_else() -> None:
    able = {one.id for one in EVERYBODY if refusal_to_move(GIVEN, one, "Leaves.") is None}
    assert able == {AUDITOR.id, MANAGER.id, HEAD.id, OFFICER.id}
    assert refusal_to_move(GIVEN, MANAGER, " ") is not None
