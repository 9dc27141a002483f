"""Tests that what could not wait is of one piece with the ledger: raised by its line, signed off by somebody apart."""

from flask import Flask
from sqlalchemy import select

from audit_app.auditing.ledger import standing
from audit_app.auditing.model import Judgement
from audit_app.auditing.queries import judgements_of, lines_of
from audit_app.clock import day_of, today
from audit_app.db import db
from audit_app.escalation import queries
from audit_app.escalation.model import Escalation
from audit_app.escalation.rules import State, escalating, reaudit_month, refusal_to_be_head
from audit_app.history.queries import entries_of
from audit_app.identity.model import Person
from audit_app.programmes.working_days import working_days_after
from tests.demonstration.asking import audits, monthly_rounds


def escalations() -> list[Escalation]:
    """Every escalation of the demonstration, the oldest first."""
    return list(db.session.execute(select(Escalation).order_by(Escalation.raised_at, Escalation.id)).scalars())


def test_there_are_some_signed_off_one_that_is_late_and_one_in_time(demonstration: Flask) -> None:
    found = escalations()
    *signed, late, fresh = found
    assert len(signed) >= 3
    assert {one.state for one in signed} == {State.SIGNED_OFF}
    assert (late.state, fresh.state) == (State.WAITING, State.WAITING)
    last = max(one.at for one in db.session.execute(select(Judgement)).scalars())
    assert late.due_on < day_of(last) < fresh.due_on


def test_each_was_raised_by_the_first_line_that_called_for_it(demonstration: Flask) -> None:
    for one in escalations():
        line, audit = db.session.get_one(Judgement, one.judgement_id), one.audit
        calls = escalating(audit.round.programme.policy.escalates, audit.tool.scale)
        overall = [j for j in judgements_of(audit) if j.overall and j.phase != "blind"]
        assert line is next(j for j in sorted(overall, key=lambda j: (j.at, j.id)) if j.grade in calls)
        assert (one.grade, one.raised_at) == (line.grade, line.at)
        assert one.grade_now == standing(lines_of(audit))[line.section].grade
        assert one.due_on == working_days_after(day_of(line.at), audit.round.programme.policy.sign_off_days)
        again = queries.reaudit_of(audit.id)
        assert again is not None
        assert again.month == reaudit_month(day_of(line.at), audit.round.programme.policy.re_audit_months)


def test_nothing_that_called_for_it_was_left_out(demonstration: Flask) -> None:
    raised = {one.audit_id for one in escalations()}
    first = min(one.audit.period for one in escalations())
    rounds = {one.id for one in monthly_rounds() if one.month >= first}
    for audit in audits():
        if audit.round_id in rounds:
            calls = escalating(audit.round.programme.policy.escalates, audit.tool.scale)
            low = any(j.grade in calls for j in judgements_of(audit) if j.overall and j.phase != "blind")
            assert low == (audit.id in raised)


def test_whoever_signed_off_had_no_part_in_the_audit(demonstration: Flask) -> None:
    for one in escalations():
        assert one.head is not None
        assert refusal_to_be_head(one.audit.facts, queries.matter_of(one), one.head.actor(today())) is None
        kinds = [entry.kind for entry in entries_of(one.audit.subject)]
        assert kinds.count("audit.weighed") >= 1
        assert kinds.count("escalation.signed_off") == (one.state is State.SIGNED_OFF)
        if one.signed_at is not None:
            assert one.done
            assert one.raised_at < one.signed_at
            assert day_of(one.signed_at) <= one.due_on


def test_a_head_who_stands_in_for_another_has_one_open_and_has_signed_one_off(demonstration: Flask) -> None:
    cypress = db.session.execute(select(Person).filter_by(name="Head of Service Cypress")).scalar_one()
    states = [one.state for one in escalations() if one.head_id == cypress.id]
    assert states.count(State.WAITING) == 1 and State.SIGNED_OFF in states
    assert queries.escalations_to_sign_off(cypress.actor(today()))
