"""Hearing from the record what happened, and telling those whom it concerns."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import bindparam, select, update

from audit_app.access.table import Permission
from audit_app.auditing.model import Audit
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.moderation.model import Challenge
from audit_app.notices.kinds import OUTLIVES_HAND_IN, SIGN_OFF, Kind
from audit_app.notices.model import Notice
from audit_app.notices.operations.telling import Telling, tell
from audit_app.notices.queries import officers_over, people_who_may


def hear_allocated(kind: str, *, body: Mapping[str, Any], **said: object) -> None:
    """Cases were given to auditors."""
    rows = select(Audit.id, Audit.auditor_id).where(Audit.id.in_(body.get("audits", [])))
    given = db.session.execute(rows.order_by(Audit.id)).all()
    tell(Telling(who, Kind.ALLOCATED, _occasion(Kind.ALLOCATED, audit), audit_id=audit) for audit, who in given)


def hear_reallocated(kind: str, *, subject: str, body: Mapping[str, Any], **said: object) -> None:
    """An audit was given to somebody else: what its former auditor was asked is over."""
    audit_id = _audit_of(subject)
    _end_what_its_auditor_was_asked(audit_id)
    news = [Telling(body["to"], Kind.REALLOCATED, _occasion(Kind.REALLOCATED, audit_id), audit_id=audit_id)]
    if body.get("from") is not None:
        news.append(Telling(body["from"], Kind.MOVED, _occasion(Kind.MOVED, audit_id), audit_id=audit_id))
    tell(news)


def hear_handed_back(kind: str, *, subject: str, **said: object) -> None:
    """An auditor handed an audit back: nothing more is asked of them, and those who give audits out are told."""
    audit_id = _audit_of(subject)
    _end_what_its_auditor_was_asked(audit_id)
    audit = db.session.get_one(Audit, audit_id)
    key = _occasion(Kind.HANDED_BACK, audit_id)
    tell(Telling(who, Kind.HANDED_BACK, key, audit_id=audit_id) for who in officers_over(audit.unit.path, today()))


def hear_left_with_auditor(kind: str, *, subject: str, body: Mapping[str, Any], **said: object) -> None:
    """An audit that was handed back stays with its auditor after all."""
    audit_id = _audit_of(subject)
    _end_what_its_auditor_was_asked(audit_id)
    tell([Telling(body["auditor"], Kind.ALLOCATED, _occasion(Kind.ALLOCATED, audit_id), audit_id=audit_id)])


def _end_what_its_auditor_was_asked(audit_id: int) -> None:
    """End what was said of an audit, but not to its contributors, nor of what is to be done for its child."""
    stay = [kind.value for kind in OUTLIVES_HAND_IN]
    rows = update(Notice).where(Notice.audit_id == audit_id, Notice.ended_at.is_(None), Notice.kind.not_in(stay))
    rows = rows.where(Notice.contribution_id.is_(None), Notice.action_id.is_(None))
    db.session.execute(rows.values(ended_at=now()))


def hear_sent_back(kind: str, *, subject: str, **said: object) -> None:
    """A moderator sent an audit back to its auditor."""
    audit_id = _audit_of(subject)
    who = db.session.execute(select(Audit.auditor_id).where(Audit.id == audit_id)).scalar_one()
    tell([Telling(who, Kind.SENT_BACK, _occasion(Kind.SENT_BACK, audit_id), audit_id=audit_id)])


def hear_challenged(kind: str, *, subject: str, body: Mapping[str, Any], **said: object) -> None:
    """An auditor challenged an outcome: whoever decided it is told."""
    audit_id = _audit_of(subject)
    key = f"{Kind.CHALLENGED.value}:{body['challenge']}"
    tell([Telling(_challenge(body).moderator_id, Kind.CHALLENGED, key, audit_id=audit_id)])


def hear_resolver_named(kind: str, *, subject: str, body: Mapping[str, Any], **said: object) -> None:
    """Somebody was named to resolve a challenge, perhaps in place of somebody else."""
    audit_id = _audit_of(subject)
    _end_resolving(audit_id)
    tell([Telling(body["person"], Kind.TO_RESOLVE, _occasion(Kind.TO_RESOLVE, audit_id), audit_id=audit_id)])


def hear_challenge_left(kind: str, *, subject: str, **said: object) -> None:
    """A resolver declined, or a challenge was withdrawn or overtaken: nobody is to resolve it now."""
    _end_resolving(_audit_of(subject))


def hear_resolved(kind: str, *, subject: str, body: Mapping[str, Any], **said: object) -> None:
    """A challenge was resolved: both sides are told."""
    audit_id, one = _audit_of(subject), _challenge(body)
    _end_resolving(audit_id)
    key = f"{Kind.RESOLVED.value}:{one.id}"
    tell(Telling(who, Kind.RESOLVED, key, audit_id=audit_id) for who in (one.auditor_id, one.moderator_id))


def _challenge(body: Mapping[str, Any]) -> Challenge:
    return db.session.get_one(Challenge, body["challenge"])


def _end_resolving(audit_id: int) -> None:
    rows = update(Notice).where(Notice.audit_id == audit_id, Notice.kind == Kind.TO_RESOLVE.value)
    db.session.execute(rows.where(Notice.ended_at.is_(None)).values(ended_at=now()))


def hear_weighed(kind: str, *, subject: str, body: Mapping[str, Any], **said: object) -> None:
    """What stands of an audit was looked at: somebody is told where it cannot wait."""
    if body["opened"]:
        hear_to_sign_off(kind, subject=subject, body=body)


def hear_to_sign_off(kind: str, *, subject: str, body: Mapping[str, Any], **said: object) -> None:
    """An audit cannot wait: whoever is named to sign it off is told; the audit officers, where nobody can be named."""
    audit_id = _audit_of(subject)
    _end_sign_off(audit_id)
    if body["person"] is not None:
        tell([Telling(body["person"], Kind.TO_SIGN_OFF, _occasion(Kind.TO_SIGN_OFF, audit_id), audit_id=audit_id)])
        return
    path = db.session.get_one(Audit, audit_id).unit.path
    key = _occasion(Kind.UNNAMED, audit_id)
    tell(Telling(officer, Kind.UNNAMED, key, audit_id=audit_id) for officer in officers_over(path, today()))


def hear_signed_off(kind: str, *, subject: str, **said: object) -> None:
    """An audit was signed off, or need not be: nobody is asked to any more."""
    _end_sign_off(_audit_of(subject))


def _end_sign_off(audit_id: int) -> None:
    kinds = [kind.value for kind in SIGN_OFF]
    rows = update(Notice).where(Notice.audit_id == audit_id, Notice.kind.in_(kinds), Notice.ended_at.is_(None))
    db.session.execute(rows.values(ended_at=now()))


def hear_decided(kind: str, *, subject: str, **said: object) -> None:
    """An audit was moderated or validated: its auditor is told that the outcome is in, never what it is."""
    audit = db.session.get_one(Audit, _audit_of(subject))
    tell([Telling(audit.auditor_id, Kind.DECIDED, _occasion(Kind.DECIDED, audit.id), audit_id=audit.id)])


def hear_reopened(kind: str, *, subject: str, **said: object) -> None:
    """An outcome was taken up again: it is no longer there to be read."""
    rows = update(Notice).where(Notice.audit_id == _audit_of(subject), Notice.kind == Kind.DECIDED.value)
    db.session.execute(rows.where(Notice.ended_at.is_(None)).values(ended_at=now()))


def hear_risk(kind: str, *, subject: str, body: Mapping[str, Any], by: int | None, **said: object) -> None:
    """A child may be at risk now: the heads of service and audit officers who must know are told at once."""
    audit = db.session.get_one(Audit, _audit_of(subject))
    key = f"{Kind.IMMEDIATE_RISK.value}:{body['alert']}"
    must_know = [one for one in people_who_may(Permission.SEE_RISKS, audit.unit.path, today()) if one != by]
    tell(Telling(one, Kind.IMMEDIATE_RISK, key, audit_id=audit.id) for one in must_know)


def hear_risk_closed(kind: str, *, body: Mapping[str, Any], **said: object) -> None:
    """It is recorded what came of an alert: nobody has to look at it any more."""
    rows = update(Notice).where(Notice.key == f"{Kind.IMMEDIATE_RISK.value}:{body['alert']}")
    db.session.execute(rows.where(Notice.ended_at.is_(None)).values(ended_at=now()))


def hear_over(kind: str, *, subject: str, **said: object) -> None:
    """An audit was handed in, withdrawn or made void: nothing more is asked of it."""
    end_notices_of(_audit_of(subject))


# Made once, and of the table: no notices that this request has read need to know.
_OVER = (
    update(Notice)
    .where(
        Notice.audit_id == bindparam("of_audit"),
        Notice.ended_at.is_(None),
        Notice.kind.not_in([kind.value for kind in OUTLIVES_HAND_IN]),
        Notice.action_id.is_(None),
    )
    .values(ended_at=bindparam("moment"))
)


def end_notices_of(audit_id: int) -> None:
    """End what was said of an audit: it is done, or no longer theirs to do."""
    db.session.flush()
    db.session.connection().execute(_OVER, {"of_audit": audit_id, "moment": now()})


def _audit_of(subject: str) -> int:
    return int(subject.removeprefix("audit:"))


def _occasion(kind: Kind, audit_id: int) -> str:
    """What happened is told once each time that it happens."""
    return f"{kind.value}:{audit_id}:{now().isoformat()}"


HEARD: dict[str, Callable[..., None]] = {
    "round.allocated": hear_allocated,
    "audit.reallocated": hear_reallocated,
    "audit.send_back": hear_sent_back,
    "audit.submit": hear_over,
    "audit.handed_back": hear_handed_back,
    "audit.left_with_auditor": hear_left_with_auditor,
    "audit.moderate": hear_decided,
    "audit.validate": hear_decided,
    "audit.reopen_moderation": hear_reopened,
    "audit.reopen_validation": hear_reopened,
    "audit.risk_raised": hear_risk,
    "audit.risk_closed": hear_risk_closed,
    "audit.withdraw": hear_over,
    "audit.void": hear_over,
    "audit.weighed": hear_weighed,
    "escalation.named": hear_to_sign_off,
    "escalation.signed_off": hear_signed_off,
    "escalation.closed": hear_signed_off,
    "challenge.raised": hear_challenged,
    "challenge.resolver_named": hear_resolver_named,
    "challenge.declined": hear_challenge_left,
    "challenge.withdrawn": hear_challenge_left,
    "challenge.overtaken": hear_challenge_left,
    "challenge.resolved": hear_resolved,
}
