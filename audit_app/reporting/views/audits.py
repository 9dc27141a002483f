"""One audit as a paper: whole, and in the form in which it is filed on the child's record."""

from flask import render_template
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.auditing.queries import audit_or_404
from audit_app.auditing.visibility import Sight
from audit_app.clock import now
from audit_app.refusal import refuse_if
from audit_app.reporting import operations
from audit_app.reporting.contents.audit import audit_paper
from audit_app.reporting.contents.for_record import record_copy, refusal_to_file
from audit_app.reporting.document import Document
from audit_app.reporting.queries import audits
from audit_app.reporting.queries.looks import in_own_colours
from audit_app.reporting.queries.standing import in_own_words
from audit_app.reporting.views import blueprint
from audit_app.reporting.views.files import WHOLE, council, paper_file, put_files, receipt
from audit_app.web.guard import actor, records_reading, requires
from audit_app.web.transaction import keep

ONE = "/audits/<int(max=2147483647):audit_id>"
reads_audits = requires(Permission.AUDIT, Permission.MODERATE, Permission.VALIDATE, Permission.READ_AUDITS)


def _audit(audit_id: int, form: str) -> tuple[Document, str]:
    """An audit's paper, whole or not at all, with its file's name; that somebody has it is recorded."""
    audit = audit_or_404(audit_id, actor(), least=Sight.FULL)
    material, as_of = audits.material_of(audit, actor()), receipt()
    name = f"audit-{audit_id}-{audit.period:%Y-%m}"
    operations.note_audit_taken(audit, form, by=actor().id)
    keep()
    paper = audit_paper(material, council=council(), produced_at=now(), receipt=as_of)
    return in_own_colours(in_own_words(paper, "audit"), audit.unit_id), name


def _audit_file(audit_id: int, form: str) -> ResponseReturnValue:
    paper, name = _audit(audit_id, form)
    return paper_file(paper, form, name)


put_files(ONE, "audit", reads_audits, _audit_file, WHOLE)


@blueprint.get(f"{ONE}/print")
@reads_audits
@records_reading
def audit_page(audit_id: int) -> ResponseReturnValue:
    """The same paper as a page to print."""
    paper, _ = _audit(audit_id, "page")
    return render_template("reporting/audit.html", document=paper, audit_id=audit_id)


def _for_record(audit_id: int, form: str) -> tuple[Document, str]:
    """A finished audit for the child's record, with its file's name; that somebody has it is recorded."""
    audit = audit_or_404(audit_id, actor(), least=Sight.FULL)
    refuse_if(refusal_to_file(audit.at))
    material, about = audits.material_of(audit, actor()), audits.for_record(audit, actor())
    name = f"audit-for-record-{audit_id}-{audit.period:%Y-%m}"
    operations.note_audit_taken(audit, f"for the record, {form}", by=actor().id)
    keep()
    paper = in_own_words(record_copy(material, about, council=council(), produced_at=now()), "record")
    return in_own_colours(paper, audit.unit_id), name


def _record_file(audit_id: int, form: str) -> ResponseReturnValue:
    paper, name = _for_record(audit_id, form)
    return paper_file(paper, form, name)


put_files(f"{ONE}/for-record", "record", reads_audits, _record_file, WHOLE)
