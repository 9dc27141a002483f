"""Northmere's own improvement plan, hung on today (pure)."""

import datetime as dt
from decimal import Decimal

from audit_app.improvement.wording import Amount, Due, Precision, last_of_month
from audit_app.improvement.written import (
    Action,
    Advice,
    Finding,
    Head,
    Measure,
    Start,
    Target,
    Update,
    WrittenPlan,
)

NAME = "Northmere improvement plan"
LIVE = {"1.1": "good_as_stands", "2.1": "exact_external", "2.2": "coverage"}
BY_TEAM = frozenset({"2.2"})
SOURCE = "Focused visit to Northmere"


def _month(today: dt.date, away: int) -> dt.date:
    """The last day of a month so many months away."""
    months = today.year * 12 + today.month - 1 + away
    return last_of_month(dt.date(months // 12, months % 12 + 1, 1))


def _targets(today: dt.date, first: int, second: int, operator: str = "at_least") -> tuple[Target, ...]:
    days = (_month(today, 1), _month(today, 7))
    return tuple(
        Target(Due(day, Precision.MONTH), operator, Decimal(amount))
        for day, amount in zip(days, (first, second), strict=True)
    )


def northmere_plan(today: dt.date) -> WrittenPlan:
    """Two recommendations, with live, entered and told indicators, and actions that people of Northmere lead."""
    began = _month(today, -6)
    head = Head(
        NAME,
        began.replace(day=1),
        _month(today, 8),
        "What we do about the quality of practice, and about how well our audits see it.",
        SOURCE,
        "Objectives",
    )
    advice = (
        Advice(
            "1",
            "Practice is good for more children, more of the time",
            "Practice",
            SOURCE,
            "Good work was seen in every team, but not for every child. Plans were not always kept up to date.",
        ),
        Advice(
            "2",
            "Audits are honest, and lead to change",
            "Knowing ourselves",
            SOURCE,
            "Some audits were more hopeful than the record, and too few were looked at by a second person.",
        ),
    )
    return WrittenPlan(head, advice, _measures(today, began), _actions(today))


def _measures(today: dt.date, began: dt.date) -> tuple[Measure, ...]:
    updated = Finding(
        today - dt.timedelta(days=9),
        source="Case system",
        rows=(
            ("Help and protection", Amount(None, 171, 201)),
            ("Children in care and care leavers", Amount(None, 88, 119)),
        ),
    )
    heard = Finding(
        today - dt.timedelta(days=20),
        words="Feedback in audits says more often that the child knew what the plan was.",
        judged="on_track",
        source="Feedback gathered in audits",
    )
    start = Start("About half of audited cases", period="Before the plan")
    return (
        Measure("1.1", "1", "Audited cases that are good or better", "percent", "", start, _targets(today, 60, 75)),
        Measure(
            "1.2",
            "1",
            "Children whose plan was updated in time",
            "percent",
            "services",
            Start("68% of children", Amount(Decimal(68)), "The quarter before", began),
            _targets(today, 80, 90, "over"),
            (updated,),
        ),
        Measure(
            "1.3",
            "1",
            "Children say that they are heard",
            "words",
            start=Start("Not gathered before"),
            targets=(Target(Due(_month(today, 7), Precision.MONTH), "at_least", None, "Most feedback says so"),),
            findings=(heard,),
        ),
        Measure(
            "2.1",
            "2",
            "Judgements agreed by the external auditor",
            "percent",
            targets=_targets(today, 80, 90),
        ),
        Measure(
            "2.2",
            "2",
            "Audits moderated by a senior manager",
            "percent",
            "teams",
            Start("14% of audits", Amount(Decimal(14)), "The year before", began),
            _targets(today, 25, 50),
        ),
    )


def _actions(today: dt.date) -> tuple[Action, ...]:
    def said(days: int, words: str, delivery: str, evidence: str = "") -> tuple[Update, ...]:
        return (Update(today - dt.timedelta(days=days), words, evidence, delivery),)

    def by(away: int) -> Due:
        return Due(_month(today, away), Precision.MONTH)

    manager, senior, head = (
        f"{name}@northmere.example" for name in ("team.manager.ash", "senior.manager.birch", "head.of.service.cypress")
    )
    return (
        Action(
            "1a",
            "1",
            "Go through each plan that is older than three months in supervision",
            manager,
            by(1),
            said(12, "Done in 9 of 14 supervisions this month.", "under_way", "Supervision notes"),
        ),
        Action(
            "1b",
            "1",
            "Run clinics on writing plans with children",
            senior,
            by(-1),
            said(35, "Two of four clinics were held; the others wait for a room.", "delayed"),
        ),
        Action("1c", "1", "Ask children how meetings could be better", head, Due(None, Precision.WORDS, "All year")),
        Action(
            "2a",
            "2",
            "Draw audits for moderation at random, and look at them blind",
            head,
            by(-2),
            said(60, "Every round draws at random since the spring.", "completed", "The rounds’ samples"),
        ),
        Action("2b", "2", "Bring what moderation finds to each team meeting", manager, by(2)),
    )
