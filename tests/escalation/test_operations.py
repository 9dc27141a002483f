"""What is escalated, to whom, and what becomes of it, on both databases."""

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from audit_app.access.table import Role
from audit_app.auditing import operations as auditing
from audit_app.clock import today
from audit_app.db import db
from audit_app.escalation import operations, queries
from audit_app.escalation.model import Escalation, ReAudit
from audit_app.escalation.rules import State
from audit_app.history.queries import entries_of
from audit_app.moderation import operations as moderation
from audit_app.notices.kinds import Kind
from audit_app.notices.model import Notice
from audit_app.programmes.months import month_after
from audit_app.refusal import Refused, Stale
from tests import make
from tests.moderation import doing


def escalated(made: make.Authority) -> Escalation:
    found = queries.find_running(make.handed_in(made, grade="inadequate").id)
    assert found is not None
    return found


def signed(one: Escalation, safe: bool = True) -> None:
    assert one.head is not None
    operations.sign_off(
        one,
        has_read=True,
        done="A visit tomorrow.",
        child_safe=safe,
        safety="" if safe else "The duty team visits today.",
        version=one.version_id,
        by=make.actor(one.head),
    )
    db.session.commit()


def told(kind: Kind) -> list[tuple[int, bool]]:
    rows = select(Notice).where(Notice.kind == kind.value).order_by(Notice.id)
    return [(one.person_id, one.ended_at is None) for one in db.session.execute(rows).scalars()]


def test_the_lowest_grade_goes_to_the_nearest_head_of_service_the_same_day(either_app: Flask) -> None:
    made = make.authority()
    near = make.person("Head Two", Role.HEAD_OF_SERVICE, made.services[0])
    one = escalated(made)
    assert (one.head_id, one.state) == (near.id, State.WAITING)
    assert told(Kind.TO_SIGN_OFF) == [(near.id, True)]
    assert [e.kind for e in entries_of(one.audit.subject)][:2] == ["audit.weighed", "audit.submit"]
    assert queries.escalations_to_sign_off(make.actor(near)) == [one]
    assert queries.escalations_to_sign_off(make.actor(made.head)) == []


def test_better_grades_are_not_escalated(either_app: Flask) -> None:
    made = make.authority()
    for grade in ("requires_improvement", "good", "outstanding"):
        assert queries.find_running(make.handed_in(made, grade=grade).id) is None
    assert db.session.execute(select(ReAudit)).first() is None


def test_the_programmes_policy_says_which_grades_are_escalated_and_when_the_case_comes_again(app: Flask) -> None:
    made = make.authority()
    made.round.programme.policies = {"escalates": ["requires_improvement"], "re_audit_months": 0, "sign_off_days": 1}
    db.session.commit()
    assert queries.find_running(make.handed_in(made, grade="inadequate").id) is None
    assert queries.find_running(make.handed_in(made, grade="requires_improvement").id) is not None
    assert db.session.execute(select(ReAudit)).first() is None


def test_the_case_is_audited_again_after_three_months(either_app: Flask) -> None:
    made = make.authority()
    one = escalated(made)
    again = queries.reaudit_of(one.audit_id)
    assert again is not None
    assert again.month == month_after(today().replace(day=1), 3)
    officer = make.actor(made.officer)
    assert queries.reaudits_in(made.round.programme_id, again.month, officer) == 1
    assert queries.reaudits_in(made.round.programme_id, made.round.month, officer) == 0


def test_a_moderators_override_is_escalated_and_never_to_the_moderator(either_app: Flask) -> None:
    made = make.authority()
    audit = make.handed_in(made)
    other = make.person("Head Two", Role.HEAD_OF_SERVICE, made.root)
    given = doing.given(audit, made.head, made.officer)
    doing.finished(given, {"overall": doing.override("inadequate")})
    one = queries.find_running(audit.id)
    assert one is not None and one.head_id == other.id


def test_where_nobody_can_sign_off_the_officer_is_told_and_names_somebody(either_app: Flask) -> None:
    made = make.authority()
    one = escalated(made)
    doing.given(one.audit, made.head, made.officer)
    assert (one.head_id, one.state) == (None, State.UNNAMED)
    assert told(Kind.TO_SIGN_OFF) == [(made.head.id, False)]
    assert told(Kind.UNNAMED) == [(made.officer.id, True)]
    with pytest.raises(Refused):
        operations.name(one, made.head, one.version_id, by=make.actor(made.officer))
    other = make.person("Head Two", Role.HEAD_OF_SERVICE, made.root)
    operations.name(one, other, one.version_id, by=make.actor(made.officer))
    assert one.head_id == other.id
    assert told(Kind.UNNAMED) == [(made.officer.id, False)]


def test_whoever_is_named_knows_the_grade_and_is_not_given_the_audit_blind(either_app: Flask) -> None:
    made = make.authority()
    one = escalated(made)
    with pytest.raises(Refused, match="cannot judge it blind"):
        doing.given(one.audit, made.head, made.officer, blind=True)


def test_a_head_who_judges_blind_is_never_named_and_finds_no_trace(either_app: Flask) -> None:
    made = make.authority()
    audit = make.written(made, grade="inadequate")
    near = make.person("Head Two", Role.HEAD_OF_SERVICE, made.services[0])
    auditing.hand_in(audit, audit.version_id, by=make.actor(made.manager))
    doing.given(audit, made.head, made.officer, blind=True)
    one = queries.find_running(audit.id)
    assert one is not None and one.head_id == near.id
    blind = make.actor(made.head)
    assert queries.open_escalations(blind) == []
    assert queries.ended_page(blind, after="", before="").total == 0
    with pytest.raises(Refused):
        operations.name(one, made.head, one.version_id, by=make.actor(made.officer))
    assert len(queries.open_escalations(make.actor(near))) == 1


def test_whoever_resolves_a_challenge_does_not_sign_the_audit_off(either_app: Flask) -> None:
    made = make.authority()
    audit = make.handed_in(made)
    low = {"overall": doing.override("inadequate")}
    about = doing.finished(doing.given(audit, made.senior, made.officer), low)
    one, officer = queries.find_running(audit.id), make.actor(made.officer)
    assert one is not None and one.head_id == made.head.id
    near = make.person("Head Two", Role.HEAD_OF_SERVICE, made.services[0])
    challenge = moderation.challenge(about, {"overall": "Seen otherwise."}, by=make.actor(made.manager))
    moderation.name_resolver(challenge, made.head, "", challenge.version_id, by=officer)
    db.session.commit()
    assert one.head_id == near.id
    with pytest.raises(Refused, match="resolves a challenge of it"):
        operations.name(one, made.head, one.version_id, by=officer)
    assert made.head not in queries.could_sign_off(one, officer)


def test_signing_off_ends_it_once_the_child_is_safe(either_app: Flask) -> None:
    made = make.authority()
    one = escalated(made)
    signed(one, safe=False)
    assert (one.state.value, one.is_open) == ("not_safe", True)
    assert told(Kind.TO_SIGN_OFF) == [(made.head.id, True)]
    signed(one)
    assert one.state.value == "signed_off"
    assert told(Kind.TO_SIGN_OFF) == [(made.head.id, False)]
    kinds = [e.kind for e in entries_of(one.audit.subject)]
    assert kinds[:2] == ["escalation.signed_off", "escalation.answered"]
    with pytest.raises(Refused):
        signed(one)


def test_nothing_is_signed_off_from_a_stale_page(app: Flask) -> None:
    made = make.authority()
    one = escalated(made)
    by = make.actor(made.head)
    with pytest.raises(Stale):
        operations.sign_off(one, has_read=True, done="x", child_safe=True, safety="", version=0, by=by)


def test_a_grade_that_is_changed_upwards_leaves_the_escalation_and_says_so(either_app: Flask) -> None:
    made = make.authority()
    one = escalated(made)
    given = doing.given(one.audit, made.senior, made.officer)
    doing.finished(given, {"overall": doing.override("good")})
    assert (one.grade, one.grade_now, one.is_open) == ("inadequate", "good", True)
    moderation.reopen(given, "A section was misread.", by=make.actor(made.head))
    db.session.commit()
    assert one.grade_now == "inadequate"
    changed = [e.body for e in entries_of(one.audit.subject) if e.kind == "audit.weighed"]
    assert [body["grade"] for body in changed if body] == ["inadequate", "good", "inadequate"]


def test_what_was_closed_as_a_mistake_is_not_escalated_again_for_the_same_judgement(either_app: Flask) -> None:
    made = make.authority()
    one = escalated(made)
    operations.close(one, "The grade was meant for another case.", one.version_id, by=make.actor(made.head))
    db.session.commit()
    again = queries.reaudit_of(one.audit_id)
    assert again is not None and again.ended_at is not None
    assert operations.weigh(one.audit, by=None) is None
    given = doing.given(one.audit, made.senior, made.officer)
    doing.finished(given)
    new = queries.find_running(one.audit_id)
    assert new is not None and new.id != one.id  # the moderator came to the same grade: a judgement of its own
    assert again.ended_at is None


def test_an_audit_that_is_made_void_has_nothing_left_to_sign_off(either_app: Flask) -> None:
    made = make.authority()
    one = escalated(made)
    auditing.void(one.audit, "The wrong case.", made.officer, by=make.actor(made.head))
    db.session.commit()
    assert one.state is State.CLOSED
    assert told(Kind.TO_SIGN_OFF) == [(made.head.id, False)]


def test_the_database_itself_stops_an_auditor_from_signing_off(either_app: Flask) -> None:
    made = make.authority()
    one = escalated(made)
    rows = update(Escalation).where(Escalation.id == one.id)
    with pytest.raises(IntegrityError):
        db.session.execute(rows.values(head_id=one.auditor_id))
    db.session.rollback()


def test_the_database_keeps_one_running_escalation_of_an_audit(either_app: Flask) -> None:
    made = make.authority()
    one = escalated(made)
    db.session.add(
        Escalation(
            audit=one.audit,
            judgement_id=one.judgement_id,
            grade=one.grade,
            grade_now=one.grade,
            raised_at=one.raised_at,
            due_on=one.due_on,
        )
    )
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_whoever_signed_an_audit_off_neither_moderates_it_nor_resolves_its_challenge(either_app: Flask) -> None:
    made = make.authority()
    one = escalated(made)
    audit, signer = one.audit, one.head
    assert signer is not None
    signed(one)
    with pytest.raises(Refused, match="signed this audit off"):
        doing.given(audit, signer, made.officer)
    outcome = doing.finished(doing.given(audit, made.senior, made.officer), {"overall": doing.override("good")})
    raised = moderation.challenge(outcome, {"overall": "The record says more."}, by=make.actor(audit.auditor))
    with pytest.raises(Refused, match="signed this audit off"):
        moderation.name_resolver(raised, signer, "", raised.version_id, by=make.actor(made.officer))
    other = make.person("Head Three", Role.HEAD_OF_SERVICE, made.root)
    moderation.name_resolver(raised, other, "", raised.version_id, by=make.actor(made.officer))
    with pytest.raises(Refused, match="signed off already"):
        operations.name(one, other, one.version_id, by=make.actor(made.officer))


def test_whoever_closed_an_escalation_does_not_resolve_a_challenge_of_its_audit(app: Flask) -> None:
    made = make.authority()
    one = escalated(made)
    operations.close(one, "A slip of the mouse.", one.version_id, by=make.actor(made.head))
    assert queries.signed_off_by([one.audit_id]) == {one.audit_id: {made.head.id}}
