"""An external auditor's findings: which there are, the paper as a page, and as files to take away."""

from flask import render_template
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.clock import now, today
from audit_app.measures.definitions import DEFINITIONS
from audit_app.moderation.queries.unfinished import left_unfinished
from audit_app.reporting import operations
from audit_app.reporting.contents.findings import EVERY, MEANINGS, findings_paper, found_table
from audit_app.reporting.document import Document, Table
from audit_app.reporting.pdf import pdf
from audit_app.reporting.queries import findings as queries
from audit_app.reporting.queries.findings import Work
from audit_app.reporting.queries.looks import in_own_colours
from audit_app.reporting.sheet import csv_bytes, xlsx_bytes
from audit_app.reporting.views import blueprint
from audit_app.reporting.views.files import CSV, PDF, XLSX, council, file, receipt
from audit_app.web.guard import actor, records_reading, requires
from audit_app.web.transaction import keep

ONE = "/findings/<int(max=2147483647):exercise_id>/<int(max=2147483647):person_id>"
COPY = "/findings/copies/<int(max=2147483647):copy_id>.pdf"
reads_findings = requires(Permission.VALIDATE, Permission.EXPORT_PAIRS)


@blueprint.get("/findings")
@reads_findings
def my_findings() -> ResponseReturnValue:
    """The findings that somebody may open: an external auditor's own, or all in the units that a leader has."""
    who = actor()
    runs = who.may(Permission.RUN_ROUNDS)
    works = queries.works_open_to(who)
    return render_template(
        "reporting/findings_index.html",
        works=works,
        only_own=all(work.own for work in works) and not who.may(Permission.EXPORT_PAIRS),
        left=left_unfinished(who) if runs else [],
        may_extend=who.may(Permission.MANAGE_PEOPLE),
        today=today(),
    )


def paper_of(work: Work) -> tuple[Document, Table]:
    """The paper as its reader may have it today, and the same judgements as a sheet."""
    material = queries.material_of(work)
    paper = findings_paper(material, council=council(), produced_at=now(), receipt=receipt())
    return in_own_colours(paper, work.exercise.unit_id), found_table(material.found)


@blueprint.get(ONE)
@reads_findings
def findings(exercise_id: int, person_id: int) -> ResponseReturnValue:
    """One external auditor's findings in one exercise, as a page."""
    work = queries.work_or_404(exercise_id, person_id, actor())
    paper, _ = paper_of(work)
    return render_template("reporting/findings.html", work=work, document=paper, copies=queries.copies_of(work))


def _taken(exercise_id: int, person_id: int, form: str) -> tuple[Document, Table, str]:
    """The same to take away, with its file's name; that somebody has it is recorded."""
    work = queries.work_or_404(exercise_id, person_id, actor())
    paper, table = paper_of(work)
    operations.note_findings_taken(work, form, by=actor().id)
    keep()
    return paper, table, f"findings-{exercise_id}-{person_id}-{today():%Y-%m-%d}.{form}"


@blueprint.get(ONE + ".pdf")
@reads_findings
@records_reading
def findings_pdf(exercise_id: int, person_id: int) -> ResponseReturnValue:
    """Findings as a PDF: a draft, as they are today."""
    paper, _, name = _taken(exercise_id, person_id, "pdf")
    return file(pdf(paper), PDF, name)


@blueprint.get(ONE + ".csv")
@reads_findings
@records_reading
def findings_csv(exercise_id: int, person_id: int) -> ResponseReturnValue:
    """Every judgement as a CSV file."""
    _, table, name = _taken(exercise_id, person_id, "csv")
    return file(csv_bytes(table), CSV, name)


@blueprint.get(ONE + ".xlsx")
@reads_findings
@records_reading
def findings_xlsx(exercise_id: int, person_id: int) -> ResponseReturnValue:
    """Findings as an Excel workbook: every judgement, every table of the paper, and what the words mean."""
    paper, table, name = _taken(exercise_id, person_id, "xlsx")
    figures = [one for one in paper.tables() if one.caption != f"{EVERY}, audit by audit"]
    meanings = (*MEANINGS, *((one.name, f"{one.counts} {one.mind}".strip()) for one in DEFINITIONS))
    book = xlsx_bytes([table, *figures], meanings, about=paper.about(), produced_at=paper.produced_at)
    return file(book, XLSX, name)


@blueprint.get(COPY)
@reads_findings
@records_reading
def findings_copy(copy_id: int) -> ResponseReturnValue:
    """A finished copy, byte for byte as it was finished."""
    copy, work = queries.copy_or_404(copy_id, actor())
    operations.note_findings_taken(work, f"copy {copy.number}", by=actor().id)
    return file(copy.pdf, PDF, f"findings-{work.exercise.id}-{work.person.id}-copy-{copy.number}.pdf")
