"""Blank tools to work with beside a record: of a tool, and of an audit of one's own."""

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import audit_or_404
from audit_app.auditing.rules import refusal_to_write
from audit_app.auditing.visibility import Sight
from audit_app.clock import now
from audit_app.frameworks.queries import tool_or_404
from audit_app.refusal import refuse_if
from audit_app.reporting import operations
from audit_app.reporting.contents.blank_tool import Allotted, blank_tool
from audit_app.reporting.document import Document
from audit_app.reporting.queries.looks import in_colours_of, in_own_colours
from audit_app.reporting.views import blueprint
from audit_app.reporting.views.files import WHOLE, council, paper_file, put_files
from audit_app.web.guard import actor, records_reading, requires
from audit_app.web.transaction import keep

OF_TOOL = "/tools/<int(max=2147483647):tool_id>/blank"
OF_AUDIT = "/audits/<int(max=2147483647):audit_id>/blank"
reads_tools = requires(Permission.MANAGE_TOOLS, Permission.AUDIT, Permission.MODERATE, Permission.VALIDATE)
audits = requires(Permission.AUDIT)


def _of_tool(tool_id: int) -> tuple[Document, str]:
    """A tool to fill in, with its file's name."""
    tool = tool_or_404(tool_id).tool
    paper = in_colours_of(blank_tool(tool, None, council=council(), produced_at=now()), actor())
    return paper, f"blank-{tool.key}-{tool.version}"


@blueprint.get(OF_TOOL)
@reads_tools
def blank_page(tool_id: int) -> ResponseReturnValue:
    """A blank tool as a page to print."""
    paper, _ = _of_tool(tool_id)
    tool = tool_or_404(tool_id).tool
    return render_template(
        "reporting/blank.html",
        document=paper,
        trail=[{"text": f"{tool.name}, version {tool.version}", "href": url_for("frameworks.show", tool_id=tool_id)}],
        pdf=url_for("reporting.blank_pdf", tool_id=tool_id),
        docx=url_for("reporting.blank_docx", tool_id=tool_id),
    )


def _tool_file(tool_id: int, form: str) -> ResponseReturnValue:
    paper, name = _of_tool(tool_id)
    return paper_file(paper, form, name)


put_files(OF_TOOL, "blank", reads_tools, _tool_file, WHOLE, recorded=False)


def _of_audit(audit_id: int, form: str) -> tuple[Document, Audit, str]:
    """The tool of an audit of one's own, with its case on it; that somebody took it away is recorded."""
    audit = audit_or_404(audit_id, actor(), least=Sight.FULL)
    if audit.auditor_id != actor().id:
        abort(404)
    refuse_if(refusal_to_write(audit.facts, actor()))
    operations.note_blank_taken(audit, form, by=actor().id)
    keep()
    case = Allotted(audit.case.reference, audit.category, audit.period, audit.due_on)
    paper = blank_tool(audit.tool, case, council=council(), produced_at=now())
    return in_own_colours(paper, audit.unit_id), audit, f"blank-audit-{audit_id}"


@blueprint.get(OF_AUDIT)
@audits
@records_reading
def blank_of_audit_page(audit_id: int) -> ResponseReturnValue:
    """The tool of one's own audit as a page to print."""
    paper, audit, _ = _of_audit(audit_id, "page")
    title = f"Audit of case {audit.case.reference}"
    return render_template(
        "reporting/blank.html",
        document=paper,
        trail=[{"text": title, "href": url_for("auditing.edit", audit_id=audit_id)}],
        pdf=url_for("reporting.blank_of_audit_pdf", audit_id=audit_id),
        docx=url_for("reporting.blank_of_audit_docx", audit_id=audit_id),
    )


def _audit_file(audit_id: int, form: str) -> ResponseReturnValue:
    paper, _, name = _of_audit(audit_id, form)
    return paper_file(paper, form, name)


put_files(OF_AUDIT, "blank_of_audit", audits, _audit_file, WHOLE)
