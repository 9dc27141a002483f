"""What is done when an audit is graded too low to wait: escalated, named, signed off, closed; and heard of."""

from collections.abc import Mapping

from audit_app.access.actor import Actor
from audit_app.auditing.model import Audit
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.escalation import queries
from audit_app.escalation.model import Escalation
from audit_app.escalation.operations.coming_again import come_again
from audit_app.escalation.rules import (
    escalating,
    nearest,
    refusal_to_close,
    refusal_to_name,
    refusal_to_sign_off,
    sign_off_lacks,
)
from audit_app.history.operations import record
from audit_app.identity.model import Person
from audit_app.programmes.working_days import working_days_after
from audit_app.refusal import Refusal, Refused, Stale, refuse_if


def hear_judged(kind: str, *, subject: str, by: int | None, **said: object) -> None:
    """Hear from the history that what stands of an audit may have changed."""
    audit = _audit_of(subject)
    if audit is not None:
        weigh(audit, by=by)


def hear_given(kind: str, *, subject: str, by: int | None, **said: object) -> None:
    """Hear that somebody was given an audit to judge: they cannot sign it off as well."""
    audit = _audit_of(subject)
    found = queries.find_running(audit.id) if audit is not None else None
    if audit is None or found is None or not found.is_open or found.head_id not in queries.judges_of(audit):
        return
    _name(found, _nearest(audit), by=by)


def hear_resolver_named(kind: str, *, subject: str, body: Mapping[str, object], by: int | None, **said: object) -> None:
    """Hear that somebody is to resolve a challenge of an audit: they judge it, and cannot sign it off as well."""
    audit, resolver = _audit_of(subject), body["person"]
    found = queries.find_running(audit.id) if audit is not None else None
    if audit is None or found is None or not found.is_open or not isinstance(resolver, int):
        return
    if found.head_id == resolver:
        _name(found, _nearest(audit, resolver), by=by)


def hear_void(kind: str, *, subject: str, by: int | None, **said: object) -> None:
    """Hear that an audit was made void: nothing of it is left to sign off."""
    audit = _audit_of(subject)
    found = queries.find_running(audit.id) if audit is not None else None
    if found is not None and found.is_open:
        _close(found, "The audit was made void.", by=by)


def _audit_of(subject: str) -> Audit | None:
    return db.session.get(Audit, int(subject.removeprefix("audit:")))


def weigh(audit: Audit, *, by: int | None) -> Escalation | None:
    """Escalate an audit whose overall grade calls for it; one that is escalated notes what stands now.

    Whatever is found leaves one entry of one kind: whoever may read that things happened, and judges this audit
    blind, cannot tell from the record which it was.
    """
    line = queries.overall_of(audit)
    found, closed = queries.escalated_before(audit.id)
    grade = line.grade if line is not None else None
    policy = audit.round.programme.policy
    mistaken = line is not None and line.id in closed  # closed as a mistake: not escalated again
    again = queries.reaudit_of(audit.id) if mistaken else come_again(audit, grade, kept=found is not None)
    month = again.month.isoformat() if again is not None and again.ended_at is None else None
    if found is not None:
        found.grade_now = grade
        db.session.flush()
        _weighed(audit, {"escalation": found.id, "grade": grade, "opened": False, "re_audit": month}, by=by)
        return found
    calls = line is not None and grade in escalating(policy.escalates, audit.tool.scale)
    if line is None or grade is None or not calls or mistaken:
        _weighed(audit, {"escalation": None, "opened": False, "re_audit": month}, by=by)
        return None
    head_id = _nearest(audit)
    made = Escalation(
        audit=audit,
        judgement_id=line.id,
        grade=grade,
        grade_now=grade,
        raised_at=now(),
        due_on=working_days_after(today(), policy.sign_off_days),
        head_id=head_id,
        named_at=now() if head_id is not None else None,
    )
    db.session.add(made)
    db.session.flush()
    body = {
        "escalation": made.id,
        "opened": True,
        "grade": grade,
        "person": head_id,
        "due": made.due_on.isoformat(),
        "re_audit": month,
    }
    _weighed(audit, body, by=by)
    return made


def _weighed(audit: Audit, body: Mapping[str, object], *, by: int | None) -> None:
    record("audit.weighed", subject=audit.subject, body=body, by=by)


def _nearest(audit: Audit, *also: int) -> int | None:
    without = {audit.auditor_id, *queries.judges_of(audit), *also}
    return nearest(queries.heads_of_service(), audit.unit.path, without)


def _name(escalation: Escalation, head_id: int | None, *, by: int | None) -> None:
    before = escalation.head_id
    escalation.head_id, escalation.named_at = head_id, now() if head_id is not None else None
    escalation.done, escalation.child_safe, escalation.safety, escalation.answered_at = "", None, "", None
    db.session.flush()
    body = {"escalation": escalation.id, "person": head_id, "in_place_of": before}
    record("escalation.named", subject=escalation.audit.subject, body=body, by=by)


def _fresh(escalation: Escalation, version: int) -> None:
    if escalation.version_id != version:
        raise Stale("this escalation")


def name(escalation: Escalation, person: Person, version: int, *, by: Actor) -> None:
    """Name who signs an audit off, in place of whoever was named before."""
    _fresh(escalation, version)
    refuse_if(refusal_to_name(escalation.audit.facts, queries.matter_of(escalation), person.actor(today()), by))
    _name(escalation, person.id, by=by.id)


def sign_off(
    escalation: Escalation,
    *,
    has_read: bool,
    done: str,
    child_safe: bool | None,
    safety: str,
    version: int,
    by: Actor,
) -> None:
    """Sign an audit off; while the child is not safe, what was said is kept and it stays open."""
    _fresh(escalation, version)
    refuse_if(refusal_to_sign_off(escalation.audit.facts, queries.matter_of(escalation), by))
    if lacks := sign_off_lacks(has_read, done, child_safe, safety):
        raise Refused(Refusal(" ".join(lacks)))
    escalation.done, escalation.child_safe, escalation.answered_at = done, child_safe, now()
    escalation.safety = "" if child_safe else safety
    if child_safe:
        escalation.signed_at = now()
    db.session.flush()
    body = {"escalation": escalation.id, "done": done, "child_safe": child_safe, "safety": escalation.safety}
    kind = "escalation.signed_off" if child_safe else "escalation.answered"
    record(kind, subject=escalation.audit.subject, body=body, by=by.id)


def close(escalation: Escalation, reason: str, version: int, *, by: Actor) -> None:
    """Close what should not have been escalated; its case is not audited again for it."""
    _fresh(escalation, version)
    refuse_if(refusal_to_close(escalation.audit.facts, queries.matter_of(escalation), by, reason))
    _close(escalation, reason, by=by.id)


def _close(escalation: Escalation, reason: str, *, by: int | None) -> None:
    escalation.closed_at, escalation.closed_by, escalation.closed_because = now(), by, reason
    again = queries.reaudit_of(escalation.audit_id)
    if again is not None and again.ended_at is None:
        again.ended_at, again.ended_because = now(), reason
    db.session.flush()
    body = {"escalation": escalation.id, "reason": reason}
    record("escalation.closed", subject=escalation.audit.subject, body=body, by=by)
