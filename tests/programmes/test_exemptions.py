"""Exemptions on both databases: recorded, ended, and what is expected without those who are exempt."""

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import NotFound

from audit_app.access.table import Role
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.history.queries import entries_of
from audit_app.identity import operations as identity
from audit_app.programmes import operations, queries
from audit_app.programmes.model import Exemption
from audit_app.programmes.months import month_after
from audit_app.programmes.policies import Policies
from audit_app.refusal import Refused, Stale
from tests import make

THIS_MONTH = today().replace(day=1)
NEXT, LATER = month_after(THIS_MONTH, 1), month_after(THIS_MONTH, 2)


def exempt(made: make.Authority, first: dt.date = THIS_MONTH, last: dt.date = THIS_MONTH) -> Exemption:
    found = operations.exempt(
        made.round.programme, made.manager, first, last, "Covers two teams", made.head, by=made.officer.id
    )
    db.session.commit()
    return found


def test_whoever_is_exempt_is_known_and_nothing_is_expected_of_them(either_app: Flask) -> None:
    made = make.authority()
    programme = made.round.programme
    assert queries.expected_of(made.round) == {}
    programme.policy = Policies(per_auditor=2)
    managers = {one.id: 2 for one in (made.manager, made.other_manager, made.far_manager)}
    assert queries.expected_of(made.round) == managers
    kept = exempt(made, THIS_MONTH, NEXT)
    assert queries.exempt_in(made.round) == {made.manager.id: kept}
    assert queries.expected_of(made.round) == {k: n for k, n in managers.items() if k != made.manager.id}
    assert queries.expected_in_month(programme, LATER) == managers
    entry = entries_of(f"exemption:{kept.id}")[0]
    assert (entry.kind, entry.body and entry.body["approver"]) == ("exemption.recorded", made.head.id)


def test_an_exemption_that_is_ended_holds_for_the_months_before(either_app: Flask) -> None:
    made = make.authority()
    kept, officer = exempt(made, THIS_MONTH, LATER), made.officer.id
    programme, version = made.round.programme, kept.version_id
    operations.end_exemption(kept, NEXT, version, by=officer)
    assert set(queries.exempt_in_month(programme.id, THIS_MONTH)) == {made.manager.id}
    assert queries.exempt_in_month(programme.id, NEXT) == {}
    assert queries.months_exempt(programme, made.manager.id) == [(THIS_MONTH, THIS_MONTH)]
    with pytest.raises(Stale):
        operations.end_exemption(kept, NEXT, version, by=officer)
    with pytest.raises(Refused, match="ended already"):
        operations.end_exemption(kept, NEXT, kept.version_id, by=officer)
    again = exempt(made, NEXT, LATER)
    operations.end_exemption(again, NEXT, again.version_id, by=officer)
    assert queries.months_exempt(programme, made.manager.id) == [(THIS_MONTH, THIS_MONTH)]
    assert [one.id for one in queries.exemptions_of(programme)] == [again.id, kept.id]


def test_only_somebody_who_audits_in_the_programme_can_be_exempt_and_once(either_app: Flask) -> None:
    made = make.authority()
    programme, officer = made.round.programme, made.officer.id
    with pytest.raises(Refused, match="does not audit"):
        operations.exempt(programme, made.senior, NEXT, NEXT, "Busy", made.head, by=officer)
    exempt(made)
    with pytest.raises(Refused, match="already"):
        exempt(made)
    with pytest.raises(Refused, match="head of service"):
        operations.exempt(programme, made.manager, NEXT, NEXT, "Busy", made.senior, by=officer)
    with pytest.raises(Refused, match="records their own"):
        operations.exempt(programme, made.manager, NEXT, NEXT, "Busy", made.head, by=made.manager.id)
    kept = queries.exemptions_of(programme)[0]
    with pytest.raises(Refused, match="ends their own"):
        operations.end_exemption(kept, THIS_MONTH, kept.version_id, by=made.manager.id)


def test_a_head_of_one_service_approves_for_its_people_only(either_app: Flask) -> None:
    made = make.authority()
    head = make.person("Head Two", Role.HEAD_OF_SERVICE, made.services[1])
    programme = made.round.programme
    assert set(queries.approvers_of(programme)) == {made.head, head}
    assert queries.approvers_for(programme, made.manager) == [made.head]
    assert set(queries.approvers_for(programme, made.far_manager)) == {made.head, head}
    with pytest.raises(Refused, match="is not head of service"):
        operations.exempt(programme, made.manager, NEXT, NEXT, "Busy", head, by=made.officer.id)


def test_those_who_left_take_no_part(either_app: Flask) -> None:
    made = make.authority()
    assert made.far_manager in queries.auditors_of(made.round.programme)
    identity.end_account(made.far_manager, by=made.admin.id)
    assert made.far_manager not in queries.auditors_of(made.round.programme)


def test_an_exemption_belongs_to_its_programme(either_app: Flask) -> None:
    made, other = make.authority(), make.authority()
    kept = exempt(made)
    assert queries.exemption_or_404(made.round.programme, kept.id, to_write=True) is kept
    with pytest.raises(NotFound):
        queries.exemption_or_404(other.round.programme, kept.id)


@pytest.mark.parametrize("wrong", ["approver", "months", "reason"])
def test_the_database_too_refuses_an_exemption_that_cannot_be(either_app: Flask, wrong: str) -> None:
    made = make.authority()
    db.session.add(
        Exemption(
            programme=made.round.programme,
            person=made.manager,
            from_month=NEXT,
            to_month=THIS_MONTH if wrong == "months" else NEXT,
            reason="" if wrong == "reason" else "Busy",
            approver=made.manager if wrong == "approver" else made.head,
            recorded_at=now(),
        )
    )
    with pytest.raises(IntegrityError):
        db.session.flush()
