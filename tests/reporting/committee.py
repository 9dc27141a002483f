"""Reports to committees for tests, written through the product's own operations."""

import datetime as dt

from audit_app.clock import today
from audit_app.improvement.model import Meeting, Plan
from audit_app.improvement.operations import boards
from audit_app.reporting import operations
from audit_app.reporting.committee import sections
from audit_app.reporting.contents.committee_report import Written
from audit_app.reporting.model import CommitteeReport
from tests import make


def words(**changes: str) -> dict[str, str]:
    """Something in every section that is needed."""
    return {one.key: f"Words of {one.key}." for one in sections() if one.needed} | changes


def written(**changes: str) -> Written:
    """A whole report."""
    return Written("Progress of our plan", "CF/16", "Łukasz Nguyễn, Director", "All wards", words(**changes))


def draft(made: make.Authority, meeting: Meeting, **changes: str) -> CommitteeReport:
    """A report of a meeting, not final yet."""
    return operations.save_report(meeting, written(**changes), "OPEN", 0, by=made.officer.id)


def final(made: make.Authority, plan: Plan, **changes: str) -> CommitteeReport:
    """A final report of a meeting of its own, frozen."""
    assert plan.board is not None
    day = today() - dt.timedelta(days=40)
    held = boards.call_meeting(plan.board, day, day, by=made.officer.id)
    boards.freeze(held, held.version_id, by=made.officer.id)
    report = draft(made, held, **changes)
    operations.finalise_report(report, report.version_id, "Northmere Council", by=made.officer.id)
    return report
