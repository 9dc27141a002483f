"""A report to the committee before which a board's meeting stands: written here, made final, taken away."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.improvement.model import Meeting
from audit_app.improvement.queries import boards
from audit_app.refusal import Refused, Stale
from audit_app.reporting import operations
from audit_app.reporting.committee import sections
from audit_app.reporting.document import Document
from audit_app.reporting.forms import CommitteeForm, FinaliseForm
from audit_app.reporting.model import CommitteeReport
from audit_app.reporting.queries import committee as queries
from audit_app.reporting.views import blueprint
from audit_app.reporting.views.files import council, paper_file, put_files
from audit_app.web.guard import actor, requires
from audit_app.web.transaction import keep

MEETING = "/boards/<int(max=2147483647):board_id>/meetings/<int(max=2147483647):meeting_id>"
REPORT = MEETING + "/report"
reads_plans = requires(Permission.SEE_PLANS)
writes_plans = requires(Permission.EDIT_PLANS)


def _to_read(board_id: int, meeting_id: int) -> tuple[CommitteeReport, Document]:
    """A report with its paper; neither exists for whoever judges blind what its appendix counts."""
    meeting = boards.meeting_in(boards.board_or_404(board_id, actor()), meeting_id)
    report = queries.report_or_404(meeting, actor())
    return report, queries.paper_of(report, queries.contents_or_404(meeting, actor()))


def _to_write(board_id: int, meeting_id: int) -> Meeting:
    meeting = boards.meeting_in(boards.board_or_404(board_id, actor(), to_edit=True), meeting_id)
    queries.contents_or_404(meeting, actor())
    return meeting


def _page(report: CommitteeReport, paper: Document, form: FinaliseForm, code: int = 200) -> ResponseReturnValue:
    page = render_template(
        "reporting/committee.html",
        document=paper,
        report=report,
        meeting=report.meeting,
        sections=sections(),
        writes=queries.writes(report.meeting, actor()),
        form=form,
    )
    return page, code


@blueprint.get(REPORT)
@reads_plans
def committee_show(board_id: int, meeting_id: int) -> ResponseReturnValue:
    """A report to a committee as a page."""
    report, paper = _to_read(board_id, meeting_id)
    return _page(report, paper, FinaliseForm(formdata=None, version=report.version_id))


@blueprint.post(REPORT)
@writes_plans
def committee_finalise(board_id: int, meeting_id: int) -> ResponseReturnValue:
    """Make a report final."""
    _to_write(board_id, meeting_id)
    (report, paper), form = _to_read(board_id, meeting_id), FinaliseForm()
    if not form.validate():
        return _page(report, paper, form, 422)
    try:
        operations.finalise_report(report, form.version.data, council(), by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _page(report, paper, form, 422)
    except Stale:
        form.version.data = report.version_id
        form.form_errors.append("Somebody changed this report after you opened it. Look at it again.")
        return _page(report, paper, form, 409)
    flash("The report is final.")
    return redirect(url_for("reporting.committee_show", board_id=board_id, meeting_id=meeting_id))


def _taken(board_id: int, meeting_id: int, form: str) -> ResponseReturnValue:
    """The same to take away; that somebody has it is recorded."""
    report, paper = _to_read(board_id, meeting_id)
    operations.note_committee_taken(report, form, by=actor().id)
    keep()
    return paper_file(paper, form, f"committee-report-{board_id}-{report.meeting.held_on:%Y-%m-%d}")


put_files(REPORT, "committee", reads_plans, _taken)


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
