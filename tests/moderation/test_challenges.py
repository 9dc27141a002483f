"""Challenging and resolving, on both databases: the ledger, the record, the walls behind the rules."""

import datetime as dt

import pytest
import time_machine
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from audit_app.auditing import operations as auditing
from audit_app.auditing.ledger import AUDITOR, EXTERNAL, INTERNAL, SENIOR, Pair, pairs, standing
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import judgements_of, lines_of
from audit_app.auditing.workflow import Stage
from audit_app.clock import today
from audit_app.db import db
from audit_app.history.operations import verify
from audit_app.history.queries import entries_of
from audit_app.moderation import operations, queries
from audit_app.moderation.challenge import ChallengePhase, Ruling
from audit_app.moderation.model import Challenge, Moderation, Point
from audit_app.programmes.working_days import working_days_after
from audit_app.refusal import Refused, Stale
from tests import make
from tests.moderation.doing import finished, given, override

WHY = "The plan was changed two days after the visit, and the record says so."
FOUND = "The change came late, but before harm."
OVERRIDDEN = {"safety": override("inadequate")}


def outcome(world: make.Authority, tier: str = SENIOR, audit: Audit | None = None) -> Moderation:
    """A finished moderation that overrode one judgement."""
    audit = audit or make.handed_in(world)
    who = world.senior if tier == SENIOR else world.external
    return finished(given(audit, who, world.officer, tier), OVERRIDDEN)


def raised(world: make.Authority, about: Moderation | None = None, **reasons: str) -> Challenge:
    """A challenge by the auditor."""
    about = about or outcome(world)
    made = operations.challenge(about, reasons or {"safety": WHY}, by=make.actor(world.manager))
    db.session.commit()
    return made


def named(world: make.Authority, one: Challenge) -> Challenge:
    """The head of service is named to resolve it."""
    operations.name_resolver(one, world.head, "", one.version_id, by=make.actor(world.officer))
    db.session.commit()
    return one


def point_of(one: Challenge, section: str) -> Point:
    """One judgement that is challenged."""
    return next(point for point in one.points if point.section == section)


def ruled(world: make.Authority, one: Challenge, grade: str | None = "requires_improvement") -> Challenge:
    """The head finds one grade throughout."""
    for point in one.points:
        ruling = Ruling(grade, grade is None, FOUND)
        operations.rule(one, point, ruling, point.version_id, by=make.actor(world.head))
    db.session.commit()
    return one


def resolved(world: make.Authority, one: Challenge, grade: str = "requires_improvement") -> Challenge:
    """Named, found and resolved."""
    ruled(world, named(world, one), grade)
    operations.resolve(one, one.edition, by=make.actor(world.head))
    db.session.commit()
    return one


def stands(audit: Audit, section: str = "safety") -> str | None:
    """The grade that stands."""
    return standing(lines_of(audit))[section].grade


def kinds(audit: Audit) -> list[str]:
    """What happened to an audit, in order."""
    return [entry.kind for entry in reversed(entries_of(audit.subject))]


def test_a_resolution_stands_at_the_tier_it_resolves_and_changes_no_pair(either_app: Flask) -> None:
    world = make.authority()
    about = outcome(world)
    audit = about.audit
    before = pairs(lines_of(audit), AUDITOR, SENIOR)
    one = raised(world, about, safety=WHY, overall="It follows from safety.")
    assert stands(audit) == "inadequate"
    resolved(world, one)
    assert (one.at, one.ended_at is not None) == (ChallengePhase.RESOLVED, True)
    assert stands(audit) == "requires_improvement"
    assert stands(audit, "overall") == "requires_improvement"
    assert pairs(lines_of(audit), AUDITOR, SENIOR) == before
    assert Pair("safety", "good", "inadequate") in before
    line = judgements_of(audit)[-1]
    assert (line.phase, line.tier, line.by_id, line.decision) == ("resolved", SENIOR, world.head.id, None)
    assert line.reason == FOUND
    assert audit.at is Stage.MODERATED
    told_of = [kind for kind in kinds(audit) if kind.startswith("challenge.")]
    assert told_of == ["challenge.raised", "challenge.resolver_named", "challenge.resolved"]
    told = entries_of(audit.subject, kinds=("challenge.resolved",))[0].body
    assert told is not None
    assert told["grades"] == {"safety": "requires_improvement", "overall": "requires_improvement"}
    assert verify() == []


def test_the_external_validates_what_was_resolved_and_later_challenges_change_no_pair(either_app: Flask) -> None:
    world = make.authority()
    about = outcome(world)
    audit = about.audit
    one = raised(world, about)
    with pytest.raises(Refused, match="can go to an external auditor once that is resolved"):
        given(audit, world.external, world.officer, EXTERNAL)
    db.session.rollback()
    resolved(world, one)
    second = outcome(world, EXTERNAL, audit)
    internal = pairs(lines_of(audit), INTERNAL, EXTERNAL)
    assert Pair("safety", "requires_improvement", "inadequate") in internal
    with pytest.raises(Refused, match="resolution is final"):
        raised(world, about)
    db.session.rollback()
    later = raised(world, second)
    later_resolver = next(iter(queries.could_resolve(later)))
    assert later_resolver.id not in {world.senior.id, world.head.id, world.external.id}
    operations.name_resolver(later, later_resolver, "", later.version_id, by=make.actor(world.officer))
    point, who = later.points[0], make.actor(later_resolver)
    operations.rule(later, point, Ruling("good", False, FOUND), point.version_id, by=who)
    operations.resolve(later, later.edition, by=who)
    db.session.commit()
    assert stands(audit) == "good"
    assert pairs(lines_of(audit), INTERNAL, EXTERNAL) == internal
    assert Pair("safety", "good", "inadequate") in pairs(lines_of(audit), AUDITOR, EXTERNAL)


def test_reopening_takes_settled_and_resolved_grades_away_and_ends_an_open_challenge(either_app: Flask) -> None:
    world = make.authority()
    about = outcome(world)
    audit = about.audit
    first = resolved(world, raised(world, about))
    operations.reopen(about, "New facts came to light.", by=make.actor(world.head))
    db.session.commit()
    assert stands(audit) == "good"  # the auditor's: what was resolved fell with what it resolved
    assert pairs(lines_of(audit), AUDITOR, SENIOR) == ()
    assert first.at is ChallengePhase.RESOLVED
    operations.finish(about, about.version_id, by=make.actor(world.senior))
    db.session.commit()
    assert stands(audit) == "inadequate"
    again = ruled(world, named(world, raised(world, about)))
    operations.reopen(about, "It was the wrong record.", by=make.actor(world.head))
    db.session.commit()
    assert (again.at, again.ended_because) == (ChallengePhase.OVERTAKEN, "It was the wrong record.")
    told = entries_of(audit.subject, kinds=("challenge.overtaken",))[0].body
    assert told is not None
    assert told["drafts"]["safety"]["reason"] == FOUND
    with pytest.raises(Refused, match="nothing more can be done"):
        operations.resolve(again, again.edition, by=make.actor(world.head))
    db.session.rollback()
    assert stands(audit) == "good"
    assert (
        len([line for line in judgements_of(audit) if line.phase in ("settled", "resolved")])
        == 2 * len(queries.sections_of(audit)) + 1
    )


def test_a_moderation_that_was_challenged_can_be_reopened_and_taken_back_and_the_challenge_is_kept(
    either_app: Flask,
) -> None:
    world = make.authority()
    about = outcome(world)
    one = raised(world, about)
    operations.reopen(about, "New facts.", by=make.actor(world.head))
    operations.take_back(about, "They left.", by=world.officer.id)
    db.session.commit()
    assert one.at is ChallengePhase.OVERTAKEN
    assert one.moderator.id == world.senior.id
    again = finished(given(one.audit, world.other_senior, world.officer), OVERRIDDEN)
    assert raised(world, again).moderator_id == world.other_senior.id


def test_a_void_audit_takes_its_challenge_with_it(either_app: Flask) -> None:
    world = make.authority()
    one = raised(world)
    auditing.void(one.audit, "It was the wrong case.", world.other_senior, by=make.actor(world.head))
    db.session.commit()
    assert one.at is ChallengePhase.OVERTAKEN


def test_a_challenge_is_raised_once_in_time_and_its_resolution_is_final(either_app: Flask) -> None:
    world = make.authority()
    about = outcome(world)
    one = raised(world, about)
    with pytest.raises(Refused, match="challenged already"):
        raised(world, about)
    db.session.rollback()
    operations.withdraw_challenge(one, "We talked it over.", one.version_id, by=make.actor(world.manager))
    db.session.commit()
    assert stands(about.audit) == "inadequate"
    resolved(world, raised(world, about))
    with pytest.raises(Refused, match="resolution is final"):
        raised(world, about)
    db.session.rollback()


def test_only_overridden_judgements_or_the_overall_one_are_challenged(either_app: Flask) -> None:
    world = make.authority()
    about = outcome(world)
    assert [section.key for section in queries.sections_to_challenge(about)] == ["safety", "overall"]
    with pytest.raises(Refused, match="overridden, or the overall"):
        raised(world, about, voice="It was agreed.")
    db.session.rollback()


def test_a_late_challenge_needs_a_head_of_service(either_app: Flask) -> None:
    world = make.authority()
    about = outcome(world)
    late = working_days_after(today(), about.audit.round.programme.policy.challenge_days + 1)
    with time_machine.travel(dt.datetime.combine(late, dt.time(12), dt.UTC)):
        with pytest.raises(Refused, match="A head of service can allow"):
            raised(world, about)
        db.session.rollback()
        until = working_days_after(late, 3)
        with pytest.raises(Refused, match="Only a head of service"):
            operations.allow_late(about, until, "They were ill.", by=make.actor(world.officer))
        operations.allow_late(about, until, "They were ill.", by=make.actor(world.head))
        db.session.commit()
        assert raised(world, about).at is ChallengePhase.RAISED


def test_the_time_to_challenge_is_the_programmes_own(either_app: Flask) -> None:
    world = make.authority()
    programme = world.round.programme
    programme.policies = {**(programme.policies or {}), "challenge_days": 1}
    db.session.commit()
    about = outcome(world)
    assert queries.outcome_of(about).last_day == working_days_after(today(), 1)


def test_a_resolver_who_is_replaced_or_declines_leaves_drafts_to_the_record_alone(either_app: Flask) -> None:
    world = make.authority()
    one = ruled(world, named(world, raised(world)))
    operations.decline(one, "I know the family.", one.version_id, by=make.actor(world.head))
    db.session.commit()
    assert (one.at, one.resolver_id, point_of(one, "safety").reason) == (ChallengePhase.RAISED, None, "")
    told = entries_of(one.audit.subject, kinds=("challenge.declined",))[0].body
    assert told is not None
    assert told["drafts"]["safety"]["reason"] == FOUND
    ruled(world, named(world, one))
    with pytest.raises(Refused, match="Say why somebody else"):
        operations.name_resolver(one, world.other_senior, "", one.version_id, by=make.actor(world.officer))
    db.session.rollback()
    operations.name_resolver(one, world.other_senior, "On leave.", one.version_id, by=make.actor(world.officer))
    db.session.commit()
    assert point_of(one, "safety").ruling == Ruling()
    assert queries.was_resolver(one, make.actor(world.head))
    with pytest.raises(Refused, match="Somebody else was named"):
        ruled(world, one)
    db.session.rollback()


def test_whoever_resolved_a_challenge_does_not_validate_the_audit(either_app: Flask) -> None:
    world = make.authority()
    one = resolved(world, raised(world))
    assert (SENIOR, world.head.id) in queries.past_of([one.audit])[one.audit.id].given


def test_a_stale_page_changes_nothing(either_app: Flask) -> None:
    world = make.authority()
    one = named(world, raised(world))
    officer, head, manager = (make.actor(who) for who in (world.officer, world.head, world.manager))
    with pytest.raises(Stale):
        operations.name_resolver(one, world.other_senior, "Because.", one.version_id - 1, by=officer)
    with pytest.raises(Stale):
        operations.decline(one, "Because.", one.version_id - 1, by=head)
    with pytest.raises(Stale):
        operations.withdraw_challenge(one, "", one.version_id - 1, by=manager)
    with pytest.raises(Stale):
        operations.rule(one, one.points[0], Ruling("good", False, FOUND), 0, by=head)
    ruled(world, one)
    with pytest.raises(Stale):
        operations.resolve(one, one.edition - 1, by=head)


def test_an_unfinished_ruling_is_kept_but_not_resolved(either_app: Flask) -> None:
    world = make.authority()
    one, head = named(world, raised(world)), make.actor(world.head)
    operations.rule(one, one.points[0], Ruling("good"), one.points[0].version_id, by=head)
    with pytest.raises(Refused, match="1 judgement still needs"):
        operations.resolve(one, one.edition, by=head)


@pytest.mark.parametrize(
    "change",
    [
        "update challenge set resolver_id = auditor_id",
        "update challenge set resolver_id = moderator_id",
        "update challenge set auditor_id = resolver_id, resolver_id = auditor_id",
        "update challenge set moderator_id = resolver_id, resolver_id = moderator_id",
        "update challenge set tier = 'external'",
        "update challenge set phase = 'resolved'",
        "update challenge set resolver_id = null, named_at = null",
        "insert into challenge (audit_id, auditor_id, tier, assignment_id, moderator_id, phase, raised_at,"
        " ended_because, version_id) select audit_id, auditor_id, tier, assignment_id, moderator_id, 'raised',"
        " raised_at, '', 1"
        " from challenge",
        "update assignment set person_id = (select auditor_id from challenge)",
    ],
)
def test_the_database_refuses_a_resolver_who_is_a_side_even_by_raw_sql(either_app: Flask, change: str) -> None:
    world = make.authority()
    named(world, raised(world))
    with pytest.raises(IntegrityError):
        db.session.execute(text(change))
    db.session.rollback()
