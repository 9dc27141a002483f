"""What keeps cases from people: leave, exemption, capacity, names on case lists, families they know, variety."""

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from audit_app.access.table import Role
from audit_app.auditing import operations as auditing
from audit_app.auditing.drafts import Draft
from audit_app.auditing.operations import contributions
from audit_app.cases.model import CaseListEntry, CaseRecord
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.history.queries import entries_of
from audit_app.identity import operations as identity
from audit_app.identity.absences import Away
from audit_app.identity.model import Person
from audit_app.programmes.model import Exemption
from audit_app.refusal import Refused, Stale
from audit_app.sampling import operations
from audit_app.sampling.queries.auditors import Candidate, candidates, choices_of
from tests import make
from tests.make import Authority
from tests.sampling import listing


@pytest.fixture
def made(either_app: Flask) -> Authority:
    found = make.authority()
    listing.listed(found)
    return found


def seen(made: Authority, who: Person) -> Candidate:
    """Somebody as the round sees them now."""
    db.session.commit()
    db.session.expire_all()
    return next(one for one in candidates(made.round) if one.person.id == who.id)


def case_of(made: Authority, team: int) -> CaseRecord:
    """A case of the list, of one of the teams."""
    rows = select(CaseRecord).where(CaseRecord.unit_id == made.teams[team].id, CaseRecord.last_list_id.is_not(None))
    return db.session.execute(rows.order_by(CaseRecord.id).limit(1)).scalar_one()


def why_not(made: Authority, case: CaseRecord, who: Person) -> str:
    """Why somebody may not audit a case; empty where they may."""
    db.session.commit()
    db.session.expire_all()
    (choice,) = choices_of([case], candidates(made.round))
    if any(one.person.id == who.id for one in choice.may):
        return ""
    return next(words for words in choice.may_not if who.name in words)


def test_team_managers_take_part_and_whoever_is_away_for_most_of_the_time_does_not(made: Authority) -> None:
    assert seen(made, made.manager).takes_part and not seen(made, made.senior).takes_part
    identity.record_away(made.manager, Away(today(), made.round.due_on), by=made.manager.id)
    away = seen(made, made.manager)
    assert away.on_leave and not away.takes_part and "more than half" in away.keeps_out
    assert "is on leave (" in why_not(made, case_of(made, 2), made.manager)


def test_somebody_away_for_a_day_takes_part(made: Authority) -> None:
    identity.record_away(made.manager, Away(today(), today()), by=made.manager.id)
    there = seen(made, made.manager)
    assert (
        there.takes_part and there.keeps_out.startswith("Away ") and why_not(made, case_of(made, 2), made.manager) == ""
    )


def test_whoever_is_exempt_does_not_take_part(made: Authority) -> None:
    db.session.add(
        Exemption(
            programme_id=made.round.programme_id,
            person_id=made.manager.id,
            from_month=made.round.month,
            to_month=made.round.month,
            reason="A new team",
            approver_id=made.head.id,
            recorded_at=now(),
        )
    )
    exempt = seen(made, made.manager)
    assert exempt.exempt and not exempt.takes_part and "Exempt" in exempt.keeps_out


def test_the_roles_that_a_programme_names_take_part(made: Authority) -> None:
    made.round.programme.policies = {"auditors": ["senior_manager"]}
    assert seen(made, made.senior).takes_part and not seen(made, made.manager).takes_part


def test_capacity_at_once_and_a_month_leave_so_much_room(made: Authority) -> None:
    assert seen(made, made.manager).room is None
    make.audit(made)
    identity.limit_audits(made.manager, 3, None, 0, by=made.officer.id)
    assert seen(made, made.manager).room == 2
    identity.limit_audits(made.manager, 3, 1, 1, by=made.officer.id)
    full = seen(made, made.manager)
    assert full.room == 0 and "No room for more" in full.keeps_out
    assert "no room for another audit" in why_not(made, case_of(made, 2), made.manager)
    with pytest.raises(Stale):
        identity.limit_audits(made.manager, 9, None, 1, by=made.officer.id)


def test_an_audit_that_was_handed_in_is_no_longer_to_be_written_but_is_of_its_month(made: Authority) -> None:
    make.handed_in(made)
    identity.limit_audits(made.manager, 1, 2, 0, by=made.officer.id)
    assert seen(made, made.manager).room == 1


def test_cases_under_a_name_that_a_list_calls_somebody_are_kept_from_them(made: Authority) -> None:
    case = case_of(made, 2)
    case.worker = "THREE,  Manager"
    assert why_not(made, case, made.manager) == ""
    named = operations.name_worker(made.manager, made.root.id, "Three, manager", by=made.officer.id)
    assert "they are, or supervised, its practitioner" in why_not(made, case, made.manager)
    assert entries_of(f"person:{made.manager.id}")[0].kind == "person.worker_named"
    for again, words in (("THREE, MANAGER", "remembered"), ("manager one", "recognised already"), (" ", "Enter")):
        with pytest.raises(Refused, match=words):
            operations.name_worker(made.manager, made.root.id, again, by=made.officer.id)
    operations.forget_worker_name(named, by=made.officer.id)
    assert why_not(made, case, made.manager) == ""


def test_whoever_worked_on_a_case_by_an_earlier_list_never_audits_it(made: Authority) -> None:
    case = case_of(made, 2)
    entry = db.session.execute(select(CaseListEntry).where(CaseListEntry.case_id == case.id)).scalar_one()
    entry.worker = "manager  ONE"
    assert "worked on it" in why_not(made, case, made.manager)


def test_whoever_knows_a_family_never_audits_the_case_until_that_is_taken_back(made: Authority) -> None:
    case = case_of(made, 2)
    told = operations.connect(made.manager, case, by=made.officer.id)
    assert "worked on it" in why_not(made, case, made.manager)
    with pytest.raises(Refused, match="already"):
        operations.connect(made.manager, case, by=made.officer.id)
    assert entries_of(f"case:{case.id}")[0].kind == "case.connection_told"
    operations.take_back_connection(told, by=made.officer.id)
    assert why_not(made, case, made.manager) == ""
    operations.connect(made.manager, case, by=made.officer.id)
    assert why_not(made, case, made.manager) != ""


def test_the_practitioners_of_the_last_half_year_count_for_variety_and_older_ones_do_not(made: Authority) -> None:
    audit, old = make.audit(made), make.audit(made)
    audit.case.worker, old.case.worker = "Worker  Lately", "Worker Before"
    old.allocated_at = now() - dt.timedelta(days=200)
    assert seen(made, made.manager).recent_workers == {"worker lately"}
    auditing.withdraw(audit, "A mistake", by=made.officer.id)
    assert seen(made, made.manager).recent_workers == frozenset()


def test_nobody_is_given_a_case_to_whose_audit_they_contributed(either_app: Flask) -> None:
    made = make.authority("multi-agency")
    audit = make.written(made)
    identity.grant(made.senior, Role.CONTRIBUTOR, made.root, today() + dt.timedelta(days=90), by=made.head.id)
    lead = make.actor(made.manager)
    one = contributions.ask(audit, made.senior, "health", today(), "", by=lead)
    db.session.commit()
    assert seen(made, made.senior).contributed == frozenset()  # asked, and nothing written yet
    contributions.contribute(one, "health", Draft(evidence="Seen twice."), 0, by=make.actor(made.senior))
    db.session.commit()
    assert seen(made, made.senior).contributed == {audit.case.reference}
    with pytest.raises(Refused, match="contributed to its audit"):
        operations.reallocate(made.round, audit, made.senior, by=made.officer.id, started_too=True)
