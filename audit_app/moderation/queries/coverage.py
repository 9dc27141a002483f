"""What is asked of coverage while a round or a quarter runs: by tier, route and auditor, and moderators' queues."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from audit_app.access.actor import Actor
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import hidden_from
from audit_app.auditing.workflow import COUNTED, Stage
from audit_app.clock import today
from audit_app.db import db
from audit_app.identity.absences import Away
from audit_app.identity.model import Person
from audit_app.identity.queries import away_between, names_of
from audit_app.moderation.coverage import (
    DONE,
    IN_HAND,
    NONE,
    WAITING,
    AuditorStanding,
    Cell,
    TierStanding,
    of_auditors,
    of_tier,
)
from audit_app.moderation.model import NOT_DONE, Lot, Moderation, Phase, Route
from audit_app.moderation.queries.arrivals import quarter_of
from audit_app.programmes.model import Programme, Round
from audit_app.programmes.policies import TIERS
from audit_app.programmes.queries import auditors_of


def of_round(round_: Round) -> ColumnElement[bool]:
    """The audits of one round."""
    return Audit.round_id == round_.id


def of_quarter(programme: Programme, month: dt.date) -> ColumnElement[bool]:
    """The audits of a programme's rounds of a quarter."""
    rounds = select(Round.id).where(Round.programme_id == programme.id, Round.month.in_(quarter_of(month)))
    return Audit.round_id.in_(rounds)


def cells(which: ColumnElement[bool], tier: str, actor: Actor) -> list[Cell]:
    """Audits that count, by auditor, route and state in a tier; without what this person judges blind just now."""
    given, lot = aliased(Moderation), aliased(Lot)
    fell = case((or_(lot.drawn, lot.draw_id.is_not(None)), Route.RANDOM.value), else_=lot.otherwise)
    state = case(
        (given.phase == Phase.DONE.value, DONE),
        (given.id.is_not(None), IN_HAND),
        (fell.is_not(None), WAITING),
        else_=NONE,
    )
    by = (Audit.auditor_id, func.coalesce(given.route, fell).label("route"), state.label("state"))
    rows = (
        select(*by, func.count())
        .outerjoin(given, and_(given.audit_id == Audit.id, given.tier == tier))
        .outerjoin(lot, and_(lot.audit_id == Audit.id, lot.tier == tier))
        .where(which, Audit.stage.in_([stage.value for stage in COUNTED]), Audit.id.not_in(hidden_from(actor)))
        .group_by(*by)
    )
    return [Cell(*row) for row in db.session.execute(rows)]


def standings(programme: Programme, which: ColumnElement[bool], actor: Actor) -> list[TierStanding]:
    """How far each tier is: those with a share, or of which anything was chosen."""
    shares = programme.policy.shares
    found = [of_tier(tier, shares.get(tier, 0), cells(which, tier, actor)) for tier in TIERS]
    return [one for one in found if one.tier == "senior" or one.percent or one.routes]


def auditors(programme: Programme, month: dt.date, actor: Actor) -> list[tuple[str, AuditorStanding]]:
    """Each auditor of a quarter by name: those who take part today, and whoever handed something in."""
    part = [person.id for person in auditors_of(programme)]
    found = of_auditors(cells(of_quarter(programme, month), "senior", actor), part)
    names = names_of(one.auditor_id for one in found)
    return sorted(((names[one.auditor_id], one) for one in found), key=lambda pair: (pair[0], pair[1].auditor_id))


@dataclass(frozen=True, slots=True)
class Queue:
    """What a moderator has in hand, everywhere: how much, how much is overdue, and when they are away."""

    person: Person
    in_hand: int
    waiting: int  # sent back, and not handed in again yet
    overdue: int
    away: tuple[Away, ...]


def queues(people: Iterable[Person]) -> list[Queue]:
    """The queues of some moderators, the shortest first."""
    people, day = list(people), today()
    sent_back = Audit.stage == Stage.SENT_BACK.value
    rows = (
        select(
            Moderation.moderator_id,
            func.count(),
            func.sum(case((sent_back, 1), else_=0)),
            func.sum(case((and_(~sent_back, Moderation.due_on < day), 1), else_=0)),
        )
        .join(Moderation.audit)
        .where(Moderation.phase.in_(NOT_DONE), Moderation.moderator_id.in_([one.id for one in people]))
        .group_by(Moderation.moderator_id)
    )
    held = {row[0]: (row[1], row[2], row[3]) for row in db.session.execute(rows)}
    away = away_between([one.id for one in people], day, day + dt.timedelta(days=14))
    found = []
    for one in people:
        in_hand, waiting, overdue = held.get(one.id, (0, 0, 0))
        found.append(Queue(one, in_hand, waiting, overdue, away.get(one.id, ())))
    return sorted(found, key=lambda queue: (queue.in_hand, queue.person.name))
