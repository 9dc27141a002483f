"""The rules of exemptions: which months, and whose word."""

import datetime as dt

import pytest

from audit_app.access.actor import Actor, Grant
from audit_app.access.table import Role
from audit_app.programmes.exempting import (
    may_approve,
    refusal_to_approve,
    refusal_to_be_exempt,
    refusal_to_end_exemption,
    takes_part,
)
from audit_app.programmes.months import month_after, months_between

TODAY = dt.date(2026, 6, 10)
MAY, JUNE, JULY, AUGUST = (dt.date(2026, number, 1) for number in (5, 6, 7, 8))


def somebody(number: int, role: Role, path: str, workplace: str | None = None) -> Actor:
    return Actor(number, f"Person {number}", workplace, (Grant(role, path),))


HEAD = somebody(1, Role.HEAD_OF_SERVICE, "/1/")
HEAD_OF_PART = somebody(2, Role.HEAD_OF_SERVICE, "/1/2/")
MANAGER = somebody(3, Role.TEAM_MANAGER, "/1/2/4/", "/1/2/4/")
FAR_MANAGER = somebody(4, Role.TEAM_MANAGER, "/1/3/5/", "/1/3/5/")


@pytest.mark.parametrize(
    ("first", "last", "taken", "words"),
    [
        (JUNE, JUNE, [], None),
        (JUNE, AUGUST, [(MAY, MAY)], None),
        (JULY, JUNE, [], "must not come before"),
        (JUNE, dt.date(2028, 5, 1), [], None),
        (JUNE, dt.date(2028, 6, 1), [], "up to 24 months"),
        (dt.date(2026, 3, 1), JUNE, [], None),
        (dt.date(2026, 2, 1), JUNE, [], "up to 3 months back"),
        (JUNE, AUGUST, [(AUGUST, AUGUST)], "from August 2026 to August 2026 already"),
        (JULY, JULY, [(MAY, AUGUST)], "from May 2026 to August 2026 already"),
    ],
)
def test_an_exemption_has_months_of_its_own(
    first: dt.date, last: dt.date, taken: list[tuple[dt.date, dt.date]], words: str | None
) -> None:
    refusal = refusal_to_be_exempt((first, last), taken, TODAY)
    assert (refusal is None) == (words is None)
    assert words is None or (refusal is not None and words in refusal.reason)


def test_a_head_of_service_approves_where_they_are_head() -> None:
    assert may_approve(HEAD, "/1/", "/1/3/5/")
    assert may_approve(HEAD_OF_PART, "/1/", "/1/2/4/")
    assert not may_approve(HEAD_OF_PART, "/1/", "/1/3/5/")
    assert not may_approve(HEAD_OF_PART, "/1/", None)
    assert not may_approve(MANAGER, "/1/", "/1/2/4/")


@pytest.mark.parametrize(
    ("approver", "person", "recorded_by", "reason", "words"),
    [
        (HEAD, MANAGER, 9, "New in post", None),
        (HEAD_OF_PART, MANAGER, None, "New in post", None),
        (HEAD, MANAGER, 9, "  ", "Enter the reason"),
        (HEAD, HEAD, 9, "Busy", "approves their own"),
        (HEAD, MANAGER, 3, "Busy", "records their own"),
        (HEAD_OF_PART, FAR_MANAGER, 9, "Busy", "is not head of service"),
        (MANAGER, FAR_MANAGER, 9, "Busy", "is not head of service"),
    ],
)
def test_an_exemption_needs_a_reason_and_a_head_of_service_who_is_somebody_else(
    approver: Actor, person: Actor, recorded_by: int | None, reason: str, words: str | None
) -> None:
    refusal = refusal_to_approve(approver, person, "/1/", recorded_by=recorded_by, reason=reason)
    assert (refusal is None) == (words is None)
    assert words is None or (refusal is not None and words in refusal.reason)


def test_an_exemption_is_ended_once_and_in_a_month_of_its_own() -> None:
    assert refusal_to_end_exemption((JUNE, AUGUST), False, JULY) is None
    assert refusal_to_end_exemption((JUNE, AUGUST), True, JULY) is not None
    assert refusal_to_end_exemption((JUNE, JULY), False, AUGUST) is not None
    assert refusal_to_end_exemption((JUNE, JULY), False, MAY) is not None


def test_those_who_hold_a_role_of_the_programme_somewhere_in_its_unit_take_part() -> None:
    assert takes_part(MANAGER, ("team_manager",), "/1/")
    assert takes_part(HEAD, ("team_manager", "head_of_service"), "/1/2/")
    assert not takes_part(MANAGER, ("senior_manager",), "/1/")
    assert not takes_part(FAR_MANAGER, ("team_manager",), "/1/2/")


def test_months_are_counted_over_the_turn_of_the_year() -> None:
    assert month_after(dt.date(2026, 11, 1), 3) == dt.date(2027, 2, 1)
    assert month_after(dt.date(2026, 1, 1), -1) == dt.date(2025, 12, 1)
    assert months_between(dt.date(2026, 11, 1), dt.date(2027, 2, 1)) == 3
