"""What a board's pack would hold: the papers of one meeting, as what it is shown was frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort
from sqlalchemy import select

from audit_app.access.actor import Actor
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.improvement.model import Decision, Meeting
from audit_app.improvement.queries import sealed_from
from audit_app.improvement.queries.boards import reads, shown_to
from audit_app.improvement.snapshot import audits_in
from audit_app.packs.decided import Decided, decisions_paper
from audit_app.reporting.contents.audience import Audience
from audit_app.reporting.document import Document
from audit_app.reporting.queries.committee import find_report, paper_of
from audit_app.reporting.queries.imprint import council, receipt
from audit_app.reporting.queries.looks import in_own_colours
from audit_app.reporting.queries.plans import plan_paper
from audit_app.web.formats import plural

BOARD = "packs.board"


@dataclass(frozen=True, slots=True)
class Shown:
    """A meeting of which somebody may take the whole pack, and what it was shown."""

    meeting: Meeting
    contents: Mapping[str, Any]

    @property
    def reported(self) -> bool:
        """Whether the meeting has a final report to its committee."""
        report = find_report(self.meeting)
        return report is not None and report.finalised_at is not None

    @property
    def left_out(self) -> tuple[str, ...]:
        """What is not in the pack, and why."""
        if self.reported:
            return ()
        return ("There is no report to the committee in it: none is final.",)

    @property
    def holds(self) -> tuple[str, ...]:
        """What is in it, in words."""
        decided = len(self.meeting.decisions)
        return (
            "The action plan as it was frozen for the meeting",
            *(["The report to the committee"] if self.reported else []),
            *([f"What the meeting decided: {plural(decided, 'decision')}"] if decided else []),
        )

    @property
    def counted(self) -> tuple[int, ...]:
        """The audits that live figures in it count."""
        return tuple(sorted(audits_in(self.contents)))


def find_shown(board_id: int, meeting_id: int, actor: Actor) -> Shown | None:
    """A frozen meeting of a board that somebody may read, and that counts nothing which they judge blind."""
    rows = select(Meeting).where(Meeting.id == meeting_id, Meeting.board_id == board_id)
    found = db.session.execute(rows.where(Meeting.frozen_at.is_not(None))).scalar_one_or_none()
    if found is None or not reads(found.board, actor):
        return None
    contents = shown_to(found, sealed_from(actor), today())
    return Shown(found, contents) if contents else None


def shown_or_404(board_id: int, meeting_id: int, actor: Actor) -> Shown:
    """A meeting whose pack somebody may take; any other does not exist."""
    return find_shown(board_id, meeting_id, actor) or abort(404)


def papers_of(shown: Shown) -> list[tuple[str, Document]]:
    """The papers of a meeting, by the names of their files."""
    meeting, papers = shown.meeting, [("action-plan", plan_paper(shown.meeting, shown.contents, Audience.BOARD))]
    report = find_report(meeting)
    if report is not None and report.finalised_at is not None:
        papers.append(("committee-report", paper_of(report, shown.contents)))
    if meeting.decisions:
        decided = [_decided(one) for one in meeting.decisions]
        paper = decisions_paper(
            meeting.board.name, meeting.held_on, decided, council=council(), produced_at=now(), receipt=receipt()
        )
        papers.append(("decisions", in_own_colours(paper, meeting.board.unit_id)))
    return papers


def _decided(one: Decision) -> Decided:
    action = one.action
    if action is None:
        return Decided(one.words, one.made_at, "", "", "")
    return Decided(one.words, one.made_at, action.ref, action.lead_said, action.due.said)
