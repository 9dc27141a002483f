"""Reports to committees: whether a meeting has one, and who may read it."""

from flask import abort
from sqlalchemy import select

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.db import db
from audit_app.improvement.model import Meeting
from audit_app.improvement.queries.boards import boards_open_to
from audit_app.reporting.contents.committee_report import Written
from audit_app.reporting.model import CommitteeReport


def find_report(meeting: Meeting, *, to_write: bool = False) -> CommitteeReport | None:
    """A meeting's report; to write, the meeting is held so that nobody else begins one."""
    if to_write:
        db.session.execute(select(Meeting.id).where(Meeting.id == meeting.id).with_for_update())
    rows = select(CommitteeReport).where(CommitteeReport.meeting_id == meeting.id)
    return db.session.execute(rows.execution_options(populate_existing=to_write)).scalar_one_or_none()


def writes(meeting: Meeting, actor: Actor) -> bool:
    """Whether somebody writes the reports of a meeting's board."""
    return actor.reaches(Permission.EDIT_PLANS, meeting.board.unit.path)


def report_or_404(meeting: Meeting, actor: Actor) -> CommitteeReport:
    """A meeting's report: the final one for all who read the board, a draft for those who write it."""
    found = find_report(meeting)
    if found is None or not (found.finalised_at or writes(meeting, actor)):
        abort(404)
    return found


def reports_open_to(actor: Actor) -> list[CommitteeReport]:
    """The reports that somebody may read, the latest meeting first: final ones, and drafts of boards that they keep."""
    rows = select(CommitteeReport).join(CommitteeReport.meeting).order_by(Meeting.held_on.desc(), CommitteeReport.id)
    open_to = {board.id for board in boards_open_to(actor)}
    return [
        one
        for one in db.session.execute(rows).scalars()
        if one.meeting.board_id in open_to and (one.finalised_at or writes(one.meeting, actor))
    ]


def written_in(report: CommitteeReport) -> Written:
    """What is written in a report."""
    return Written(report.title, report.reference, report.report_of, report.words)
