"""What is done with rounds: opened, changed, closed, opened again."""

import datetime as dt

from audit_app.cases.model import CaseList
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.frameworks.model import ToolVersion
from audit_app.history.operations import record
from audit_app.programmes import queries
from audit_app.programmes.model import Programme, Round
from audit_app.programmes.rules import (
    refusal_to_add_cases,
    refusal_to_be_due,
    refusal_to_close,
    refusal_to_open,
    refusal_to_reopen,
)
from audit_app.programmes.working_days import working_days_after
from audit_app.refusal import Refusal, Refused, Stale, refuse_if


def due_day(programme: Programme, month: dt.date) -> dt.date:
    """The day on which the audits of a round opened today fall due: so many working days from today or its month."""
    return working_days_after(max(today(), month), programme.due_working_days)


def open_round(
    programme: Programme,
    month: dt.date,
    tool: ToolVersion,
    case_list: CaseList | None,
    due_on: dt.date | None = None,
    *,
    by: int | None,
) -> Round:
    """Open a programme's round of a month; without a due day it follows from the programme's working days."""
    month = month.replace(day=1)
    due_on = due_on or due_day(programme, month)
    ended = programme.ended_at is not None
    refuse_if(refusal_to_open(month, due_on, today(), taken=queries.months_taken(programme), ended=ended))
    if tool.key != programme.tool_key or tool.retired_at is not None:
        raise Refused(Refusal("Choose a version of the programme’s tool that is on offer."))
    if case_list is not None and not _fits(programme, case_list):
        raise Refused(Refusal("Choose a case list of the authority that this programme is for."))
    opened = Round(
        programme=programme,
        tool_version=tool,
        case_list=case_list,
        month=month,
        due_on=due_on,
        opened_at=now(),
    )
    db.session.add(opened)
    db.session.flush()
    body = {
        "programme": programme.id,
        "month": month.isoformat(),
        "due": due_on.isoformat(),
        "tool": tool.id,
        "case_list": case_list.id if case_list else None,
    }
    record("round.opened", subject=f"round:{opened.id}", body=body, by=by)
    return opened


def _fits(programme: Programme, case_list: CaseList) -> bool:
    """Whether a case list is of the authority that a programme's unit stands in, or of one below it."""
    mine, its = programme.unit.path, case_list.authority.path
    return mine.startswith(its) or its.startswith(mine)


def change_round(round_: Round, case_list: CaseList | None, due_on: dt.date, version: int, *, by: int) -> None:
    """Choose a round's case list, or another due day; audits that were given out keep theirs."""
    if round_.version_id != version:
        raise Stale("this round")
    refuse_if(refusal_to_add_cases(round_.closed_at is not None))
    if due_on != round_.due_on:
        refuse_if(refusal_to_be_due(round_.month, due_on, today()))
    if case_list is not None and not _fits(round_.programme, case_list):
        raise Refused(Refusal("Choose a case list of the authority that this programme is for."))
    before = {"case_list": round_.case_list_id, "due": round_.due_on.isoformat()}
    after = {"case_list": case_list.id if case_list else None, "due": due_on.isoformat()}
    if before != after:
        round_.case_list, round_.due_on = case_list, due_on
        db.session.flush()
        record("round.changed", subject=f"round:{round_.id}", body={"from": before, "to": after}, by=by)


def close_round(round_: Round, *, by: int) -> None:
    """Close a round: no more cases are drawn or given out in it; what was given out goes on."""
    refuse_if(refusal_to_close(round_.closed_at is not None))
    round_.closed_at = now()
    db.session.flush()
    record("round.closed", subject=f"round:{round_.id}", by=by)


def reopen_round(round_: Round, *, by: int) -> None:
    """Open a closed round again."""
    refuse_if(refusal_to_reopen(round_.closed_at is not None, ended=round_.programme.ended_at is not None))
    round_.closed_at = None
    db.session.flush()
    record("round.reopened", subject=f"round:{round_.id}", by=by)
