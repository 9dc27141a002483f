"""What papers are made from, asked within somebody's reach."""

import datetime as dt
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound

from audit_app.access.table import Role
from audit_app.auditing import operations as auditing
from audit_app.auditing.workflow import Stage
from audit_app.db import db
from audit_app.identity import operations as identity
from audit_app.measures import queries as measures
from audit_app.measures.counts import count
from audit_app.measures.queries import Filters
from audit_app.moderation import operations as moderation
from audit_app.moderation.model import Route
from audit_app.reporting.contents.audience import Audience, audiences_for
from audit_app.reporting.queries import audits, pairs, rounds
from tests import make
from tests.measures import world


def test_a_rounds_report_counts_what_the_measures_page_counts(either_app: Flask) -> None:
    made = make.authority()
    world.moderated(world.handed_in(made), made.senior, "requires_improvement")
    world.moderated(world.handed_in(made), made.senior)
    world.finished(world.given(world.handed_in(made), made.senior, route=Route.BY_HAND), {"overall": "inadequate"})
    world.handed_in(made, "inadequate")
    db.session.commit()
    head, page = make.actor(made.head), Filters()
    found = rounds.material_of(made.round, head)
    audits_counted = measures.population(page, head)
    on_page = count(audits_counted, measures.became(page, head), measures.evidence_views(page, head))
    assert [figure.value for figure in found.counts.shares] == [figure.value for figure in on_page.shares]
    assert found.counts.random == on_page.random
    assert found.counts.other == on_page.other
    every = replace(page, every_section=True)
    sections = count(measures.population(every, head), measures.became(every, head), (), every_section=True)
    assert found.sections.random == sections.random


def test_a_report_reaches_as_far_as_its_reader_and_says_so(app: Flask) -> None:
    made = make.authority()
    here = world.handed_in(made, team=made.teams[1])
    there = world.handed_in(made, team=made.teams[3])
    one = make.person("Service Head", Role.HEAD_OF_SERVICE, made.services[0])
    both = make.person("Two Heads", Role.HEAD_OF_SERVICE, made.services[0])
    identity.grant(both, Role.SENIOR_MANAGER, made.services[1], None, by=None)
    db.session.commit()
    for who, ids, scope in (
        (made.head, {here.id, there.id}, "Northmere"),
        (one, {here.id}, "Service 1"),
        (both, {here.id, there.id}, "Service 1 and Service 2"),
    ):
        found = rounds.material_of(made.round, make.actor(who))
        assert {audit.id for audit in found.audits} == ids
        assert found.facts.scope == scope


def test_no_other_role_widens_a_report(app: Flask) -> None:
    made = make.authority()
    world.handed_in(made, team=made.teams[3])
    narrow = make.person("Team Board", Role.TEAM_MANAGER, made.root)
    identity.grant(narrow, Role.BOARD_MEMBER, made.services[0], None, by=None)
    db.session.commit()
    assert len(measures.population(Filters(), make.actor(narrow))) == 1
    assert rounds.material_of(made.round, make.actor(narrow)).audits == []


def test_a_round_of_another_authority_does_not_exist(app: Flask) -> None:
    made = make.authority()
    world.handed_in(made)
    elsewhere = make.person("Far Head", Role.HEAD_OF_SERVICE, made.services[0])
    made.round.programme.unit = made.services[1]
    db.session.commit()
    with pytest.raises(NotFound):
        rounds.round_or_404(made.round.id, make.actor(elsewhere))
    assert rounds.round_or_404(made.round.id, make.actor(made.board)) is made.round


def test_what_a_reader_judges_blind_is_in_no_number_of_theirs_and_they_are_told(app: Flask) -> None:
    made = make.authority()
    world.moderated(world.handed_in(made), made.other_senior)
    held = world.given(world.handed_in(made, "inadequate"), made.senior, blind=True)
    world.handed_in(made)
    db.session.commit()
    mine, theirs = (rounds.material_of(made.round, make.actor(who)) for who in (made.senior, made.other_senior))
    assert held.audit_id not in {audit.id for audit in mine.audits}
    assert (len(mine.audits), len(theirs.audits)) == (2, 3)
    assert mine.counts.shares[5].total == 2
    assert (mine.outstanding.left_out, theirs.outstanding.left_out) == (1, 0)
    assert (mine.outstanding.being_moderated, theirs.outstanding.being_moderated) == (0, 1)
    world.finished(world.committed(held, {}, "inadequate"))
    db.session.commit()
    assert len(rounds.material_of(made.round, make.actor(made.senior)).audits) == 3


def test_changed_grades_carry_what_stood_before_them(app: Flask) -> None:
    made = make.authority()
    audit = world.handed_in(made, "outstanding")
    world.moderated(audit, made.senior, "good")
    world.finished(world.given(audit, made.external, "external"), {"overall": "inadequate"})
    db.session.commit()
    found = rounds.material_of(made.round, make.actor(made.head)).overrides
    assert [(one.tier, one.earlier, one.later) for one in found] == [
        ("senior", "Outstanding", "Good"),
        ("external", "Good", "Inadequate"),
    ]
    assert {one.reference for one in found} == {audit.case.reference}
    assert {one.section for one in found} == {audit.tool.section("overall").name}
    assert rounds.material_of(made.round, make.actor(made.board)).overrides[0].reference == ""


def test_a_change_whose_moderation_was_reopened_is_not_among_them(app: Flask) -> None:
    made = make.authority()
    kept = world.moderated(world.handed_in(made), made.senior, "inadequate")
    moderation.reopen(kept, "The strategy was misread.", by=make.actor(made.head))
    db.session.commit()
    assert rounds.material_of(made.round, make.actor(made.head)).overrides == ()


def test_what_is_still_being_written_or_moderated_is_counted(app: Flask) -> None:
    made = make.authority()
    make.audit(made)
    world.given(world.handed_in(made), made.senior)
    sent = world.handed_in(made)
    auditing.send_back(sent, "The voice is missing.", by=made.officer.id)
    db.session.commit()
    outstanding = rounds.material_of(made.round, make.actor(made.head)).outstanding
    assert (outstanding.being_written, outstanding.being_moderated, outstanding.left_out) == (2, 1, 0)


def test_rounds_with_reports_stand_newest_first_and_only_when_something_was_handed_in(either_app: Flask) -> None:
    made = make.authority()
    months = [dt.date(2024, 11, 1), dt.date(2025, 2, 1), dt.date(2025, 1, 1), dt.date(2025, 12, 1)]
    opened = [make.open_round(made.round.programme, made.tool, month) for month in months]
    for one in opened[:3]:
        world.handed_in(made, into=one)
    world.moderated(world.handed_in(made, into=opened[1]), made.senior)
    db.session.commit()
    page = rounds.rounds_with_reports(make.actor(made.board), after="", before="")
    assert [one.month for one in page.items] == [months[1], months[2], months[0]]
    assert page.total == 3
    lines = rounds.lines_of(page.items, make.actor(made.board))
    line = lines[opened[1].id]
    assert (line.allocated, line.handed_in, line.moderated) == (2, 2, 1)
    assert lines[opened[0].id].moderated == 0


def test_a_paper_with_case_references_needs_the_right_to_open_the_cases(app: Flask) -> None:
    made = make.authority()
    narrow = make.person("Wide Board", Role.BOARD_MEMBER, made.root)
    identity.grant(narrow, Role.SENIOR_MANAGER, made.services[0], None, by=None)
    db.session.commit()
    for who in (made.head, made.senior, made.officer):
        assert audiences_for(make.actor(who))[0] is Audience.COLLEAGUES
    for who in (made.board, narrow):
        assert audiences_for(make.actor(who)) == (Audience.BOARD, Audience.PUBLIC)


def test_an_audits_material_is_its_ledger_told_whole(app: Flask) -> None:
    made = make.authority()
    audit = world.handed_in(made, "good", {"voice": "outstanding"})
    kept = world.committed(world.given(audit, made.senior, blind=True), {"voice": "good"})
    world.finished(kept, {"voice": "requires_improvement"})
    moderation_of_external = world.finished(world.given(audit, made.external, "external"))
    auditing.reply(audit, "senior", "I see that now.", by=make.actor(audit.auditor))
    db.session.commit()
    found = audits.material_of(audit, make.actor(made.officer))
    voice = next(one for one in found.sections if one.section.key == "voice")
    assert [one.tier for one in voice.judged] == ["auditor", "senior", "external"]
    assert voice.changed
    senior = voice.of("senior")
    assert senior is not None
    assert (senior.decision, senior.grade, senior.first) == ("override", "requires_improvement", "Good")
    assert senior.reason == "The evidence does not support the grade"
    assert {one.who for one in found.quality} == {"Senior moderator", "External auditor"}
    assert moderation_of_external.quality_words == found.quality[1].words
    assert [reply.words for reply in found.replies] == ["I see that now."]
    assert found.happenings[0].kind == "audit.allocated"
    assert all(one.who for one in found.happenings)


def test_a_moderation_that_is_not_finished_is_not_in_the_material(app: Flask) -> None:
    made = make.authority()
    audit = world.handed_in(made)
    world.committed(world.given(audit, made.senior, blind=True), {}, "inadequate")
    db.session.commit()
    found = audits.material_of(audit, make.actor(made.officer))
    assert {one.tier for section in found.sections for one in section.judged} == {"auditor"}
    assert found.quality == []
    assert "inadequate" not in str(found.happenings)


def test_a_draft_is_told_from_what_its_auditor_wrote_so_far(app: Flask) -> None:
    made = make.authority()
    audit = make.written(made, {"voice": "inadequate"})
    found = audits.material_of(audit, make.actor(made.officer))
    assert found.stage is Stage.IN_PROGRESS
    voice = next(one for one in found.sections if one.section.key == "voice")
    assert voice.draft
    assert [one.grade for one in voice.judged] == ["inadequate"]


def test_pairs_reach_as_far_as_the_right_to_take_them(app: Flask) -> None:
    made = make.authority()
    near = world.handed_in(made, team=made.teams[1])
    far = world.handed_in(made, team=made.teams[3])
    for audit in (near, far):
        world.moderated(audit, made.senior)
    taker = make.person("Near Officer", Role.AUDIT_OFFICER, made.services[0])
    identity.grant(taker, Role.BOARD_MEMBER, made.root, None, by=None)
    db.session.commit()
    assert {row[0] for row in pairs.pairs(Filters(), make.actor(made.officer))} == {
        near.case.reference,
        far.case.reference,
    }
    assert {row[0] for row in pairs.pairs(Filters(), make.actor(taker))} == {near.case.reference}


def test_pairs_of_an_audit_held_blind_are_not_taken_by_its_holder(app: Flask) -> None:
    made = make.authority()
    audit = world.handed_in(made)
    world.moderated(audit, made.senior)
    world.given(audit, made.external, "external", blind=True)
    identity.grant(made.external, Role.AUDIT_OFFICER, made.root, None, by=None)
    db.session.commit()
    assert pairs.pairs(Filters(), make.actor(made.external)) == ()
    assert len(pairs.pairs(Filters(), make.actor(made.officer))) == 1
