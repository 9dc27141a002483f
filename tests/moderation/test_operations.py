"""What is done in moderation, on both databases."""

import threading

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from audit_app.access.table import Role
from audit_app.auditing import operations as auditing
from audit_app.auditing.drafts import Draft
from audit_app.auditing.ledger import AUDITOR, EXTERNAL, INTERNAL, SENIOR, Pair, pairs, standing
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import answers_of, judgements_of, lines_of
from audit_app.auditing.visibility import Sight, sight_of
from audit_app.clock import today
from audit_app.db import db
from audit_app.history.operations import record, verify
from audit_app.history.queries import entries_of
from audit_app.identity import operations as identity
from audit_app.identity.model import Person
from audit_app.moderation import operations, queries
from audit_app.moderation.drawing import plan
from audit_app.moderation.model import Moderation, Opinion, Phase, Route
from audit_app.moderation.operations.giving import Terms
from audit_app.moderation.rules import BlindGrade, Decision
from audit_app.refusal import Refused, Stale
from tests import make
from tests.moderation.doing import AGREE, committed, decided, finished, given, graded, override, version_of

OVERALL = "overall"


def kinds(audit: Audit) -> list[str]:
    """What happened to an audit, in order."""
    return [entry.kind for entry in reversed(entries_of(audit.subject))]


def overall_of(audit: Audit) -> str | None:
    """The overall grade that stands."""
    return standing(lines_of(audit))[audit.tool.overall_section.key].grade  # type: ignore[union-attr]


def pair_of(audit: Audit, section: str, earlier: str = AUDITOR, later: str = SENIOR) -> Pair | None:
    """The pair of two tiers on a section, if there is one."""
    return next((pair for pair in pairs(lines_of(audit), earlier, later) if pair.section == section), None)


def test_an_open_moderation_agrees_overrides_and_is_written_in_ledger_and_history(either_app: Flask) -> None:
    world = make.authority()
    audit = make.handed_in(world)
    moderation = given(audit, world.senior, world.officer)
    assert audit.stage == "with_senior"
    finished(moderation, {"safety": override("inadequate")})
    assert (audit.stage, moderation.at, moderation.done_at is not None) == ("moderated", Phase.DONE, True)
    settled = {j.section: j for j in judgements_of(audit) if j.tier == SENIOR}
    assert {j.phase for j in settled.values()} == {"settled"}
    assert len(settled) == len(queries.sections_of(audit))
    safety = settled["safety"]
    assert (safety.grade, safety.decision, safety.reason_code) == (
        "inadequate",
        "override",
        "evidence_does_not_support",
    )
    assert safety.evidence_supports is False
    assert (settled["voice"].grade, settled["voice"].decision) == ("good", "agree")
    assert standing(lines_of(audit))["safety"].grade == "inadequate"
    assert pair_of(audit, "safety") == Pair("safety", "good", "inadequate")
    assert kinds(audit)[-4:] == ["audit.give_to_senior", "moderation.given", "moderation.finished", "audit.moderate"]
    told = entries_of(audit.subject, kinds=("moderation.finished",))[0].body
    assert told is not None
    assert told["overrides"] == {"safety": "evidence_does_not_support"}
    assert verify() == []


def test_a_blind_moderator_sees_nothing_until_committed_and_then_settles(either_app: Flask) -> None:
    world = make.authority()
    audit = make.handed_in(world)
    moderation = given(audit, world.senior, world.officer, blind=True)
    assert sight_of(audit.facts, make.actor(world.senior)) is Sight.BLIND
    committed(moderation, {"safety": "inadequate", "voice": "outstanding"})
    assert sight_of(audit.facts, make.actor(world.senior)) is Sight.FULL
    assert moderation.at is Phase.SETTLING
    assert {o.section for o in moderation.opinions if o.decision is None} == {"safety", "voice"}
    assert overall_of(audit) == "good"
    assert pair_of(audit, "safety") == Pair("safety", "good", "inadequate")
    finished(moderation, {"safety": override("inadequate"), "voice": AGREE})
    stands = standing(lines_of(audit))
    assert (stands["safety"].grade, stands["voice"].grade) == ("inadequate", "good")
    assert pair_of(audit, "voice") == Pair("voice", "good", "outstanding")  # the pair holds the blind grade
    assert verify() == []


def test_blind_grades_are_committed_only_when_all_are_given(app: Flask) -> None:
    world = make.authority()
    moderation = given(make.handed_in(world), world.senior, world.officer, blind=True)
    by = make.actor(world.senior)
    operations.save_blind(moderation, "safety", BlindGrade("good", reason="Seen."), 0, by=by)
    with pytest.raises(Refused, match="need your grade and reason"):
        operations.commit_blind(moderation, moderation.version_id, by=by)
    assert all(judgement.tier == AUDITOR for judgement in judgements_of(moderation.audit))


def test_what_was_committed_blind_cannot_be_graded_again(app: Flask) -> None:
    world = make.authority()
    moderation = committed(given(make.handed_in(world), world.senior, world.officer, blind=True))
    with pytest.raises(Refused, match="This step is over"):
        operations.save_blind(moderation, "safety", BlindGrade("good", reason="No."), 1, by=make.actor(world.senior))


def test_a_decision_waits_until_the_blind_grades_are_committed(app: Flask) -> None:
    world = make.authority()
    moderation = given(make.handed_in(world), world.senior, world.officer, blind=True)
    by = make.actor(world.senior)
    for action in (
        lambda: operations.decide(moderation, "safety", AGREE, 0, by=by),
        lambda: operations.open_section(moderation, "safety", by=by),
        lambda: operations.agree_with_rest(moderation, moderation.version_id, by=by),
        lambda: operations.rate(moderation, {}, "", None, moderation.version_id, by=by),
        lambda: operations.finish(moderation, moderation.version_id, by=by),
    ):
        with pytest.raises(Refused, match="This step is over"):
            action()
    with pytest.raises(Refused, match="Commit your own grades first"):
        operations.send_back(moderation, "More, please.", moderation.version_id, by=by)


def test_not_applicable_stands_and_leaves_the_pair_to_say_so(either_app: Flask) -> None:
    world = make.authority()
    audit = make.handed_in(world)
    optional = next(s for s in queries.sections_of(audit) if s.may_be_not_applicable)
    finished(given(audit, world.senior, world.officer), {optional.key: override(None)})
    assert standing(lines_of(audit))[optional.key].grade is None
    assert pair_of(audit, optional.key) == Pair(optional.key, "good", None)


def test_a_section_that_applies_to_every_case_cannot_be_made_not_applicable(app: Flask) -> None:
    world = make.authority()
    moderation = given(make.handed_in(world), world.senior, world.officer)
    with pytest.raises(Refused, match="applies to every case"):
        operations.decide(moderation, "safety", override(None), 0, by=make.actor(world.senior))
    with pytest.raises(Refused, match="one of the grades"):
        operations.decide(moderation, "safety", override("splendid"), 0, by=make.actor(world.senior))


def test_an_unfinished_decision_is_kept_but_does_not_finish(app: Flask) -> None:
    world = make.authority()
    moderation = given(make.handed_in(world), world.senior, world.officer)
    decided(moderation, {"safety": Decision("override", "inadequate")})
    with pytest.raises(Refused, match="1 section still needs a decision"):
        operations.finish(moderation, moderation.version_id, by=make.actor(world.senior))


def test_a_moderation_is_not_finished_before_the_audit_is_rated(app: Flask) -> None:
    world = make.authority()
    moderation = decided(given(make.handed_in(world), world.senior, world.officer))
    by = make.actor(world.senior)
    operations.rate(moderation, moderation.quality, "", None, moderation.version_id, by=by)
    with pytest.raises(Refused, match="how good the audit itself is"):
        operations.finish(moderation, moderation.version_id, by=by)


def test_agreeing_with_the_rest_needs_every_section_opened_and_leaves_a_begun_override(app: Flask) -> None:
    world = make.authority()
    moderation = given(make.handed_in(world), world.senior, world.officer)
    by, sections = make.actor(world.senior), queries.sections_of(moderation.audit)
    for section in sections[1:]:
        operations.open_section(moderation, section.key, by=by)
    with pytest.raises(Refused, match="1 section yet"):
        operations.agree_with_rest(moderation, moderation.version_id, by=by)
    operations.open_section(moderation, sections[0].key, by=by)
    version = version_of(moderation, sections[0].key)
    operations.decide(moderation, sections[0].key, Decision("override", "inadequate"), version, by=by)
    assert operations.agree_with_rest(moderation, moderation.version_id, by=by) == len(sections) - 1
    assert [o.decision for o in moderation.opinions].count("override") == 1
    assert [s.key for s in queries.blank(moderation)] == []


def test_an_external_sees_and_judges_what_stood_internally(either_app: Flask) -> None:
    world = make.authority()
    audit = make.handed_in(world)
    finished(given(audit, world.senior, world.officer), {"safety": override("inadequate")})
    moderation = given(audit, world.external, world.officer, EXTERNAL)
    assert queries.standing_before(audit, EXTERNAL)["safety"].grade == "inadequate"
    finished(moderation, {"safety": override("requires_improvement")})
    assert audit.stage == "validated"
    assert standing(lines_of(audit))["safety"].grade == "requires_improvement"
    internal = Pair("safety", "inadequate", "requires_improvement")
    assert pair_of(audit, "safety", INTERNAL, EXTERNAL) == internal
    assert pair_of(audit, "safety", AUDITOR, EXTERNAL) == Pair("safety", "good", "requires_improvement")


def test_an_external_may_start_without_a_senior(app: Flask) -> None:
    world = make.authority()
    audit = make.handed_in(world)
    finished(committed(given(audit, world.external, world.officer, EXTERNAL, blind=True)))
    assert audit.stage == "validated"


def test_sending_back_waits_for_the_auditor_and_comes_straight_again(either_app: Flask) -> None:
    world = make.authority()
    audit = make.handed_in(world)
    moderation = given(audit, world.senior, world.officer)
    senior, manager = make.actor(world.senior), make.actor(world.manager)
    operations.decide(moderation, "safety", AGREE, 0, by=senior)
    operations.send_back(moderation, "The plan is missing.", moderation.version_id, by=senior)
    db.session.commit()
    assert (audit.stage, audit.sent_back_because) == ("sent_back", "The plan is missing.")
    with pytest.raises(Refused, match="sent back to its auditor"):
        operations.decide(moderation, "voice", AGREE, 0, by=senior)
    assert queries.moderations_to_do(senior) == []
    assert queries.moderations_waiting(senior) == [moderation]
    db.session.rollback()
    answer = answers_of(audit)["safety"]
    more = Draft(**{**Draft.of(answer).columns, "evidence": "The plan is on file since May."})
    auditing.save(audit, "safety", more, answer.version_id, by=manager)
    auditing.hand_in(audit, audit.version_id, by=manager)
    db.session.commit()
    assert audit.stage == "with_senior"
    assert queries.moderations_to_do(senior) == [moderation]
    assert kinds(audit)[-3:] == ["audit.send_back", "audit.submit", "audit.give_to_senior"]
    finished(moderation)
    assert audit.stage == "moderated"
    assert verify() == []


def test_an_external_who_sent_back_gets_it_again_though_a_senior_finished_before(app: Flask) -> None:
    world = make.authority()
    audit = make.handed_in(world)
    finished(given(audit, world.senior, world.officer))
    moderation = given(audit, world.external, world.officer, EXTERNAL)
    operations.send_back(moderation, "More.", moderation.version_id, by=make.actor(world.external))
    auditing.hand_in(audit, audit.version_id, by=make.actor(world.manager))
    assert audit.stage == "with_external"


def test_a_first_hand_in_goes_to_nobody(app: Flask) -> None:
    assert make.handed_in(make.authority()).stage == "submitted"


def test_reopening_takes_the_grades_out_and_keeps_everything(either_app: Flask) -> None:
    world = make.authority()
    audit = make.handed_in(world)
    moderation = finished(given(audit, world.senior, world.officer), {"safety": override("inadequate")})
    lines = len(judgements_of(audit))
    operations.reopen(moderation, "A new report came.", by=make.actor(world.head))
    db.session.commit()
    assert (audit.stage, moderation.at, moderation.done_at) == ("with_senior", Phase.DECIDING, None)
    assert standing(lines_of(audit))["safety"].grade == "good"
    assert pair_of(audit, "safety") is None
    assert len(judgements_of(audit)) == lines
    assert queries.reopened_because(moderation) == "A new report came."
    finished(moderation, {"safety": override("requires_improvement")})
    assert pair_of(audit, "safety") == Pair("safety", "good", "requires_improvement")
    assert queries.reopened_because(moderation) == ""
    assert verify() == []


def test_reopening_a_blind_moderation_leaves_its_pair(either_app: Flask) -> None:
    world = make.authority()
    audit = make.handed_in(world)
    moderation = finished(committed(given(audit, world.senior, world.officer, blind=True), {"safety": "inadequate"}))
    operations.reopen(moderation, "A new report came.", by=make.actor(world.head))
    db.session.commit()
    assert pair_of(audit, "safety") == Pair("safety", "good", "inadequate")
    finished(moderation, {"safety": override("inadequate")})
    assert pair_of(audit, "safety") == Pair("safety", "good", "inadequate")


def test_only_a_head_of_service_reopens(app: Flask) -> None:
    world = make.authority()
    moderation = finished(given(make.handed_in(world), world.senior, world.officer))
    for who in (world.senior, world.officer, world.manager, world.admin):
        with pytest.raises(Refused, match="Only a head of service"):
            operations.reopen(moderation, "Because.", by=make.actor(who))


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


def test_a_stale_moderation_or_section_is_not_written_over(either_app: Flask) -> None:
    world = make.authority()
    moderation = given(make.handed_in(world), world.senior, world.officer)
    by = make.actor(world.senior)
    operations.decide(moderation, "safety", AGREE, 0, by=by)
    with pytest.raises(Stale):
        operations.decide(moderation, "safety", override("inadequate"), 0, by=by)
    operations.decide(moderation, "voice", AGREE, 0, by=by)  # another section, another tab: no conflict
    before = moderation.version_id
    operations.rate(moderation, {}, "First.", None, before, by=by)
    for action in (
        lambda: operations.rate(moderation, {}, "Second.", None, before, by=by),
        lambda: operations.finish(moderation, before, by=by),
        lambda: operations.send_back(moderation, "Why.", before, by=by),
        lambda: operations.agree_with_rest(moderation, before, by=by),
    ):
        with pytest.raises(Stale):
            action()
    assert moderation.quality_words == "First."


def test_a_change_to_any_section_makes_what_was_checked_stale(app: Flask) -> None:
    world = make.authority()
    moderation = graded(given(make.handed_in(world), world.senior, world.officer, blind=True))
    before = moderation.edition
    version = version_of(moderation, "safety")
    operations.save_blind(
        moderation, "safety", BlindGrade("good", reason="More."), version, by=make.actor(world.senior)
    )
    assert moderation.edition > before


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


def test_moderations_to_do_are_ones_own_soonest_first_and_without_the_void(app: Flask) -> None:
    world = make.authority()
    mine = [given(make.handed_in(world), world.senior, world.officer) for _ in range(3)]
    given(make.handed_in(world), world.other_senior, world.officer)
    mine[2].due_on = today()
    auditing.void(mine[0].audit, "A twin case.", world.officer, by=make.actor(world.head))
    db.session.commit()
    assert queries.moderations_to_do(make.actor(world.senior)) == [mine[2], mine[1]]


def test_work_ends_with_the_role(app: Flask) -> None:
    world = make.authority()
    moderation = given(make.handed_in(world), world.external, world.officer, EXTERNAL)
    after = world.external.actor(today() + make.LAST_DAY * 2)
    assert queries.moderations_to_do(after) == []
    with pytest.raises(Refused, match="access as moderator has ended"):
        operations.decide(moderation, "safety", AGREE, 0, by=after)


def race(app: Flask, moderation: Moderation, action: str) -> list[str]:
    """What became of eight who did the same at once, each in a thread and a session of their own."""
    moderation_id, version, by = moderation.id, moderation.version_id, make.actor(moderation.moderator)
    db.session.remove()
    barrier, outcomes = threading.Barrier(8), list[str]()

    def run() -> None:
        with app.app_context():
            barrier.wait()
            try:
                mine = queries.moderation_or_404(moderation_id, by, to_write=True)
                getattr(operations, action)(mine, version, by=by)
                db.session.commit()
                outcomes.append("won")
            except (Stale, StaleDataError, IntegrityError) as late:
                db.session.rollback()
                outcomes.append(type(late).__name__)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


@pytest.mark.parametrize("action", ["finish", "commit_blind"])
def test_of_eight_at_once_one_wins_and_nothing_is_doubled(either_app: Flask, action: str) -> None:
    world = make.authority()
    audit = make.handed_in(world)
    blind = action == "commit_blind"
    moderation = given(audit, world.senior, world.officer, blind=blind)
    moderation = graded(moderation) if blind else decided(moderation)
    audit_id = audit.id
    outcomes = race(either_app, moderation, action)
    assert sorted(outcomes) == sorted(["won"] + ["Stale"] * 7)
    again = db.session.get_one(Audit, audit_id)
    lines = [j for j in judgements_of(again) if j.tier == SENIOR]
    assert len(lines) == len(queries.sections_of(again))
    assert again.stage == ("with_senior" if blind else "moderated")
    told = "moderation.committed" if blind else "moderation.finished"
    assert kinds(again).count(told) == 1
    assert verify() == []


def test_of_eight_who_give_one_audit_at_once_one_succeeds(either_app: Flask) -> None:
    world = make.authority()
    audit_id, officer, seniors = make.handed_in(world).id, world.officer.id, [world.senior.id, world.other_senior.id]
    db.session.remove()
    barrier, outcomes = threading.Barrier(8), list[str]()

    def run(number: int) -> None:
        with either_app.app_context():
            barrier.wait()
            try:
                audit = db.session.get_one(Audit, audit_id)
                person = db.session.get_one(Person, seniors[number % 2])
                operations.give(audit, person, "senior", route=Route.BY_HAND, blind=False, due_on=today(), by=officer)
                db.session.commit()
                outcomes.append("won")
            except (Refused, StaleDataError, IntegrityError):
                db.session.rollback()
                outcomes.append("late")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(outcomes) == ["late"] * 7 + ["won"]
    assert db.session.query(Moderation).count() == 1
    assert kinds(db.session.get_one(Audit, audit_id)).count("moderation.given") == 1
