"""Audits of the demonstration that could not wait: signed off in time, one that is late, and one of today."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from audit_app.access.table import Role
from audit_app.auditing.model import Audit, Judgement
from audit_app.auditing.times import moment_of
from audit_app.clock import day_of
from audit_app.db import db
from audit_app.demonstration.course import ESCALATED_FROM
from audit_app.demonstration.dates import moment
from audit_app.demonstration.operations.moderating import Bench
from audit_app.demonstration.operations.rounds import Opened
from audit_app.demonstration.people import CARE
from audit_app.demonstration.second_words import SIGNED_OFF
from audit_app.escalation import queries
from audit_app.escalation.model import Escalation, ReAudit
from audit_app.escalation.rules import Head, escalating, nearest, reaudit_month, refusal_to_be_head
from audit_app.history.operations import record
from audit_app.identity import operations as identity
from audit_app.identity.absences import Away
from audit_app.programmes.working_days import working_days_after

LEFT_OPEN = 2  # the last two: one is late by the day of the story, one is in time
COVER = ("Head of Service Magnolia", "Head of Service Cypress")  # who is away, and who stands in for them
COVERED_DAYS = 10  # working days
WITHIN = (1, 4)  # working days after which the others were signed off


@dataclass(frozen=True, slots=True)
class Low:
    """An audit that was graded so low that it could not wait: by which line, and what stands today."""

    audit: Audit
    line: Judgement
    grade_now: str | None


def escalate(bench: Bench, opened: Sequence[Opened]) -> None:
    """Escalate what was graded so low since the authority escalates, as the product would have on the day."""
    heads = queries.heads_of_service()
    found = sorted(_low(opened), key=lambda one: (one.line.at, one.audit.id))
    for place, one in enumerate(found, start=1):
        _escalate(bench, one, heads, signed=place <= len(found) - LEFT_OPEN)
    _cover(bench)


def _cover(bench: Bench) -> None:
    """One head of service is away; another stands in for them, and is named for the newest that is open."""
    northmere, today = bench.rounds.northmere, bench.rounds.today
    away, instead = (northmere.people[name] for name in COVER)
    until = working_days_after(today, COVERED_DAYS)
    identity.grant(instead, Role.HEAD_OF_SERVICE, northmere.units[CARE], until, by=None)
    identity.record_away(away, Away(today, until), by=northmere.officer_id)
    rows = select(Escalation).where(Escalation.head_id == away.id, Escalation.signed_at.is_(None))
    for one in db.session.execute(rows.order_by(Escalation.raised_at.desc())).scalars():
        if refusal_to_be_head(one.audit.facts, queries.matter_of(one), instead.actor(today)) is None:
            one.head, one.named_at = instead, moment_of(bench.rounds.last_day, dt.time(17, 30))
            body = {"escalation": one.id, "person": instead.id, "in_place_of": away.id}
            record("escalation.named", subject=one.audit.subject, body=body, by=northmere.officer_id)
            break


def _low(opened: Sequence[Opened]) -> Iterator[Low]:
    for one in opened[ESCALATED_FROM:]:
        ids = [story.audit_id for story in one.stories if story.handed_in_at is not None]
        rows = select(Judgement).where(Judgement.audit_id.in_(ids), Judgement.overall, Judgement.phase != "blind")
        lines: dict[int, list[Judgement]] = {}
        for line in db.session.execute(rows.order_by(Judgement.at, Judgement.id)).scalars():
            lines.setdefault(line.audit_id, []).append(line)
        for audit_id, theirs in lines.items():
            audit = db.session.get_one(Audit, audit_id)
            calls = escalating(audit.round.programme.policy.escalates, audit.tool.scale)
            first = next((line for line in theirs if line.grade in calls), None)
            if first is not None:
                yield Low(audit, first, theirs[-1].grade)


def _escalate(bench: Bench, low: Low, heads: Sequence[Head], *, signed: bool) -> None:
    audit, line = low.audit, low.line
    policy, raised_on = audit.round.programme.policy, day_of(line.at)
    head_id = nearest(heads, audit.unit.path, {audit.auditor_id, *queries.judges_of(audit)})
    made = Escalation(
        audit=audit,
        judgement_id=line.id,
        grade=line.grade,
        grade_now=low.grade_now,
        raised_at=line.at,
        due_on=working_days_after(raised_on, policy.sign_off_days),
        head_id=head_id,
        named_at=line.at if head_id is not None else None,
    )
    again = ReAudit(
        audit=audit,
        programme=audit.round.programme,
        month=reaudit_month(raised_on, policy.re_audit_months),
        made_at=line.at,
    )
    db.session.add_all([made, again])
    if signed and head_id is not None:
        _sign_off(bench, made, raised_on)
    db.session.flush()
    body = {
        "escalation": made.id,
        "opened": True,
        "grade": made.grade,
        "person": head_id,
        "due": made.due_on.isoformat(),
        "re_audit": again.month.isoformat(),
    }
    record("audit.weighed", subject=audit.subject, body=body, by=line.by_id)
    if made.signed_at is not None:
        body = {"escalation": made.id, "done": made.done, "child_safe": True, "safety": ""}
        record("escalation.signed_off", subject=audit.subject, body=body, by=head_id)


def _sign_off(bench: Bench, made: Escalation, raised_on: dt.date) -> None:
    chance = bench.chance("signed off", made.audit.id)
    day = min(working_days_after(raised_on, chance.randint(*WITHIN)), bench.rounds.last_day)
    made.signed_at = max(moment(day, chance), made.raised_at + dt.timedelta(hours=1))
    made.answered_at, made.child_safe = made.signed_at, True
    made.done = SIGNED_OFF[made.audit.id % len(SIGNED_OFF)]
