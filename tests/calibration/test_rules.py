"""The rules of calibrations."""

import datetime as dt

import pytest

from audit_app.access.actor import Actor, Grant
from audit_app.access.table import Role
from audit_app.calibration.rules import (
    Readiness,
    State,
    earns_certificate,
    missing_to_start,
    refusal_to_change,
    refusal_to_close,
    refusal_to_commit,
    refusal_to_grade,
    refusal_to_prepare,
    refusal_to_start,
    refusal_to_take_part,
    state_of,
)

FIRST, LAST = dt.date(2026, 11, 2), dt.date(2026, 11, 13)
READY = Readiness("A", 3, (), True)


@pytest.mark.parametrize(
    ("started", "closed", "day", "state"),
    [
        (False, False, FIRST, State.PREPARING),
        (True, False, FIRST - dt.timedelta(days=1), State.WAITING),
        (True, False, FIRST, State.OPEN),
        (True, False, LAST, State.OPEN),
        (True, False, LAST + dt.timedelta(days=1), State.OVER),
        (True, True, FIRST, State.CLOSED),
    ],
)
def test_a_calibration_is_open_from_its_first_day_to_its_last(
    started: bool, closed: bool, day: dt.date, state: State
) -> None:
    assert state_of(started, closed, FIRST, LAST, day) is state
    assert state.words


def test_what_is_missing_is_said_one_by_one() -> None:
    assert missing_to_start([READY], 3, "a panel") == ()
    bare = missing_to_start([Readiness("A", 0, ("Voice", "Plan"), False)], 0, "")
    assert len(bare) == 5
    assert "A: give the reference grade and its reason for Voice, Plan." in bare
    assert missing_to_start([], 3, "a panel") == ("Add a vignette.",)


def test_nothing_starts_that_lacks_something_or_is_late() -> None:
    assert refusal_to_start(State.PREPARING, (), LAST, FIRST) is None
    assert refusal_to_start(State.PREPARING, ("one",), LAST, FIRST) is not None
    assert refusal_to_start(State.PREPARING, (), LAST, LAST + dt.timedelta(days=1)) is not None
    assert refusal_to_start(State.OPEN, (), LAST, FIRST) is not None


@pytest.mark.parametrize("state", State)
def test_vignettes_change_only_while_it_is_prepared_and_terms_until_it_is_closed(state: State) -> None:
    assert (refusal_to_prepare(state) is None) is (state is State.PREPARING)
    assert (refusal_to_change(state) is None) is (state is not State.CLOSED)


@pytest.mark.parametrize("state", State)
def test_grades_are_taken_only_while_it_is_open_and_until_they_are_committed(state: State) -> None:
    assert (refusal_to_grade(state, False, "1 June 2026") is None) is (state is State.OPEN)
    assert refusal_to_grade(state, True, "1 June 2026") is not None


def test_who_comes_late_is_told_when_the_last_day_was() -> None:
    refused = refusal_to_grade(State.OVER, False, "1 June 2026")
    assert refused is not None and "1 June 2026" in refused.reason


def test_committing_names_what_is_missing() -> None:
    assert refusal_to_commit([]) is None
    refused = refusal_to_commit(["Voice", "Plan"])
    assert refused is not None and "Voice, Plan" in refused.reason


@pytest.mark.parametrize(
    ("state", "committed", "closes"),
    [
        (State.OPEN, 4, True),  # everybody has finished
        (State.OPEN, 3, False),
        (State.OVER, 3, True),
        (State.OVER, 0, False),
        (State.PREPARING, 0, False),
        (State.WAITING, 0, False),
        (State.CLOSED, 4, False),
    ],
)
def test_results_open_once_everybody_has_finished_or_the_last_day_is_past(
    state: State, committed: int, closes: bool
) -> None:
    assert (refusal_to_close(state, committed, 4) is None) is closes


def test_whoever_can_see_the_reference_grades_does_not_grade() -> None:
    def somebody(*grants: Grant) -> Actor:
        return Actor(1, "Somebody", None, grants)

    manager, officer = Grant(Role.TEAM_MANAGER, "/1/2/"), Grant(Role.AUDIT_OFFICER, "/1/")
    assert refusal_to_take_part(somebody(manager), "/1/") is None
    assert refusal_to_take_part(somebody(manager, officer), "/1/") is not None
    assert refusal_to_take_part(somebody(Grant(Role.BOARD_MEMBER, "/1/")), "/1/") is not None
    assert refusal_to_take_part(somebody(manager, Grant(Role.AUDIT_OFFICER, "/9/")), "/1/") is None


def test_a_certificate_asks_for_all_vignettes_and_the_share() -> None:
    assert earns_certificate(10, 8, finished=True, share_needed=80)
    assert not earns_certificate(10, 7, finished=True, share_needed=80)
    assert not earns_certificate(10, 10, finished=False, share_needed=80)
    assert not earns_certificate(0, 0, finished=True, share_needed=0)
    assert not earns_certificate(3, 2, finished=True, share_needed=67)  # 66.7% is not 67%
