"""Improvement plans of the demonstration: a published one, from its file, and Northmere's own, with live figures."""

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import Final

from audit_app.db import db
from audit_app.demonstration.committee_words import committee_words
from audit_app.demonstration.improving_words import BY_TEAM, LIVE, northmere_plan
from audit_app.demonstration.operations.moderating import Bench
from audit_app.improvement import operations as improvement
from audit_app.improvement.model import Indicator, Plan
from audit_app.improvement.operations import boards
from audit_app.improvement.operations.figures import Bound
from audit_app.organisation.model import Unit
from audit_app.reporting import operations as reporting
from audit_app.reporting.queries.imprint import council

PUBLISHED: Final = Path(__file__).resolve().parents[1] / "inspection_plan.xlsx"
MONTHS = 12


def improve(bench: Bench, today: dt.date) -> None:
    """Both plans, and a reading of each live figure."""
    northmere = bench.rounds.northmere
    officer = northmere.officer_id
    with PUBLISHED.open("rb") as published:
        sent = improvement.send_in(northmere.root, published, PUBLISHED.name, by=officer)
    improvement.take_file(sent, by=officer)
    plan = improvement.take(northmere_plan(today), northmere.root, by=officer)
    who = next(one for one in northmere.people.values() if one.id == officer).actor(today)
    for indicator in _live(plan):
        bound = Bound(LIVE[indicator.ref], northmere.root.id, MONTHS, by_team=indicator.ref in BY_TEAM)
        improvement.bind(plan, indicator, asdict(bound), indicator.version_id, by=officer)
        improvement.read_figure(indicator, by=who)
    _goes_to_a_board(plan, northmere.root, today, officer)


def _goes_to_a_board(plan: Plan, root: Unit, today: dt.date, officer: int) -> None:
    """A board that meets every month: one meeting that was shown the plan, with its report, and the next."""
    plan.board = boards.make_board(root, "Practice improvement board", 1, by=officer)
    db.session.flush()
    db.session.refresh(plan.board, ["plans"])
    shown = boards.call_meeting(plan.board, today, today - dt.timedelta(days=3), by=officer)
    boards.freeze(shown, shown.version_id, by=officer)
    report = reporting.save_report(shown, committee_words(), "OPEN", 0, by=officer)
    reporting.finalise_report(report, report.version_id, council(), by=officer)
    boards.call_meeting(plan.board, today + dt.timedelta(days=28), today + dt.timedelta(days=11), by=officer)


def _live(plan: Plan) -> list[Indicator]:
    return [one for part in plan.recommendations for one in part.indicators if one.ref in LIVE]
