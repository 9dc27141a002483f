"""What is done in a round: drawn once, replaced in order, allocated within the rules and never twice."""

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from audit_app.access.table import Role
from audit_app.auditing import operations as auditing
from audit_app.auditing.model import Audit
from audit_app.cases.model import CaseRecord
from audit_app.clock import now
from audit_app.db import db
from audit_app.history.operations import verify
from audit_app.history.queries import entries_of
from audit_app.identity import operations as identity
from audit_app.organisation import operations as organisation
from audit_app.programmes import operations as programmes
from audit_app.refusal import Refused, Stale
from audit_app.sampling import operations
from audit_app.sampling.fingerprint import fingerprint_of_draw
from audit_app.sampling.model import CaseReplacement, Sample, SampledCase
from audit_app.sampling.queries import auditors, samples
from tests import make
from tests.make import Authority
from tests.sampling import listing


def references(sample: Sample) -> tuple[str, ...]:
    return samples.references_of(sample)


def count_of(model: type[Audit] | type[Sample]) -> int:
    return db.session.execute(select(func.count()).select_from(model)).scalar_one()


def managers(made: Authority) -> set[int]:
    return {made.manager.id, made.other_manager.id, made.far_manager.id}


def test_a_sample_is_kept_with_all_that_draws_it_again(either_app: Flask) -> None:
    made = make.authority()
    listing.listed(made, each=5, closed=2)
    terms = listing.terms(8)
    looked_at = operations.plan_draw(made.round, terms)
    sample = operations.draw(made.round, terms, fingerprint_of_draw(looked_at), by=made.officer.id)
    db.session.commit()
    db.session.expire_all()
    assert references(sample) == looked_at.references == samples.redrawn(sample).references
    assert (sample.frame_size, len(sample.excluded), sample.frame_hash) == (28, 8, looked_at.frame_hash)
    assert all(0 < one.inclusion_probability <= 1 for one in sample.cases)
    (entry,) = entries_of(f"round:{made.round.id}")
    assert entry.kind == "sample.drawn" and entry.body is not None
    assert entry.body["fingerprint"] == sample.fingerprint and entry.actor_id == made.officer.id
    assert verify() == []


def test_the_sample_stays_the_same_when_list_and_units_change_afterwards(either_app: Flask) -> None:
    made = make.authority()
    listing.listed(made)
    sample = operations.draw(made.round, listing.terms(), by=None)
    before = references(sample)
    organisation.rename(made.teams[0], "Another name", by=made.admin.id)
    for case in db.session.execute(select(CaseRecord)).scalars():
        case.closed = True
    db.session.commit()
    db.session.expire_all()
    assert samples.redrawn(sample).references == before == references(sample)


def test_a_draw_that_was_confirmed_twice_is_one_sample(either_app: Flask) -> None:
    made = make.authority()
    listing.listed(made)
    print_ = fingerprint_of_draw(operations.plan_draw(made.round, listing.terms()))
    operations.draw(made.round, listing.terms(), print_, by=made.officer.id)
    with pytest.raises(Stale):
        operations.draw(made.round, listing.terms(), print_, by=made.officer.id)
    assert count_of(Sample) == 1


def test_a_second_sample_of_a_round_has_other_cases(either_app: Flask) -> None:
    made = make.authority()
    listing.listed(made)
    first = operations.draw(made.round, listing.terms(), by=None)
    second = operations.draw(made.round, listing.terms(), by=None)
    assert not set(references(first)) & set(references(second))


def test_closed_audited_waiting_and_named_cases_are_left_out_with_their_reasons(either_app: Flask) -> None:
    made = make.authority()
    listing.listed(made, each=4, closed=1)
    cases = list(db.session.execute(select(CaseRecord).where(~CaseRecord.closed).order_by(CaseRecord.id)).scalars())
    last_month = make.open_round(
        made.round.programme, made.tool, (made.round.month - dt.timedelta(days=1)).replace(day=1)
    )
    audited = auditing.allocate(
        last_month, cases[4].id, cases[4].unit, cases[4].category, made.manager, inclusion_probability=None, by=None
    )
    audited.stage, audited.first_handed_in_at = "submitted", now()
    auditing.allocate(
        last_month, cases[5].id, cases[5].unit, cases[5].category, made.manager, inclusion_probability=None, by=None
    )
    db.session.commit()
    by_hand = cases[6].reference
    drawn = operations.plan_draw(made.round, listing.terms(references=(by_hand,), because="Under complaint"))
    reasons = {one.reference: one.reason.value for one in drawn.exclusions}
    assert reasons[cases[4].reference] == "audited"
    assert reasons[cases[5].reference] == "drawn_elsewhere"
    assert reasons[by_hand] == "by_hand"
    assert list(reasons.values()).count("closed") == 4
    assert not set(drawn.references) & set(reasons)


def test_a_void_audit_does_not_keep_its_case_out(app: Flask) -> None:
    made = make.authority()
    listing.listed(made, each=1)
    last_month = make.open_round(
        made.round.programme, made.tool, (made.round.month - dt.timedelta(days=1)).replace(day=1)
    )
    case = db.session.execute(select(CaseRecord).limit(1)).scalar_one()
    audit = auditing.allocate(
        last_month, case.id, case.unit, case.category, made.far_manager, inclusion_probability=None, by=None
    )
    audit.stage, audit.first_handed_in_at = "void", now()
    db.session.commit()
    assert operations.plan_draw(made.round, listing.terms(4)).exclusions == ()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"references": ("not there",), "because": "No reason"}, "is not on the list"),
        ({"references": ("1",)}, "Say why the case is left out"),
        ({"size": 3}, "needs 4 cases"),
        ({"seed": " "}, "Give the seed"),
    ],
)
def test_a_draw_that_cannot_be_made_says_why(app: Flask, options: dict[str, object], words: str) -> None:
    made = make.authority()
    listing.listed(made)
    with pytest.raises(Refused, match=words):
        operations.plan_draw(made.round, listing.terms(**options))  # type: ignore[arg-type]


def test_nothing_is_drawn_without_a_list_or_in_a_closed_round(app: Flask) -> None:
    made = make.authority()
    with pytest.raises(Refused, match="no case list"):
        operations.plan_draw(made.round, listing.terms())
    listing.listed(made)
    programmes.close_round(made.round, by=made.officer.id)
    with pytest.raises(Refused, match="closed"):
        operations.draw(made.round, listing.terms(), by=made.officer.id)


def test_a_round_of_a_service_draws_only_from_its_own_teams(app: Flask) -> None:
    made = make.authority()
    listing.listed(made)
    made.round.programme.unit = made.services[0]
    db.session.commit()
    drawn = operations.plan_draw(made.round, listing.terms(4))
    assert {case.attributes["team"] for case in drawn.frame.cases} == {"Team 11", "Team 12"}


def test_two_teams_of_one_name_are_two_groups(app: Flask) -> None:
    made = make.authority()
    organisation.rename(made.teams[2], "Team 11", by=made.admin.id)
    listing.listed(made)
    drawn = operations.plan_draw(made.round, listing.terms(4))
    assert {one.key for one in drawn.strata} == {
        ("Team 11 (Service 1)",),
        ("Team 11 (Service 2)",),
        ("Team 12",),
        ("Team 22",),
    }


def test_a_drawn_case_is_replaced_by_the_next_of_its_group_and_the_sample_can_still_be_drawn_again(
    either_app: Flask,
) -> None:
    made = make.authority()
    listing.listed(made)
    sample = operations.draw(made.round, listing.terms(), by=None)
    out = sample.cases[0]
    next_in_line = samples.redrawn(sample).reserves[(out.stratum,)][0]
    come = operations.replace_case(sample, out.case_id, "Moved away", by=made.officer.id)
    assert come is not None and come.case.reference == next_in_line and come.stratum == out.stratum
    db.session.commit()
    db.session.expire_all()
    assert next_in_line in references(sample) and out.case.reference not in references(sample)
    assert samples.redrawn(sample).references == references(sample)
    with pytest.raises(Refused, match="not in the sample any more"):
        operations.replace_case(sample, out.case_id, "Again", by=made.officer.id)


def test_replacing_passes_over_a_reserve_that_has_closed_and_keeps_that_step(either_app: Flask) -> None:
    made = make.authority()
    listing.listed(made)
    sample = operations.draw(made.round, listing.terms(), by=None)
    out = sample.cases[0]
    first, second = samples.redrawn(sample).reserves[(out.stratum,)][:2]
    shut = db.session.execute(select(CaseRecord).filter_by(reference=first)).scalar_one()
    shut.closed = True
    db.session.commit()
    come = operations.replace_case(sample, out.case_id, "Moved away", by=made.officer.id)
    assert come is not None and come.case.reference == second
    steps = db.session.execute(select(CaseReplacement).order_by(CaseReplacement.number)).scalars().all()
    assert [(one.number, one.reason) for one in steps] == [(1, "Moved away"), (2, "It has closed since the draw.")]
    assert samples.redrawn(sample).references == references(sample)


def test_with_no_reserve_left_the_sample_is_one_short(app: Flask) -> None:
    made = make.authority()
    listing.listed(made, each=2)
    sample = operations.draw(made.round, listing.terms(8), by=None)
    assert operations.replace_case(sample, sample.cases[0].case_id, "Moved away", by=made.officer.id) is None
    assert len(references(sample)) == 7 and samples.redrawn(sample).references == references(sample)


def test_a_case_that_was_given_out_stays_in_the_sample(app: Flask) -> None:
    made = make.authority()
    listing.listed(made)
    sample = operations.draw(made.round, listing.terms(), by=None)
    operations.allocate_at_random(made.round, managers(made), "a seed", by=made.officer.id)
    with pytest.raises(Refused, match="given out"):
        operations.replace_case(sample, sample.cases[0].case_id, "Moved away", by=made.officer.id)


def test_cases_go_to_auditors_evenly_and_never_to_their_own_team(either_app: Flask) -> None:
    made = make.authority()
    listing.listed(made)
    operations.draw(made.round, listing.terms(12), by=None)
    given = operations.allocate_at_random(made.round, managers(made), "a seed", by=made.officer.id)
    db.session.commit()
    assert len(given) == 12 == count_of(Audit)
    assert all(audit.unit_id != audit.auditor.unit_id for audit in given)
    loads = {key: sum(audit.auditor_id == key for audit in given) for key in managers(made)}
    assert max(loads.values()) - min(loads.values()) <= 1
    chances = {one.case_id: one.inclusion_probability for one in db.session.execute(select(SampledCase)).scalars()}
    assert all(audit.inclusion_probability == chances[audit.case_id] for audit in given)
    (entry,) = [one for one in entries_of(f"round:{made.round.id}") if one.kind == "round.allocated"]
    assert entry.body is not None and entry.body["seed"] == "a seed" and len(entry.body["audits"]) == 12
    assert [one.kind for one in entries_of(given[0].subject)] == ["audit.allocated"]


def test_the_same_seed_gives_the_same_allocation(app: Flask) -> None:
    made = make.authority()
    listing.listed(made)
    operations.draw(made.round, listing.terms(12), by=None)
    plans = [operations.plan_allocation(made.round, managers(made), seed) for seed in ("one", "one", "two")]
    assert plans[0].fingerprint == plans[1].fingerprint != plans[2].fingerprint


def test_an_allocation_that_is_confirmed_twice_makes_no_second_audit(either_app: Flask) -> None:
    made = make.authority()
    listing.listed(made)
    operations.draw(made.round, listing.terms(), by=None)
    print_ = operations.plan_allocation(made.round, managers(made), "a seed").fingerprint
    operations.allocate_at_random(made.round, managers(made), "a seed", None, print_, by=made.officer.id)
    with pytest.raises(Refused, match="has been given to an auditor"):
        operations.allocate_at_random(made.round, managers(made), "a seed", None, print_, by=made.officer.id)
    assert count_of(Audit) == 8


def test_an_allocation_is_stale_when_an_auditor_got_an_audit_meanwhile(app: Flask) -> None:
    made = make.authority()
    listing.listed(made)
    sample = operations.draw(made.round, listing.terms(), by=None)
    print_ = operations.plan_allocation(made.round, managers(made), "a seed").fingerprint
    far = next(one for one in sample.cases if one.case.unit != made.teams[3])
    operations.allocate_by_hand(made.round, {far.case_id: made.far_manager.id}, by=made.officer.id)
    with pytest.raises(Stale):
        operations.allocate_at_random(made.round, managers(made), "a seed", None, print_, by=made.officer.id)


def test_the_database_itself_refuses_a_second_audit_of_a_case_in_a_round(either_app: Flask) -> None:
    made = make.authority()
    audit = make.audit(made)
    with pytest.raises(IntegrityError):
        auditing.allocate(
            made.round,
            audit.case_id,
            audit.unit,
            audit.category,
            made.far_manager,
            inclusion_probability=None,
            by=None,
        )
    db.session.rollback()


def test_cases_are_left_over_with_the_reason_where_nobody_is_independent(app: Flask) -> None:
    made = make.authority()
    listing.listed(made, teams=[made.teams[0]])
    operations.draw(made.round, listing.terms(3), by=None)
    plan = operations.plan_allocation(made.round, {made.manager.id}, "a seed")
    assert not plan.found.pairs and len(plan.found.unplaced) == 3
    with pytest.raises(Refused, match="nobody to go to"):
        operations.allocate_at_random(made.round, {made.manager.id}, "a seed", by=made.officer.id)


def test_a_team_manager_of_a_whole_service_audits_none_of_its_teams(app: Flask) -> None:
    made = make.authority()
    wide = make.person("Wide Manager", Role.TEAM_MANAGER, made.services[0])
    listing.listed(made)
    operations.draw(made.round, listing.terms(12), by=None)
    cases = [one.case for one in samples.without_audit(made.round)]
    able = {
        choice.case.unit.name: wide.id in {one.person.id for one in choice.may}
        for choice in auditors.choices_of(cases, auditors.candidates(made.round))
    }
    assert able == {"Team 11": False, "Team 12": False, "Team 21": True, "Team 22": True}


def test_nobody_audits_the_cases_of_which_they_are_the_practitioner(app: Flask) -> None:
    made = make.authority()
    namesake = make.person("Worker Team 11 0", Role.SENIOR_MANAGER, made.root)
    listing.listed(made, each=1, teams=[made.teams[0]])
    (case,) = db.session.execute(select(CaseRecord)).scalars()
    (choice,) = auditors.choices_of([case], auditors.candidates(made.round))
    assert namesake.id not in {one.person.id for one in choice.may}
    assert any("practitioner" in words for words in choice.may_not)


def test_only_people_who_may_audit_in_the_rounds_unit_can_be_chosen(app: Flask) -> None:
    made = make.authority()
    elsewhere = organisation.add("Southmere", "authority", None, by=None)
    stranger = make.person("Stranger One", Role.SENIOR_MANAGER, elsewhere)
    gone = make.person("Gone One", Role.TEAM_MANAGER, made.teams[2], team=made.teams[2])
    identity.end_account(gone, by=made.admin.id)
    names = {one.person.name for one in auditors.candidates(made.round)}
    assert names == {
        "Manager One",
        "Manager Two",
        "Manager Three",
        "Senior One",
        "Senior Two",
        "Head One",
    }
    listing.listed(made)
    operations.draw(made.round, listing.terms(), by=None)
    with pytest.raises(Refused, match="who may audit"):
        operations.plan_allocation(made.round, {made.manager.id, stranger.id}, "a seed")


def test_a_case_that_was_not_drawn_needs_a_reason_and_carries_no_chance(either_app: Flask) -> None:
    made = make.authority()
    listing.listed(made)
    case = db.session.execute(select(CaseRecord).where(CaseRecord.unit_id == made.teams[0].id).limit(1)).scalar_one()
    with pytest.raises(Refused, match="although it was not drawn"):
        operations.allocate_by_hand(made.round, {case.id: made.far_manager.id}, by=made.officer.id)
    with pytest.raises(Refused, match="own team"):
        operations.allocate_by_hand(made.round, {case.id: made.manager.id}, "A complaint", by=made.officer.id)
    (audit,) = operations.allocate_by_hand(
        made.round, {case.id: made.far_manager.id}, "A complaint", by=made.officer.id
    )
    assert audit.inclusion_probability is None
    with pytest.raises(Refused, match="in this round already"):
        operations.allocate_by_hand(made.round, {case.id: made.senior.id}, "A complaint", by=made.officer.id)
    assert count_of(Audit) == 1


def test_an_audit_that_was_not_started_goes_to_somebody_else_within_the_rules(either_app: Flask) -> None:
    made = make.authority()
    audit = make.audit(made)  # of the second team, with the first team's manager
    with pytest.raises(Refused, match="own team"):
        operations.reallocate(made.round, audit, made.other_manager, by=made.officer.id)
    with pytest.raises(Refused, match="have this audit already"):
        operations.reallocate(made.round, audit, made.manager, by=made.officer.id)
    with pytest.raises(Refused, match="may audit in this round"):
        operations.reallocate(made.round, audit, made.board, by=made.officer.id)
    operations.reallocate(made.round, audit, made.far_manager, by=made.officer.id)
    db.session.commit()
    assert audit.auditor_id == made.far_manager.id
    assert entries_of(audit.subject)[0].kind == "audit.reallocated"
