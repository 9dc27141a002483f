"""Plans and their parts, made and changed; what they said before is kept."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from audit_app.clock import now
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.improvement import queries
from audit_app.improvement.model import Former, Indicator, MilestoneRow, Plan, PlanAction, Recommendation
from audit_app.improvement.positions import refusal_of_targets
from audit_app.improvement.reading import milestone_of
from audit_app.improvement.scales import refusal_to_change, scales
from audit_app.improvement.wording import Due
from audit_app.improvement.wording import Unit as Counted
from audit_app.improvement.written import Advice, Head, Measure, Target
from audit_app.organisation.model import Unit
from audit_app.refusal import Refusal, Refused, Stale

Part = Plan | Recommendation | Indicator | PlanAction


def make_plan(unit: Unit, head: Head, *, board_id: int | None = None, by: int | None) -> Plan:
    """A new plan of a unit, without anything in it yet."""
    _refuse_head(head, unit.id)
    made = Plan(unit=unit, board_id=board_id, made_at=now(), made_by=by, **asdict(head))
    db.session.add(made)
    db.session.flush()
    record("plan.made", subject=made.subject, body={"unit": unit.id, "name": made.name}, by=by)
    return made


def _refuse_head(head: Head, unit_id: int, *, without: int = 0) -> None:
    if head.name.lower() in queries.names_beside(unit_id, without=without):
        raise Refused(Refusal(f"This unit already has a plan called “{head.name}”. Choose another name."))
    if head.ends_on < head.starts_on:
        raise Refused(Refusal("The last day cannot come before the first."))


def change_plan(plan: Plan, head: Head, version: int, *, board_id: int | None, by: int | None) -> None:
    """Change what a plan says of itself, and the board it goes to."""
    fresh(plan, version, "this plan")
    _refuse_head(head, plan.unit_id, without=plan.id)
    refuse_other_scales(plan, head)
    change(plan, plan, {**asdict(head), "board_id": board_id}, by=by)


def refuse_other_scales(plan: Plan, head: Head) -> None:
    """Stop where a plan would go over to scales that do not have what was said of its actions."""
    said = {one.delivery for part in plan.recommendations for action in part.actions for one in action.updates}
    if (head.scales_key or None) != plan.scales_key and (
        reason := refusal_to_change(said, scales(head.scales_key or ""))
    ):
        raise Refused(Refusal(reason))


def change_recommendation(
    plan: Plan, kept: Recommendation | None, advice: Advice, version: int, *, by: int | None
) -> Recommendation:
    """Add a recommendation to a plan, or change one."""
    if kept is not None:
        fresh(kept, version, "this recommendation")
    _refuse_ref(plan.recommendations, kept, advice.ref)
    values = asdict(advice)
    if kept is None:
        kept = Recommendation(plan=plan, place=_next_place(plan.recommendations), **values)
        _add(plan, kept, by=by)
    else:
        change(plan, kept, values, by=by)
    return kept


def change_indicator(
    plan: Plan,
    kept: Indicator | None,
    measure: Measure,
    version: int,
    *,
    kind: str,
    by: int | None,
) -> Indicator:
    """Add an indicator to a plan, or change one; its targets and readings are another matter."""
    if kept is not None:
        fresh(kept, version, "this indicator")
    there = [one for part in plan.recommendations for one in part.indicators]
    _refuse_ref(there, kept, measure.ref)
    values = measure_values(plan, measure)
    if measure.counted_in == Counted.WORDS.value:
        values |= {"kind": "qualitative", "figure": {}}
    elif kept is None or kept.kind != "live" or measure.counted_in != Counted.PERCENT.value:
        values |= {"kind": kind, "figure": {}}
    if kept is None:
        kept = Indicator(plan_id=plan.id, place=_next_place(there), **values)
        _add(plan, kept, by=by)
    else:
        change(plan, kept, values, by=by)
    return kept


def bind(plan: Plan, indicator: Indicator, figure: Mapping[str, Any] | None, version: int, *, by: int | None) -> None:
    """Bind an indicator to a figure of the measures pages, or let its readings be entered again."""
    fresh(indicator, version, "this indicator")
    if figure is not None and indicator.unit is not Counted.PERCENT:
        raise Refused(Refusal("Only an indicator that is counted in per cent can be a figure of the measures pages."))
    kind = "live" if figure is not None else "entered"
    if figure is None and indicator.kind != "live":
        return
    change(plan, indicator, {"kind": kind, "figure": dict(figure or {})}, by=by)


def measure_values(plan: Plan, measure: Measure) -> dict[str, Any]:
    """An indicator's columns, as written down."""
    start = measure.start
    return {
        "recommendation": _recommendation(plan, measure.recommendation),
        "ref": measure.ref,
        "name": measure.name,
        "counted_in": measure.counted_in,
        "rows_called": measure.rows_called,
        "baseline_words": start.words,
        "baseline_value": start.amount.value,
        "baseline_count": start.amount.count,
        "baseline_total": start.amount.total,
        "baseline_period": start.period,
        "baseline_on": start.on,
        "baseline_note": start.note,
    }


def set_targets(indicator: Indicator, targets: Iterable[Target], version: int, *, by: int | None) -> None:
    """Set an indicator's targets; those that are no more stay, with the day on which they were replaced."""
    fresh(indicator, version, "this indicator")
    wanted = list(targets)
    refusal = refusal_of_targets([milestone_of(one) for one in wanted])
    if refusal:
        raise Refused(Refusal(refusal))
    _replace_targets(indicator, wanted, only=None, by=by)


def _replace_targets(
    indicator: Indicator, wanted: list[Target], *, only: set[dt.date] | None, by: int | None
) -> list[dt.date]:
    """Replace targets by others; only says of which days, where the rest is to stay."""
    moment, changed = now(), []
    there = {one.due_on: one for one in indicator.milestones}
    for target in wanted:
        kept = there.pop(_day(target.due), None)
        if kept is not None and _same(kept, target):
            continue
        if kept is not None:
            kept.replaced_at = moment
        made = MilestoneRow(
            indicator=indicator,
            due_on=_day(target.due),
            due_precision=target.due.precision.value,
            operator=target.operator,
            amount=target.amount,
            words=target.words,
            set_at=moment,
            set_by=by,
        )
        db.session.add(made)
        changed.append(made.due_on)
    for day, gone in there.items():
        if only is None or day in only:
            gone.replaced_at = moment
            changed.append(day)
    if changed:
        db.session.flush()
        db.session.refresh(indicator, ["every_milestone"])
        body = {"indicator": indicator.id, "days": sorted(day.isoformat() for day in changed)}
        record("plan.targets_set", subject=f"plan:{indicator.plan_id}", body=body, by=by)
    return changed


def add_targets(indicator: Indicator, targets: Iterable[Target], *, by: int | None) -> None:
    """Set targets for some days, and leave the others as they are."""
    _replace_targets(indicator, list(targets), only=set(), by=by)


def _day(due: Due) -> dt.date:
    if due.on is None:
        raise Refused(Refusal("A target needs a day or a month."))
    return due.on


def _same(kept: MilestoneRow, target: Target) -> bool:
    now_said = (kept.due, kept.operator, kept.amount, kept.words)
    return now_said == (Due(target.due.on, target.due.precision), target.operator, target.amount, target.words)


def change_action(
    plan: Plan, kept: PlanAction | None, values: Mapping[str, Any], recommendation: str, version: int, *, by: int | None
) -> PlanAction:
    """Add an action to a plan, or change its words, its lead person or its time."""
    if kept is not None:
        fresh(kept, version, "this action")
    there = [one for part in plan.recommendations for one in part.actions]
    _refuse_ref(there, kept, values["ref"])
    values = {**values, "recommendation": _recommendation(plan, recommendation)}
    if kept is None:
        kept = PlanAction(plan_id=plan.id, place=_next_place(there), **values)
        _add(plan, kept, by=by)
    else:
        change(plan, kept, values, by=by)
    return kept


def due_values(due: Due) -> dict[str, Any]:
    """The columns of a deadline."""
    return {"due_on": due.on, "due_precision": due.precision.value, "due_words": due.words}


def fresh(part: Part, version: int, name: str) -> None:
    """Refuse to write over what somebody else changed meanwhile."""
    if part.version_id != version:
        raise Stale(name)


def change(plan: Plan, part: Part, values: Mapping[str, Any], *, by: int | None) -> list[str]:
    """Change what differs of a part of a plan, keeping its former words; gives the names of what changed."""
    before = {name: getattr(part, name) for name, value in values.items() if getattr(part, name) != value}
    if not before:
        return []
    thing = thing_of(part)
    words = {name: _said(value) for name, value in before.items()}
    db.session.add(Former(plan_id=plan.id, thing=thing, words=words, until=now(), changed_by=by))
    for name in before:
        setattr(part, name, values[name])
    db.session.flush()
    record("plan.changed", subject=plan.subject, body={"thing": thing, "changed": sorted(before)}, by=by)
    return sorted(before)


def thing_of(part: Part) -> str:
    """What a part of a plan is called where its former words are kept."""
    return f"{part.__tablename__}:{part.id}"


def _said(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Recommendation):
        return value.ref
    return str(value) if isinstance(value, Decimal) else value


def _add(plan: Plan, part: Part, *, by: int | None) -> None:
    db.session.add(part)
    db.session.flush()
    record("plan.part_added", subject=plan.subject, body={"thing": thing_of(part)}, by=by)


def _recommendation(plan: Plan, ref: str) -> Recommendation:
    found = next((one for one in plan.recommendations if one.ref == ref), None)
    if found is None:
        raise Refused(Refusal(f"This plan has no recommendation “{ref}”."))
    return found


def _refuse_ref(there: Iterable[Recommendation | Indicator | PlanAction], kept: Part | None, ref: str) -> None:
    if any(one.ref == ref and one is not kept for one in there):
        raise Refused(Refusal(f"This plan already has “{ref}”. Choose another ref."))


def _next_place(there: Iterable[Recommendation | Indicator | PlanAction]) -> int:
    return max((one.place for one in there), default=0) + 1
