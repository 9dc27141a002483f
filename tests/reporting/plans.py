"""What meetings are shown, as values, for tests of the paper that is made of it."""

import datetime as dt
from typing import Any

from audit_app.reporting.contents.action_plan import action_plan
from audit_app.reporting.contents.audience import Audience
from audit_app.reporting.document import Document
from tests.reporting.papers import MOMENT

HASH = "ab" * 32


def indicator(ref: str = "1.1", **changes: Any) -> dict[str, Any]:
    """A measure with two targets and a reading."""
    return {
        "ref": ref,
        "name": "Plans in time",
        "baseline": "74% (Q4 2020/21)",
        "baseline_note": "As printed.",
        "baseline_period": "Q4 2020/21",
        "targets": ["At least 80% by September 2021", "Over 90% by March 2022"],
        "milestones": [
            ["2021-09-30", "September 2021", "At least 80%"],
            ["2022-03-31", "March 2022", "Over 90%"],
        ],
        "read_on": "2021-08-31",
        "figure": "86%",
        "rows": [],
        "words": "",
        "source": "Case system",
        "interval": [],
        "why": "",
        "audits": [],
        "progress": "Achieved above target for September",
        "tone": "green",
        "sides": [],
        "computed": "Achieved above target for September",
        "reason": "",
    } | changes


def action(ref: str = "1a", **changes: Any) -> dict[str, Any]:
    """An action that is under way."""
    return {
        "ref": ref,
        "wording": "Read every plan",
        "lead": "Łukasz Nguyễn, Head of Service",
        "due": "March 2022",
        "delivery": "Under way",
        "tone": "light-blue",
        "late": False,
        "told_on": "2021-08-31",
        "progress": "Half are read.",
        "evidence": "",
    } | changes


def recommendation(*indicators: dict[str, Any], actions: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    """A recommendation with measures and actions."""
    return {
        "ref": "1",
        "theme": "Practice",
        "wording": "Improve plans",
        "source": "The inspection",
        "found": "Some plans were not timely.",
        "indicators": list(indicators),
        "actions": list(actions),
    }


def shown(*recommendations: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """What a meeting is shown of one plan."""
    plan = {
        "id": 1,
        "name": "Our plan",
        "unit": "Northmere",
        "about": "What we do next.",
        "starts_on": "2021-04-01",
        "ends_on": "2022-04-30",
        "source": "The inspection",
        "themes_called": "Objective",
        "recommendations": list(recommendations),
    } | changes
    return {
        "format": 3,
        "council": "Northmere Council",
        "board": "Improvement board",
        "held_on": "2021-09-14",
        "stated_on": "2021-09-01",
        "plans": [plan],
    }


def paper(contents: dict[str, Any], audience: Audience = Audience.BOARD, frozen: str = HASH) -> Document:
    """The paper of what a meeting is shown."""
    return action_plan(contents, audience, council="Northmere Council", produced_at=MOMENT, frozen=frozen)


DAY = dt.date(2021, 8, 31)
