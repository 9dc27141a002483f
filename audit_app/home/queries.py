"""What waits for somebody, across the rooms."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import contains_eager

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.model import Audit, Judgement, Reply
from audit_app.auditing.queries import WHOLE, hidden_from, within
from audit_app.auditing.workflow import BEING_WRITTEN, ENDED
from audit_app.db import db
from audit_app.identity.model import Person
from audit_app.organisation.model import Unit
from audit_app.programmes.model import Programme, Round

LAST_DECIDED = 5


@dataclass(frozen=True, slots=True)
class Decided:
    """An audit of somebody's own that a later tier has judged: how many sections were overridden, and any reply."""

    audit: Audit
    overridden: int
    replied: bool


def decided_about(actor: Actor) -> list[Decided]:
    """The latest outcomes of somebody's own audits."""
    stages = ("moderated", "with_external", "validated")
    rows = select(Audit).where(Audit.auditor_id == actor.id, Audit.stage.in_(stages)).options(*WHOLE)
    rows = rows.order_by(Audit.handed_in_at.desc(), Audit.id.desc()).limit(LAST_DECIDED)
    audits = list(db.session.execute(rows).unique().scalars())
    ids = [audit.id for audit in audits]
    overridden = select(Judgement.audit_id, func.count()).where(
        Judgement.audit_id.in_(ids), Judgement.decision == "override", Judgement.phase == "settled"
    )
    counts = {row[0]: row[1] for row in db.session.execute(overridden.group_by(Judgement.audit_id))}
    replied = set(db.session.execute(select(Reply.audit_id).where(Reply.audit_id.in_(ids))).scalars())
    return [Decided(audit, counts.get(audit.id, 0), audit.id in replied) for audit in audits]


@dataclass(frozen=True, slots=True)
class Running:
    """An open round and how far it is."""

    round: Round
    allocated: int
    handed_in: int
    late: int


def open_rounds(actor: Actor, today: dt.date) -> list[Running]:
    """The open rounds that somebody runs, soonest due first."""
    rows = select(Round).join(Round.programme).join(Programme.unit).options(contains_eager(Round.programme))
    rows = rows.where(Round.closed_at.is_(None), within(actor.paths(Permission.RUN_ROUNDS), Unit.path))
    rounds = list(db.session.execute(rows.order_by(Round.due_on, Round.id)).scalars())
    being_written = [stage.value for stage in BEING_WRITTEN]
    late = case(((Audit.stage.in_(being_written)) & (Audit.due_on < today), 1), else_=0)
    counts = (
        select(Audit.round_id, func.count(), func.count(Audit.first_handed_in_at), func.sum(late))
        .where(Audit.round_id.in_([r.id for r in rounds]), Audit.stage.not_in([s.value for s in ENDED]))
        .group_by(Audit.round_id)
    )
    found = {row[0]: row[1:] for row in db.session.execute(counts)}
    return [Running(r, *(int(n) for n in found.get(r.id, (0, 0, 0)))) for r in rounds]


def waiting_for_moderation(actor: Actor) -> int:
    """How many handed-in audits of open rounds have no moderator yet, in the units of somebody who runs rounds."""
    rows = select(func.count()).select_from(Audit).join(Audit.unit)
    rows = rows.where(Audit.stage == "submitted", within(actor.paths(Permission.RUN_ROUNDS), Unit.path))
    rows = rows.where(Audit.round_id.in_(select(Round.id).where(Round.closed_at.is_(None))))
    return db.session.execute(rows.where(Audit.id.not_in(hidden_from(actor)))).scalar_one()


def without_password() -> int:
    """How many invited people have not chosen a password yet."""
    rows = select(func.count()).select_from(Person).where(Person.ended_at.is_(None), Person.password_hash.is_(None))
    return db.session.execute(rows).scalar_one()
