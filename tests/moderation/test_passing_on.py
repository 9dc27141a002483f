"""Moderations of somebody who is off or leaves go to others, with every rule still checked."""

import datetime as dt

import pytest
from flask import Flask

from audit_app.access.table import Role
from audit_app.clock import today
from audit_app.db import db
from audit_app.history.operations import verify
from audit_app.history.queries import last_of
from audit_app.identity import operations as identity
from audit_app.identity.absences import Away
from audit_app.identity.model import Person
from audit_app.moderation import operations, queries
from audit_app.moderation.operations import fingerprint_of, pass_on, plan_passing_on
from audit_app.refusal import Refused, Stale
from tests import make
from tests.moderation.doing import committed, given


def passed(made: make.Authority, who: Person) -> list[str | None]:
    """Pass somebody's moderations on as planned: to whom each went."""
    by = make.actor(made.officer)
    plan = plan_passing_on(who, by=by)
    names = [one.to.name if one.to else None for one in plan]
    pass_on(who, "Off for long.", fingerprint_of(plan), by=by)
    db.session.commit()
    return names


def test_each_goes_to_whoever_has_least_in_hand_as_it_was_drawn_and_as_blind(either_app: Flask) -> None:
    made = make.authority()
    third = make.person("Senior Three", Role.SENIOR_MANAGER, made.services[0])
    audits = [make.handed_in(made) for _ in range(4)]
    given(audits[0], made.other_senior, made.officer)
    for number, audit in enumerate(audits[1:]):
        given(audit, made.senior, made.officer, blind=number == 0)
    drawn = queries.find_moderation(audits[1], "senior")
    assert drawn is not None
    chance, due_on = drawn.inclusion_probability, drawn.due_on
    went = passed(made, made.senior)
    assert None not in went and made.senior.name not in went
    assert went[0] != made.other_senior.name and third.name in went  # who had one in hand comes last
    now = queries.find_moderation(audits[1], "senior")
    assert now is not None and (now.blind, now.route, now.inclusion_probability) == (True, "random", chance)
    assert now.due_on == due_on and now.phase == "judging_blind"
    said = last_of(audits[1].subject, "moderation.taken_back")
    assert said is not None and said.body is not None and said.body["reason"] == "Off for long."
    assert verify() == []


def test_what_is_committed_blind_is_settled_by_whoever_gets_it(app: Flask) -> None:
    made = make.authority()
    moderation = committed(given(make.handed_in(made), made.senior, made.officer, blind=True))
    (name,) = passed(made, made.senior)
    assert name == moderation.moderator.name != made.senior.name
    assert moderation.phase == "settling" and queries.judged_blind_by(moderation) == made.senior.name


def test_nobody_who_is_away_or_has_seen_it_gets_one(app: Flask) -> None:
    made = make.authority()
    given(make.handed_in(made), made.senior, made.officer)
    until = today() + dt.timedelta(days=30)
    for person in (made.other_senior, made.head):
        identity.record_away(person, Away(today(), until), by=made.officer.id)
    (one,) = plan_passing_on(made.senior, by=make.actor(made.officer))
    assert one.to is None and "away" in one.why


def test_a_plan_that_was_looked_at_too_long_ago_changes_nothing(app: Flask) -> None:
    made = make.authority()
    first = given(make.handed_in(made), made.senior, made.officer)
    by = make.actor(made.officer)
    looked_at = fingerprint_of(plan_passing_on(made.senior, by=by))
    given(make.handed_in(made), made.senior, made.officer)
    with pytest.raises(Stale):
        pass_on(made.senior, "Off.", looked_at, by=by)
    assert first.moderator_id == made.senior.id


def test_a_reason_is_needed_and_only_ones_own_rounds_are_moved(app: Flask) -> None:
    made, other = make.authority(), make.authority()
    given(make.handed_in(made), made.senior, made.officer)
    with pytest.raises(Refused, match="Say why"):
        pass_on(made.senior, " ", "", by=make.actor(made.officer))
    assert plan_passing_on(made.senior, by=make.actor(other.officer)) == []


def test_external_work_goes_to_another_external_auditor_in_its_exercise(app: Flask) -> None:
    made = make.authority()
    another = make.person("External Two", Role.EXTERNAL_AUDITOR, made.root)
    audit = make.handed_in(made)
    exercise = operations.make_exercise(made.root.id, "Summer", by=made.officer.id)
    one = given(audit, made.external, made.officer, "external")
    one.exercise = exercise
    db.session.commit()
    assert passed(made, made.external) == [another.name]
    now = queries.find_moderation(audit, "external")
    assert now is not None and now.exercise_id == exercise.id and audit.stage == "with_external"
