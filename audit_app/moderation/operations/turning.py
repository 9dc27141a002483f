"""When a moderation turns back: the audit is sent back, comes again, or a finished moderation is reopened."""

from collections.abc import Mapping

from audit_app.access.actor import Actor
from audit_app.auditing import operations as auditing
from audit_app.auditing.model import Audit
from audit_app.auditing.workflow import Stage
from audit_app.history.operations import record
from audit_app.moderation import queries
from audit_app.moderation.model import Moderation, Phase
from audit_app.moderation.operations.arriving import take_in
from audit_app.moderation.operations.beginning import fresh, working
from audit_app.moderation.operations.challenging import overtake
from audit_app.moderation.rules import GIVING, REOPENING, refusal_to_reopen, refusal_to_send_back
from audit_app.refusal import refuse_if


def send_back(moderation: Moderation, reason: str, version: int, *, by: Actor) -> None:
    """Send the audit back to its auditor for what is missing; the moderation waits."""
    fresh(moderation, version)
    working(moderation, Phase.DECIDING, Phase.SETTLING, Phase.JUDGING_BLIND, by=by)
    blind = moderation.at is Phase.JUDGING_BLIND
    refuse_if(refusal_to_send_back(moderation.audit.at, blind, reason))
    auditing.send_back(moderation.audit, reason, by=by.id)


def hear_hand_in(kind: str, *, subject: str, body: Mapping[str, object], by: int, **said: object) -> None:
    """Hear from the history that an audit was handed in: one that was sent back goes on, a new one may be drawn."""
    audit = queries.find_audit_of(subject)
    if audit is None:
        return
    if body["from"] == Stage.SENT_BACK.value:
        go_on_after_hand_in(audit, by=by)
    else:
        take_in(audit)


def go_on_after_hand_in(audit: Audit, *, by: int) -> None:
    """When an audit that was sent back is handed in again, it goes straight back to whoever sent it."""
    waiting = next((one for one in queries.moderations_of(audit) if one.at is not Phase.DONE), None)
    if waiting is not None:
        auditing.advance(audit, GIVING[waiting.tier], by=by, body={"person": waiting.moderator_id, "again": True})


def reopen(moderation: Moderation, reason: str, *, by: Actor) -> None:
    """Reopen a finished moderation: its settled and resolved grades no longer stand, everything is kept."""
    audit = moderation.audit
    refuse_if(refusal_to_reopen(audit.facts, by, moderation.tier, reason))
    overtake(audit, moderation.tier, reason, by=by.id)
    count = auditing.retract(audit, moderation.tier, reason, by=by.id)
    moderation.phase, moderation.done_at = Phase.DECIDING.value, None
    record(
        "moderation.reopened",
        subject=audit.subject,
        body={"tier": moderation.tier, "reason": reason, "lines": count},
        by=by.id,
    )
    auditing.advance(audit, REOPENING[moderation.tier], by=by.id, body={"reason": reason})
