"""The rules of accounts."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.access.table import Role
from audit_app.identity.rules import (
    GUESSES_FROM_ADDRESS,
    LONGEST_PASSWORD,
    SHORTEST_PASSWORD,
    refusal_to_grant,
    refusal_to_use_password,
    session_runs,
    too_many_guesses,
)

TODAY = dt.date(2026, 11, 22)
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "aaaaaaaaaaaaaaaa",
        "password12345",
        "12345password",
        "x" * 201,
        "ashmanager12",
        "Ash.Manager!!",
        "qwertyuiop99",
        "qwertyuiopas",
        "lkjhgfdsapoiu",
        "abcdefghijklm",
        "019283746501928",
        "30011987300119",
        "blue whale blue whale",
        "Safeguarding2026",
        "!!!!!!!!!!!!!!!!",
    ],
)
def test_a_weak_password_is_refused_with_what_to_do(password: str) -> None:
    refusal = refusal_to_use_password(password, "Ash Manager", "ash.manager@example.test")
    assert refusal is not None
    assert refusal.reason


@pytest.mark.parametrize(
    "password", ["three unrelated words", "correct horse battery", "Tr0ub4dor&3 and more", "größe żółw 鳥 river"]
)
def test_a_good_password_is_taken(password: str) -> None:
    assert refusal_to_use_password(password, "Ash Manager", "ash.manager@example.test") is None


def test_an_external_auditor_has_a_last_day() -> None:
    assert refusal_to_grant(Role.EXTERNAL_AUDITOR, None, TODAY, frozenset()) is not None
    assert refusal_to_grant(Role.EXTERNAL_AUDITOR, TODAY, TODAY, frozenset()) is None
    assert refusal_to_grant(Role.EXTERNAL_AUDITOR, TODAY - dt.timedelta(days=1), TODAY, frozenset()) is not None


def test_a_contributor_has_a_last_day_and_is_no_administrator() -> None:
    assert refusal_to_grant(Role.CONTRIBUTOR, None, TODAY, frozenset()) is not None
    assert refusal_to_grant(Role.CONTRIBUTOR, TODAY, TODAY, frozenset()) is None
    assert refusal_to_grant(Role.ADMINISTRATOR, None, TODAY, frozenset({Role.CONTRIBUTOR})) is not None


def test_nobody_is_administrator_and_reader_of_cases_at_once() -> None:
    assert refusal_to_grant(Role.ADMINISTRATOR, None, TODAY, frozenset({Role.TEAM_MANAGER})) is not None
    assert refusal_to_grant(Role.TEAM_MANAGER, None, TODAY, frozenset({Role.ADMINISTRATOR})) is not None
    assert refusal_to_grant(Role.BOARD_MEMBER, None, TODAY, frozenset({Role.ADMINISTRATOR})) is None


def test_a_session_ends_when_idle_and_at_its_end() -> None:
    assert session_runs(NOW - HOUR / 2, NOW + HOUR, NOW, HOUR)
    assert not session_runs(NOW - HOUR, NOW + HOUR, NOW, HOUR)
    assert not session_runs(NOW, NOW, NOW, HOUR)


def test_the_eleventh_guess_waits() -> None:
    assert not too_many_guesses(9, 9)
    assert too_many_guesses(10, 10)


def test_guessing_at_many_accounts_from_one_address_is_slowed_down_as_well() -> None:
    assert not too_many_guesses(1, GUESSES_FROM_ADDRESS - 1)
    assert too_many_guesses(0, GUESSES_FROM_ADDRESS)


@given(st.text(min_size=SHORTEST_PASSWORD, max_size=LONGEST_PASSWORD))
def test_any_text_is_taken_or_refused_with_a_reason(password: str) -> None:
    refusal = refusal_to_use_password(password, "Ash Manager", "ash.manager@example.test")
    assert refusal is None or refusal.reason.endswith(".")
