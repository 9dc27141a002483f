"""Reports to committees: whether a meeting has one, and who may read it."""

from collections.abc import Mapping
from typing import Any

from flask import abort
from sqlalchemy import select

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.improvement.model import Meeting
from audit_app.improvement.queries import sealed_from
from audit_app.improvement.queries.boards import boards_open_to, shown_to
from audit_app.reporting.committee import sections, sections_of
from audit_app.reporting.contents.committee_report import Written, committee_report
from audit_app.reporting.document import Document, Marking
from audit_app.reporting.model import CommitteeReport
from audit_app.reporting.queries.imprint import council
from audit_app.reporting.queries.looks import in_own_colours

MARKED: dict[str, Marking] = {"OPEN": "OPEN", "OFFICIAL": "OFFICIAL", "OFFICIAL-SENSITIVE": "OFFICIAL-SENSITIVE"}


def find_report(meeting: Meeting, *, to_write: bool = False) -> CommitteeReport | None:
    """A meeting's report; to write, the meeting is held so that nobody else begins one."""
    if to_write:
        db.session.execute(select(Meeting.id).where(Meeting.id == meeting.id).with_for_update())
    rows = select(CommitteeReport).where(CommitteeReport.meeting_id == meeting.id)
    return db.session.execute(rows.execution_options(populate_existing=to_write)).scalar_one_or_none()


def writes(meeting: Meeting, actor: Actor) -> bool:
    """Whether somebody writes the reports of a meeting's board."""
    return actor.reaches(Permission.EDIT_PLANS, meeting.board.unit.path)


def contents_or_404(meeting: Meeting, actor: Actor) -> Mapping[str, Any]:
    """What a meeting is shown; a report of it does not exist where that is nothing, or counts what one judges blind."""
    contents = shown_to(meeting, sealed_from(actor), today())
    return contents if contents and contents["plans"] else abort(404)


def report_or_404(meeting: Meeting, actor: Actor) -> CommitteeReport:
    """A meeting's report: the final one for all who read the board, a draft for those who write it."""
    found = find_report(meeting)
    if found is None or not (found.finalised_at or writes(meeting, actor)):
        abort(404)
    return found


def reports_open_to(actor: Actor) -> list[CommitteeReport]:
    """The reports that somebody may read, the latest meeting first: final ones, and drafts of boards that they keep.

    None whose appendix counts what they judge blind.
    """
    rows = select(CommitteeReport).join(CommitteeReport.meeting).order_by(Meeting.held_on.desc(), CommitteeReport.id)
    sealed = sealed_from(actor)
    open_to = {board.id for board in boards_open_to(actor)}
    return [
        one
        for one in db.session.execute(rows).scalars()
        if one.meeting.board_id in open_to
        and (one.finalised_at or writes(one.meeting, actor))
        and shown_to(one.meeting, sealed, today())
    ]


def written_in(report: CommitteeReport) -> Written:
    """What is written in a report."""
    return Written(report.title, report.reference, report.report_of, report.wards, report.words)


def paper_of(report: CommitteeReport, contents: Mapping[str, Any]) -> Document:
    """A report as a paper: final as it was, or as it would be today; contents are what its meeting is shown."""
    paper = committee_report(
        written_in(report),
        sections_of(report.sections) if report.finalised_at else sections(),
        contents,
        marking=MARKED[report.marking],
        final=report.finalised_at is not None,
        version=report.version_id,
        council=report.council or council(),
        produced_at=report.finalised_at or now(),
        frozen=report.meeting.contents_hash,
    )
    return in_own_colours(paper, report.meeting.board.unit_id)
