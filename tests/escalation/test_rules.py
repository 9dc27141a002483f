"""Which grades are escalated, who signs off, and who may not."""

import datetime as dt

import pytest

from audit_app.access.actor import Actor, Grant
from audit_app.access.table import Role
from audit_app.auditing.visibility import Facts
from audit_app.auditing.workflow import Stage
from audit_app.escalation.rules import (
    Head,
    Matter,
    State,
    escalating,
    nearest,
    reaudit_month,
    refusal_to_be_head,
    refusal_to_close,
    refusal_to_name,
    refusal_to_sign_off,
    sign_off_lacks,
)
from audit_app.frameworks.content import Level, Scale
from audit_app.refusal import Refusal

SCALE = Scale("s", "Scale", tuple(Level(key, key, key, key == "high", "#000000") for key in ("low", "middle", "high")))
TEAM, SERVICE, ROOT = "/1/2/3/", "/1/2/", "/1/"
FACTS = Facts(10, TEAM, Stage.SUBMITTED, ())
WAITING = Matter(State.WAITING, 30, frozenset({20}))


def person(key: int, role: Role, path: str = ROOT) -> Actor:
    return Actor(key, f"Person {key}", None, (Grant(role, path),))


HEAD, OFFICER = person(30, Role.HEAD_OF_SERVICE), person(40, Role.AUDIT_OFFICER)


def words(refusal: Refusal | None) -> str:
    return refusal.reason if refusal else ""


def test_the_lowest_grade_of_the_scale_is_escalated_where_a_policy_names_none() -> None:
    assert escalating((), SCALE) == {"low"}


def test_a_policy_names_the_grades_that_are_escalated() -> None:
    assert escalating(("low", "middle"), SCALE) == {"low", "middle"}


def test_grades_of_another_scale_leave_the_lowest() -> None:
    assert escalating(("inadequate",), SCALE) == {"low"}


def test_the_nearest_head_of_service_signs_off() -> None:
    heads = [Head(1, ROOT), Head(2, SERVICE), Head(3, "/1/9/")]
    assert nearest(heads, TEAM, ()) == 2
    assert nearest(heads, TEAM, {2}) == 1
    assert nearest(heads, TEAM, {1, 2}) is None


def test_who_is_there_goes_before_who_is_away() -> None:
    assert nearest([Head(1, ROOT), Head(2, SERVICE, away=True)], TEAM, ()) == 1
    assert nearest([Head(2, SERVICE, away=True)], TEAM, ()) == 2


def test_a_case_comes_again_in_a_month_that_is_counted_from_this_one() -> None:
    assert reaudit_month(dt.date(2026, 11, 30), 3) == dt.date(2027, 2, 1)


def test_only_the_named_head_signs_off() -> None:
    assert refusal_to_sign_off(FACTS, WAITING, HEAD) is None
    assert "Somebody else is named" in words(refusal_to_sign_off(FACTS, WAITING, person(31, Role.HEAD_OF_SERVICE)))


@pytest.mark.parametrize("state", [State.SIGNED_OFF, State.CLOSED])
def test_what_has_ended_is_not_signed_closed_or_named_again(state: State) -> None:
    ended = Matter(state, 30, frozenset())
    assert refusal_to_sign_off(FACTS, ended, HEAD)
    assert refusal_to_close(FACTS, ended, HEAD, "A mistake")
    assert refusal_to_name(FACTS, ended, person(31, Role.HEAD_OF_SERVICE), OFFICER)


def test_nobody_signs_off_their_own_audit_or_one_that_they_moderate() -> None:
    assert "own audit" in words(refusal_to_be_head(FACTS, WAITING, person(10, Role.HEAD_OF_SERVICE)))
    assert "moderated" in words(refusal_to_be_head(FACTS, WAITING, person(20, Role.HEAD_OF_SERVICE)))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.HEAD_OF_SERVICE])
def test_no_other_role_signs_off(role: Role) -> None:
    assert "head of service" in words(refusal_to_be_head(FACTS, WAITING, person(31, role)))


def test_a_head_of_another_service_does_not_sign_off() -> None:
    assert refusal_to_be_head(FACTS, WAITING, person(31, Role.HEAD_OF_SERVICE, "/1/9/"))


def test_only_the_officer_names_and_never_whoever_is_named_already() -> None:
    assert refusal_to_name(FACTS, WAITING, person(31, Role.HEAD_OF_SERVICE), OFFICER) is None
    assert refusal_to_name(FACTS, WAITING, person(31, Role.HEAD_OF_SERVICE), HEAD)
    assert "named already" in words(refusal_to_name(FACTS, WAITING, HEAD, OFFICER))


def test_closing_needs_a_reason() -> None:
    assert refusal_to_close(FACTS, WAITING, HEAD, "  ")
    assert refusal_to_close(FACTS, WAITING, HEAD, "Entered by mistake") is None


def test_a_sign_off_says_what_is_done_and_that_the_child_is_safe() -> None:
    assert sign_off_lacks(True, "A visit tomorrow", True, "") == ()
    assert len(sign_off_lacks(False, " ", None, "")) == 3
    assert sign_off_lacks(True, "A visit tomorrow", False, "") == (
        "Say what is being done today to make the child safe.",
    )
