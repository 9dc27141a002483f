"""What connects people with cases is told: names on case lists, and cases that somebody knows."""

from sqlalchemy import select

from audit_app.cases.model import CaseRecord
from audit_app.clock import now
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.identity.model import Person
from audit_app.refusal import Refusal, Refused
from audit_app.sampling.model import Connection, WorkerName
from audit_app.sampling.queries import connections
from audit_app.sampling.rules import folded


def connect(person: Person, case: CaseRecord, *, by: int | None) -> Connection:
    """Record that somebody knows a case's family or worked on the case: they never audit it. No detail is asked."""
    # Whoever judges an audit of the case at this moment finishes first, or is stopped.
    db.session.execute(select(CaseRecord.id).where(CaseRecord.id == case.id).with_for_update(key_share=True))
    told = connections.find_connection(person.id, case.id)
    if told is not None and told.taken_back_at is None:
        raise Refused(Refusal(f"{person.name} is connected with case {case.reference} already."))
    told = told or Connection(person_id=person.id, case_id=case.id)
    told.told_by, told.told_at, told.taken_back_at = by, now(), None
    db.session.add(told)
    db.session.flush()
    record("case.connection_told", subject=f"case:{case.id}", body={"person": person.id}, by=by)
    return told


def take_back_connection(told: Connection, *, by: int) -> None:
    """Take back that somebody is connected with a case: it was recorded by mistake."""
    told.taken_back_at = now()
    record("case.connection_taken_back", subject=f"case:{told.case_id}", body={"person": told.person_id}, by=by)


def name_worker(person: Person, authority_id: int, name: str, *, by: int | None) -> WorkerName:
    """Remember what an authority's case lists call somebody, so that they never audit cases under that name."""
    label = folded(name)
    if not label:
        raise Refused(Refusal("Enter the name as the case list writes it."))
    if label == folded(person.name):
        raise Refused(Refusal("Their own name is recognised already. Add only what the case list writes otherwise."))
    if any(one.label == label for one in connections.worker_names_of(person.id, [authority_id])):
        raise Refused(Refusal(f"“{name}” is remembered for {person.name} already."))
    named = WorkerName(authority_id=authority_id, label=label, person_id=person.id)
    db.session.add(named)
    db.session.flush()
    body = {"authority": authority_id, "label": label}
    record("person.worker_named", subject=f"person:{person.id}", body=body, by=by)
    return named


def forget_worker_name(named: WorkerName, *, by: int) -> None:
    """Forget what the case lists call somebody."""
    body = {"authority": named.authority_id, "label": named.label}
    record("person.worker_name_forgotten", subject=f"person:{named.person_id}", body=body, by=by)
    db.session.delete(named)
