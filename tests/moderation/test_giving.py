"""Giving audits to moderators and taking them back, on both databases, and the walls of the database."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from audit_app.access.table import Role
from audit_app.auditing.ledger import EXTERNAL
from audit_app.auditing.visibility import Sight, sight_of
from audit_app.clock import today
from audit_app.db import db
from audit_app.history.operations import record, verify
from audit_app.history.queries import entries_of
from audit_app.identity import operations as identity
from audit_app.moderation import operations
from audit_app.moderation.drawing import plan
from audit_app.moderation.model import Moderation, Opinion
from audit_app.moderation.operations.giving import Terms
from audit_app.refusal import Refused
from tests import make
from tests.moderation.doing import committed, finished, given, override


def test_taking_back_frees_the_audit_and_keeps_the_drafts_in_the_record(either_app: Flask) -> None:
    world = make.authority()
    audit = make.handed_in(world)
    moderation = given(audit, world.senior, world.officer)
    operations.decide(moderation, "safety", override("inadequate"), 0, by=make.actor(world.senior))
    operations.take_back(moderation, "On leave.", by=world.officer.id)
    db.session.commit()
    assert audit.stage == "submitted"
    assert (db.session.query(Moderation).count(), db.session.query(Opinion).count()) == (0, 0)
    told = entries_of(audit.subject, kinds=("moderation.taken_back",))[0].body
    assert told is not None
    assert told["drafts"]["safety"]["grade"] == "inadequate"
    again = given(audit, world.other_senior, world.officer)
    assert again.moderator_id == world.other_senior.id
    assert sight_of(audit.facts, make.actor(world.other_senior)) is Sight.FULL


def test_a_committed_or_finished_moderation_is_not_taken_back(app: Flask) -> None:
    world = make.authority()
    first = committed(given(make.handed_in(world), world.senior, world.officer, blind=True))
    with pytest.raises(Refused, match="committed blind grades"):
        operations.take_back(first, "On leave.", by=world.officer.id)
    finished(first)
    with pytest.raises(Refused, match="finished"):
        operations.take_back(first, "On leave.", by=world.officer.id)
    operations.reopen(first, "Because.", by=make.actor(world.head))
    with pytest.raises(Refused, match="committed blind grades"):
        operations.take_back(first, "On leave.", by=world.officer.id)


def test_an_external_taken_back_leaves_the_audit_as_it_stood(app: Flask) -> None:
    world = make.authority()
    plain, moderated = make.handed_in(world), make.handed_in(world)
    finished(given(moderated, world.senior, world.officer))
    for audit, stage in ((plain, "submitted"), (moderated, "moderated")):
        operations.take_back(given(audit, world.external, world.officer, EXTERNAL), "Ill.", by=world.officer.id)
        assert audit.stage == stage


def test_an_audit_is_given_once_in_a_tier(app: Flask) -> None:
    world = make.authority()
    audit = make.handed_in(world)
    given(audit, world.senior, world.officer)
    with pytest.raises(Refused, match="cannot be done"):
        given(audit, world.other_senior, world.officer)


def test_nobody_is_given_their_own_audit(app: Flask) -> None:
    world = make.authority()
    audit = make.handed_in(world, auditor=world.senior)
    with pytest.raises(Refused, match="Nobody moderates their own audit"):
        given(audit, world.senior, world.officer)
    assert given(audit, world.other_senior, world.officer).moderator_id == world.other_senior.id


def test_somebody_who_was_given_an_audit_as_senior_does_not_validate_it(app: Flask) -> None:
    world = make.authority()
    both = make.person("Both Roles", Role.SENIOR_MANAGER, world.root)
    identity.grant(both, Role.EXTERNAL_AUDITOR, world.root, today() + make.LAST_DAY, by=None)
    done, taken = make.handed_in(world), make.handed_in(world)
    finished(given(done, both, world.officer))
    operations.take_back(given(taken, both, world.officer), "By mistake.", by=world.officer.id)
    for audit in (done, taken):
        with pytest.raises(Refused, match="another tier"):
            given(audit, both, world.officer, EXTERNAL)


def test_a_moderator_of_the_cases_own_team_is_refused(app: Flask) -> None:
    world = make.authority()
    near = make.person("Near Senior", Role.SENIOR_MANAGER, world.root, team=world.teams[1])
    with pytest.raises(Refused, match="own team"):
        given(make.handed_in(world), near, world.officer)


def test_whoever_opened_or_downloaded_an_audit_cannot_judge_it_blind(app: Flask) -> None:
    world = make.authority()
    for kind in ("audit.opened", "audit.downloaded"):
        audit = make.handed_in(world)
        record(kind, subject=audit.subject, by=world.senior.id)
        db.session.commit()
        with pytest.raises(Refused, match="has opened this audit"):
            given(audit, world.senior, world.officer, blind=True)
        assert given(audit, world.other_senior, world.officer, blind=True).blind


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE moderation SET moderator_id = auditor_id WHERE id = :id",
        "UPDATE audit SET auditor_id = (SELECT moderator_id FROM moderation WHERE id = :id)"
        " WHERE id = (SELECT audit_id FROM moderation WHERE id = :id)",
        "UPDATE moderation SET auditor_id = moderator_id, moderator_id = auditor_id WHERE id = :id",
        "UPDATE moderation SET blind = true WHERE id = :id",
        "UPDATE moderation SET phase = 'settling' WHERE id = :id",
        "UPDATE moderation SET phase = 'done' WHERE id = :id",
        "UPDATE moderation SET route = 'random' WHERE id = :id",
        "UPDATE moderation SET tier = 'third' WHERE id = :id",
    ],
)
def test_the_database_refuses_what_the_rules_refuse(either_app: Flask, statement: str) -> None:
    world = make.authority()
    moderation = given(make.handed_in(world), world.senior, world.officer)
    with pytest.raises(IntegrityError):
        db.session.execute(text(statement), {"id": moderation.id})
        db.session.commit()
    db.session.rollback()


def test_the_database_refuses_a_moderation_of_ones_own_audit(either_app: Flask) -> None:
    world = make.authority()
    audit = make.handed_in(world)
    insert = (
        "INSERT INTO moderation (audit_id, auditor_id, tier, moderator_id, route, blind, phase, given_at, due_on,"
        " quality, quality_words, version_id) VALUES (:audit, :auditor, 'senior', :moderator, 'by_hand', false,"
        " 'deciding', :at, :due, '{}', '', 1)"
    )
    moment = "2026-06-01 09:00:00.000000"
    values = {"audit": audit.id, "auditor": audit.auditor_id, "at": moment, "due": "2026-06-30"}
    with pytest.raises(IntegrityError):
        db.session.execute(text(insert), {**values, "moderator": audit.auditor_id})
    db.session.rollback()
    with pytest.raises(IntegrityError):  # nor by naming somebody else as the auditor
        db.session.execute(text(insert), {**values, "auditor": world.head.id, "moderator": audit.auditor_id})
        db.session.commit()
    db.session.rollback()
    db.session.execute(text(insert), {**values, "moderator": world.senior.id})
    db.session.commit()


def test_a_random_draw_keeps_what_repeats_it(either_app: Flask) -> None:
    world = make.authority()
    audits = {audit.id: audit for audit in (make.handed_in(world) for _ in range(5))}
    people = {person.id: person for person in (world.senior, world.other_senior)}
    found = plan({audit: {} for audit in audits}, frozenset(people), "a seed", 3)
    terms = Terms("senior", blind=True, due_on=today())
    made = operations.draw(world.round, found, audits, people, terms, by=world.officer.id)
    db.session.commit()
    assert (made.seed, made.frame, made.size) == ("a seed", sorted(audits), 3)
    drawn = db.session.query(Moderation).all()
    assert {m.audit_id for m in drawn} == {share.audit_id for share in found.shares}
    assert {(m.route, m.blind, m.inclusion_probability, m.draw_id) for m in drawn} == {("random", True, 0.6, made.id)}
    entry = entries_of(f"round:{world.round.id}", kinds=("moderation.drawn",))[0]
    assert entry.body is not None
    assert entry.body["frame"] == sorted(audits)
    assert verify() == []


def test_an_exercise_of_the_same_name_is_the_same_exercise(app: Flask) -> None:
    world = make.authority()
    first = operations.make_exercise(world.root.id, "Autumn 2026", by=world.officer.id)
    assert operations.make_exercise(world.root.id, "Autumn 2026", by=world.officer.id) is first
    assert operations.make_exercise(world.root.id, "Spring 2027", by=world.officer.id) is not first
