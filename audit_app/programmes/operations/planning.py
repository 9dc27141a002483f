"""Opening the rounds that are planned, by hand or by themselves, and skipping a month."""

import datetime as dt
from dataclasses import dataclass

from audit_app.cases.model import CaseList
from audit_app.cases.queries import lists_around
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.frameworks.model import ToolVersion
from audit_app.history.operations import record
from audit_app.programmes import queries
from audit_app.programmes.model import Programme, Round, Skip
from audit_app.programmes.operations.rounds import open_round
from audit_app.programmes.planning import (
    PlannedRound,
    State,
    is_fresh,
    refusal_to_open_itself,
    refusal_to_open_planned,
    refusal_to_skip,
)
from audit_app.refusal import Refusal, Refused, refuse_if
from audit_app.work.operations import periodic


@dataclass(frozen=True, slots=True)
class Due:
    """A round that was due to open by itself: the round, or why it did not open."""

    programme: Programme
    month: dt.date
    round: Round | None
    why: str = ""


def _planned(programme: Programme, month: dt.date) -> PlannedRound | None:
    return {one.month: one for one in queries.calendar_of(programme)}.get(month)


def _offered(programme: Programme) -> tuple[ToolVersion | None, CaseList | None]:
    """The newest version of the tool, and the newest case list."""
    tools, lists = queries.versions_of(programme.tool_key), lists_around(programme.unit.path)
    return (tools[0] if tools else None), (lists[0] if lists else None)


def open_planned(programme: Programme, month: dt.date, *, by: int) -> Round:
    """Open a planned round as it is usual: the newest version of the tool, and a case list if there is a fresh one."""
    refuse_if(refusal_to_open_planned(_planned(programme, month)))
    tool, case_list = _offered(programme)
    if tool is None:
        raise Refused(Refusal("No version of this programme’s audit tool is on offer."))
    fresh = case_list if case_list is not None and is_fresh(case_list.taken_on, today()) else None
    return open_round(programme, month, tool, fresh, by=by)


@periodic("programmes.open", at="06:30")
def open_each_morning() -> None:
    """Open what is due to open by itself, each morning; the round’s page and the record say that it was opened."""
    open_what_is_due()


def open_what_is_due() -> list[Due]:
    """Open this month’s round of each programme that opens by itself and has a fresh case list; safe to repeat."""
    found = []
    for programme in queries.opening_themselves():
        planned = _planned(programme, today().replace(day=1))
        if planned is not None and planned.state is State.DUE:
            found.append(_open_due(programme, planned.month))
    return found


def _open_due(programme: Programme, month: dt.date) -> Due:
    tool, case_list = _offered(programme)
    taken_on = case_list.taken_on if case_list else None
    refusal = refusal_to_open_itself(taken_on, today(), tool_offered=tool is not None)
    if refusal is not None or tool is None:
        return Due(programme, month, None, refusal.reason if refusal else "")
    return Due(programme, month, open_round(programme, month, tool, case_list, by=None))


def skip_month(programme: Programme, month: dt.date, reason: str, *, by: int) -> Skip:
    """Skip a planned month, with the reason."""
    refuse_if(refusal_to_skip(_planned(programme, month), reason))
    kept = Skip(programme_id=programme.id, month=month, reason=reason.strip(), skipped_at=now(), skipped_by=by)
    db.session.add(kept)
    db.session.flush()
    body = {"month": month.isoformat(), "reason": kept.reason}
    record("programme.month_skipped", subject=f"programme:{programme.id}", body=body, by=by)
    return kept


def plan_again(programme: Programme, month: dt.date, *, by: int) -> None:
    """Plan a month again that was skipped."""
    kept = queries.find_skip(programme, month)
    if kept is None:
        raise Refused(Refusal("This month is not skipped."))
    db.session.delete(kept)
    db.session.flush()
    body = {"month": month.isoformat()}
    record("programme.month_planned_again", subject=f"programme:{programme.id}", body=body, by=by)
