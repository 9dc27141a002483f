"""Taking a whole plan from its file: all of it or nothing, and nothing the second time."""

from dataclasses import asdict, replace
from typing import Any

from audit_app.db import db
from audit_app.improvement import queries
from audit_app.improvement.model import Indicator, Plan, PlanAction, Reading, Recommendation
from audit_app.improvement.operations.changing import (
    add_targets,
    change,
    change_action,
    change_indicator,
    change_recommendation,
    due_values,
    make_plan,
    measure_values,
    refuse_other_scales,
)
from audit_app.improvement.operations.telling import override, read, tell
from audit_app.improvement.wording import Unit
from audit_app.improvement.written import Action, Finding, Measure, WrittenPlan
from audit_app.organisation.model import Unit as OrganisationUnit
from audit_app.refusal import Refusal, Refused


def take(written: WrittenPlan, unit: OrganisationUnit, *, by: int | None) -> Plan:
    """Bring a plan to what its file says: new parts are added, changed ones changed, the rest stays as it is."""
    plan = queries.find_plan(unit.id, written.head.name) or make_plan(unit, written.head, by=by)
    refuse_other_scales(plan, written.head)
    change(plan, plan, asdict(written.head), by=by)
    _take_advice(plan, written, by=by)
    db.session.refresh(plan, ["recommendations"])
    indicators = {one.ref: one for part in plan.recommendations for one in part.indicators}
    for measure in written.measures:
        kept = _take_measure(plan, indicators.get(measure.ref), measure, by=by)
        add_targets(kept, measure.targets, by=by)
        for finding in measure.findings:
            _take_finding(kept, finding, by=by)
    actions = {one.ref: one for part in plan.recommendations for one in part.actions}
    for action in written.actions:
        _take_action(plan, actions.get(action.ref), action, by=by)
    db.session.flush()
    db.session.expire_all()
    return plan


def _take_advice(plan: Plan, written: WrittenPlan, *, by: int | None) -> None:
    there: dict[str, Recommendation] = {one.ref: one for one in plan.recommendations}
    for advice in written.advice:
        kept = there.get(advice.ref)
        change_recommendation(plan, kept, advice, kept.version_id if kept else 0, by=by)


def _take_measure(plan: Plan, kept: Indicator | None, measure: Measure, *, by: int | None) -> Indicator:
    if kept is None:
        return change_indicator(plan, None, measure, 0, kind="entered", by=by)
    values = measure_values(plan, measure)
    if (kept.counted_in == Unit.WORDS.value) != (measure.counted_in == Unit.WORDS.value):
        values["kind"] = "qualitative" if measure.counted_in == Unit.WORDS.value else "entered"
    change(plan, kept, values, by=by)
    return kept


def _take_finding(kept: Indicator, finding: Finding, *, by: int | None) -> None:
    there: Reading | None = next((one for one in kept.readings if one.read_on == finding.read_on), None)
    if there is not None and there.figure:
        raise Refused(
            Refusal(f"Indicator {kept.ref} has a reading of the same day that was counted here: it stays as it is.")
        )
    if there is None or queries.finding_of(there, stated=False) != replace(finding, stated=None):
        read(kept, finding, by=by)
    elif finding.stated is not None and finding.stated != queries.finding_of(there).stated:
        override(there, finding.stated, by=by)


def _take_action(plan: Plan, kept: PlanAction | None, action: Action, *, by: int | None) -> None:
    values: dict[str, Any] = {"ref": action.ref, "wording": action.wording, **due_values(action.due)}
    lead = queries.find_lead(action.lead, plan.unit)
    values |= {"lead_id": lead.id if lead else None, "lead_words": "" if lead else action.lead}
    kept = change_action(plan, kept, values, action.recommendation, kept.version_id if kept else 0, by=by)
    known = {queries.update_of(one) for one in kept.updates}
    for update in action.updates:
        if update not in known:
            tell(kept, update, by=by)
