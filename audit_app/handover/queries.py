"""What is asked of accounts by those who give their work to others."""

import datetime as dt
from collections.abc import Iterable

from flask import abort
from sqlalchemy import and_, select, true, union
from sqlalchemy.orm import joinedload

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.actions.model import ChildAction
from audit_app.actions.queries import running_actions_of
from audit_app.auditing.model import Audit, Contribution
from audit_app.auditing.queries import WHOLE, hidden_from
from audit_app.auditing.workflow import BEING_WRITTEN, Stage
from audit_app.calibration.model import Calibration, Rater
from audit_app.clock import day_of, today
from audit_app.db import db
from audit_app.escalation.model import Escalation
from audit_app.handover.holdings import Held, Work, open_work
from audit_app.identity.model import Person
from audit_app.identity.queries import person_or_404
from audit_app.improvement.model import PlanAction
from audit_app.improvement.queries import actions_led
from audit_app.moderation.model import NOT_DONE, Challenge, Moderation

TIERS = {"senior": "Senior moderation", "external": "External validation"}
WRITING = tuple(stage.value for stage in BEING_WRITTEN)


def holder_or_404(person_id: int, actor: Actor) -> tuple[Person, list[Held]]:
    """Somebody and what they hold, for whoever manages their account or runs rounds in which they hold something."""
    person = db.session.get(Person, person_id)
    if person is None:
        abort(404)
    held = within_reach(held_by(person.id), actor)
    if held or _is_colleague(person, actor):
        return person, held
    paths = actor.paths(Permission.MANAGE_PEOPLE)
    if not paths:
        abort(404)
    return person_or_404(person_id, paths), []


def _is_colleague(person: Person, actor: Actor) -> bool:
    """Whether somebody works, or holds or held a role, where this person runs rounds."""
    places = {one.unit.path for one in person.grants} | ({person.unit.path} if person.unit else set())
    return any(actor.reaches(Permission.RUN_ROUNDS, path) for path in places)


def within_reach(held: Iterable[Held], actor: Actor) -> list[Held]:
    """What of some work lies where somebody runs rounds, without any audit that they judge blind just now."""
    hidden = set(db.session.execute(hidden_from(actor)).scalars())
    return [one for one in held if actor.reaches(Permission.RUN_ROUNDS, one.path) and one.audit_id not in hidden]


def held_by(person_id: int) -> list[Held]:
    """Everything that somebody holds and has not done, by kind, the soonest due first."""
    return [
        *_audits(person_id),
        *_moderations(person_id),
        *_challenges(person_id),
        *_escalations(person_id),
        *_contributions(person_id),
        *_actions(person_id),
        *_plan_actions(person_id),
        *_calibrations(person_id),
    ]


def _of(work: Work, key: int, audit: Audit, text: str, due_on: dt.date) -> Held:
    return Held(work, key, audit.unit.path, f"Case {audit.case.reference}", text, due_on, audit.id)


def _audits(person_id: int) -> list[Held]:
    rows = select(Audit).where(Audit.auditor_id == person_id, Audit.stage.in_(WRITING)).options(*WHOLE)
    found = db.session.execute(rows.order_by(Audit.due_on, Audit.id)).unique().scalars()
    return [_of(Work.AUDIT, one.id, one, _stage_of(one), one.due_on) for one in found]


def _stage_of(audit: Audit) -> str:
    if audit.at is Stage.SENT_BACK:
        return "Sent back: what was handed in stays with its auditor"
    return "Handed back, and waits to be given to somebody else" if audit.handed_back_at else audit.at.words


def _moderations(person_id: int) -> list[Held]:
    rows = select(Moderation).where(Moderation.moderator_id == person_id, Moderation.phase.in_(NOT_DONE))
    rows = rows.join(Audit, Audit.id == Moderation.audit_id).where(Audit.stage != Stage.VOID.value)
    rows = rows.options(joinedload(Moderation.audit).options(*WHOLE)).order_by(Moderation.due_on, Moderation.id)
    return [
        _of(Work.MODERATION, one.id, one.audit, TIERS[one.tier], one.due_on)
        for one in db.session.execute(rows).unique().scalars()
    ]


def _challenges(person_id: int) -> list[Held]:
    rows = select(Challenge).where(Challenge.resolver_id == person_id, Challenge.ended_at.is_(None))
    rows = rows.options(joinedload(Challenge.audit).options(*WHOLE)).order_by(Challenge.raised_at, Challenge.id)
    return [
        _of(Work.RESOLUTION, one.id, one.audit, "Named to resolve a challenge", day_of(one.raised_at))
        for one in db.session.execute(rows).unique().scalars()
    ]


def _escalations(person_id: int) -> list[Held]:
    rows = select(Escalation).where(Escalation.head_id == person_id)
    rows = rows.where(Escalation.signed_at.is_(None), Escalation.closed_at.is_(None))
    rows = rows.options(joinedload(Escalation.audit).options(*WHOLE)).order_by(Escalation.due_on, Escalation.id)
    return [
        _of(Work.SIGN_OFF, one.id, one.audit, "Named to sign it off", one.due_on)
        for one in db.session.execute(rows).unique().scalars()
    ]


def _contributions(person_id: int) -> list[Held]:
    rows = select(Contribution).join(Contribution.audit).where(Contribution.person_id == person_id)
    rows = rows.where(Contribution.done_at.is_(None), Contribution.withdrawn_at.is_(None), Audit.stage.in_(WRITING))
    rows = rows.options(joinedload(Contribution.audit).options(*WHOLE)).order_by(Contribution.until, Contribution.id)
    return [
        _of(Work.CONTRIBUTION, one.audit_id, one.audit, f"For {one.agency_name}", one.until)
        for one in db.session.execute(rows).unique().scalars()
    ]


def _actions(person_id: int) -> list[Held]:
    return [
        Held(Work.ACTION, one.id, one.unit.path, f"Case {one.audit.case.reference}", "", one.due_on, one.audit_id)
        for one in running_actions_of(person_id)
    ]


def _plan_actions(person_id: int) -> list[Held]:
    return [
        Held(
            Work.PLAN_ACTION,
            one.id,
            one.plan.unit.path,
            f"Action {one.ref}: {one.wording}",
            f"{one.plan.name}. {one.delivery.name}",
            one.due_on,
            None,
            one.plan_id,
        )
        for one in actions_led(person_id)
    ]


def _calibrations(person_id: int) -> list[Held]:
    rows = select(Rater).join(Rater.calibration).where(Rater.person_id == person_id, Calibration.closed_at.is_(None))
    rows = rows.where(Calibration.started_at.is_not(None), Calibration.closes_on >= today())
    rows = rows.options(joinedload(Rater.calibration).joinedload(Calibration.unit)).order_by(Calibration.closes_on)
    return [
        Held(
            Work.CALIBRATION,
            one.calibration_id,
            one.calibration.unit.path,
            one.calibration.name,
            "Ends with the account: nobody grades in their place",
            one.calibration.closes_on,
            None,
        )
        for one in db.session.execute(rows).unique().scalars()
    ]


def left_behind(actor: Actor) -> list[tuple[Person, int]]:
    """Those whose account has ended while work of theirs waits in somebody's rounds, and how much, by name."""
    gone = select(Person.id).where(Person.ended_at.is_not(None))  # few: so their work is looked for, not everybody's
    work = (
        (Audit.auditor_id, Audit.stage.in_(WRITING)),
        (Moderation.moderator_id, Moderation.phase.in_(NOT_DONE)),
        (Challenge.resolver_id, Challenge.ended_at.is_(None)),
        (Escalation.head_id, and_(Escalation.signed_at.is_(None), Escalation.closed_at.is_(None))),
        (Contribution.person_id, and_(Contribution.done_at.is_(None), Contribution.withdrawn_at.is_(None))),
        (ChildAction.owner_id, ChildAction.ended_at.is_(None)),
        (PlanAction.lead_id, true()),
    )
    waiting = union(*(select(whose).where(waits, whose.in_(gone)) for whose, waits in work)).subquery()
    rows = select(Person).where(Person.ended_at.is_not(None), Person.id.in_(select(waiting)))
    found = []
    for person in db.session.execute(rows.order_by(Person.name, Person.id)).scalars():
        count = sum(one.count for one in open_work(within_reach(held_by(person.id), actor)))
        if count:
            found.append((person, count))
    return found
