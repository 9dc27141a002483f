"""What is counted for whom: as it was settled, without what somebody judges blind, never beyond their units."""

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from audit_app.access.table import Role
from audit_app.auditing.model import Audit
from audit_app.clock import today
from audit_app.db import db
from audit_app.identity import operations as identity
from audit_app.learning import queries
from audit_app.learning.lessons import Opinion, Way
from audit_app.measures.queries import Filters
from audit_app.moderation import operations as moderation
from audit_app.moderation.challenge import Ruling
from audit_app.moderation.model import Moderation, Route
from tests import make
from tests.learning import briefing
from tests.moderation import doing

LOWER = "requires_improvement"


@pytest.fixture
def made(app: Flask) -> make.Authority:
    """A small authority."""
    return make.authority()


def every() -> list[Opinion]:
    return queries.opinions_of(select(Audit.id), words=True)


def challenged(made: make.Authority, one: Moderation, section: str, grade: str) -> None:
    about = moderation.challenge(one, {section: "The record shows more."}, by=make.actor(made.manager))
    moderation.name_resolver(about, made.head, "", about.version_id, by=make.actor(made.officer))
    head = make.actor(made.head)
    moderation.rule(about, about.points[0], Ruling(grade, reason="It is in the record."), 1, by=head)
    moderation.resolve(about, about.edition, by=head)
    db.session.commit()


def test_an_opinion_has_each_section_beside_what_stood_before_and_why(made: make.Authority) -> None:
    one = briefing.moderated(made, {"plan": LOWER, "safety": "outstanding"})
    (found,) = every()
    assert (found.audit_id, found.tier, found.random, found.chance) == (one.audit_id, "senior", True, 0.5)
    assert [judged.section for judged in found.judged] == [s.key for s in moderation.sections_of(one.audit)]
    changed = {judged.section: judged for judged in found.changed}
    assert {key: judged.way for key, judged in changed.items()} == {"plan": Way.LOWER, "safety": Way.HIGHER}
    plan = changed["plan"]
    assert plan.earlier is not None and plan.later is not None
    assert (plan.earlier.key, plan.later.key, plan.words, plan.supports) == ("good", LOWER, briefing.WHY, False)
    assert plan.reason == made.tool.tool.reason("evidence_does_not_support").name
    assert found.quality_words == "Well seen."


def test_an_external_auditor_is_compared_with_what_stood_internally(made: make.Authority) -> None:
    one = briefing.moderated(made, {"plan": LOWER})
    doing.finished(doing.given(one.audit, made.external, made.officer, "external"), {"plan": doing.override("good")})
    senior, external = every()
    assert [judged.section for judged in senior.changed] == ["plan"]
    (back,) = external.changed
    assert back.earlier is not None
    assert (back.section, back.earlier.key, back.way) == ("plan", LOWER, Way.HIGHER)
    (only,) = queries.opinions_of(select(Audit.id), ("external",))
    assert only.tier == "external"
    assert only.changed[0].words == ""


@pytest.mark.parametrize(("grade", "changed", "put_back"), [("good", 0, True), ("inadequate", 1, False)])
def test_a_resolved_challenge_counts_with_what_was_found(
    made: make.Authority, grade: str, changed: int, put_back: bool
) -> None:
    one = briefing.moderated(made, {"plan": LOWER})
    challenged(made, one, "plan", grade)
    (found,) = every()
    assert len(found.changed) == changed
    plan = next(judged for judged in found.judged if judged.section == "plan")
    assert plan.put_back is put_back
    assert plan.later is not None and plan.later.key == grade


def test_a_reopened_moderation_teaches_nothing_until_it_is_done_again(made: make.Authority) -> None:
    one = briefing.moderated(made, {"plan": LOWER})
    moderation.reopen(one, "A section was missed.", by=make.actor(made.head))
    db.session.commit()
    assert every() == []
    assert queries.lessons_of(made.manager.id, make.actor(made.manager)) == []
    doing.finished(one)
    (found,) = every()
    assert found.changed == (), "the second time everything was agreed"


def test_what_somebody_judges_blind_is_in_none_of_their_figures(made: make.Authority) -> None:
    one = briefing.moderated(made, {"plan": LOWER})
    briefing.moderated(made)
    reader = make.actor(made.senior)
    ids = queries.moderated(Filters(), queries.reader_of(reader))
    assert len(queries.opinions_of(ids)) == 2
    one.audit.assignments[0].person_id, one.audit.assignments[0].hidden = made.senior.id, True
    db.session.commit()
    (left,) = queries.opinions_of(ids)
    assert left.audit_id != one.audit_id
    assert len(queries.lessons_of(made.manager.id, reader)) == 1


def test_somebodys_last_twelve_stand_with_the_latest_first_and_only_where_one_may_open_them(
    made: make.Authority,
) -> None:
    ids = [briefing.moderated(made).audit_id for _ in range(13)]
    own = queries.lessons_of(made.manager.id, make.actor(made.manager))
    assert [lesson.audit.id for lesson in own] == ids[:0:-1]
    assert all(lesson.opinions for lesson in own)
    near = make.person("Head Two", Role.HEAD_OF_SERVICE, made.services[1])
    assert queries.lessons_of(made.manager.id, make.actor(near)) == []


def test_a_team_managers_own_role_widens_no_leaders_figures(made: make.Authority) -> None:
    briefing.moderated(made, {"plan": LOWER})  # a case of the second team
    leads = make.person("Senior Three", Role.SENIOR_MANAGER, made.services[1])
    identity.grant(leads, Role.TEAM_MANAGER, made.teams[1], None, by=None)
    db.session.commit()
    assert queries.opinions_of(queries.moderated(Filters(), queries.reader_of(make.actor(leads)))) == []


def test_auditors_of_ones_line_are_listed_once_taught_and_peers_do_not_exist(made: make.Authority) -> None:
    assert queries.auditors_of(make.actor(made.senior)) == []
    briefing.moderated(made)
    briefing.moderated(made, auditor=made.senior)
    for reader in (made.head, made.officer):
        assert queries.auditors_of(make.actor(reader)) == [made.manager, made.senior]
    assert queries.auditors_of(make.actor(made.senior)) == [made.manager]
    assert queries.auditor_or_404(made.manager.id, make.actor(made.senior)) == made.manager
    for reader, about in ((made.other_senior, made.senior), (made.other_manager, made.manager)):
        with pytest.raises(NotFound):
            queries.auditor_or_404(about.id, make.actor(reader))


def test_a_briefing_counts_the_unit_and_the_months_and_hides_few(made: make.Authority) -> None:
    for auditor in (made.manager, made.far_manager, made.head):
        for _ in range(2):
            briefing.moderated(made, {"plan": LOWER}, auditor=auditor)
    kept = briefing.written(made)
    officer = make.actor(made.officer)
    material = queries.material_of(kept, officer)
    assert len(material.audit_ids) == 6
    assert material.contents.sections.shown == (("Plan and reviews", 6),)
    elsewhere = briefing.written(made, unit=made.services[1])
    assert queries.material_of(elsewhere, officer).audit_ids == ()


def test_whoever_judges_blind_an_audit_that_a_briefing_counts_cannot_open_it_yet(made: make.Authority) -> None:
    one = briefing.moderated(made)
    copy = briefing.published(made)
    validates = make.person("Head Two", Role.HEAD_OF_SERVICE, made.root)
    identity.grant(validates, Role.EXTERNAL_AUDITOR, made.root, today() + make.LAST_DAY, by=None)
    assert not queries.is_closed_to(copy, make.actor(validates))
    given = moderation.give(
        one.audit,
        validates,
        "external",
        route=Route.RANDOM,
        blind=True,
        due_on=today(),
        by=made.officer.id,
        inclusion_probability=0.5,
    )
    assert queries.is_closed_to(copy, make.actor(validates))
    doing.committed(given)
    assert not queries.is_closed_to(copy, make.actor(validates))


def test_what_was_replaced_or_taken_back_exists_for_its_writers_only(made: make.Authority) -> None:
    first = briefing.published(made)
    second = briefing.publish(first.briefing, made)
    reader, officer = make.actor(made.manager), make.actor(made.officer)
    assert queries.briefings_open_to(reader) == [second]
    assert queries.published_or_404(first.id, officer) == first
    with pytest.raises(NotFound):
        queries.published_or_404(first.id, reader)


def test_cases_people_workers_and_small_teams_are_known(made: make.Authority) -> None:
    audit = make.audit(made)
    known = queries.known_in([f"Case {audit.case.reference} was told."], made.root)
    assert known.references == {audit.case.reference}
    assert {"Manager One", "Worker A1"} <= known.people
    assert made.teams[1].name in known.teams
