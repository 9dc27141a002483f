"""What is done with contributions of several agencies to an audit."""

import datetime as dt

from sqlalchemy import select

from audit_app.access.actor import Actor
from audit_app.auditing.contributing import (
    contribution_gaps,
    refusal_to_ask,
    refusal_to_be_asked,
    refusal_to_contribute,
    refusal_to_finish,
    refusal_to_share,
    refusal_to_withdraw_contribution,
)
from audit_app.auditing.drafts import Draft
from audit_app.auditing.model import Audit, Contribution, Passage
from audit_app.auditing.queries import contributions_of
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.identity.model import Person
from audit_app.refusal import Refusal, Refused, Stale, refuse_if


def ask(audit: Audit, person: Person, agency: str, until: dt.date, asks: str, *, by: Actor) -> Contribution:
    """Ask somebody of an agency to write that agency's part of an audit."""
    refuse_if(refusal_to_ask(audit.facts, by))
    refuse_if(refusal_to_be_asked(audit.facts, person.actor(today()), until, today()))
    if agency not in [one.key for one in audit.tool.agencies_for(audit.category)]:
        raise Refused(Refusal("This agency has no section in this audit."))
    running = [c for c in contributions_of(audit) if c.withdrawn_at is None and c.person_id == person.id]
    if any(c.agency == agency for c in running):
        raise Refused(Refusal(f"{person.name} is asked for this agency already."))
    asked = Contribution(
        audit=audit, person=person, agency=agency, asks=asks, until=until, asked_by=by.id, asked_at=now()
    )
    db.session.add(asked)
    db.session.flush()
    _record("audit.contribution_asked", asked, by, person=person.id, until=until.isoformat())
    return asked


def _record(kind: str, one: Contribution, by: Actor, **said: object) -> None:
    body = {"contribution": one.id, "agency": one.agency, **said}
    record(kind, subject=one.audit.subject, body=body, by=by.id)


def open_contribution(one: Contribution, *, by: Actor) -> None:
    """Record that a contributor opened what they were asked for."""
    _record("audit.contribution_opened", one, by)


def contribute(one: Contribution, section: str, draft: Draft, version: int, *, by: Actor) -> Passage:
    """Keep what a contributor wrote in one section; version is the one that was being edited (0: none yet)."""
    refuse_if(refusal_to_contribute(one.audit.facts, one, by))
    passage = db.session.execute(
        select(Passage).filter_by(contribution_id=one.id, section=section)
    ).scalar_one_or_none()
    if (passage.version_id if passage else 0) != version:
        raise Stale("this section")
    if passage is None:
        passage = Passage(contribution=one, section=section)
        db.session.add(passage)
    passage.evidence, passage.strengths, passage.improvements = draft.evidence, draft.strengths, draft.improvements
    passage.questions, passage.saved_at = dict(draft.questions), now()
    if one.begun_at is None:
        one.begun_at = now()
        _record("audit.contribution_begun", one, by)
    db.session.flush()
    return passage


def finish(one: Contribution, version: int, *, by: Actor) -> None:
    """Say that a contribution is done: every section of the agency written and answered."""
    if one.version_id != version:
        raise Stale("this contribution")
    missing = contribution_gaps(one.sections, one.drafts)
    refuse_if(refusal_to_finish(one.audit.facts, one, by, len(missing)))
    one.done_at = now()
    db.session.flush()
    _record("audit.contribution_done", one, by)


def reopen(one: Contribution, version: int, *, by: Actor) -> None:
    """Open a finished contribution again, as long as the audit is being written."""
    if one.version_id != version:
        raise Stale("this contribution")
    refuse_if(refusal_to_contribute(one.audit.facts, one, by, changing=False))
    one.done_at = None
    db.session.flush()
    _record("audit.contribution_reopened", one, by)


def withdraw(one: Contribution, reason: str, *, by: Actor) -> None:
    """Take back what somebody was asked to contribute; they see no more of the audit."""
    refuse_if(refusal_to_withdraw_contribution(one.audit.facts, one, by, reason))
    one.withdrawn_at, one.withdrawn_because = now(), reason
    db.session.flush()
    _record("audit.contribution_withdrawn", one, by, person=one.person_id, reason=reason)


def share(one: Contribution, shared: bool, *, by: Actor) -> None:
    """Let a contributor read what the other agencies have finished, or no more."""
    refuse_if(refusal_to_share(one.audit.facts, one, by))
    if (one.shared_at is not None) is shared:
        return
    one.shared_at = now() if shared else None
    db.session.flush()
    _record("audit.contributions_shared" if shared else "audit.contributions_unshared", one, by, person=one.person_id)
