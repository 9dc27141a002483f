"""Plans for tests, made through the product's own operations."""

import datetime as dt
import io
from dataclasses import asdict, replace
from decimal import Decimal

from audit_app.cases.mapping import Mapping
from audit_app.cases.ways import Way
from audit_app.cases.workbook import sheets_of
from audit_app.clock import today
from audit_app.db import db
from audit_app.demonstration.operations.improving import PUBLISHED
from audit_app.improvement import operations
from audit_app.improvement.lines import Rows, text_of
from audit_app.improvement.model import Indicator, Meeting, Plan, PlanAction, PlanFile, ReadingsFile
from audit_app.improvement.operations import boards, reading_files
from audit_app.improvement.operations.figures import Bound
from audit_app.improvement.wording import Amount, Due, Precision
from audit_app.improvement.writing import plan_file
from audit_app.improvement.written import (
    Action,
    Advice,
    Finding,
    Head,
    Measure,
    Start,
    Stated,
    Target,
    Update,
    WrittenPlan,
)
from audit_app.web.formats import day
from tests import make

SOON, LATER = dt.timedelta(days=60), dt.timedelta(days=240)
WORDS = "Carers say that they are listened to"


def written(
    lead: str = "Principal social worker", *, name: str = "Our plan", began: dt.date | None = None
) -> WrittenPlan:
    """A plan with one recommendation, a share, a count and words, and two actions."""
    day = today()
    first, second = (Due(day + away, Precision.DAY) for away in (SOON, LATER))
    shares = (Target(first, "at_least", Decimal(80)), Target(second, "at_least", Decimal(90)))
    read_on = day - dt.timedelta(days=10)
    stated = Stated("on_track", first.on, "Everything is in place since last week.")
    return WrittenPlan(
        Head(
            "Our plan",
            day - dt.timedelta(days=100),
            day + dt.timedelta(days=300),
            "About.",
            "An inspection",
            "Priorities",
        ),
        (Advice("1", "Plans are good", "Practice", "An inspection", "Some were not."), Advice("2", "Carers stay")),
        (
            Measure(
                "1.1",
                "1",
                "Plans in time",
                "percent",
                "teams",
                Start("74% of plans", Amount(Decimal(74)), "Q4", day - dt.timedelta(days=100), "As printed."),
                shares,
                (Finding(read_on, Amount(Decimal("70.2")), "", "", "Case system", (), stated),),
            ),
            Measure(
                "2.1",
                "2",
                "New carers",
                "count",
                targets=(Target(first, "by_count", Decimal(5)),),
                findings=(Finding(read_on, Amount(Decimal(6))),),
            ),
            Measure(
                "2.2",
                "2",
                "Carers’ feedback",
                "words",
                targets=(Target(first, "at_least", None, WORDS),),
                findings=(Finding(read_on, words="They do.", judged="achieved"),),
            ),
        ),
        (
            Action(
                "1a",
                "1",
                "Read every plan",
                lead,
                Due(day - dt.timedelta(days=1), Precision.DAY),
                (Update(read_on, "Half are read.", "Notes", "under_way"),),
            ),
            Action("2a", "2", "Ask carers", "", Due(None, Precision.WORDS, "Throughout the year")),
        ),
    )


def plan(made: make.Authority, lead: str = "") -> Plan:
    """A plan of an authority, led by its first team manager unless another is named."""
    return operations.take(written(lead or made.manager.email), made.root, by=made.officer.id)


def sent_in(made: make.Authority) -> PlanFile:
    """A file with the same plan, that waits for a yes."""
    body = io.BytesIO(plan_file(replace(written(), head=replace(written().head, name="Another plan"))))
    return operations.send_in(made.root, body, "plan.xlsx", by=made.officer.id)


def readings_sent_in(made: make.Authority, of: Plan, *, explained: bool = True) -> ReadingsFile:
    """A table with readings of a plan's indicators, that waits for a yes."""
    body = f"KPI,As at,Actual\n1.1,{day(today())},82\n2.1,{day(today())},7\n".encode()
    kept = reading_files.send_in(of, io.BytesIO(body), "report.csv", by=made.officer.id)
    if explained:
        headings = ["KPI", "As at", "Actual"]
        columns = tuple(zip(headings, ("indicator", "day", "figure"), strict=True))
        way = Way(kept.tables[0]["sheet"], Mapping(columns), "Performance report")
        reading_files.explain(kept, way, headings, kept.version_id, by=made.officer.id)
    return kept


def live(made: make.Authority, of: Plan, ref: str = "1.1", key: str = "good_as_stands") -> Indicator:
    """An indicator that is bound to a figure of the measures pages."""
    kept = indicator(of, ref)
    bound = Bound(key, made.root.id, 1, by_team=True)
    operations.bind(of, kept, asdict(bound), kept.version_id, by=made.officer.id)
    return kept


def meeting(made: make.Authority, of: Plan, *, in_days: int = 0) -> Meeting:
    """A meeting of the board that a plan goes to; the board is made where there is none."""
    if of.board is None:
        of.board = boards.make_board(made.root, "Improvement board", 1, by=made.officer.id)
        db.session.flush()
        db.session.refresh(of.board, ["plans"])
    day = today() + dt.timedelta(days=in_days)
    return boards.call_meeting(of.board, day, day, by=made.officer.id)


def frozen(made: make.Authority, of: Plan) -> Meeting:
    """Such a meeting, with what it is shown frozen."""
    held = meeting(made, of)
    boards.freeze(held, held.version_id, by=made.officer.id)
    return held


def indicator(of: Plan, ref: str) -> Indicator:
    """An indicator of a plan."""
    return next(one for part in of.recommendations for one in part.indicators if one.ref == ref)


def action(of: Plan, ref: str) -> PlanAction:
    """An action of a plan."""
    return next(one for part in of.recommendations for one in part.actions if one.ref == ref)


def rows_in(body: bytes) -> dict[str, Rows]:
    """A workbook's sheets as rows of text."""
    return {
        sheet.name: [(row.number, [text_of(cell) for cell in row.cells]) for row in sheet.rows]
        for sheet in sheets_of(body, "plan.xlsx")
    }


def published() -> dict[str, Rows]:
    """The sheets of the published plan's file."""
    return rows_in(PUBLISHED.read_bytes())
