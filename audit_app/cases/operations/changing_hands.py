"""A case that has another worker or team, as somebody says it between two case lists."""

from audit_app.cases import queries
from audit_app.cases.model import CaseRecord
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import authority_of
from audit_app.refusal import Refusal, Refused, Stale


def change_hands(case: CaseRecord, worker: str, unit: Unit, reason: str, version: int, *, by: int) -> None:
    """Say that a case has another worker or team; the next case list that names them otherwise goes before this."""
    if case.version_id != version:
        raise Stale("this case")
    if not reason.strip():
        raise Refused(Refusal("Say why, such as that the worker has left."))
    if unit.id not in {one.id for one in queries.units_for_cases(authority_of(case.unit))}:
        raise Refused(Refusal("Choose a team or service of this authority that is open."))
    worker, moves = " ".join(worker.split()), case.unit_id != unit.id
    if case.worker == worker and not moves:
        raise Refused(Refusal("The case has this worker and this team already."))
    case.worker, case.unit = worker, unit
    db.session.flush()
    body = {"reason": reason, "unit": unit.id, "team_changed": moves}
    record("case.changed_hands", subject=f"case:{case.id}", body=body, by=by)
