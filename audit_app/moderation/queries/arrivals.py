"""What is asked of audits as they are handed in: their lots, their auditors' turns, and what waits for a moderator."""

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from audit_app.access.actor import Actor
from audit_app.auditing.model import Audit, Judgement
from audit_app.auditing.queries import WHOLE, hidden_from
from audit_app.auditing.workflow import Stage
from audit_app.db import db
from audit_app.moderation.model import Draw, Lot, Lottery, Moderation, Route
from audit_app.programmes.frequency import is_planned
from audit_app.programmes.model import Programme, Round
from audit_app.programmes.months import month_after
from audit_app.programmes.queries import expected_in_month
from audit_app.programmes.queries.planned import plan_of

MONTHS = 3
STANDS = {"senior": (Stage.SUBMITTED,), "external": (Stage.SUBMITTED, Stage.MODERATED)}


def quarter_of(month: dt.date) -> tuple[dt.date, dt.date, dt.date]:
    """The months of the quarter that a month is in; quarters begin in April, July, October and January."""
    first = month.replace(day=1, month=month.month - (month.month - 1) % MONTHS)
    return first, month_after(first, 1), month_after(first, 2)


def lot_of(audit: Audit, tier: str) -> Lot | None:
    """What became of an audit in a tier as it came in; None where it came before, or is drawn by hand only."""
    return db.session.execute(select(Lot).filter_by(audit_id=audit.id, tier=tier)).scalar_one_or_none()


def find_lottery(round_id: int, tier: str) -> Lottery | None:
    """The seed from which a round's audits are drawn for a tier as they come in, if it was made."""
    return db.session.execute(select(Lottery).filter_by(round_id=round_id, tier=tier)).scalar_one_or_none()


def seed_of_quarter(round_: Round, tier: str) -> str:
    """The seed of the auditors' turns in a round's quarter: of the programme's first lottery in it."""
    rows = select(Lottery.seed).join(Lottery.round).where(Lottery.tier == tier, _of_quarter(round_))
    return db.session.execute(rows.order_by(Lottery.id).limit(1)).scalar_one()


def _of_quarter(round_: Round) -> ColumnElement[bool]:
    return (Round.programme_id == round_.programme_id) & Round.month.in_(quarter_of(round_.month))


def chances_before(auditor_id: int, round_: Round, tier: str) -> Fraction:
    """The chances of an auditor's audits that came in before in the quarter, added up."""
    rows = select(Lot.chance).join(Lot.audit).join(Audit.round)
    rows = rows.where(Audit.auditor_id == auditor_id, Lot.tier == tier, Lot.before.is_not(None), _of_quarter(round_))
    return sum((Fraction(chance) for chance in db.session.execute(rows).scalars()), Fraction(0))


def expected_in_quarter(programme: Programme, auditor_id: int, month: dt.date) -> int | None:
    """How many audits are expected of an auditor in a quarter's planned rounds; None where the programme says none."""
    plan = plan_of(programme)
    months = [m for m in quarter_of(month) if m == month or is_planned(plan.frequency, plan.first_month, m)]
    return sum(expected_in_month(programme, m).get(auditor_id, 0) for m in months) or None


def earlier_hand_ins(audit: Audit) -> int:
    """How many audits an auditor handed in before this one, in any programme; what was made void is not counted."""
    rows = select(func.count()).select_from(Audit).where(Audit.auditor_id == audit.auditor_id, Audit.id != audit.id)
    rows = rows.where(Audit.first_handed_in_at.is_not(None), Audit.stage != Stage.VOID.value)
    return db.session.execute(rows).scalar_one()


def grades_of(audit: Audit) -> frozenset[str]:
    """What an audit was judged overall as it was handed in; where its tool has no such judgement, every section's."""
    rows = select(Judgement.overall, Judgement.grade).filter_by(audit_id=audit.id, phase="submitted")
    lines = [(overall, grade) for overall, grade in db.session.execute(rows) if grade is not None]
    return frozenset(grade for overall, grade in lines if overall) or frozenset(grade for _, grade in lines)


def waiting_lots(round_: Round) -> Select[Lot]:
    """The lots of a round's audits that are to be moderated and were given to nobody yet, as they came in."""
    given = select(Moderation.audit_id).where(Moderation.tier == Lot.tier, Moderation.audit_id == Lot.audit_id)
    rows = select(Lot).join(Lot.audit).where(Audit.round_id == round_.id, ~given.exists())
    rows = rows.where(or_(Lot.drawn, Lot.draw_id.is_not(None), Lot.otherwise.is_not(None)))
    rows = rows.where(Audit.stage.not_in([Stage.VOID.value, Stage.VALIDATED.value]))
    return rows.options(joinedload(Lot.audit).options(*WHOLE)).order_by(Lot.id)


def waiting_of(round_: Round, actor: Actor) -> list[Lot]:
    """What waits for a moderator in a round; without what this person judges blind just now."""
    rows = waiting_lots(round_).where(Lot.audit_id.not_in(hidden_from(actor)))
    return list(db.session.execute(rows).unique().scalars())


def lotteries_of(round_: Round) -> list[Lottery]:
    """The seeds of a round, by tier."""
    return list(db.session.execute(select(Lottery).filter_by(round_id=round_.id).order_by(Lottery.id)).scalars())


def earlier_chances(round_: Round, tier: str, audits: Iterable[int]) -> dict[int, list[float]]:
    """By audit, the chances that it had in this tier before, without being drawn: as it came in, and in each draw."""
    wanted = set(audits)
    found: dict[int, list[float]] = {audit: [] for audit in wanted}
    lots = select(Lot.audit_id, Lot.chance).join(Lot.audit).where(Audit.round_id == round_.id, Lot.tier == tier)
    for audit, chance in db.session.execute(lots.where(~Lot.drawn)):
        if audit in wanted:
            found[audit].append(float(Fraction(chance)))
    draws = select(Draw.frame, Draw.size).join(Draw.round).where(_of_quarter(round_), Draw.tier == tier)
    for frame, size in db.session.execute(draws.order_by(Draw.id)):
        for audit in wanted.intersection(frame):
            found[audit].append(size / len(frame))
    return found


def drawn_before(round_: Round, tier: str, frame: Iterable[int]) -> list[tuple[int, float]]:
    """Moderations drawn earlier whose audits could have been drawn now, had they not been then, with their chances.

    An audit that would have been moderated by another route anyway could not.
    """
    elsewhere = select(Lot.audit_id).where(Lot.tier == tier, Lot.otherwise.is_not(None))
    rows = select(Moderation.id, Moderation.inclusion_probability).join(Moderation.audit)
    rows = rows.where(Audit.round_id == round_.id, Moderation.tier == tier, Moderation.route == Route.RANDOM.value)
    rows = rows.where(Moderation.audit_id.not_in(list(frame)), Moderation.audit_id.not_in(elsewhere))
    return [(key, chance) for key, chance in db.session.execute(rows.order_by(Moderation.id)) if chance is not None]
