"""Audits change hands: changed in a proposal, handed back, one by one, and several when somebody is off."""

import datetime as dt

import pytest
from flask import Flask

from audit_app.auditing import operations as auditing
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import answers_of, audits_to_do
from audit_app.auditing.workflow import Stage
from audit_app.clock import today
from audit_app.db import db
from audit_app.history.operations import verify
from audit_app.history.queries import entries_of
from audit_app.identity import operations as identity
from audit_app.identity.absences import Away
from audit_app.identity.model import Person
from audit_app.refusal import Refused, Stale
from audit_app.sampling import operations
from audit_app.sampling.handing_back import Because
from audit_app.sampling.queries import connections
from tests import make
from tests.make import Authority
from tests.sampling import listing
from tests.sampling.visiting import drawn


@pytest.fixture
def made(either_app: Flask) -> Authority:
    found = make.authority()
    listing.listed(found)
    return found


def three(made: Authority) -> list[int]:
    return [made.manager.id, made.other_manager.id, made.far_manager.id]


def holder(audit: Audit) -> int:
    """Who has an audit, as the database says."""
    db.session.commit()
    db.session.refresh(audit)
    return audit.auditor_id


# A proposal changed by hand


def test_a_proposal_is_issued_with_the_change_that_was_made_and_history_says_so(made: Authority) -> None:
    drawn(made)
    plan = operations.plan_allocation(made.round, three(made), "a seed")
    pair = next(one for one in plan.found.pairs if len(plan.choices[one.reference]) > 1)
    case_id = plan.waiting[pair.reference].case_id
    other = next(one.person for one in plan.choices[pair.reference] if str(one.person.id) != pair.auditor)
    given = operations.allocate_at_random(
        made.round, three(made), "a seed", None, plan.fingerprint, {case_id: other.id}, by=made.officer.id
    )
    db.session.commit()
    held = {audit.case_id: audit.auditor_id for audit in given}
    expected = {plan.waiting[one.reference].case_id: int(one.auditor) for one in plan.found.pairs}
    assert held == {**expected, case_id: other.id}
    (entry,) = [one for one in entries_of(f"round:{made.round.id}") if one.kind == "round.allocated"]
    assert entry.body is not None and entry.body["by_hand"] == {str(case_id): other.id}
    assert verify() == []


def test_a_change_against_the_rules_gives_nothing_out(made: Authority) -> None:
    sample = drawn(made)
    mine = next(one for one in sample.cases if one.case.unit_id == made.teams[0].id)
    with pytest.raises(Refused, match="own team"):
        operations.allocate_at_random(
            made.round, three(made), "a seed", moves={mine.case_id: made.manager.id}, by=made.officer.id
        )
    assert audits_to_do(make.actor(made.far_manager)) == []


def test_a_case_that_is_held_over_keeps_waiting(made: Authority) -> None:
    drawn(made)
    plan = operations.plan_allocation(made.round, three(made), "a seed")
    case_id = plan.waiting[plan.found.pairs[0].reference].case_id
    given = operations.allocate_at_random(made.round, three(made), "a seed", moves={case_id: None}, by=made.officer.id)
    assert len(given) == len(plan.found.pairs) - 1 and case_id not in {audit.case_id for audit in given}


def test_a_proposal_is_stale_once_somebody_is_away(made: Authority) -> None:
    drawn(made)
    plan = operations.plan_allocation(made.round, three(made), "a seed")
    identity.record_away(made.far_manager, Away(today(), made.round.due_on), by=made.far_manager.id)
    with pytest.raises(Stale):
        operations.allocate_at_random(made.round, three(made), "a seed", None, plan.fingerprint, by=made.officer.id)


# Handed back


def test_whoever_knows_the_family_hands_the_audit_back_and_never_gets_the_case_again(made: Authority) -> None:
    audit, who = make.audit(made), make.actor(made.manager)
    operations.hand_back(audit, Because.CONNECTED, "A detail that nobody asked for", audit.version_id, by=who)
    db.session.commit()
    assert audits_to_do(who) == [] and audit.at is Stage.ALLOCATED
    assert audit.handed_back_because == "The auditor knows the family, or worked on the case."
    assert connections.find_connection(made.manager.id, audit.case_id) is not None
    with pytest.raises(Refused, match="worked on it"):
        operations.leave_with_auditor(made.round, audit, by=made.officer.id)
    operations.reallocate(made.round, audit, made.far_manager, by=made.officer.id)
    db.session.commit()
    assert audits_to_do(make.actor(made.far_manager)) == [audit] and audit.handed_back_at is None
    with pytest.raises(Refused, match="worked on it"):
        operations.reallocate(made.round, audit, made.manager, by=made.officer.id)


def test_an_audit_that_was_handed_back_can_be_left_with_its_auditor(made: Authority) -> None:
    audit, who = make.audit(made), make.actor(made.manager)
    operations.hand_back(audit, Because.NO_TIME, "A court week.", audit.version_id, by=who)
    assert audit.handed_back_because == "The auditor can’t do it by the due day. A court week."
    with pytest.raises(Refused, match="handed this audit back"):
        auditing.save(audit, "overall", make.draft(audit.tool.graded_sections[0]), 0, by=who)
    operations.leave_with_auditor(made.round, audit, by=made.officer.id)
    db.session.commit()
    assert audits_to_do(who) == [audit]
    with pytest.raises(Refused, match="was not handed back"):
        operations.leave_with_auditor(made.round, audit, by=made.officer.id)


def test_only_an_audit_that_was_not_started_is_handed_back_and_only_as_it_was_seen(made: Authority) -> None:
    started, fresh, who = make.written(made), make.audit(made), make.actor(made.manager)
    with pytest.raises(Refused, match="have started this audit"):
        operations.hand_back(started, Because.OTHER, "A reason", started.version_id, by=who)
    with pytest.raises(Refused, match="Say why"):
        operations.hand_back(fresh, Because.OTHER, " ", fresh.version_id, by=who)
    with pytest.raises(Stale):
        operations.hand_back(fresh, Because.OTHER, "A reason", fresh.version_id + 1, by=who)
    with pytest.raises(Refused, match="Only the auditor"):
        operations.hand_back(fresh, Because.OTHER, "A reason", fresh.version_id, by=make.actor(made.far_manager))


# One audit, started or not


def test_a_started_audit_changes_hands_only_when_confirmed_and_its_drafts_stay(made: Authority) -> None:
    audit = make.written(made)
    with pytest.raises(Refused, match="has been started"):
        operations.reallocate(made.round, audit, made.far_manager, by=made.officer.id)
    drafts = {key: answer.evidence for key, answer in answers_of(audit).items()}
    operations.reallocate(made.round, audit, made.far_manager, by=made.officer.id, started_too=True)
    db.session.commit()
    assert audits_to_do(make.actor(made.manager)) == []
    assert drafts and {key: answer.evidence for key, answer in answers_of(audit).items()} == drafts
    (entry,) = [one for one in entries_of(audit.subject) if one.kind == "audit.reallocated"]
    assert entry.body == {"from": made.manager.id, "to": made.far_manager.id, "drafts": "stay"}
    auditing.hand_in(audit, audit.version_id, by=make.actor(made.far_manager))
    db.session.commit()
    assert audit.at is Stage.SUBMITTED


def test_an_audit_that_was_handed_in_never_changes_hands(made: Authority) -> None:
    audit = make.handed_in(made)
    for act in (
        lambda: operations.reallocate(made.round, audit, made.far_manager, by=made.officer.id, started_too=True),
        lambda: operations.plan_reallocation([audit], [made.manager.id], "a seed", started_too=True),
    ):
        with pytest.raises(Refused, match="not handed in can change hands"):
            act()


# Several at once


def several(made: Authority, number: int = 3) -> list[Audit]:
    """Audits of the third team's cases, with the first team's manager."""
    return [make.audit(made, team=made.teams[2]) for _ in range(number)]


def move(made: Authority, audits: list[Audit], who: Person, **more: object) -> list[Audit]:
    """Give somebody's audits to others."""
    options: dict[str, object] = {"started_too": False, "by": made.officer.id, **more}
    return operations.reallocate_many(audits, [who.id], "a seed", **options)  # type: ignore[arg-type]


def test_the_audits_of_somebody_who_is_off_go_evenly_to_those_who_remain(made: Authority) -> None:
    audits = several(made, 4)
    identity.record_away(made.manager, Away(today(), made.round.due_on), by=made.officer.id)
    moved = move(made, audits, made.manager)
    assert len(moved) == 4
    holders = sorted(holder(audit) for audit in audits)
    assert holders == sorted([made.other_manager.id, made.far_manager.id] * 2)
    (entry,) = [one for one in entries_of(f"round:{made.round.id}") if one.kind == "round.reallocated"]
    assert entry.body is not None and sorted(entry.body["audits"]) == sorted(audit.id for audit in audits)
    assert verify() == []


def test_started_audits_move_only_where_that_was_meant(made: Authority) -> None:
    audits = [*several(made, 1), make.written(made)]
    with pytest.raises(Refused, match="has been started"):
        move(made, audits, made.manager)
    assert len(move(made, audits, made.manager, started_too=True)) == 2
    assert holder(audits[1]) == made.far_manager.id  # of the second team, whose manager may not have it
    assert answers_of(audits[1])


def test_audits_of_two_rounds_go_together_and_what_one_gets_counts_in_the_next(made: Authority) -> None:
    first = several(made, 1)
    later = make.open_round(made.round.programme, made.tool, made.round.month - dt.timedelta(days=1))
    later.month, later.due_on = later.month.replace(day=1), made.round.due_on + dt.timedelta(days=5)
    case = make.case(made, made.teams[2])
    second = auditing.allocate(
        later, case.id, case.unit, case.category, made.manager, inclusion_probability=None, by=None
    )
    identity.limit_audits(made.other_manager, 1, None, 0, by=made.officer.id)
    identity.limit_audits(made.far_manager, 1, None, 0, by=made.officer.id)
    db.session.commit()
    assert len(move(made, [second, *first], made.manager)) == 2
    assert {holder(first[0]), holder(second)} == {made.other_manager.id, made.far_manager.id}


def test_what_cannot_be_placed_stays_and_is_explained(made: Authority) -> None:
    audits = several(made, 2)
    for who in (made.other_manager, made.far_manager):
        identity.record_away(who, Away(today(), made.round.due_on), by=who.id)
    (plan,) = operations.plan_reallocation(audits, [made.manager.id], "a seed", started_too=False)
    assert plan.final.pairs == () and len(plan.final.unplaced) == 2 and plan.found.explanation
    with pytest.raises(Refused, match="no auditors"):
        move(made, audits, made.manager)
    moved = move(made, audits, made.manager, moves={audits[0].id: made.senior.id})
    assert [audit.id for audit in moved] == [audits[0].id] and holder(audits[0]) == made.senior.id
    assert holder(audits[1]) == made.manager.id


def test_a_choice_against_the_rules_moves_nothing(made: Authority) -> None:
    audits = [make.audit(made)]  # of the second team
    with pytest.raises(Refused, match="own team"):
        move(made, audits, made.manager, moves={audits[0].id: made.other_manager.id})
    assert holder(audits[0]) == made.manager.id


def test_a_proposal_that_would_be_another_one_now_moves_nothing(made: Authority) -> None:
    audits = several(made)
    looked_at = operations.fingerprint_of(
        operations.plan_reallocation(audits, [made.manager.id], "a seed", started_too=False)
    )
    operations.reallocate(made.round, audits[0], made.senior, by=made.officer.id)
    db.session.commit()
    with pytest.raises(Stale):
        move(made, audits, made.manager, fingerprint=looked_at)
    assert holder(audits[1]) == made.manager.id


def test_nothing_chosen_is_said(made: Authority) -> None:
    with pytest.raises(Refused, match="at least one audit"):
        operations.plan_reallocation([], [made.manager.id], "a seed", started_too=False)
