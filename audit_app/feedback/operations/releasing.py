"""An outcome is released to those whose work it is about, replied to, and taken back."""

from audit_app.access.actor import Actor
from audit_app.auditing.model import Audit
from audit_app.clock import now
from audit_app.db import db
from audit_app.feedback import queries
from audit_app.feedback.model import OutcomeReply, Release
from audit_app.feedback.rules import How, refusal_to_release, refusal_to_reply, refusal_to_retract
from audit_app.history.operations import record
from audit_app.programmes.model import Round
from audit_app.refusal import Stale, refuse_if


def release(audit: Audit, practitioner_id: int | None, *, how: How = How.SINGLY, by: Actor | None) -> Release:
    """Show an audit's outcome to the case's practitioner and its own team manager; without by, as the policy says."""
    refuse_if(refusal_to_release(audit.facts, queries.standing_of([audit.id])[audit.id], by))
    made = Release(
        audit=audit,
        practitioner_id=practitioner_id,
        how=how.value,
        released_at=now(),
        released_by=by.id if by else None,
    )
    db.session.add(made)
    db.session.flush()
    body = {"release": made.id, "practitioner": practitioner_id, "how": how.value}
    record("outcome.released", subject=audit.subject, body=body, by=by.id if by else None)
    return made


def release_round(round_: Round, *, by: Actor) -> int:
    """Release every outcome of a round that is ready; how many those are."""
    audits = queries.ready_in(round_, by)
    standing = queries.standing_of(audit.id for audit in audits)
    ready = [one for one in audits if refusal_to_release(one.facts, standing[one.id], by) is None]
    for audit in ready:
        release(audit, queries.worker_of(audit), how=How.ROUND, by=by)
    return len(ready)


def retract(released: Release, reason: str, version: int, *, by: Actor) -> None:
    """Take a released outcome back: those to whom it was shown see it no more; replies are kept."""
    if released.version_id != version:
        raise Stale("this release")
    refuse_if(refusal_to_retract(released.audit.facts, released.retracted, by, reason))
    released.retracted_at, released.retracted_by, released.retracted_because = now(), by.id, reason
    db.session.flush()
    body = {"release": released.id, "reason": reason}
    record("outcome.retracted", subject=released.audit.subject, body=body, by=by.id)


def reply(released: Release, words: str, *, by: Actor) -> OutcomeReply:
    """Record what somebody says to an outcome that is released to them."""
    refuse_if(refusal_to_reply(released.audit.facts, released.practitioner_id, released.retracted, by, words))
    said = OutcomeReply(release=released, by_id=by.id, words=words, at=now())
    db.session.add(said)
    db.session.flush()
    body = {"release": released.id, "reply": said.id, "words": words}
    record("outcome.replied", subject=released.audit.subject, body=body, by=by.id)
    return said
