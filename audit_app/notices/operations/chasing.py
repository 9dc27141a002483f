"""Chasing: the audit officer asks the auditors of a round for what is late."""

from collections.abc import Collection
from dataclasses import dataclass

from audit_app.access.actor import Actor
from audit_app.auditing.model import Audit
from audit_app.clock import today
from audit_app.history.operations import record
from audit_app.identity.queries import names_of
from audit_app.notices import queries
from audit_app.notices.kinds import Kind
from audit_app.notices.operations.telling import Telling, tell
from audit_app.notices.rules import refusal_to_chase
from audit_app.programmes.model import Round
from audit_app.refusal import Refusal, Refused
from audit_app.sampling.operations import hold


@dataclass(frozen=True, slots=True)
class Chased:
    """Whom a chase asked for how many audits, and why others were not asked."""

    asked: dict[int, list[Audit]]
    refused: dict[int, Refusal]


def chase(round_: Round, people: Collection[int], *, by: Actor) -> Chased:
    """Ask some auditors of a round for their late audits; whoever was asked today already is left in peace."""
    hold(round_)  # two who chase at once would ask twice
    late, chased_on, day = queries.late_in(round_, by, today()), queries.chased_in(round_), today()
    names = names_of(people)
    refused = {
        person: refusal
        for person in people
        if (
            refusal := refusal_to_chase(
                names.get(person, "Somebody"), len(late.get(person, [])), chased_on.get(person), day
            )
        )
    }
    asked = {person: audits for person, audits in late.items() if person in people and person not in refused}
    if not asked:
        why = next(iter(refused.values()), Refusal("Nobody has a late audit in this round now."))
        raise Refused(why)
    tell(
        Telling(person, Kind.CHASED, f"chased:{audit.id}:{day.isoformat()}", audit_id=audit.id)
        for person, audits in asked.items()
        for audit in audits
    )
    body = {"auditors": {str(person): [audit.id for audit in audits] for person, audits in asked.items()}}
    record("round.chased", subject=f"round:{round_.id}", body=body, by=by.id)
    return Chased(asked, refused)
