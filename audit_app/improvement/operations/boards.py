"""What is done with boards: made, given meetings, shown a frozen pack, and heard: decisions become actions."""

import datetime as dt

from audit_app.clock import now, today
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.improvement.cycles import CYCLES, refusal_to_decide
from audit_app.improvement.model import Board, Decision, Meeting, Plan
from audit_app.improvement.operations.changing import change_action, due_values
from audit_app.improvement.queries.boards import contents_of, names_of_boards
from audit_app.improvement.snapshot import frozen, hash_of
from audit_app.improvement.wording import Due
from audit_app.organisation.model import Unit
from audit_app.refusal import Refusal, Refused, Stale, refuse_if


def make_board(unit: Unit, name: str, every_months: int, *, by: int | None) -> Board:
    """A new board of a unit, and how often it meets."""
    if name.lower() in names_of_boards(unit.id):
        raise Refused(Refusal(f"This unit already has a board called “{name}”. Choose another name."))
    if every_months not in CYCLES:
        raise Refused(Refusal("Choose how often it meets."))
    made = Board(unit=unit, name=name, every_months=every_months)
    db.session.add(made)
    db.session.flush()
    body = {"unit": unit.id, "name": name, "every_months": every_months}
    record("board.made", subject=made.subject, body=body, by=by)
    return made


def call_meeting(board: Board, held_on: dt.date, updates_by: dt.date, *, by: int | None) -> Meeting:
    """A meeting of a board, and by when it asks for updates."""
    if any(one.held_on == held_on for one in board.meetings):
        raise Refused(Refusal("This board already has a meeting on that day."))
    if updates_by > held_on:
        raise Refused(Refusal("Updates are asked for by the day of the meeting at the latest."))
    made = Meeting(board=board, held_on=held_on, updates_by=updates_by)
    db.session.add(made)
    db.session.flush()
    db.session.refresh(board, ["meetings"])
    body = {"meeting": made.id, "held_on": held_on.isoformat(), "updates_by": updates_by.isoformat()}
    record("board.meeting_called", subject=board.subject, body=body, by=by)
    return made


def freeze(meeting: Meeting, version: int, *, by: int | None) -> None:
    """Freeze what a meeting is shown; it is never written again."""
    if meeting.version_id != version:
        raise Stale("this meeting")
    if meeting.frozen_at is not None:
        raise Refused(Refusal("What this meeting is shown was frozen already, and stays as it is."))
    if not meeting.board.plans:
        raise Refused(Refusal("No plan goes to this board yet. Choose the board on a plan’s own page."))
    meeting.contents = frozen(contents_of(meeting, today()))
    meeting.contents_hash = hash_of(meeting.contents)
    meeting.frozen_at, meeting.frozen_by = now(), by
    db.session.flush()
    body = {"meeting": meeting.id, "hash": meeting.contents_hash}
    record("board.pack_frozen", subject=meeting.board.subject, body=body, by=by)


def decide(
    meeting: Meeting, words: str, plan: Plan, recommendation: str, *, ref: str, lead_id: int | None, due: Due, by: int
) -> Decision:
    """Keep what a meeting decided, as an action of one of its plans."""
    if plan.board_id != meeting.board_id:
        raise Refused(Refusal("That plan does not go to this board."))
    refuse_if(refusal_to_decide(meeting.held_on, today()))
    values = {"ref": ref, "wording": words, "lead_id": lead_id, "lead_words": "", **due_values(due)}
    action = change_action(plan, None, values, recommendation, 0, by=by)
    made = Decision(meeting=meeting, words=words, action_id=action.id, made_at=now(), made_by=by)
    db.session.add(made)
    db.session.flush()
    db.session.refresh(meeting, ["decisions"])
    body = {"meeting": meeting.id, "decision": made.id, "action": action.id}
    record("board.decided", subject=meeting.board.subject, body=body, by=by)
    return made
