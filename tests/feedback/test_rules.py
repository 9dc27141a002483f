"""When an outcome may be released, who reads it, who answers, and who the case's practitioner is."""

import datetime as dt

import pytest

from audit_app.access.actor import Actor, Grant
from audit_app.access.table import Role
from audit_app.auditing.visibility import Facts, Holding
from audit_app.auditing.workflow import Stage
from audit_app.feedback.rules import (
    SETTLED,
    Standing,
    case_worker,
    is_told,
    reads_outcome,
    refusal_to_code,
    refusal_to_release,
    refusal_to_reply,
    refusal_to_retract,
    releases_itself_on,
)

TEAM, OTHER, ROOT = "/1/2/3/", "/1/2/4/", "/1/"


def who(number: int, role: Role, path: str = ROOT) -> Actor:
    return Actor(number, f"Person {number}", None, (Grant(role, path),))


AUDITOR, MANAGER = who(1, Role.TEAM_MANAGER, OTHER), who(2, Role.TEAM_MANAGER, TEAM)
PRACTITIONER, COLLEAGUE = who(3, Role.PRACTITIONER, TEAM), who(4, Role.PRACTITIONER, TEAM)
OFFICER, HEAD, SENIOR = who(5, Role.AUDIT_OFFICER), who(6, Role.HEAD_OF_SERVICE), who(7, Role.SENIOR_MANAGER)
BOARD = who(8, Role.BOARD_MEMBER)
READY = Standing(released=False, challenged=False)


def facts(stage: Stage = Stage.SUBMITTED, *holdings: Holding) -> Facts:
    return Facts(AUDITOR.id, TEAM, stage, holdings)


@pytest.mark.parametrize("stage", Stage)
def test_an_outcome_is_released_only_where_nobody_is_at_work_on_it(stage: Stage) -> None:
    assert (refusal_to_release(facts(stage), READY, OFFICER) is None) == (stage in SETTLED)


@pytest.mark.parametrize("actor", [AUDITOR, MANAGER, PRACTITIONER, SENIOR, BOARD])
def test_only_the_officer_and_a_head_of_service_release(actor: Actor) -> None:
    assert refusal_to_release(facts(), READY, actor) is not None
    assert refusal_to_retract(facts(), False, actor, "A reason") is not None


@pytest.mark.parametrize("actor", [OFFICER, HEAD, None])
def test_the_officer_a_head_of_service_and_the_policy_release(actor: Actor | None) -> None:
    assert refusal_to_release(facts(), READY, actor) is None


def test_what_is_released_challenged_or_judged_blind_is_not_released() -> None:
    blind = facts(Stage.SUBMITTED, Holding(SENIOR.id, "senior", True))
    assert refusal_to_release(facts(), Standing(True, False), OFFICER) is not None
    assert refusal_to_release(facts(), Standing(False, True), OFFICER) is not None
    assert refusal_to_release(blind, READY, OFFICER) is not None


def test_the_practitioner_of_then_and_the_team_manager_of_now_are_told_and_nobody_else() -> None:
    told = {one.id for one in (MANAGER, PRACTITIONER) if is_told(facts(), PRACTITIONER.id, one)}
    assert told == {MANAGER.id, PRACTITIONER.id}
    for other in (AUDITOR, COLLEAGUE, OFFICER, HEAD, SENIOR, BOARD):
        assert not is_told(facts(), PRACTITIONER.id, other)


def test_a_practitioner_whose_role_ended_or_moved_away_is_told_no_more() -> None:
    gone = Actor(PRACTITIONER.id, "Person 3", None, ())
    away = who(PRACTITIONER.id, Role.PRACTITIONER, OTHER)
    assert not is_told(facts(), PRACTITIONER.id, gone)
    assert not is_told(facts(), PRACTITIONER.id, away)


def test_its_auditor_and_those_who_release_read_it_with_the_replies() -> None:
    assert all(reads_outcome(facts(), None, one) for one in (AUDITOR, OFFICER, HEAD, MANAGER))
    assert not any(reads_outcome(facts(), None, one) for one in (PRACTITIONER, COLLEAGUE, SENIOR, BOARD))


def test_whoever_judges_the_audit_blind_does_not_read_its_outcome() -> None:
    both = Actor(9, "Person 9", None, (Grant(Role.SENIOR_MANAGER, ROOT), Grant(Role.TEAM_MANAGER, TEAM)))
    held = facts(Stage.WITH_SENIOR, Holding(9, "senior", True))
    assert not is_told(held, 9, both)
    assert not reads_outcome(held, 9, both)


def test_a_reply_needs_words_and_an_outcome_that_was_not_taken_back() -> None:
    assert refusal_to_reply(facts(), PRACTITIONER.id, False, PRACTITIONER, "Thank you") is None
    assert refusal_to_reply(facts(), PRACTITIONER.id, False, PRACTITIONER, " ") is not None
    assert refusal_to_reply(facts(), PRACTITIONER.id, True, PRACTITIONER, "Thank you") is not None
    assert refusal_to_reply(facts(), PRACTITIONER.id, False, AUDITOR, "Thank you") is not None


def test_an_outcome_is_taken_back_once_and_with_a_reason() -> None:
    assert refusal_to_retract(facts(), False, HEAD, "The wrong case") is None
    assert refusal_to_retract(facts(), False, HEAD, "") is not None
    assert refusal_to_retract(facts(), True, HEAD, "The wrong case") is not None


@pytest.mark.parametrize(
    ("worker", "expected"),
    [("worker a1", 3), ("one, worker", 3), ("worker b2", 4), ("same name", None), ("nobody", None), ("", None)],
)
def test_the_cases_worker_is_whoever_alone_is_called_so(worker: str, expected: int | None) -> None:
    called = {3: {"worker a1", "one, worker", "same name"}, 4: {"worker b2", "same name", ""}}
    assert case_worker(worker, called) == expected


def test_days_until_release_are_working_days() -> None:
    assert releases_itself_on(dt.date(2026, 4, 2), 1) == dt.date(2026, 4, 7)  # over Easter
    assert releases_itself_on(dt.date(2026, 6, 12), 2) == dt.date(2026, 6, 16)  # over a weekend


def test_themes_are_chosen_by_the_auditor_and_the_officer_once_the_audit_is_handed_in() -> None:
    assert refusal_to_code(facts(), AUDITOR) is None
    assert refusal_to_code(facts(), OFFICER) is None
    assert refusal_to_code(facts(), SENIOR) is not None
    assert refusal_to_code(facts(Stage.IN_PROGRESS), AUDITOR) is not None
    assert refusal_to_code(facts(), PRACTITIONER) is not None
