"""What connects people with cases: names on case lists, connections that were told, and whose work they saw lately."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from audit_app.auditing.model import Audit, Contribution
from audit_app.auditing.queries import within
from audit_app.auditing.workflow import ENDED
from audit_app.cases.model import CaseRecord
from audit_app.clock import LONDON
from audit_app.db import db
from audit_app.organisation.model import Kind, Unit
from audit_app.sampling.model import Connection, WorkerName
from audit_app.sampling.rules import VARIETY, folded


def names_of_workers(person_ids: Iterable[int], authority_id: int | None) -> dict[int, frozenset[str]]:
    """What the case lists of an authority (or of any) call some people, folded, by person."""
    rows = select(WorkerName.person_id, WorkerName.label).where(WorkerName.person_id.in_(set(person_ids)))
    if authority_id is not None:
        rows = rows.where(WorkerName.authority_id == authority_id)
    return _together((row[0], row[1]) for row in db.session.execute(rows))


def connected_cases(person_ids: Iterable[int], authority_id: int | None) -> dict[int, frozenset[str]]:
    """The references of the cases that some people are connected with, in an authority (or in any), by person."""
    rows = select(Connection.person_id, CaseRecord.reference).join(Connection.case)
    rows = rows.where(Connection.person_id.in_(set(person_ids)), Connection.taken_back_at.is_(None))
    if authority_id is not None:
        rows = rows.where(CaseRecord.authority_id == authority_id)
    return _together((row[0], row[1]) for row in db.session.execute(rows))


def contributed_cases(person_ids: Iterable[int], authority_id: int | None) -> dict[int, frozenset[str]]:
    """The references of the cases to whose audits some people contributed for an agency, by person."""
    rows = select(Contribution.person_id, CaseRecord.reference).join(Contribution.audit).join(Audit.case).distinct()
    rows = rows.where(Contribution.person_id.in_(set(person_ids)), Contribution.begun_at.is_not(None))
    if authority_id is not None:
        rows = rows.where(CaseRecord.authority_id == authority_id)
    return _together((row[0], row[1]) for row in db.session.execute(rows))


def recent_workers_of(person_ids: Iterable[int], today: dt.date) -> dict[int, frozenset[str]]:
    """The practitioners whose work some people audited lately, folded, by auditor."""
    since = dt.datetime.combine(today - VARIETY, dt.time(), LONDON)
    rows = select(Audit.auditor_id, CaseRecord.worker).join(Audit.case).distinct()
    rows = rows.where(Audit.auditor_id.in_(set(person_ids)), Audit.allocated_at >= since, CaseRecord.worker != "")
    rows = rows.where(Audit.stage.not_in([stage.value for stage in ENDED]))
    return _together((person_id, folded(worker)) for person_id, worker in db.session.execute(rows))


def _together(pairs: Iterable[tuple[int, str]]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return {key: frozenset(values) for key, values in found.items()}


def worker_names_of(person_id: int, authority_ids: Iterable[int]) -> list[WorkerName]:
    """The names under which somebody stands on the case lists of some authorities."""
    rows = select(WorkerName).where(WorkerName.person_id == person_id, WorkerName.authority_id.in_(set(authority_ids)))
    return list(db.session.execute(rows.order_by(WorkerName.label, WorkerName.id)).scalars())


def worker_name_or_404(person_id: int, name_id: int, authority_ids: Iterable[int]) -> WorkerName:
    """One such name; any other does not exist."""
    found = next((one for one in worker_names_of(person_id, authority_ids) if one.id == name_id), None)
    if found is None:
        abort(404)
    return found


def connections_of(person_id: int, paths: Iterable[str]) -> list[Connection]:
    """The cases under some roots that somebody is connected with, the last told first."""
    rows = select(Connection).join(Connection.case).join(CaseRecord.unit).options(contains_eager(Connection.case))
    rows = rows.where(Connection.person_id == person_id, Connection.taken_back_at.is_(None))
    rows = rows.where(within(paths, Unit.path))
    return list(db.session.execute(rows.order_by(Connection.told_at.desc(), Connection.id.desc())).scalars())


def connection_or_404(person_id: int, connection_id: int, paths: Iterable[str]) -> Connection:
    """One such connection; any other does not exist."""
    found = next((one for one in connections_of(person_id, paths) if one.id == connection_id), None)
    if found is None:
        abort(404)
    return found


def find_connection(person_id: int, case_id: int) -> Connection | None:
    """That somebody is, or was said to be, connected with a case."""
    rows = select(Connection).where(Connection.person_id == person_id, Connection.case_id == case_id)
    return db.session.execute(rows).scalar_one_or_none()


def find_case_of(reference: str, paths: Iterable[str]) -> CaseRecord | None:
    """The case with a reference under some roots; None where there is none, or more than one."""
    rows = select(CaseRecord).join(CaseRecord.unit).where(CaseRecord.reference == reference)
    found = list(db.session.execute(rows.where(within(paths, Unit.path)).limit(2)).scalars())
    return found[0] if len(found) == 1 else None


def authorities_around(paths: Iterable[str]) -> list[Unit]:
    """The authorities at, below or above some roots, by name."""
    roots = list(paths)
    rows = select(Unit).where(Unit.kind == Kind.AUTHORITY.value).order_by(Unit.name, Unit.id)
    found = db.session.execute(rows).scalars()
    return [one for one in found if any(one.path.startswith(root) or root.startswith(one.path) for root in roots)]
