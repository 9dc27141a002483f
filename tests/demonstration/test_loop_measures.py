"""What the measures page says of the loop is what a person counts by hand from the rows of the demonstration."""

import html
import re

import pytest
from flask import Flask
from sqlalchemy import select

from audit_app.actions.model import ActionStep, ChildAction
from audit_app.auditing.model import Answer, Audit
from audit_app.auditing.workflow import COUNTED
from audit_app.clock import day_of, today
from audit_app.db import db
from audit_app.escalation.model import ReAudit
from audit_app.identity.model import Person
from tests import make

STAGES = [stage.value for stage in COUNTED]


def counted() -> set[int]:
    """The audits that count in figures."""
    return set(db.session.execute(select(Audit.id).where(Audit.stage.in_(STAGES))).scalars())


def deeds() -> tuple[int, int]:
    """Of the actions whose day is over, how many were done by it, as their trails tell."""
    there = counted()
    rows = select(ChildAction).where(ChildAction.due_on < today(), ChildAction.given_at.is_not(None))
    found = [one for one in db.session.execute(rows).scalars() if one.audit_id in there and one.state != "withdrawn"]
    done = 0
    for one in found:
        trail = select(ActionStep).where(ActionStep.action_id == one.id).order_by(ActionStep.id)
        said = None
        for step in db.session.execute(trail).scalars():
            said = day_of(step.at) if step.step == "say_done" else None if step.step == "not_accept" else said
        done += said is not None and said <= one.due_on
    return done, len(found)


def particulars(name: str) -> tuple[int, int]:
    """Of the counted audits whose forms say yes or no of something, how many say yes."""
    rows = select(Answer.audit_id, Answer.particulars).where(Answer.audit_id.in_(counted()))
    said = {audit: values[name] for audit, values in db.session.execute(rows) if values.get(name) in ("yes", "no")}
    return sum(one == "yes" for one in said.values()), len(said)


def loops() -> tuple[int, int]:
    """Of the planned re-audits that are in or whose month is over, in how many every concern is put right."""
    month, there = today().replace(day=1), counted()
    later = {one.follows_id: one.id for one in db.session.execute(select(Audit)).scalars() if one.id in there}
    closed = due = 0
    for planned in db.session.execute(select(ReAudit).where(ReAudit.ended_at.is_(None))).scalars():
        again = later.get(planned.audit_id)
        if planned.audit_id not in there or (again is None and planned.month >= month):
            continue
        due += 1
        if again is not None:
            rows = select(Answer.particulars).where(Answer.audit_id == again)
            said = [
                value
                for values in db.session.execute(rows).scalars()
                for key, value in values.items()
                if key.startswith("righted-")
            ]
            closed += bool(said) and set(said) == {"yes"}
    return closed, due


@pytest.mark.parametrize(
    ("name", "by_hand"),
    [
        ("Actions done on time", deeds),
        ("Practitioner took part", lambda: particulars("involved")),
        ("Family or child feedback", lambda: particulars("obtained")),
        ("Loop closed", loops),
    ],
)
def test_the_page_says_what_one_counts_by_hand(demonstration: Flask, name: str, by_hand: object) -> None:
    count, total = by_hand()  # type: ignore[operator]
    assert total >= 5, "the demonstration has enough of it to count"
    assert 0 < count < total
    assert f"{count:,} of {total:,}" in said_on_page(demonstration)[name]


def said_on_page(app: Flask) -> dict[str, str]:
    """What the page of measures says, by the name of the figure, to somebody who sees all and judges nothing blind."""
    who = db.session.execute(select(Person).filter_by(name="Audit Officer Alder")).scalar_one()
    page = make.client_of(app, who).get("/measures").text
    lines = re.findall(r"figure-line\"><dt.*?>([^<>]+)</a></dt><dd[^>]*>(.*?)</dd>", page, re.DOTALL)
    return {html.unescape(name): re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", words)) for name, words in lines}
