"""What is asked of plans: which somebody may see, what one amounts to as written, and what is due of whom."""

import datetime as dt
from collections.abc import Iterable

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.queries import hidden_from
from audit_app.cases.caselist import Problem
from audit_app.db import db
from audit_app.identity.model import Person
from audit_app.identity.queries import people_of_unit
from audit_app.improvement import layout
from audit_app.improvement.model import (
    ActionUpdate,
    Board,
    Former,
    Indicator,
    Plan,
    PlanAction,
    PlanFile,
    Reading,
    Recommendation,
)
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
from audit_app.organisation.model import Unit

WHOLE = (
    selectinload(Plan.recommendations)
    .selectinload(Recommendation.indicators)
    .options(
        selectinload(Indicator.every_milestone),
        selectinload(Indicator.every_reading).options(selectinload(Reading.rows), selectinload(Reading.overrides)),
    ),
    selectinload(Plan.recommendations)
    .selectinload(Recommendation.actions)
    .options(joinedload(PlanAction.lead), selectinload(PlanAction.updates)),
    joinedload(Plan.unit),
    joinedload(Plan.board),
)


def _sees(actor: Actor, path: str) -> bool:
    """Whether a plan of a unit is theirs to read: it is of a unit that they have, or of one above or below it."""
    return any(path.startswith(mine) or mine.startswith(path) for mine in actor.paths(Permission.SEE_PLANS))


def may_edit(actor: Actor, plan: Plan) -> bool:
    """Whether somebody writes a plan."""
    return actor.reaches(Permission.EDIT_PLANS, plan.unit.path)


def may_read(actor: Actor, plan: Plan) -> bool:
    """Whether somebody reads the whole plan; whoever leads an action may see that alone."""
    return _sees(actor, plan.unit.path)


def plan_or_404(plan_id: int, actor: Actor, *, to_edit: bool = False) -> Plan:
    """A plan that somebody may read, or write; any other does not exist."""
    rows = select(Plan).where(Plan.id == plan_id).options(*WHOLE)
    found = db.session.execute(rows).unique().scalar_one_or_none()
    if found is None or not (may_edit(actor, found) if to_edit else _sees(actor, found.unit.path)):
        abort(404)
    return found


def plans_open_to(actor: Actor) -> list[Plan]:
    """The plans that somebody may read, the newest first."""
    rows = select(Plan).options(*WHOLE).order_by(Plan.starts_on.desc(), Plan.id.desc())
    return [one for one in db.session.execute(rows).unique().scalars() if _sees(actor, one.unit.path)]


def indicator_in(plan: Plan, indicator_id: int) -> Indicator:
    """An indicator of a plan."""
    found = [one for part in plan.recommendations for one in part.indicators if one.id == indicator_id]
    return found[0] if found else abort(404)


def indicators_of(plan: Plan) -> list[Indicator]:
    """The indicators of a plan, in its order."""
    return [one for part in plan.recommendations for one in part.indicators]


def recommendation_in(plan: Plan, recommendation_id: int) -> Recommendation:
    """A recommendation of a plan."""
    found = [one for one in plan.recommendations if one.id == recommendation_id]
    return found[0] if found else abort(404)


def action_in(plan: Plan, action_id: int) -> PlanAction:
    """An action of a plan."""
    found = [one for part in plan.recommendations for one in part.actions if one.id == action_id]
    return found[0] if found else abort(404)


def action_or_404(plan_id: int, action_id: int, actor: Actor) -> PlanAction:
    """An action that somebody leads, or of a plan that they may read."""
    rows = select(PlanAction).where(PlanAction.id == action_id, PlanAction.plan_id == plan_id)
    rows = rows.options(joinedload(PlanAction.plan).joinedload(Plan.unit), joinedload(PlanAction.lead))
    found = db.session.execute(rows).scalar_one_or_none()
    if found is None or not (found.lead_id == actor.id or _sees(actor, found.plan.unit.path)):
        abort(404)
    return found


def may_update(actor: Actor, action: PlanAction) -> bool:
    """Whether somebody says how far an action is: whoever leads it, and whoever writes the plan."""
    return action.lead_id == actor.id or may_edit(actor, action.plan)


def actions_led_by(actor: Actor) -> list[PlanAction]:
    """What somebody is responsible for and has not finished, soonest first."""
    return actions_led(actor.id)


def actions_led(person_id: int) -> list[PlanAction]:
    """The actions that somebody leads and that are not finished, soonest first: what would be left behind."""
    rows = select(PlanAction).where(PlanAction.lead_id == person_id)
    rows = rows.options(joinedload(PlanAction.plan).joinedload(Plan.unit), selectinload(PlanAction.updates))
    found = [one for one in db.session.execute(rows).unique().scalars() if not one.delivery.finished]
    return sorted(found, key=lambda one: (one.due_on or dt.date.max, one.id))


def sealed_from(actor: Actor) -> set[int]:
    """The audits that somebody judges blind just now: they see no reading that counts one of them."""
    return set(db.session.execute(hidden_from(actor)).scalars())


def formers_of(plan: Plan, things: Iterable[str]) -> list[Former]:
    """What parts of a plan said before, the latest first."""
    rows = select(Former).where(Former.plan_id == plan.id, Former.thing.in_(list(things)))
    rows = rows.options(joinedload(Former.person)).order_by(Former.until.desc(), Former.id.desc())
    return list(db.session.execute(rows).scalars())


def find_plan(unit_id: int, name: str) -> Plan | None:
    """A unit's plan of a name."""
    rows = select(Plan).where(Plan.unit_id == unit_id).options(*WHOLE)
    return next((one for one in db.session.execute(rows).unique().scalars() if one.name.lower() == name.lower()), None)


def names_beside(unit_id: int, *, without: int = 0) -> set[str]:
    """The names of a unit's other plans, in lower case."""
    rows = select(Plan.name).where(Plan.unit_id == unit_id, Plan.id != without)
    return {name.lower() for name in db.session.execute(rows).scalars()}


def leads_for(unit: Unit) -> list[Person]:
    """The people who can lead an action of a unit's plan."""
    return people_of_unit(unit.path)


def find_lead(words: str, unit: Unit) -> Person | None:
    """Somebody of the unit by their address, as a file names them."""
    if "@" not in words:
        return None
    return next((one for one in leads_for(unit) if one.email.lower() == words.strip().lower()), None)


def unknown_leads(written: WrittenPlan, unit: Unit) -> list[Problem]:
    """Addresses in a file that belong to nobody here."""
    known = {one.email.lower() for one in leads_for(unit)}
    return [
        Problem(layout.ACTIONS, 0, "Lead person", one.lead, f"the address of somebody here (action {one.ref})")
        for one in written.actions
        if "@" in one.lead and one.lead.strip().lower() not in known
    ]


def boards_for(path: str | None, actor: Actor) -> list[Board]:
    """The boards that a plan of a unit can go to: those of the unit, above and below it."""
    rows = select(Board).options(joinedload(Board.unit)).order_by(Board.name, Board.id)
    mine = [one for one in db.session.execute(rows).scalars() if _sees(actor, one.unit.path)]
    return [b for b in mine if path is None or path.startswith(b.unit.path) or b.unit.path.startswith(path)]


def files_waiting(actor: Actor) -> list[PlanFile]:
    """The files that somebody sent in and has not taken, the latest first."""
    rows = select(PlanFile).where(PlanFile.sent_by == actor.id, PlanFile.taken_at.is_(None), PlanFile.plan_id.is_(None))
    return list(db.session.execute(rows.order_by(PlanFile.id.desc()).limit(5)).scalars())


def file_or_404(file_id: int, actor: Actor) -> PlanFile:
    """A file that somebody sent in themselves and may still take."""
    rows = select(PlanFile).where(PlanFile.id == file_id, PlanFile.sent_by == actor.id)
    found = db.session.execute(rows.options(joinedload(PlanFile.unit))).scalar_one_or_none()
    if found is None or not actor.reaches(Permission.EDIT_PLANS, found.unit.path):
        abort(404)
    return found


def written_of(plan: Plan) -> WrittenPlan:
    """A plan as its file would say it."""
    head = Head(plan.name, plan.starts_on, plan.ends_on, plan.about, plan.source, plan.themes_called, plan.scales_key)
    advice = [Advice(one.ref, one.wording, one.theme, one.source, one.found) for one in plan.recommendations]
    parts = plan.recommendations
    measures = sorted((one for part in parts for one in part.indicators), key=lambda one: one.place)
    actions = sorted((one for part in parts for one in part.actions), key=lambda one: one.place)
    return WrittenPlan(head, tuple(advice), tuple(map(_measure, measures)), tuple(map(_action, actions)))


def _measure(one: Indicator) -> Measure:
    start = Start(one.baseline_words, one.baseline_amount, one.baseline_period, one.baseline_on, one.baseline_note)
    targets = tuple(Target(m.due, m.operator, m.amount, m.words) for m in one.milestones)
    # Readings of a live figure are not written by anybody, so they are in no file.
    findings = tuple(finding_of(reading) for reading in one.readings if not reading.figure)
    recommendation = one.recommendation.ref
    return Measure(one.ref, recommendation, one.name, one.counted_in, one.rows_called, start, targets, findings)


def finding_of(reading: Reading, *, stated: bool = True) -> Finding:
    """A reading as a file would say it."""
    own = reading.override if stated else None
    instead = Stated(own.state, own.milestone_on, own.reason) if own else None
    rows = tuple((row.name, row.amount) for row in reading.rows)
    return Finding(reading.read_on, reading.amount, reading.words, reading.judged, reading.source, rows, instead)


def update_of(update: ActionUpdate) -> Update:
    """An update as a file would say it."""
    return Update(update.told_on, update.words, update.evidence, update.delivery)


def _action(one: PlanAction) -> Action:
    lead = one.lead.email if one.lead else one.lead_words
    updates = tuple(update_of(update) for update in one.updates)
    return Action(one.ref, one.recommendation.ref, one.wording, lead, one.due, updates)
