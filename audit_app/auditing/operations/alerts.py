"""What is done when a child may be at risk now."""

import datetime as dt

from audit_app.access.actor import Actor
from audit_app.auditing.model import Audit, RiskAlert
from audit_app.clock import now
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.refusal import Refusal, Refused


def raise_risk(audit: Audit, concern: str, told: str, told_at: dt.datetime | None, *, by: Actor) -> RiskAlert:
    """Say that a child may be at risk now; the head of service and the audit officer see it at once."""
    if not concern.strip():
        raise Refused(Refusal("Say what you saw that worries you."))
    alert = RiskAlert(
        audit_id=audit.id,
        raised_by=by.id,
        raised_at=now(),
        concern=concern,
        told=told,
        told_at=told_at if told else None,
    )
    db.session.add(alert)
    db.session.flush()
    record("audit.risk_raised", subject=audit.subject, body={"alert": alert.id, "told": told}, by=by.id)
    return alert


def tell_risk(alert: RiskAlert, told: str, told_at: dt.datetime, *, by: Actor) -> None:
    """Say who was told that a child may be at risk, and when."""
    if not told.strip():
        raise Refused(Refusal("Say whom you told."))
    alert.told, alert.told_at = told, told_at
    record("audit.risk_told", subject=alert.audit.subject, body={"alert": alert.id, "told": told}, by=by.id)


def close_risk(alert: RiskAlert, outcome: str, *, by: Actor) -> None:
    """Say what came of an alert."""
    if not outcome.strip() or alert.told_at is None:
        raise Refused(Refusal("Say what was done, after somebody responsible was told."))
    alert.outcome, alert.closed_at, alert.closed_by = outcome, now(), by.id
    record("audit.risk_closed", subject=alert.audit.subject, body={"alert": alert.id, "outcome": outcome}, by=by.id)
