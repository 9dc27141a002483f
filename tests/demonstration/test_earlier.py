"""The tracker of earlier audits, as the demonstration imports it."""

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from audit_app.clock import today
from audit_app.db import db
from audit_app.demonstration.dates import months
from audit_app.demonstration.earlier import MONTHS, months_before, tracker
from audit_app.past.model import PastAudit, PastImport

TEAMS = ("Assessment North", "Leaving Care")


@pytest.mark.parametrize("day", [dt.date(2026, 1, 1), dt.date(2026, 11, 22), dt.date(2028, 2, 29)])
def test_the_tracker_ends_in_the_month_before_the_first_round(day: dt.date) -> None:
    before = months_before(day)
    assert len(before) == MONTHS
    assert before[-1] < months(day)[0] <= before[-1] + dt.timedelta(days=31)


def test_the_tracker_tells_the_same_story_in_every_month_it_is_loaded() -> None:
    def told(day: dt.date) -> list[str]:
        rows = tracker(day, "northmere", TEAMS).decode().splitlines()[1:]
        return [",".join(cell for place, cell in enumerate(row.split(",")) if place != 1) for row in rows]

    assert told(dt.date(2026, 1, 31)) == told(dt.date(2027, 6, 1))


def test_every_row_is_imported_and_marked_with_its_file(demonstration: Flask) -> None:
    (kept,) = db.session.execute(select(PastImport)).scalars()
    assert (kept.filename, kept.summary["refused"], kept.summary["unknown_teams"]) == ("audit-tracker.csv", 0, [])
    rows = db.session.execute(select(PastAudit)).scalars().all()
    assert len(rows) == kept.rows
    assert {row.month for row in rows} == set(months_before(today()))
    assert any(row.moderated and row.moderated != row.grade for row in rows)
