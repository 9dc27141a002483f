"""Which themes an audit and its feedback bring up is said."""

from collections.abc import Mapping, Sequence

from audit_app.access.actor import Actor
from audit_app.auditing.model import Audit
from audit_app.clock import now
from audit_app.db import db
from audit_app.feedback import queries
from audit_app.feedback.model import Coding
from audit_app.feedback.rules import refusal_to_code
from audit_app.history.operations import record
from audit_app.refusal import Stale, refuse_if


def code(audit: Audit, codes: Mapping[str, Sequence[str]], version: int, *, by: Actor) -> Coding:
    """Keep the themes of an audit; version is the one that was being edited (0: none yet)."""
    refuse_if(refusal_to_code(audit.facts, by))
    found = queries.coding_of(audit.id, to_write=True)
    if (found.version_id if found else 0) != version:
        raise Stale("the themes of this audit")
    if found is None:
        found = Coding(audit_id=audit.id)
        db.session.add(found)
    found.family, found.practitioner = list(codes["family"]), list(codes["practitioner"])
    found.audit_found, found.coded_at, found.coded_by = list(codes["audit"]), now(), by.id
    db.session.flush()
    record("audit.themes_chosen", subject=audit.subject, body=dict(found.codes), by=by.id)
    return found
