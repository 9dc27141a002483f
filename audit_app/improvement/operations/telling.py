"""What is said of a plan as it goes on: updates of actions, readings of indicators, and a person's own view of one."""

import datetime as dt

from audit_app.clock import now, today
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.improvement.model import ActionUpdate, BreakdownRow, Indicator, Override, PlanAction, Reading
from audit_app.improvement.positions import State
from audit_app.improvement.wording import Unit
from audit_app.improvement.written import Finding, Stated, Update
from audit_app.refusal import Refusal, Refused


def tell(action: PlanAction, update: Update, *, by: int | None) -> ActionUpdate:
    """Say how far an action is; what was said before stays."""
    if update.told_on > today():
        raise Refused(Refusal("An update cannot be of a day that is still to come."))
    if update.delivery not in {one.key for one in action.plan.scales.delivery}:
        raise Refused(Refusal("Choose how far the action is."))
    made = ActionUpdate(
        action=action,
        told_on=update.told_on,
        words=update.words,
        evidence=update.evidence,
        delivery=update.delivery,
        made_at=now(),
        made_by=by,
    )
    db.session.add(made)
    db.session.flush()
    db.session.refresh(action, ["updates"])
    body = {"action": action.id, "update": made.id, "delivery": made.delivery}
    record("plan.action_updated", subject=f"plan:{action.plan_id}", body=body, by=by)
    return made


def read(
    indicator: Indicator,
    finding: Finding,
    *,
    by: int | None,
    figure: dict[str, object] | None = None,
    audits: list[int] | None = None,
) -> Reading:
    """Keep a reading; one of the same day is corrected by it, and stays to be seen."""
    _refuse_finding(indicator, finding)
    before = next((one for one in indicator.readings if one.read_on == finding.read_on), None)
    made = Reading(
        indicator=indicator,
        read_on=finding.read_on,
        value=finding.amount.value,
        count=finding.amount.count,
        total=finding.amount.total,
        words=finding.words,
        judged=finding.judged,
        source=finding.source,
        figure=figure or {},
        audits=audits or [],
        corrects_id=before.id if before else None,
        made_at=now(),
        made_by=by,
    )
    made.rows = [
        BreakdownRow(place=place, name=name, value=amount.value, count=amount.count, total=amount.total)
        for place, (name, amount) in enumerate(finding.rows, start=1)
    ]
    db.session.add(made)
    db.session.flush()
    db.session.refresh(indicator, ["every_reading"])
    # What was read stands in the plan, not here: a figure may count audits that a reader of history judges blind.
    body = {"indicator": indicator.id, "reading": made.id, "corrects": made.corrects_id}
    record("plan.indicator_read", subject=f"plan:{indicator.plan_id}", body=body, by=by)
    if finding.stated is not None:
        override(made, finding.stated, by=by)
    return made


def _refuse_finding(indicator: Indicator, finding: Finding) -> None:
    if finding.read_on > today():
        raise Refused(Refusal("A reading cannot be of a day that is still to come."))
    exact, unit = finding.amount.exact, indicator.unit
    if exact is None and not finding.words and not finding.rows:
        raise Refused(Refusal("Enter a figure, or the position in words."))
    if unit is Unit.WORDS and (exact is not None or finding.rows):
        raise Refused(Refusal("This indicator is told in words. Write the position, and say how it stands."))
    if exact is not None and finding.judged:
        raise Refused(Refusal("A figure is held against the targets. Leave “How it stands” empty, or override after."))
    if unit is Unit.PERCENT and exact is not None and exact > 100:
        raise Refused(Refusal("A share cannot be over 100 per cent."))


def override(reading: Reading, stated: Stated, *, by: int | None) -> Override:
    """State where an indicator stands by one's own view, with the reason; what comes out is shown beside it."""
    if not stated.reason:
        raise Refused(Refusal("Give the reason."))
    if stated.state not in {state.value for state in State}:
        raise Refused(Refusal("Choose where it stands."))
    days = {one.due_on for one in reading.indicator.milestones}
    if stated.milestone_on is not None and stated.milestone_on not in days:
        raise Refused(Refusal("Choose one of the indicator’s targets."))
    return _say(reading, stated.state, stated.milestone_on, stated.reason, by=by)


def take_back_override(reading: Reading, reason: str, *, by: int | None) -> Override:
    """Let what comes out stand again."""
    if reading.override is None:
        raise Refused(Refusal("Nobody states it otherwise."))
    if not reason:
        raise Refused(Refusal("Give the reason."))
    return _say(reading, "", None, reason, by=by)


def _say(reading: Reading, state: str, milestone_on: dt.date | None, reason: str, *, by: int | None) -> Override:
    made = Override(reading=reading, state=state, milestone_on=milestone_on, reason=reason, made_at=now(), made_by=by)
    db.session.add(made)
    db.session.flush()
    db.session.refresh(reading, ["overrides"])
    body = {"reading": reading.id, "override": made.id, "state": state}
    record("plan.position_overridden", subject=f"plan:{reading.indicator.plan_id}", body=body, by=by)
    return made
