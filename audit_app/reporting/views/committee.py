"""A report to the committee before which a board's meeting stands: written here, made final, taken away."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.clock import today
from audit_app.improvement.model import Meeting
from audit_app.improvement.queries import boards, sealed_from
from audit_app.refusal import Refused, Stale
from audit_app.reporting import operations
from audit_app.reporting.contents.committee_report import committee_report
from audit_app.reporting.document import Document, Marking
from audit_app.reporting.forms import CommitteeForm, FinaliseForm
from audit_app.reporting.model import CommitteeReport
from audit_app.reporting.queries import committee as queries
from audit_app.reporting.views import blueprint
from audit_app.reporting.views.files import council, paper_file
from audit_app.web.guard import actor, records_reading, requires
from audit_app.web.transaction import keep

MEETING = "/boards/<int(max=2147483647):board_id>/meetings/<int(max=2147483647):meeting_id>"
REPORT = MEETING + "/report"
MARKED: dict[str, Marking] = {"OPEN": "OPEN", "OFFICIAL": "OFFICIAL", "OFFICIAL-SENSITIVE": "OFFICIAL-SENSITIVE"}
reads_plans = requires(Permission.SEE_PLANS)
writes_plans = requires(Permission.EDIT_PLANS)


def _to_read(board_id: int, meeting_id: int) -> CommitteeReport:
    meeting = boards.meeting_in(boards.board_or_404(board_id, actor()), meeting_id)
    return queries.report_or_404(meeting, actor())


def _to_write(board_id: int, meeting_id: int) -> Meeting:
    return boards.meeting_in(boards.board_or_404(board_id, actor(), to_edit=True), meeting_id)


def _paper(report: CommitteeReport) -> Document:
    """The report as a paper; it does not exist for whoever judges blind what its appendix counts."""
    meeting = report.meeting
    contents = boards.shown_to(meeting, sealed_from(actor()), today())
    if contents is None:
        abort(404)
    return committee_report(
        queries.written_in(report),
        contents,
        marking=MARKED[report.marking],
        final=report.finalised_at is not None,
        version=report.version_id,
        council=report.council or council(),
        produced_at=report.finalised_at or report.saved_at,
        frozen=meeting.contents_hash,
    )


def _page(report: CommitteeReport, form: FinaliseForm, code: int = 200) -> ResponseReturnValue:
    page = render_template(
        "reporting/committee.html",
        document=_paper(report),
        report=report,
        meeting=report.meeting,
        writes=queries.writes(report.meeting, actor()),
        form=form,
    )
    return page, code


@blueprint.get(REPORT)
@reads_plans
def committee_show(board_id: int, meeting_id: int) -> ResponseReturnValue:
    """A report to a committee as a page."""
    report = _to_read(board_id, meeting_id)
    return _page(report, FinaliseForm(formdata=None, version=report.version_id))


@blueprint.post(REPORT)
@writes_plans
def committee_finalise(board_id: int, meeting_id: int) -> ResponseReturnValue:
    """Make a report final."""
    _to_write(board_id, meeting_id)
    report, form = _to_read(board_id, meeting_id), FinaliseForm()
    if not form.validate():
        return _page(report, form, 422)
    try:
        operations.finalise_report(report, form.version.data, council(), by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _page(report, form, 422)
    except Stale:
        form.version.data = report.version_id
        form.form_errors.append("Somebody changed this report after you opened it. Look at it again.")
        return _page(report, form, 409)
    flash("The report is final.")
    return redirect(url_for("reporting.committee_show", board_id=board_id, meeting_id=meeting_id))


def _taken(board_id: int, meeting_id: int, form: str) -> ResponseReturnValue:
    """The same to take away; that somebody has it is recorded."""
    report = _to_read(board_id, meeting_id)
    paper = _paper(report)
    operations.note_committee_taken(report, form, by=actor().id)
    keep()
    return paper_file(paper, form, f"committee-report-{board_id}-{report.meeting.held_on:%Y-%m-%d}")


@blueprint.get(f"{REPORT}.pdf")
@reads_plans
@records_reading
def committee_pdf(board_id: int, meeting_id: int) -> ResponseReturnValue:
    """A report to a committee as a PDF."""
    return _taken(board_id, meeting_id, "pdf")


@blueprint.get(f"{REPORT}.docx")
@reads_plans
@records_reading
def committee_docx(board_id: int, meeting_id: int) -> ResponseReturnValue:
    """A report to a committee as a Word document."""
    return _taken(board_id, meeting_id, "docx")


def _writing(meeting: Meeting, form: CommitteeForm, code: int = 200, **more: object) -> ResponseReturnValue:
    report = queries.find_report(meeting)
    return render_template("reporting/committee_write.html", meeting=meeting, report=report, form=form, **more), code


@blueprint.get(f"{REPORT}/write")
@writes_plans
def committee_write(board_id: int, meeting_id: int) -> ResponseReturnValue:
    """The form on which a report is written."""
    meeting = _to_write(board_id, meeting_id)
    report = queries.find_report(meeting)
    form = CommitteeForm(formdata=None, version=report.version_id if report else 0, marking="OPEN")
    if report is not None:
        form.show(queries.written_in(report), report.marking)
    return _writing(meeting, form)


@blueprint.post(f"{REPORT}/write")
@writes_plans
def committee_save(board_id: int, meeting_id: int) -> ResponseReturnValue:
    """Keep what is written; what it said before stays."""
    meeting, form = _to_write(board_id, meeting_id), CommitteeForm()
    if not form.validate():
        return _writing(meeting, form, 422)
    try:
        operations.save_report(meeting, form.written, form.marking.data, form.version.data, by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _writing(meeting, form, 422)
    except Stale:
        stored = queries.find_report(meeting)
        form.version.data = stored.version_id if stored else 0
        return _writing(meeting, form, 409, stored=stored)
    flash("The report is saved.")
    return redirect(url_for("reporting.committee_show", board_id=board_id, meeting_id=meeting_id))
