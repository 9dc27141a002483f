"""What is asked of boards: which somebody may see, what is due before a meeting, what it is shown."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.db import db
from audit_app.history.queries import entries_of
from audit_app.identity.model import Person
from audit_app.improvement.cycles import is_due, window_start
from audit_app.improvement.model import Board, Indicator, Meeting, Plan, PlanAction
from audit_app.improvement.queries import WHOLE
from audit_app.improvement.queries.standing import (
    interval_of,
    milestones_said,
    published_baseline,
    published_figure,
    published_rows,
    standings_of,
    targets_said,
    why_of,
)
from audit_app.improvement.snapshot import audits_in, thawed


def _reads(actor: Actor, path: str) -> bool:
    return any(path.startswith(mine) or mine.startswith(path) for mine in actor.paths(Permission.SEE_PLANS))


def reads(board: Board, actor: Actor) -> bool:
    """Whether somebody reads a board's pages and papers."""
    return _reads(actor, board.unit.path)


def board_or_404(board_id: int, actor: Actor, *, to_edit: bool = False) -> Board:
    """A board that somebody may read, or keep; any other does not exist."""
    found = db.session.execute(select(Board).where(Board.id == board_id)).scalar_one_or_none()
    if found is None:
        abort(404)
    mine = actor.reaches(Permission.EDIT_PLANS, found.unit.path) if to_edit else _reads(actor, found.unit.path)
    return found if mine else abort(404)


def boards_open_to(actor: Actor) -> list[Board]:
    """The boards that somebody may read."""
    rows = select(Board).options(joinedload(Board.unit)).order_by(Board.name, Board.id)
    return [one for one in db.session.execute(rows).scalars() if _reads(actor, one.unit.path)]


def meeting_in(board: Board, meeting_id: int) -> Meeting:
    """A meeting of a board."""
    found = [one for one in board.meetings if one.id == meeting_id]
    return found[0] if found else abort(404)


def reported(meeting: Meeting) -> bool:
    """Whether a report to the committee was made final for a meeting."""
    made = entries_of(meeting.board.subject, kinds=["committee_report.finalised"])
    return any(isinstance(one.body, Mapping) and one.body.get("meeting") == meeting.id for one in made)


def names_of_boards(unit_id: int) -> set[str]:
    """The names of a unit's boards, in lower case."""
    return {name.lower() for name in db.session.execute(select(Board.name).where(Board.unit_id == unit_id)).scalars()}


@dataclass(frozen=True, slots=True)
class Due:
    """What a meeting asks for and has not got: actions without an update, indicators without a reading."""

    since: dt.date
    actions: tuple[tuple[Plan, PlanAction], ...]
    indicators: tuple[tuple[Plan, Indicator], ...]


def due_for(meeting: Meeting) -> Due:
    """What is due for update before a meeting, and of whom."""
    board = meeting.board
    since = window_start([one.held_on for one in board.meetings], meeting.held_on, board.every_months)
    actions, indicators = [], []
    for plan in board.plans:
        for part in plan.recommendations:
            for action in part.actions:
                said = action.latest.told_on if action.latest else None
                if not action.delivery.finished and is_due(said, since):
                    actions.append((plan, action))
            for indicator in part.indicators:
                read = indicator.latest.read_on if indicator.latest else None
                if is_due(read, since):
                    indicators.append((plan, indicator))
    return Due(since, tuple(actions), tuple(indicators))


@dataclass(frozen=True, slots=True)
class Owed:
    """What a meeting still waits for from one person."""

    meeting: Meeting
    actions: tuple[PlanAction, ...] = ()
    indicators: tuple[Indicator, ...] = ()


def meetings_ahead(day: dt.date) -> list[Meeting]:
    """The meetings that are still to come and whose papers are not frozen: updates can still be given."""
    rows = select(Meeting).where(Meeting.held_on >= day, Meeting.frozen_at.is_(None))
    rows = rows.options(selectinload(Meeting.board).options(selectinload(Board.plans).options(*WHOLE)))
    return list(db.session.execute(rows.order_by(Meeting.held_on, Meeting.id)).scalars())


def owed_to(meeting: Meeting, writers: Callable[[str], Collection[int]]) -> dict[int, Owed]:
    """By person what a meeting still waits for: from whoever leads an action, else from those who write its plan."""
    actions: dict[int, list[PlanAction]] = defaultdict(list)
    indicators: dict[int, list[Indicator]] = defaultdict(list)
    due = due_for(meeting)
    for plan, action in due.actions:
        lead = db.session.get(Person, action.lead_id) if action.lead_id else None
        for person in [lead.id] if lead is not None and lead.ended_at is None else writers(plan.unit.path):
            actions[person].append(action)
    for plan, indicator in due.indicators:
        for person in writers(plan.unit.path):
            indicators[person].append(indicator)
    return {
        person: Owed(meeting, tuple(actions[person]), tuple(indicators[person]))
        for person in sorted({*actions, *indicators})
    }


def contents_of(meeting: Meeting, today: dt.date) -> dict[str, Any]:
    """What a meeting is shown of every plan of its board, in words that do not change any more.

    A board reads it, so small numbers are left out of it here, once for the page and for every paper.
    """
    board = meeting.board
    return {
        "board": board.name,
        "council": current_app.extensions["settings"].council_name,
        "held_on": meeting.held_on.isoformat(),
        "stated_on": today.isoformat(),
        "plans": [_plan(plan, today) for plan in board.plans],
    }


def _plan(plan: Plan, today: dt.date) -> dict[str, Any]:
    standings = standings_of(plan, (), today)
    return {
        "id": plan.id,
        "name": plan.name,
        "unit": plan.unit.name,
        "about": plan.about,
        "starts_on": plan.starts_on.isoformat(),
        "ends_on": plan.ends_on.isoformat(),
        "source": plan.source,
        "themes_called": plan.themes_called,
        "recommendations": [
            {
                "ref": part.ref,
                "theme": part.theme,
                "wording": part.wording,
                "source": part.source,
                "found": part.found,
                "indicators": [_indicator(one, standings) for one in part.indicators],
                "actions": [_action(one, today) for one in part.actions],
            }
            for part in plan.recommendations
        ],
    }


def _indicator(one: Indicator, standings: dict[int, Any]) -> dict[str, Any]:
    standing = standings[one.id]
    reading = standing.reading
    return {
        "ref": one.ref,
        "name": one.name,
        "baseline": published_baseline(one),
        "baseline_note": one.baseline_note,
        "baseline_period": one.baseline_period,
        "targets": targets_said(one),
        "milestones": milestones_said(one),
        "read_on": reading.read_on.isoformat() if reading else "",
        "figure": published_figure(reading) if reading else "",
        "rows": published_rows(reading) if reading else [],
        "words": reading.words if reading else "",
        "source": reading.source if reading else "",
        "interval": interval_of(reading) if reading else [],
        "why": why_of(reading) if reading else "",
        "audits": list(reading.audits) if reading else [],
        "progress": standing.words,
        "sides": [list(one) for one in standing.published_sides],
        "tone": standing.tone,
        "computed": standing.computed_words,
        "reason": standing.own.reason if standing.own else "",
    }


def _action(one: PlanAction, today: dt.date) -> dict[str, Any]:
    latest = one.latest
    return {
        "ref": one.ref,
        "wording": one.wording,
        "lead": one.lead_said,
        "due": one.due.said,
        "delivery": one.delivery.name,
        "tone": one.delivery.tone,
        "late": one.overdue(today),
        "told_on": latest.told_on.isoformat() if latest else "",
        "progress": latest.words if latest else "",
        "evidence": latest.evidence if latest else "",
    }


def shown_to(meeting: Meeting, sealed: Collection[int], today: dt.date) -> dict[str, Any] | None:
    """What a meeting is shown, frozen or as it would be today; None for whoever judges blind what it counts."""
    contents = thawed(meeting.contents) if meeting.contents else contents_of(meeting, today)
    return None if hidden_in(audits_in(contents), sealed) else contents


def hidden_in(contents: Collection[int], sealed: Collection[int]) -> bool:
    """Whether frozen contents count an audit that somebody judges blind just now."""
    return bool(set(contents) & set(sealed))
