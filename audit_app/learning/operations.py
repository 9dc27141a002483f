"""What is done with learning briefings: begun, written, published as a frozen copy, taken back."""

import datetime as dt

from audit_app.access.actor import Actor
from audit_app.clock import now
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.learning import queries
from audit_app.learning.briefing import Words, period_words
from audit_app.learning.model import Briefing, PublishedBriefing
from audit_app.learning.rules import refusal_to_publish, refusal_to_withdraw
from audit_app.organisation.model import Unit
from audit_app.refusal import Refusal, Refused, Stale, refuse_if


def begin(unit: Unit, first: dt.date, last: dt.date, *, by: int | None) -> Briefing:
    """A new briefing for a unit and some months; both stay with it."""
    if last < first:
        raise Refused(Refusal("The last month cannot come before the first."))
    if queries.briefing_beside(unit.id, first, last) is not None:
        reason = f"{unit.name} has a briefing for {period_words(first, last)} already. Open it from the list."
        raise Refused(Refusal(reason))
    made = Briefing(unit=unit, first=first, last=last, made_at=now(), made_by=by, saved_at=now())
    db.session.add(made)
    db.session.flush()
    body = {"unit": unit.id, "first": first.isoformat(), "last": last.isoformat()}
    record("briefing.begun", subject=made.subject, body=body, by=by)
    return made


def write(briefing: Briefing, words: Words, version: int, *, by: int | None) -> None:
    """Keep what an officer wrote."""
    if briefing.version_id != version:
        raise Stale("this briefing")
    briefing.headline, briefing.changed = words.headline, words.changed
    briefing.evidence, briefing.differently = words.evidence, words.differently
    briefing.saved_at = now()
    db.session.flush()
    record("briefing.written", subject=briefing.subject, body={"version": briefing.version_id}, by=by)


def publish(briefing: Briefing, seen: str, version: int, *, by: Actor) -> PublishedBriefing:
    """Publish a briefing as it was looked at: a frozen copy for everybody it is for."""
    if briefing.version_id != version:
        raise Stale("this briefing")
    refuse_if(refusal_to_publish(briefing.words.missing))
    material = queries.material_of(briefing, by)
    if material.contents.digest != seen:
        raise Stale("the figures of this briefing")
    copy = PublishedBriefing(
        briefing=briefing,
        number=1 + max((one.number for one in briefing.copies), default=0),
        data=material.contents.as_data(),
        audit_ids=list(material.audit_ids),
        sha256=material.contents.digest,
        published_at=now(),
        published_by=by.id,
    )
    db.session.add(copy)
    db.session.flush()
    body = {"number": copy.number, "audits": len(copy.audit_ids), "sha256": copy.sha256}
    record("briefing.published", subject=briefing.subject, body=body, by=by.id)
    return copy


def withdraw(published: PublishedBriefing, reason: str, *, by: int) -> None:
    """Take a published briefing back: nobody but its writers reads it any more; it is kept."""
    refuse_if(refusal_to_withdraw(published.withdrawn_at is not None, reason))
    published.withdrawn_at, published.withdrawn_by, published.withdrawn_because = now(), by, reason
    db.session.flush()
    body = {"number": published.number, "reason": reason}
    record("briefing.withdrawn", subject=published.briefing.subject, body=body, by=by)
