"""Asking for what a board wants updated before it meets, and hearing that it was."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection
from functools import cache
from typing import Any

from sqlalchemy import select, update

from audit_app.access.table import Permission
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.identity.queries import away_between
from audit_app.improvement.model import Meeting, Plan
from audit_app.improvement.queries.boards import Owed, meetings_ahead, owed_to
from audit_app.notices.board_days import Wished, due_of_boards
from audit_app.notices.model import Notice
from audit_app.notices.operations.telling import Telling, tell
from audit_app.notices.operations.writing import words
from audit_app.notices.queries import officers_over, people_who_may


def owed_now(day: dt.date) -> dict[int, list[Owed]]:
    """By person what boards that are still to meet wait for."""

    @cache
    def writers(path: str) -> Collection[int]:
        return officers_over(path, day) or people_who_may(Permission.EDIT_PLANS, path, day)

    found: dict[int, list[Owed]] = defaultdict(list)
    for meeting in meetings_ahead(day):
        for person, owed in owed_to(meeting, writers).items():
            found[person].append(owed)
    return found


def ask_for_updates(day: dt.date) -> list[Notice]:
    """Ask everybody for what boards still wait for, on the days on which it is asked for."""
    rows = select(Meeting.id).where(Meeting.held_on >= day, Meeting.frozen_at.is_(None)).order_by(Meeting.id)
    db.session.execute(rows.with_for_update())  # a second run at once waits, and then sees what was said
    owed = owed_now(day)
    _end_what_is_not_owed(owed)
    wished = [Wished(one.meeting.id, who, one.meeting.updates_by) for who, every in owed.items() for one in every]
    away = set(away_between(owed, day, day))
    return tell(
        Telling(one.person_id, one.kind, one.key, meeting_id=one.meeting_id)
        for one in due_of_boards(wished, day, words().boards, away=away)
    )


def hear_updated(kind: str, *, subject: str, **said: object) -> None:
    """Something of a plan was updated or changed hands: whoever owes nothing more is asked no more."""
    board = select(Plan.board_id).where(Plan.id == int(subject.removeprefix("plan:")))
    asked = select(Notice.id).where(Notice.ended_at.is_(None), Notice.meeting_id.is_not(None)).join(Notice.meeting)
    if db.session.execute(asked.where(Meeting.board_id.in_(board)).limit(1)).first() is not None:
        _end_what_is_not_owed(owed_now(today()))


def hear_frozen(kind: str, *, body: dict[str, Any], **said: object) -> None:
    """What a meeting is shown is final: nobody is asked for updates any more."""
    rows = update(Notice).where(Notice.meeting_id == body["meeting"], Notice.ended_at.is_(None))
    db.session.execute(rows.values(ended_at=now()))


def _end_what_is_not_owed(owed: dict[int, list[Owed]]) -> None:
    """End what was said of updates that were given, or of meetings that are over."""
    still = {(person, one.meeting.id) for person, every in owed.items() for one in every}
    rows = select(Notice).where(Notice.meeting_id.is_not(None), Notice.ended_at.is_(None))
    for notice in db.session.execute(rows).scalars():
        if (notice.person_id, notice.meeting_id) not in still:
            notice.ended_at = now()
    db.session.flush()


HEARD: dict[str, Callable[..., None]] = {
    "plan.action_updated": hear_updated,
    "plan.indicator_read": hear_updated,
    "plan.changed": hear_updated,
    "board.pack_frozen": hear_frozen,
}
