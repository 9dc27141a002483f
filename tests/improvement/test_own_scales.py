"""A plan with words of its own for delivery and impact; rows on either side of a target, as a meeting keeps them."""

import datetime as dt

import pytest
from flask import Flask

from audit_app.clock import today
from audit_app.db import db
from audit_app.improvement import operations
from audit_app.improvement.model import Plan
from audit_app.improvement.operations import boards
from audit_app.improvement.positions import State
from audit_app.improvement.queries import written_of
from audit_app.improvement.queries.standing import standing_of
from audit_app.improvement.scales import scales
from audit_app.improvement.snapshot import thawed
from audit_app.improvement.wording import Amount
from audit_app.improvement.written import Finding, Update
from audit_app.refusal import Refused
from tests import make
from tests.improvement import doing

OWN = "complete-to-off-track"
ROWS = (
    ("Ash, assessment", Amount(None, 19, 20)),
    ("Birch", Amount(None, 12, 20)),
    ("Cypress", Amount(None, 1, 2)),
    ("Dunlin", Amount(None, 13, 20)),
)


@pytest.fixture
def made(app: Flask) -> make.Authority:
    return make.authority()


def with_own_words(plan: Plan) -> None:
    """Let a plan go over to the other words."""
    form = written_of(plan).head
    head = type(form)(form.name, form.starts_on, form.ends_on, form.about, form.source, form.themes_called, OWN)
    operations.change_plan(plan, head, plan.version_id, board_id=plan.board_id, by=None)
    db.session.commit()


def test_pages_and_what_is_frozen_speak_in_the_words_of_the_plan(made: make.Authority, app: Flask) -> None:
    plan = doing.plan(made)
    before = doing.frozen(made, plan).contents
    with_own_words(plan)
    officer = make.client_of(app, made.officer)
    page = officer.get(f"/plans/{plan.id}").text
    assert "Impact on course for" in page
    assert "On track to achieve target for" not in page
    action = doing.action(plan, "1a")
    form = officer.get(f"/plans/{plan.id}/actions/{action.id}").text
    assert "At risk" in form
    assert "Under way" not in form
    operations.tell(action, Update(today(), "It slips.", "", "at_risk"), by=made.officer.id)
    held = boards.call_meeting(plan.board, today() + dt.timedelta(9), today() + dt.timedelta(9), by=made.officer.id)  # type: ignore[arg-type]
    boards.freeze(held, held.version_id, by=made.officer.id)
    (part, _) = thawed(held.contents)["plans"][0]["recommendations"]
    assert part["actions"][0]["delivery"] == "At risk"
    assert part["actions"][0]["tone"] == "yellow"
    assert part["indicators"][0]["progress"].startswith("Impact on course for")
    assert '"delivery":"Under way"' in before  # what the meeting before was shown stays in its words


def test_a_plan_does_not_leave_words_that_its_updates_need(made: make.Authority) -> None:
    plan = doing.plan(made)
    with_own_words(plan)
    operations.tell(doing.action(plan, "1a"), Update(today(), "It slips.", "", "at_risk"), by=None)
    head = doing.written().head
    with pytest.raises(Refused, match="level of delivery that “The usual words” does not have"):
        operations.change_plan(plan, head, plan.version_id, board_id=None, by=None)
    with pytest.raises(Refused, match="level of delivery"):
        operations.take(doing.written(), made.root, by=None)
    assert plan.scales is scales(OWN)


def test_which_rows_are_above_and_which_below_is_frozen_without_rows_that_are_left_out(made: make.Authority) -> None:
    plan = doing.plan(made)
    kept = doing.indicator(plan, "1.1")
    operations.read(kept, Finding(today(), rows=ROWS), by=made.officer.id)
    stands = standing_of(kept, (), today())
    assert stands.computed.state is State.MIXED_ABOVE
    assert [names for _, names in stands.sides] == ["Ash, assessment", "Birch, Cypress, Dunlin"]
    held = doing.frozen(made, plan)
    contents = thawed(held.contents)
    (one,) = contents["plans"][0]["recommendations"][0]["indicators"]
    shown = {name for name, value in one["rows"] if value[0].isdigit()}
    assert "Cypress" not in shown
    named = {name for _, names in one["sides"] for name in names.split(", ")}
    assert "Cypress" not in named
    assert one["sides"]
    assert contents["council"] == "Northmere Council"
