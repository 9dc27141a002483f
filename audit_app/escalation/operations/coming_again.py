"""That a case is audited again: planned, put in another month, and carried out by a later audit of the case."""

import datetime as dt

from audit_app.access.actor import Actor
from audit_app.auditing.model import Audit
from audit_app.auditing.operations import go_back_to
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.escalation import queries
from audit_app.escalation.model import ReAudit
from audit_app.escalation.rules import Planned, coming_again, reaudit_month, refusal_to_move
from audit_app.history.operations import record
from audit_app.refusal import Stale, refuse_if


def come_again(audit: Audit, grade: str | None, *, kept: bool) -> ReAudit | None:
    """Plan that a case is audited again where the grade that stands calls for it, and no longer where it does not.

    kept: its audit was escalated, so the case comes again whatever stands now.
    """
    policy, again = audit.round.programme.policy, queries.reaudit_of(audit.id)
    calls = grade in coming_again(policy.escalates, policy.re_audits, audit.tool.scale)
    if again is None and calls and policy.re_audit_months:
        month = reaudit_month(today(), policy.re_audit_months)
        again = ReAudit(audit=audit, programme=audit.round.programme, month=month, made_at=now())
        db.session.add(again)
    elif again is not None and calls:
        again.ended_at, again.ended_because = None, ""
    elif again is not None and grade is not None and not kept and again.ended_at is None:
        again.ended_at, again.ended_because = now(), "The grade that stands no longer calls for it."
    db.session.flush()
    return again


def move(again: ReAudit, month: dt.date, reason: str, version: int, *, by: Actor) -> None:
    """Put a re-audit in another month."""
    if again.version_id != version:
        raise Stale("this re-audit")
    planned = Planned(again.month, again.programme.unit.path, bool(queries.followed([again.audit_id])))
    refuse_if(refusal_to_move(planned, month, today(), reason, by))
    before, again.month = again.month, month
    db.session.flush()
    body = {"from": before.isoformat(), "re_audit": month.isoformat(), "reason": reason}
    record("re_audit.moved", subject=again.audit.subject, body=body, by=by.id)


def hear_begun(kind: str, *, subject: str, by: int | None, **said: object) -> None:
    """Hear that an audit was given to its auditor, or begun: it may be the one that was planned for its case."""
    audit = _audit_of(subject)
    if audit is not None:
        _carry_out(audit, by=by)


def hear_committed(kind: str, *, subject: str, by: int | None, **said: object) -> None:
    """Hear that nobody judges an audit blind any longer: a later one that was kept from it may go back to it."""
    earlier = _audit_of(subject)
    if earlier is not None:
        for audit in queries.being_written_after(earlier):
            _carry_out(audit, by=by)


def _carry_out(audit: Audit, *, by: int | None) -> None:
    earlier = queries.find_to_carry_out(audit)
    if earlier is not None:
        go_back_to(audit, earlier, by=by)


def _audit_of(subject: str) -> Audit | None:
    return db.session.get(Audit, int(subject.removeprefix("audit:")))
