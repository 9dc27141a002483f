"""What is done with self-evaluations: begun, written, given evidence, confirmed, and published as copies for boards."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from audit_app.access.actor import Actor
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.evaluation import queries
from audit_app.evaluation.model import Citation, Edition, FormerWords, PublishedEvaluation, Statement, TakenBack
from audit_app.evaluation.queries.contents import audits_behind, contents_of
from audit_app.evaluation.queries.shown import is_sealed
from audit_app.evaluation.queries.today import Found, Today
from audit_app.evaluation.rules import (
    refusal_to_change,
    refusal_to_count,
    refusal_to_publish,
    refusal_to_take_back,
    refusal_to_write,
)
from audit_app.evaluation.said import Kind
from audit_app.history.operations import record
from audit_app.improvement.cycles import CYCLES
from audit_app.improvement.queries import sealed_from
from audit_app.improvement.snapshot import frozen, hash_of
from audit_app.measures.queries import held_blind
from audit_app.organisation.model import Unit
from audit_app.refusal import Refusal, Refused, Stale, refuse_if


def begin(unit: Unit, first: dt.date, months: int, *, by: int | None) -> Edition:
    """A new edition of a unit: it starts with what the one before says, its evidence to be confirmed."""
    if months not in CYCLES:
        raise Refused(Refusal("Choose how many months it covers."))
    before = queries.last_edition(unit.id)
    if before is not None and first <= before.last:
        raise Refused(Refusal(f"There is an edition of {before.period}. The next begins after it."))
    made = Edition(
        unit=unit, first=first, months=months, copied_from_id=before.id if before else None, made_at=now(), made_by=by
    )
    db.session.add(made)
    db.session.flush()
    for one in before.statements if before is not None else ():
        _copy(one, made)
    db.session.flush()
    db.session.refresh(made, ["every_statement"])
    body = {"unit": unit.id, "first": first.isoformat(), "months": months, "before": made.copied_from_id}
    record("evaluation.begun", subject=made.subject, body=body, by=by)
    return made


def _copy(one: Statement, into: Edition) -> None:
    made = Statement(
        edition=into,
        area=one.area,
        question=one.question,
        words=one.words,
        written_at=one.written_at,
        written_by=one.written_by,
        copied_from_id=one.id,
    )
    db.session.add(made)
    for each in one.citations:
        db.session.add(_cited(made, each.of, each.what, each, copied=True))


def _cited(statement: Statement, kind: Kind, what: Mapping[str, Any], like: Citation, *, copied: bool) -> Citation:
    return Citation(
        statement=statement,
        kind=kind.value,
        what=dict(what),
        label=like.label,
        said=like.said,
        audits=like.audits,
        cited_on=like.cited_on,
        cited_at=now(),
        cited_by=like.cited_by,
        copied=copied,
    )


def write(edition: Edition, area: str, question: str, words: str, *, by: int) -> Statement:
    """A new statement in answer to a question."""
    _refuse_closed(edition)
    made = Statement(edition=edition, area=area, question=question, words=words, written_at=now(), written_by=by)
    db.session.add(made)
    db.session.flush()
    body = {"statement": made.id, "area": area, "question": question}
    record("evaluation.written", subject=edition.subject, body=body, by=by)
    return made


def rewrite(statement: Statement, words: str, version: int, *, by: Actor) -> None:
    """Change the words of a statement; what it said before is kept."""
    if statement.version_id != version:
        raise Stale("this statement")
    _refuse_change(statement, by)
    if words == statement.words:
        return
    db.session.add(FormerWords(statement=statement, words=statement.words, until=now(), changed_by=by.id))
    statement.words, statement.written_at, statement.written_by = words, now(), by.id
    db.session.flush()
    body = {"statement": statement.id, "version": statement.version_id}
    record("evaluation.rewritten", subject=statement.edition.subject, body=body, by=by.id)


def take_out(statement: Statement, *, by: Actor) -> None:
    """Take a statement out of its edition; it is kept."""
    _refuse_change(statement, by)
    statement.taken_out_at, statement.taken_out_by = now(), by.id
    db.session.flush()
    record("evaluation.taken_out", subject=statement.edition.subject, body={"statement": statement.id}, by=by.id)


def cite(statement: Statement, kind: Kind, what: Mapping[str, Any], *, by: Actor) -> Citation:
    """Cite a piece of evidence as it stands today."""
    _refuse_change(statement, by)
    if any(one.of is kind and one.what == dict(what) for one in statement.citations):
        raise Refused(Refusal("This statement cites that already. Cite it as it is today instead."))
    return _cite(statement, kind, what, by=by)


def _cite(statement: Statement, kind: Kind, what: Mapping[str, Any], *, by: Actor) -> Citation:
    if kind is not Kind.ACTION:
        refuse_if(refusal_to_count(held_blind(by)))
    seen = Today(by, today())
    found = seen.find(kind, what) if seen.sees_today(kind, what) else None
    if found is None:
        raise Refused(Refusal("It can no longer be found. Take it out, and cite something else."))
    _refuse_nothing(found)
    made = Citation(
        statement=statement,
        kind=kind.value,
        what=dict(what),
        label=found.label,
        said=found.said.as_kept,
        audits=list(found.audits),
        cited_on=today(),
        cited_at=now(),
        cited_by=by.id,
    )
    db.session.add(made)
    db.session.flush()
    body = {"statement": statement.id, "citation": made.id, "kind": kind.value}
    record("evaluation.cited", subject=statement.edition.subject, body=body, by=by.id)
    return made


def _refuse_nothing(found: Found) -> None:
    if not found.said.words or (found.said.total is None and not found.said.text and not found.said.state):
        why = found.said.why or "it says nothing yet"
        raise Refused(Refusal(f"There is nothing to cite: {why}."))


def renew(citation: Citation, *, by: Actor) -> Citation:
    """Cite the same evidence as it is today; what it said before is kept."""
    _refuse_change(citation.statement, by)
    refuse_if(refusal_to_change(citation.ended_at is not None))
    made = _cite(citation.statement, citation.of, citation.what, by=by)
    _end(citation, by)
    return made


def leave_out(citation: Citation, *, by: Actor) -> None:
    """Cite a piece of evidence no longer; that it was cited is kept."""
    _refuse_change(citation.statement, by)
    refuse_if(refusal_to_change(citation.ended_at is not None))
    _end(citation, by)
    body = {"statement": citation.statement_id, "citation": citation.id}
    record("evaluation.left_out", subject=citation.statement.edition.subject, body=body, by=by.id)


def _end(citation: Citation, by: Actor) -> None:
    citation.ended_at, citation.ended_by = now(), by.id
    db.session.flush()


def publish(edition: Edition, seen: str, version: int, *, by: Actor) -> PublishedEvaluation:
    """Publish an edition as it was looked at: a copy for boards that never changes."""
    if edition.version_id != version:
        raise Stale("this edition")
    _refuse_closed(edition)
    refuse_if(refusal_to_count(held_blind(by)))
    refuse_if(refusal_to_publish(len(edition.statements), to_confirm(edition)))
    contents = frozen(contents_of(edition, by, today()))
    if hash_of(contents) != seen:
        raise Stale("this edition")
    copy = PublishedEvaluation(
        edition=edition,
        number=1 + max((one.number for one in edition.copies), default=0),
        contents=contents,
        contents_hash=seen,
        audit_ids=audits_behind(edition),
        published_at=now(),
        published_by=by.id,
    )
    db.session.add(copy)
    db.session.flush()
    body = {"number": copy.number, "hash": seen, "audits": len(copy.audit_ids)}
    record("evaluation.published", subject=edition.subject, body=body, by=by.id)
    return copy


def take_back(published: PublishedEvaluation, because: str, *, by: Actor) -> TakenBack:
    """Take a published copy back: it is kept, and only its writers read it from now on."""
    edition = published.edition
    db.session.execute(select(Edition.id).where(Edition.id == edition.id).with_for_update())
    db.session.refresh(published, ["taken_back"])
    db.session.refresh(edition, ["copies"])
    refuse_if(refusal_to_take_back(published.taken_back is not None, edition.last_copy is not published, because))
    made = TakenBack(published=published, because=because, taken_back_at=now(), taken_back_by=by.id)
    db.session.add(made)
    db.session.flush()
    body = {"number": published.number, "reason": because}
    record("evaluation.taken_back", subject=edition.subject, body=body, by=by.id)
    return made


def to_confirm(edition: Edition) -> int:
    """How many pieces of evidence were copied from the edition before and not confirmed yet."""
    return sum(each.copied for one in edition.statements for each in one.citations)


def _refuse_closed(edition: Edition) -> None:
    refuse_if(refusal_to_write(queries.later_than(edition)))


def _refuse_change(statement: Statement, by: Actor) -> None:
    _refuse_closed(statement.edition)
    refuse_if(refusal_to_change(statement.taken_out_at is not None))
    if is_sealed(statement, sealed_from(by)):
        raise Refused(Refusal("This statement rests on an audit that you judge blind just now."))
