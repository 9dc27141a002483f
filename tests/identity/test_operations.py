"""Accounts: what is done with them, and what it costs to guess at one."""

import datetime as dt
from typing import Literal

import pytest
import time_machine
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import func, select

from audit_app.access.table import Role
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.history.queries import entries_of
from audit_app.identity import operations
from audit_app.identity.model import Attempt, OneTimeLink, Person, RoleGrant, SignIn
from audit_app.identity.queries import find_link, find_sign_in
from audit_app.identity.tokens import digest
from audit_app.refusal import Refused
from tests import make

PASSWORD = "three unrelated words"
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def world(app: Flask) -> make.Authority:
    return make.authority()


class Counting(PasswordHasher):
    """The hasher itself, which counts how often it is asked whether a password is right."""

    asked = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 (so named in the library)
        """Whether a password is right."""
        self.asked += 1
        return super().verify(hash, password)


def costs(monkeypatch: pytest.MonkeyPatch, email: str, password: str) -> tuple[int, bool]:
    """How often hashing is done for a try, and whether it succeeds."""
    counting = Counting(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(operations, "_hasher", lambda memory, rounds: counting)
    found = operations.person_of_credentials(email, password, "127.0.0.1")
    return counting.asked, found is not None


def test_an_unknown_address_costs_as_much_as_a_known_one(
    world: make.Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.manager.password_hash = operations.hasher().hash(PASSWORD)
    world.board.password_hash = operations.hasher().hash(PASSWORD)
    operations.end_account(world.board, by=world.admin.id)
    db.session.commit()
    assert costs(monkeypatch, world.manager.email, PASSWORD) == (1, True)
    assert costs(monkeypatch, world.manager.email, "wrong") == (1, False)
    assert costs(monkeypatch, "nobody@example.test", PASSWORD) == (1, False)
    assert costs(monkeypatch, world.board.email, PASSWORD) == (1, False)  # whose account has ended
    assert costs(monkeypatch, world.senior.email, PASSWORD) == (1, False)  # who never chose a password


def test_guessing_is_counted_by_account_and_by_address(either_app: Flask) -> None:
    world = make.authority()
    world.manager.password_hash = operations.hasher().hash(PASSWORD)
    for number in range(10):
        operations.note_failure(world.manager.email.upper() if number % 2 else world.manager.email, "10.0.0.1")
    with pytest.raises(Refused, match="too many"):
        operations.person_of_credentials(world.manager.email, PASSWORD, "10.0.0.1")
    assert operations.person_of_credentials(world.manager.email, PASSWORD, "10.0.0.2") is world.manager
    assert operations.person_of_credentials("nobody@example.test", PASSWORD, "10.0.0.1") is None
    with time_machine.travel(now() + dt.timedelta(minutes=5, seconds=1), tick=False):
        assert operations.person_of_credentials(world.manager.email, PASSWORD, "10.0.0.1") is world.manager
    for number in range(100):
        db.session.add(Attempt(email_hash=digest(f"{number}@example.test"), address="10.0.0.3", at=now()))
    with pytest.raises(Refused, match="too many"):
        operations.person_of_credentials(world.manager.email, PASSWORD, "10.0.0.3")


def test_failed_tries_are_forgotten_and_tell_no_address_of_anybody(world: make.Authority) -> None:
    operations.note_failure(world.manager.email, "10.0.0.1")
    kept = db.session.execute(select(Attempt)).scalars().one()
    assert world.manager.email not in (kept.email_hash, kept.address)
    with time_machine.travel(now() + HOUR, tick=False):
        operations.note_failure("nobody@example.test", "10.0.0.2")
    assert [one.address for one in db.session.execute(select(Attempt)).scalars()] == ["10.0.0.2"]


def test_a_password_is_hashed_anew_when_hashing_became_more_costly(world: make.Authority) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=32, parallelism=1).hash(PASSWORD)
    world.manager.password_hash = cheap
    operations.keep_up(world.manager, PASSWORD)
    assert world.manager.password_hash != cheap
    assert operations.hasher().verify(world.manager.password_hash, PASSWORD)
    settled = world.manager.password_hash
    operations.keep_up(world.manager, PASSWORD)
    assert world.manager.password_hash == settled


def test_no_token_is_kept_as_it_is(world: make.Authority) -> None:
    link, session = operations.make_link(world.board, "reset", by=None), operations.sign_in(world.board)
    assert len(link) >= 43 and len(session) >= 43
    kept = list(db.session.execute(select(OneTimeLink.token_hash)).scalars())
    kept += db.session.execute(select(SignIn.token_hash)).scalars()
    assert not {link, session} & set(kept)
    assert {digest(link), digest(session)} <= set(kept)


def test_a_link_works_until_its_hour(world: make.Authority) -> None:
    link = operations.make_link(world.board, "invitation", by=world.admin.id)
    with time_machine.travel(now() + 71 * HOUR, tick=False):
        assert find_link(link) is not None
    with time_machine.travel(now() + 72 * HOUR, tick=False):
        assert find_link(link) is None


def test_a_link_that_two_people_use_at_once_is_used_by_one(world: make.Authority) -> None:
    link = find_link(operations.make_link(world.board, "invitation", by=world.admin.id))
    assert link is not None
    operations.set_password(link, PASSWORD)
    with pytest.raises(Refused, match="used already"):
        operations.set_password(link, "another three words")


def test_nothing_of_an_ended_account_works_any_more(world: make.Authority) -> None:
    link, session = operations.make_link(world.board, "reset", by=None), operations.sign_in(world.board)
    operations.end_account(world.board, by=world.admin.id)
    db.session.commit()
    assert find_link(link) is None
    assert find_sign_in(session, today()) is None
    assert not make.actor(world.board).grants
    with pytest.raises(Refused, match="ended"):
        operations.make_link(world.board, "reset", by=world.admin.id)
    with pytest.raises(Refused, match="ended"):
        operations.grant(world.board, Role.BOARD_MEMBER, world.root, None, by=world.admin.id)


def test_somebody_who_comes_back_chooses_a_password_and_is_given_roles_anew(world: make.Authority) -> None:
    world.board.password_hash = operations.hasher().hash(PASSWORD)
    operations.end_account(world.board, by=world.admin.id)
    link = operations.restore_account(world.board, by=world.admin.id)
    db.session.commit()
    assert world.board.active
    assert make.actor(world.board).grants == ()
    assert operations.person_of_credentials(world.board.email, PASSWORD, "") is None
    assert find_link(link) is not None


def test_a_role_is_not_given_twice(world: make.Authority) -> None:
    with pytest.raises(Refused, match="already"):
        operations.grant(world.senior, Role.SENIOR_MANAGER, world.root, None, by=world.admin.id)
    operations.grant(world.senior, Role.SENIOR_MANAGER, world.services[0], None, by=world.admin.id)
    operations.end_grant(world.senior.grants[0], by=world.admin.id)
    operations.grant(world.senior, Role.SENIOR_MANAGER, world.root, None, by=world.admin.id)


def test_an_administrator_cannot_leave_nobody_behind(world: make.Authority) -> None:
    with pytest.raises(Refused, match="own account"):
        operations.end_account(world.admin, by=world.admin.id)
    with pytest.raises(Refused, match="own administrator role"):
        operations.end_grant(world.admin.grants[0], by=world.admin.id)
    other = make.person("Admin Two", Role.ADMINISTRATOR, world.root)
    operations.end_grant(world.admin.grants[0], by=other.id)


def test_an_address_belongs_to_one_account_however_it_is_written(world: make.Authority) -> None:
    with pytest.raises(Refused, match="account already"):
        operations.invite(f"  {world.board.email.upper()} ", "Board Two", "", None, by=world.admin.id)


def test_the_record_of_an_account_tells_what_was_done_and_no_secret(world: make.Authority) -> None:
    person, token = operations.invite("new@example.test", "Manager Birch", "", world.teams[0], by=world.admin.id)
    operations.grant(person, Role.TEAM_MANAGER, world.teams[0], None, by=world.admin.id)
    link = find_link(token)
    assert link is not None
    operations.set_password(link, PASSWORD)
    operations.change(person, "Manager Beech", "", None, by=world.admin.id)
    operations.sign_out(operations.sign_in(person), by=person.id)
    db.session.commit()
    entries = entries_of(f"person:{person.id}")
    assert [entry.kind for entry in reversed(entries)] == [
        "person.invited", "person.link_made", "person.role_given", "person.password_set", "person.changed",
        "person.signed_in", "person.signed_out",
    ]  # fmt: skip
    said = " ".join(str(entry.body) for entry in entries)
    assert not any(secret in said for secret in (PASSWORD, token, person.password_hash or ""))


def test_the_database_itself_refuses_an_external_auditor_without_a_last_day(either_app: Flask) -> None:
    world = make.authority()
    given = RoleGrant(person=world.board, role="external_auditor", unit=world.root, until=None, given_at=now())
    db.session.add(given)
    with pytest.raises(Exception, match=r"(?i)externals_end|check"):
        db.session.flush()
    db.session.rollback()
    assert db.session.execute(select(func.count()).select_from(Person)).scalar_one() == 10
