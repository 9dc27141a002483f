"""Outcomes released, taken back, replied to and released by themselves, on both databases."""

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from audit_app.access.table import Role
from audit_app.auditing.model import Audit
from audit_app.clock import now
from audit_app.db import db
from audit_app.feedback import operations, queries
from audit_app.feedback.model import OutcomeReply, Release
from audit_app.feedback.rules import How
from audit_app.history.queries import entries_of
from audit_app.identity.model import Person
from audit_app.moderation import operations as moderation
from audit_app.refusal import Refused, Stale
from audit_app.sampling import operations as sampling
from tests import make
from tests.moderation import doing


@pytest.fixture
def made(either_app: Flask) -> make.Authority:
    return make.authority()


def worker(made: make.Authority, name: str = "Worker A1") -> Person:
    return make.person(name, Role.PRACTITIONER, made.teams[1], team=made.teams[1])


def running(audit: Audit) -> Release:
    found = queries.find_running(audit.id)
    assert found is not None
    return found


def policy(made: make.Authority, **policies: object) -> None:
    made.round.programme.policies = policies
    db.session.commit()


def test_an_outcome_is_released_once_and_again_after_it_was_taken_back(made: make.Authority) -> None:
    audit, officer = make.handed_in(made), make.actor(made.officer)
    one = operations.release(audit, worker(made).id, by=officer)
    with pytest.raises(Refused):
        operations.release(audit, None, by=officer)
    with pytest.raises(Stale):
        operations.retract(one, "Wrong case", one.version_id + 1, by=officer)
    operations.retract(one, "Wrong case", one.version_id, by=make.actor(made.head))
    db.session.commit()
    assert queries.find_running(audit.id) is None
    operations.release(audit, None, by=officer)
    db.session.commit()
    kinds = [entry.kind for entry in entries_of(audit.subject)][:3]
    assert kinds == ["outcome.released", "outcome.retracted", "outcome.released"]


def test_the_database_keeps_one_running_release_of_an_audit(made: make.Authority) -> None:
    audit = make.handed_in(made)
    operations.release(audit, None, by=make.actor(made.officer))
    db.session.commit()
    db.session.add(Release(audit_id=audit.id, how="singly", released_at=now(), released_by=made.head.id))
    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()
    with pytest.raises(IntegrityError):
        db.session.execute(update(Release).values(retracted_at=now()))
    db.session.rollback()


def test_the_practitioner_is_found_by_the_name_on_the_case_list_or_one_that_is_remembered(made: make.Authority) -> None:
    audit = make.handed_in(made)
    assert queries.worker_of(audit) is None
    other = worker(made, "Somebody Else")
    assert queries.worker_of(audit) is None
    sampling.name_worker(other, made.root.id, "worker  a1", by=made.officer.id)
    assert queries.worker_of(audit) == other.id
    worker(made)
    assert queries.worker_of(audit) is None  # two are called so: somebody chooses


def test_a_practitioner_of_another_team_is_not_the_cases_worker(made: make.Authority) -> None:
    make.person("Worker A1", Role.PRACTITIONER, made.teams[2])
    assert queries.worker_of(make.handed_in(made)) is None


def test_a_round_releases_what_is_ready_and_leaves_the_rest(made: make.Authority) -> None:
    mine = worker(made)
    ready, open_ = make.handed_in(made), make.handed_in(made)
    doing.given(open_, made.senior, made.officer)
    make.written(made)
    assert operations.release_round(made.round, by=make.actor(made.officer)) == 1
    assert (running(ready).practitioner_id, running(ready).how) == (mine.id, How.ROUND.value)
    assert queries.find_running(open_.id) is None
    assert operations.release_round(made.round, by=make.actor(made.officer)) == 0


def test_by_policy_an_outcome_is_released_when_its_moderation_is_finished(made: make.Authority) -> None:
    policy(made, release="when_moderated")
    audit = make.handed_in(made)
    given = doing.given(audit, made.senior, made.officer)
    assert queries.find_running(audit.id) is None
    doing.finished(given)
    assert (running(audit).how, running(audit).released_by) == (How.POLICY.value, None)
    moderation.reopen(given, "Look again", by=make.actor(made.head))
    doing.finished(given)
    assert len(db.session.execute(select(Release)).all()) == 1  # it is released still


def test_by_policy_an_outcome_is_released_some_working_days_after_hand_in(made: make.Authority) -> None:
    policy(made, release="after_days", release_days=2)
    with time_machine.travel("2026-06-12T10:00:00+00:00", tick=False):  # a Friday
        audit, taken_back = make.handed_in(made), make.handed_in(made)
        one = operations.release(taken_back, None, by=make.actor(made.officer))
        operations.retract(one, "Not yet", one.version_id, by=make.actor(made.officer))
        db.session.commit()
    with time_machine.travel("2026-06-15T10:00:00+00:00", tick=False):
        operations.release_by_day()
        assert queries.find_running(audit.id) is None
    with time_machine.travel("2026-06-16T06:30:00+00:00", tick=False):
        operations.release_by_day()
        operations.release_by_day()
        db.session.commit()
    assert running(audit).how == How.POLICY.value
    assert queries.find_running(taken_back.id) is None  # what somebody took back does not come out by itself


def test_by_hand_nothing_is_released_by_itself(made: make.Authority) -> None:
    audit = make.handed_in(made)
    doing.finished(doing.given(audit, made.senior, made.officer))
    operations.release_by_day()
    assert db.session.execute(select(Release)).first() is None


def test_those_who_are_told_reply_and_the_auditor_and_the_officer_find_the_replies(made: make.Authority) -> None:
    mine = worker(made)
    audit = make.handed_in(made)
    one = operations.release(audit, mine.id, by=make.actor(made.officer))
    assert queries.told_lately(make.actor(mine), 3) == [one]
    operations.reply(one, "I see it the same way.", by=make.actor(mine))
    operations.reply(one, "We have begun.", by=make.actor(made.other_manager))
    with pytest.raises(Refused):
        operations.reply(one, "As its auditor I add", by=make.actor(made.manager))
    db.session.commit()
    assert queries.told_lately(make.actor(mine), 3) == []
    for reader in (made.manager, made.officer):
        assert [said.words for said in queries.replies_to(make.actor(reader), 5)] == [
            "We have begun.",
            "I see it the same way.",
        ]
    assert queries.replies_to(make.actor(made.far_manager), 5) == []
    assert db.session.execute(select(OutcomeReply)).scalars().first() is not None


def test_themes_are_kept_with_a_version_and_gathered_over_audits_that_somebody_reads(made: make.Authority) -> None:
    auditor, officer = make.actor(made.manager), make.actor(made.officer)
    first, second = make.handed_in(made), make.handed_in(made)
    kept = operations.code(first, {"family": ["drift"], "practitioner": [], "audit": ["safety"]}, 0, by=auditor)
    operations.code(second, {"family": ["drift"], "practitioner": ["drift"], "audit": []}, 0, by=officer)
    with pytest.raises(Stale):
        operations.code(first, {"family": [], "practitioner": [], "audit": []}, kept.version_id + 1, by=officer)
    db.session.commit()
    drift, safety = queries.themes_heard(queries.audits_heard(officer))
    assert (drift.theme.key, drift.counts["family"], drift.counts["practitioner"]) == ("drift", 2, 1)
    assert (safety.theme.key, safety.audits) == ("safety", (first.id,))
    assert queries.heard_in(queries.audits_heard(officer)) == (2, 2, 2)
    assert queries.themes_heard(queries.audits_heard(make.actor(made.far_manager))) == ()


def test_what_somebody_judges_blind_is_in_no_theme_of_theirs(made: make.Authority) -> None:
    audit = make.handed_in(made)
    operations.code(audit, {"family": ["drift"], "practitioner": [], "audit": []}, 0, by=make.actor(made.officer))
    doing.given(audit, made.senior, made.officer, blind=True)
    assert queries.themes_heard(queries.audits_heard(make.actor(made.senior))) == ()
    assert len(queries.themes_heard(queries.audits_heard(make.actor(made.head)))) == 1
