"""Exempting somebody from a programme for some months, and ending that."""

import datetime as dt

from audit_app.clock import now, today
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.identity.model import Person
from audit_app.programmes.exempting import (
    refusal_to_approve,
    refusal_to_be_exempt,
    refusal_to_end_exemption,
    takes_part,
)
from audit_app.programmes.model import Exemption, Programme
from audit_app.programmes.queries import exemptions
from audit_app.refusal import Refusal, Refused, Stale, refuse_if


def exempt(
    programme: Programme,
    person: Person,
    from_month: dt.date,
    to_month: dt.date,
    reason: str,
    approver: Person,
    *,
    by: int | None,
) -> Exemption:
    """Exempt somebody from auditing in a programme, from a month to a month, as a head of service approved."""
    months = (from_month.replace(day=1), to_month.replace(day=1))
    path = programme.unit.path
    if not takes_part(person.actor(today()), programme.policy.auditors, path):
        raise Refused(Refusal(f"{person.name} does not audit in this programme."))
    refuse_if(refusal_to_approve(approver.actor(today()), person.actor(today()), path, recorded_by=by, reason=reason))
    refuse_if(refusal_to_be_exempt(months, exemptions.months_exempt(programme, person.id), today()))
    made = Exemption(
        programme=programme,
        person=person,
        from_month=months[0],
        to_month=months[1],
        reason=reason.strip(),
        approver=approver,
        recorded_at=now(),
        recorded_by=by,
    )
    db.session.add(made)
    db.session.flush()
    body = {
        "programme": programme.id,
        "person": person.id,
        "from": months[0].isoformat(),
        "to": months[1].isoformat(),
        "reason": made.reason,
        "approver": approver.id,
    }
    record("exemption.recorded", subject=f"exemption:{made.id}", body=body, by=by)
    return made


def end_exemption(exemption: Exemption, from_month: dt.date, version: int, *, by: int) -> None:
    """End an exemption: from this month on it no longer holds; from its first month, it never held."""
    if exemption.version_id != version:
        raise Stale("this exemption")
    months = (exemption.from_month, exemption.to_month)
    refuse_if(refusal_to_end_exemption(months, exemption.ended_at is not None, from_month))
    if by == exemption.person_id:
        raise Refused(Refusal("Nobody ends their own exemption. Ask somebody else who runs this programme."))
    exemption.ended_at, exemption.ended_from, exemption.ended_by = now(), from_month, by
    db.session.flush()
    body = {"from": from_month.isoformat()}
    record("exemption.ended", subject=f"exemption:{exemption.id}", body=body, by=by)
