"""What is done in moderation, on both databases."""

import pytest
from flask import Flask

from audit_app.auditing import operations as auditing
from audit_app.auditing.drafts import Draft
from audit_app.auditing.ledger import AUDITOR, EXTERNAL, INTERNAL, SENIOR, Pair, pairs, standing
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import answers_of, judgements_of, lines_of
from audit_app.auditing.visibility import Sight, sight_of
from audit_app.clock import today
from audit_app.db import db
from audit_app.history.operations import verify
from audit_app.history.queries import entries_of
from audit_app.moderation import operations, queries
from audit_app.moderation.model import Phase
from audit_app.moderation.rules import BlindGrade, Decision
from audit_app.refusal import Refused, Stale
from tests import make
from tests.moderation.doing import AGREE, committed, decided, finished, given, graded, override, version_of

OVERALL = "overall"


def kinds(audit: Audit) -> list[str]:
    """What happened to an audit, in order; but for looking at whether it can wait, which follows each judgement."""
    return [e.kind for e in reversed(entries_of(audit.subject)) if e.kind != "audit.weighed"]


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
